//! The result of an attempt, as far as the quiz's rule lets its learner see it.

use axum::response::Response;
use courses::course::Step;
use courses::id::AttemptId;
use courses::quiz::Purpose;
use server::quizzes;

use super::intro::attempts_left;
use super::result_view::{Model, Onward, view};
use super::take::attempt_fault;
use crate::catalogue::is_sensitive;
use crate::form::redirect;
use crate::learning::after;
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;

/// The result; an open attempt is shown as the form instead.
pub(super) async fn result(reader: Reader, At(id): At<AttemptId>) -> Result<Response, Fault> {
    let learner = reader.signed_in()?.learner();
    let attempt = quizzes::attempt(&reader.platform, learner, id).await.map_err(attempt_fault)?;
    if attempt.submitted_at.is_none() {
        return Ok(redirect(&format!("/attempts/{id}")));
    }
    let quiz = attempt.quiz().map_err(attempt_fault)?;
    let attempts = quizzes::attempts_of(&reader.platform, &attempt.enrolled, &attempt.quiz).await.map_err(attempt_fault)?;
    let left = attempts_left(quiz, &attempts);
    let has_passed = attempts.iter().any(|attempt| attempt.has_passed == Some(true));
    let goes_on = has_passed || quiz.rules.purpose == Purpose::PreTest;
    let onward = Onward {
        next: if goes_on { Some(after(&reader, &attempt.enrolled, &Step::Quiz(attempt.quiz.clone())).await?) } else { None },
        again: (left != Some(0)).then(|| format!("/courses/{}/quizzes/{}", attempt.published.course.code, attempt.quiz)),
        left,
    };
    let is_last = left == Some(0) && attempts.iter().all(|attempt| attempt.submitted_at.is_some());
    let shows_feedback = attempt.shows_feedback(quiz, is_last);
    let model = Model::new(&reader, &attempt, quiz, shows_feedback, onward);
    let code = attempt.published.course.code.to_string();
    let head = Head::new(reader.texts.with("course-with-code", [("code", code.into())]))
        .narrow()
        .quick_exit(is_sensitive(&attempt.published.course));
    Ok(reader.page(head, move || view(model)))
}
