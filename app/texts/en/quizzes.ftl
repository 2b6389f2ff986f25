### Quizzes: rules, questions and result.

purpose-practice = It is for practice and does not count for the certificate.
purpose-pre-test = It shows where you start from. It does not count for the certificate and you can skip it.
purpose-module = It reviews what you read in the module and counts for the certificate.
purpose-post-test = It closes the course and counts for the certificate.
feedback-after-submitting = After you submit it you will see every answer explained.
feedback-after-last = The explanations appear when you pass or when no attempts are left.
feedback-never = It does not show the answers: we will come back to them in the course.
feedback-at-once = You can check each answer as you give it; once checked, it stands.
rule-one-at-a-time = Questions come one at a time, and you can go back and forth.
rule-drawn = Questions are drawn anew for each attempt.
rule-pause = Between attempts you wait { $n } h.
rule-time-limit = You have { $n } minutes; what arrives up to { $grace } seconds later still counts. At the end, what was saved is submitted. You can ask for twice the time.
more-time = I need twice the time
pause-until = You can try again from { $moment }.
time-limit = Time
time-limit-now = It ends at { $clock }. When you opened this page, { $n } min were left. What arrives up to { $grace } seconds later still counts, and at the end what was saved is submitted.
minutes-left = { "{n}" } min left
time-over = The time is over: what was saved is being submitted.
no-time-limit = There is no time limit; you can stop and come back any time.
questions = Questions
to-pass = To pass
attempts = Attempts
attempts-unlimited = As many as you like; the best one counts
attempts-left = { $n ->
    [0] None left; there were { $of }
    [one] 1 of { $of } left
   *[other] { $n } of { $of } left
}
start-attempt = Start
go-on-attempt = Go on with the open attempt
skip-pre-test = Skip and start reading
earlier-attempts = Earlier attempts
attempt = Attempt
attempt-number = Attempt { $n }
submitted = Submitted
score = Score
outcome = Result
passed = Passed
not-passed = Not passed yet

answered-of = { $n } of { $of } answered. Attempt { $attempt }.
question-of = Question { $n } of { $of }
question-error = Question { $n }. { $error }
choose-one = Choose an option
multiple-hint = Tick all that apply. Each right choice adds and each wrong one subtracts; a question never falls below zero.
matching-hint = Choose an option for each line. Each right one adds; an option may be left over.
ordering-hint = Choose the place of each step. Each step in its place adds.
short-text-hint = Write a word or a few. Capitals, accents and extra spaces do not matter, unless the question says so.
number-hint = Write only the number; a decimal point or comma will do.
gaps-hint = Choose what is missing in each gap. Each right one adds.
reflection-hint = It is not marked and nobody else reads it. Do not write names or details of real cases.
gap-of = Gap { $n } of { $of }
choose-place = Place
choose-option = Choose
choose-for-each = Choose an option for each line or gap
choose-more = { $n ->
    [one] 1 is still to be chosen
   *[other] { $n } are still to be chosen
}
same-place = Two steps have the same place
write-something = Write an answer
not-a-number = Write a number
check-answer = Check this answer
next-question = Next
previous-question = Previous
answered = answered
not-answered = not answered
question-state = Question { $n }, { $state }
on-this-device = Saved on this device
needs-attention = Some answers could not be accepted:
signed-out-unsent = Your session has ended. Your answers are still on this device and will be sent when you sign in again.
send-now = Send now
unsent-answers = Answers that have not reached the campus yet: { "{n}" }
download-unsent = Download these answers
forget-refused = Remove them from this device
submit-offline = There is no connection. Your answers are on this device; submit the quiz when the signal is back.
stored-late = It came after the end: it is kept, but does not count
refused-unknown-question = that question is not part of this attempt
refused-not-an-answer = that is not an answer to the question
refused-unknown-attempt = that attempt is not yours
refused-id-taken = another answer has that id
refused-too-many = this attempt has too many answers already
refused-too-long = the answer is too long
saving = Saving…
saved-at = Saved at { $clock }
not-saved = It could not be saved now. Your answer is still on this page and will be saved when you submit.
submit-quiz = Submit the quiz
submit-anyway = Submit as it is
go-on-later = Save and continue later

result-of-attempt = Result of attempt { $n }
submitted-at = Submitted on { $moment }.
passed-from = The pass mark is { $percent }.
attempts-still-left = { $n ->
    [0] You have no attempts left.
    [one] You have 1 attempt left.
   *[other] You have { $n } attempts left.
}
try-again = Try again
by-objective = By objective
read-again = What to read again
not-marked = not marked
place-n = place { $n }
no-answer = No answer
reflections-private = Your reflections are not marked and nobody else reads them.
download-answers = Download everything kept of this attempt
kept-question = question
kept-answer = answer
kept-received = received
kept-outcome = state
kept-stored = stored
question-by-question = Question by question
question-outcome = Question { $n }: { $outcome }
right = right
wrong = to review
partly-right = partly right
yours-right = Your answer, right
yours-wrong = Your answer, to review
right-option = The best answer
other-option = Another option
