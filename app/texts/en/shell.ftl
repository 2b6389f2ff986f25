### Frame of every page, notices, dates and closed lists.

skip-to-content = Skip to content
nav-main = Main
nav-footer = Footer
nav-languages = Language
nav-courses = Courses
nav-learning = My learning
nav-certificates = Certificates
nav-reports = Reports
nav-administration = Administration
nav-account = My account
sign-out = Sign out
nav-verify = Check a certificate
nav-about = About the campus
nav-privacy = Your data
nav-safety = Browsing safely
sign-in = Sign in
quick-exit = Leave this page quickly
quick-exit-label = Quick exit
quick-exit-note = Leaving does not erase your browser history or the record on a shared computer.
quick-exit-more = How to browse more privately
footer-words = Free courses on migration and protection for people who work in public service. This page asks nothing of other sites.
optional = optional
errors-heading = { $n ->
    [one] There is 1 thing to correct
   *[other] There are { $n } things to correct
}
to-catalogue = See the courses
request-id = If you write to your administrator, give this number: { $id }

not-found-title = This page does not exist
not-found-words = The address may be incomplete, or the page is gone. Your progress is safe.
forbidden-title = Your account cannot open this page
forbidden-words = If you need it for your work, ask the campus administrator for access.
other-origin-title = What you sent was not accepted
other-origin-words = It came from another page. Go back, reload the campus page and send it again. Nothing was changed.
method-title = This address only takes forms
method-words = Go back to the page before and use its button. Nothing was changed.
malformed-title = What was sent could not be read
malformed-words = Go back to the page before, reload it and send the form again. Nothing was changed.
kept-title = Your session has ended
kept-words = What you wrote is still on this page. First sign in: that opens a new window. Then come back here and send it again.
kept-show = Sign in, in a new window
send-again = Send again
unavailable-title = The campus cannot save anything right now
unavailable-words = What was saved is still saved. What you sent last was not: send it again in a few minutes. Answers that wait on this device are sent by themselves as soon as possible.
internal-title = Something failed on our side
internal-words = What was saved is still saved. Please try again in a moment.

about-title = About the campus
about-what = E-Campus offers free, self-paced courses on migration and protection for people who serve the public in health services, consulates, migration, police, municipalities and civil society.
about-record = We keep what you write in your profile, the lessons you mark as read, your answers and your certificates. Coordinators see who completed each course, with country, institution, occupation, language and score; they do not see your answers, or the survey next to your name. Anyone who has the code of a certificate sees your name, the course and the date. Your enrolment is treated as sensitive: addresses and e-mails carry only the course code.
about-licence = Course texts may be copied and adapted if the source is named (CC BY 4.0). The program is free software (Apache-2.0 or MIT).

safety-title = Browsing safely
safety-exit = The button “Leave this page quickly” opens another site. It does not erase your browser history or the record on a work or shared computer. Your progress stays saved.
safety-private-window = Use a private or incognito window: when you close it, the browser keeps no record of the pages visited.
safety-sign-out = On a shared computer, sign out when you finish.
safety-history = If you opened the campus in an ordinary window, you can delete today’s history in the browser settings.
safety-affected-heading = If any of this affects you
safety-affected = You can stop and come back any time. Talk to someone you trust or to your supervisor, and ask your institution about support services in your country.
safety-self-care-heading = Caring for yourself to care for others
safety-self-care = Sleeping badly, irritability, images that come back or wanting to solve everything can be signs of overload. They are not a personal failure. It helps to rest, set limits, talk with the team and ask your institution for supervision.

day = { $day } { $month } { $year }
moment = { $day }, { $clock } ({ $zone })
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

occupation-health = Health
occupation-consular = Consular service
occupation-migration = Migration
occupation-police = Police and justice
occupation-social = Social work and child protection
occupation-municipal = Municipality
occupation-civil-society = Civil society
occupation-education = Education and academia
occupation-other = Other

topic-migration = Migration
topic-lgbti = LGBTI people
topic-trafficking = Human trafficking
topic-health = Health
topic-consular = Consular protection
topic-protection = Protection

notice-enrolled = Enrolment confirmed. You can stop and come back any time.
notice-profile-saved = Your changes were saved.
notice-signed-out = You are signed out on this device.
notice-answers-saved = Your answers are saved.
notice-survey-thanks = Thank you. Your answers are saved.
notice-email-verified = Your e-mail address is verified.
notice-verification-sent = We sent a message with the link to your e-mail address.
notice-password-changed = Your password was changed. Sign in with the new one.
notice-account-made = Your account is ready.
notice-password-saved = Your password was changed. Your other sessions have ended.
notice-email-asked = Check the mailbox of the new address: we sent a message to it.
notice-email-changed = Your e-mail address was changed.
notice-sessions-ended = Done: that session has ended.
notice-second-factor-added = The second step is in use.
notice-second-factor-removed = It is no longer in use.
notice-person-changed = The account was changed.
notice-person-erased = The account was erased.
notice-link-sent = We sent the link to the e-mail address of the account.
