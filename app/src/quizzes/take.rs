//! Taking a quiz: the form, and what it sends; works the same without scripts.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use courses::id::AttemptId;
use serde::Deserialize;
use server::quizzes::{self, Attempt, AttemptError, SubmitError, Wish};

use super::answers::changed;
use super::take_view::{Model, view};
use crate::catalogue::is_sensitive;
use crate::form::{Fields, notice, redirect, remember_language};
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;

/// Which question is shown where they stand one on a page, from 1.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Page {
    question: Option<usize>,
}

/// The quiz, with the answers stored so far.
pub(super) async fn attempt(reader: Reader, At(id): At<AttemptId>, Query(page): Query<Page>) -> Result<Response, Fault> {
    let learner = reader.signed_in()?.learner();
    let attempt = quizzes::attempt(&reader.platform, learner, id).await.map_err(attempt_fault)?;
    if attempt.submitted_at.is_some() {
        return Ok(redirect(&format!("/attempts/{id}/result")));
    }
    show(&reader, &attempt, page.question, false)
}

/// Stores what was sent; then submits, checks a question, turns the page, stops for now, or goes on in another language.
pub(super) async fn send(reader: Reader, At(id): At<AttemptId>, Query(page): Query<Page>, fields: Fields) -> Result<Response, Fault> {
    let learner = reader.signed_in()?.learner();
    let switched = fields.switched();
    let wanted = fields.get("do");
    let now = reader.platform.clock.now();
    let form = |before: &Attempt| (changed(before, &fields), wish(&fields, before.due_at.is_some_and(|due| now >= due)));
    let after = quizzes::send(&reader.platform, learner, id, form).await.map_err(submit_fault)?;
    if after.submitted_at.is_some() {
        return Ok(redirect(&format!("/attempts/{id}/result")));
    }
    if let Some(language) = switched {
        return Ok(remember_language(redirect(&address(id, page.question)), language));
    }
    match wish(&fields, false) {
        Wish::Submit { .. } => return show(&reader, &after, page.question, true),
        Wish::Check(question) => return Ok(redirect(&format!("{}#{question}", address(id, page.question)))),
        Wish::Save => (),
    }
    if let Some(question) = wanted.strip_prefix("go-").and_then(|number| number.parse().ok()) {
        return Ok(redirect(&address(id, Some(question))));
    }
    if wanted == "later" {
        return Ok(notice(redirect("/learning"), "answers-saved"));
    }
    // Enter in a question: saved, and still there.
    Ok(notice(redirect(&address(id, page.question)), "answers-saved"))
}

/// What a form asks for; `is_due` = the attempt's time is over.
fn wish(fields: &Fields, is_due: bool) -> Wish {
    let wanted = fields.get("do");
    match (fields.switched(), wanted, fields.get("check").parse()) {
        (Some(_), ..) => Wish::Save,
        // By the server's clock, not the page's: until then the page is shown again, with the time that is left.
        (_, "time-over" | "submit" | "submit-anyway", _) if is_due => Wish::Submit { anyway: true },
        (_, "submit" | "submit-anyway", _) => Wish::Submit { anyway: wanted == "submit-anyway" },
        (_, _, Ok(question)) => Wish::Check(question),
        _ => Wish::Save,
    }
}

/// Address of an attempt, at a question where they stand one on a page.
pub(super) fn address(id: AttemptId, question: Option<usize>) -> String {
    question.map_or_else(|| format!("/attempts/{id}"), |number| format!("/attempts/{id}?question={number}"))
}

fn show(reader: &Reader, attempt: &Attempt, question: Option<usize>, is_refused: bool) -> Result<Response, Fault> {
    let model = Model::new(reader, attempt, question, is_refused).map_err(attempt_fault)?;
    let code = attempt.published.course.code.to_string();
    let status = if is_refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let head = Head::new(reader.texts.with("course-with-code", [("code", code.into())]))
        .narrow()
        .keeps_form()
        .island()
        .status(status)
        .quick_exit(is_sensitive(&attempt.published.course));
    Ok(reader.page(head, move || view(model)))
}

pub(super) fn attempt_fault(error: AttemptError) -> Fault {
    match error {
        AttemptError::NotFound => Fault::NotFound,
        AttemptError::Storage(error) => error.into(),
    }
}

fn submit_fault(error: SubmitError) -> Fault {
    match error {
        SubmitError::Attempt(error) => attempt_fault(error),
        SubmitError::Complete(error) => error.into(),
        SubmitError::Storage(error) => error.into(),
    }
}
