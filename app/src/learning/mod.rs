//! Learning: the dashboard, lessons, the survey, and words for what is done and missing.

mod dashboard;
mod lesson;
mod lesson_view;
mod survey;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use courses::course::Step;
use courses::id::CourseCode;
use server::Platform;
use server::certificates;
use server::enrolments::{self, Enrolled};

pub(crate) use lesson_view::exit_note;
pub(crate) use words::{missing_sentence, rule_sentences, step_title};

use crate::reader::Reader;
use crate::routes::Fault;

pub(crate) fn routes() -> Router<Arc<Platform>> {
    Router::new()
        .route("/learning", get(dashboard::dashboard))
        .route("/courses/{code}/lessons/{lesson}", get(lesson::lesson))
        .route("/courses/{code}/lessons/{lesson}/visit", post(lesson::visit))
        .route("/courses/{code}/survey", get(survey::survey).post(survey::answer))
}

/// Address of a step of a course.
pub(crate) fn step_url(code: &CourseCode, step: &Step) -> String {
    match step {
        Step::Lesson(key) => format!("/courses/{code}/lessons/{key}"),
        Step::Quiz(key) => format!("/courses/{code}/quizzes/{key}"),
        Step::Survey => format!("/courses/{code}/survey"),
    }
}

/// The reader's enrolment in `code`; who is not enrolled is told that there is no such page.
pub(crate) async fn own_enrolment(reader: &Reader, code: &CourseCode) -> Result<Enrolled, Fault> {
    let learner = reader.signed_in()?.learner();
    enrolments::enrolled(&reader.platform, learner, code).await?.ok_or(Fault::NotFound)
}

/// Where to go after `step`: the step that follows it, or the certificate, or the course's page.
pub(crate) async fn after(reader: &Reader, enrolled: &Enrolled, step: &Step) -> Result<String, Fault> {
    let course = &enrolled.published.course;
    let learner = reader.signed_in()?.learner();
    if let Some(own) = certificates::own_certificate(&reader.platform, learner, &course.code).await? {
        let is_last = course.steps().last() == Some(step);
        if is_last {
            return Ok(format!("/certificates/{}", own.facts.code));
        }
    }
    let steps = course.steps();
    let following = steps.iter().skip_while(|known| *known != step).nth(1);
    Ok(following.map_or_else(|| format!("/courses/{}", course.code), |next| step_url(&course.code, next)))
}
