### Quizzes: rules, questions and result.

purpose-practice = It is for practice and does not count for the certificate.
purpose-pre-test = It shows where you start from. It does not count for the certificate and you can skip it.
purpose-module = It reviews what you read in the module and counts for the certificate.
purpose-post-test = It closes the course and counts for the certificate.
feedback-after-submitting = After you submit it you will see every answer explained.
feedback-after-last = The explanations appear when you pass or when no attempts are left.
feedback-never = It does not show the answers: we will come back to them in the course.
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
question-error = Question { $n }: { $error }
choose-one = choose an option
multiple-hint = Tick all that apply. Each right choice adds and each wrong one subtracts; a question never falls below zero.
saving = Saving…
saved-at = Saved at { $clock }
not-saved = It could not be saved now. Your answer is still on this page and will be saved when you submit.
submit-quiz = Submit the quiz
submit-anyway = Submit with blank questions
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
question-by-question = Question by question
question-outcome = Question { $n }: { $outcome }
right = right
wrong = to review
partly-right = partly right
yours-right = Your answer, right
yours-wrong = Your answer
right-option = The best answer
other-option = Another option
