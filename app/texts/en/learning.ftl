### Catalogue, courses, lessons, progress and survey.

catalogue-lead = Free, online and at your own pace. When you finish you receive a certificate that anyone can check.
search-courses = Search courses
search-course = Search for a course
search = Search
filter-courses = Filter by topic, audience or language
topic = Topic
any-topic = All topics
audience = For whom
any-audience = Everyone
course-language = Course language
any-language = Any language
courses-found = { $n ->
    [one] 1 course
   *[other] { $n } courses
}
no-course-found = No course matches
no-course-found-words = Try another word or remove a filter.
all-courses = See all courses
enrolled = You are enrolled
kilobytes-in-all = { $n } kB in all

breadcrumb = Path
course-with-code = Course { $code }
for-audience = For: { $audience }
objectives = By the end you will be able to
outline = Contents
about-course = About this course
length = Duration
languages = Languages
download = Download
version = Version
certificate-rule = How to get the certificate
valid-for-ever = The certificate does not expire. It is checked with a code or by scanning it.
valid-for-months = { $n ->
    [12] The certificate is valid for 1 year. It is checked with a code or by scanning it.
    [24] The certificate is valid for 2 years. It is checked with a code or by scanning it.
    [36] The certificate is valid for 3 years. It is checked with a code or by scanning it.
   *[other] The certificate is valid for { $n } months. It is checked with a code or by scanning it.
}
enrol-free = Enrol for free
continue = Continue
see-certificate = See the certificate
still-missing = Still missing for the certificate:
progress-words = You have done { $percent } of what the certificate asks for
about-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
}
done = Done
next = Next
survey = Closing survey

rule-lessons = { $n ->
    [one] Read the lesson
   *[other] Read the { $n } lessons
}
rule-quizzes = { $n ->
    [one] Pass the quiz
   *[other] Pass the { $n } quizzes
}
rule-survey = Answer the closing survey
rule-any = One of these: { $ways }
or-between = {" "}or{" "}
to-do-lesson = Read: { $title }
to-do-quiz = Pass: { $title }

go-on = Continue where you left off
next-place = Course { $code }. { $n ->
    [one] It will take about 1 minute.
   *[other] It will take about { $n } minutes.
}
in-progress = In progress
completed = Completed
certificate = Certificate
still-missing-count = { $n ->
    [one] 1 step is missing for the certificate
   *[other] { $n } steps are missing for the certificate
}
no-courses-yet = You have no courses yet
no-courses-yet-words = Choose one: they are free, take about ten minutes a lesson and keep your progress.

lesson-page-title = Course { $code }, module { $module }, lesson { $lesson }
module-name = Module { $n }: { $title }
lesson-place = Lesson { $n } of { $of } in the module
key-idea = Key idea
lesson-end = Go on
previous = Previous
mark-read = Mark as read and continue
go-to-next = Continue
enrol-to-keep = Enrol and keep your progress
skip-lesson = Skip this lesson
terms = Words in this lesson
whole-course = The whole course

survey-answered = You have already answered the survey of this course. Thank you.
back-to-course = Back to the course
survey-too-long = Write at most 2000 characters
send-survey = Send the survey
no-real-cases = Do not write names or details of real cases.
facilitation-card = For group sessions
facilitation-link = Guide for a group session
