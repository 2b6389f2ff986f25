### Coordinators' reports and the course library.

report-title = Completion report
report-lead = Who completed each course, with the facts of that day. Later changes to a course or an account do not alter the report.
report-filters = Report filters
report-course = Course
report-course-all = All
report-course-unknown = Choose a course from the list.
report-country = Country
report-country-all = All
report-country-unknown = Choose a country from the list.
report-institution = Institution
report-institution-all = All
report-institution-contains = The name contains “{ $part }”
report-institution-malformed = Type part of the name on one line, in 200 characters or fewer.
report-quarter = Quarter
report-quarter-none = No quarter
report-quarter-name = { $number ->
    [1] 1st quarter of { $year }
    [2] 2nd quarter of { $year }
    [3] 3rd quarter of { $year }
   *[other] { $number }th quarter of { $year }
}
report-quarter-malformed = Choose a quarter from the list.
report-from = From
report-to = To
report-day-malformed = Type a date such as 2026-03-31.
report-days-reversed = The last day is before the first. Change one of the two dates.
report-period-hint = The first and the last day are included, in { $zone } time. If you choose a quarter and also type a date, the date counts.
report-show = Filter

report-results = Results
report-period = Period
report-from-to = From { $from } to { $to }, both included
report-since = From { $from }, included
report-until = Until { $to }, included
report-all-days = All dates
report-count = { $n ->
    [one] 1 completion.
   *[other] { $n } completions.
}
report-zone = Dates in { $zone } time.
report-none = Nobody has completed a course with these filters.
report-none-next = Widen the period or take a filter away, and choose “Filter”.
report-download = Download CSV
report-exports-are-logged = Every download is logged: who made it, when and with which filters.
report-pages = Pages
report-range = { $first }–{ $last } of { $count }
report-previous = Previous
report-next = Next

report-head-name = Name
report-head-version = Version
report-head-occupation = Occupation
report-head-language = Language
report-head-score = Score
report-head-completed = Completed on
report-erased = Name erased
report-no-score = No score

report-file-title = Report
report-file-zone = Time zone
report-file-author = Prepared by
report-file-made = Prepared on

library-title = Course library
library-lead = The courses as this server read them when it started.
library-problems = Problems
library-no-problems = There are no problems.
library-no-problems-next = Every course of the library was read without errors or warnings.
library-refused = This course was not loaded. Its earlier version stays on offer, if there was one. Correct the errors and restart the server.
library-with-warnings = This course was loaded. Warnings do not stop anyone from using it, but are worth correcting.
library-error = Error
library-warning = Warning
library-offered = Courses on offer
library-none = No courses are on offer yet.
library-none-next = Correct the problems above or check the library folder, and restart the server.
library-head-code = Code
library-head-title = Title
library-head-version = Version
library-head-languages = Languages
