//! Taking a quiz: the form, and what it sends; works the same without scripts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use courses::id::{AnswerId, AttemptId, QuestionKey};
use courses::quiz;
use leptos::prelude::{provide_context, use_context};
use server::Platform;
use server::quizzes::{self, Attempt, AttemptError, NewAnswer, Receipt, SaveError, SubmitError};

use super::island::{Sent, Stored};
use super::take_view::{Model, view};
use crate::catalogue::is_sensitive;
use crate::form::{Fields, notice, redirect, remember_language};
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;

/// The quiz, with the answers stored so far.
pub(super) async fn attempt(reader: Reader, At(id): At<AttemptId>) -> Result<Response, Fault> {
    let attempt = own(&reader, id).await?;
    if attempt.submitted_at.is_some() {
        return Ok(redirect(&format!("/attempts/{id}/result")));
    }
    show(&reader, &attempt, &attempt.answers, &BTreeSet::new(), StatusCode::OK)
}

/// Stores what was sent; then submits, stops for now, or goes on in another language.
pub(super) async fn send(reader: Reader, At(id): At<AttemptId>, fields: Fields) -> Result<Response, Fault> {
    let attempt = own(&reader, id).await?;
    let learner = reader.signed_in()?.learner();
    let answers = answers(&reader.platform, &attempt, &fields);
    let wants_to_submit = matches!(fields.get("do"), "submit" | "submit-anyway") && fields.switched().is_none();
    let blank = blank(&attempt, &fields);
    if wants_to_submit && (blank.is_empty() || fields.get("do") == "submit-anyway") {
        quizzes::submit(&reader.platform, learner, id, answers).await.map_err(submit_fault)?;
        return Ok(redirect(&format!("/attempts/{id}/result")));
    }
    quizzes::save(&reader.platform, learner, id, answers).await.map_err(save_fault)?;
    if let Some(language) = fields.switched() {
        return Ok(remember_language(redirect(&format!("/attempts/{id}")), language));
    }
    if wants_to_submit {
        let stored = own(&reader, id).await?;
        return show(&reader, &stored, &stored.answers, &blank, StatusCode::UNPROCESSABLE_ENTITY);
    }
    if fields.get("do") == "later" {
        return Ok(notice(redirect("/learning"), "answers-saved"));
    }
    // Enter in a question: saved, and still there.
    Ok(notice(redirect(&format!("/attempts/{id}")), "answers-saved"))
}

/// Calls of the island's server functions.
pub(super) async fn island_call(State(_): State<Arc<Platform>>, reader: Reader, request: Request<Body>) -> Response {
    leptos_axum::handle_server_fns_with_context(move || provide_context(reader.clone()), request).await.into_response()
}

/// Stores one answer that the island sent.
pub(super) async fn save_one(attempt: &str, sent: Sent) -> Result<Stored, Fault> {
    let reader = use_context::<Reader>().ok_or(Fault::Malformed)?;
    let learner = reader.signed_in()?.learner();
    let id: AttemptId = attempt.parse().map_err(|_| Fault::NotFound)?;
    let options: Option<BTreeSet<_>> = sent.options.iter().map(|option| option.parse().ok()).collect();
    let answer = NewAnswer {
        id: sent.id.parse::<AnswerId>().map_err(|_| Fault::Malformed)?,
        question: sent.question.parse().map_err(|_| Fault::Malformed)?,
        sequence: sent.sequence,
        response: quiz::Response(options.ok_or(Fault::Malformed)?),
    };
    let receipts = quizzes::save(&reader.platform, learner, id, vec![answer]).await.map_err(save_fault)?;
    let is_stored = matches!(receipts.first(), Some(Receipt::Stored | Receipt::AlreadyStored));
    Ok(Stored { is_stored, words: saved_words(&reader, reader.platform.clock.now()) })
}

/// «Guardada a las 10:42».
fn saved_words(reader: &Reader, at: chrono::DateTime<chrono::Utc>) -> String {
    let clock = at.with_timezone(&reader.zone()).format("%H:%M").to_string();
    reader.texts.with("saved-at", [("clock", clock.into())])
}

async fn own(reader: &Reader, id: AttemptId) -> Result<Attempt, Fault> {
    let learner = reader.signed_in()?.learner();
    quizzes::attempt(&reader.platform, learner, id).await.map_err(attempt_fault)
}

/// The answers that were changed on this page since it was drawn: a page that stood open while somebody answered on another
/// device changes nothing that was not touched here. Of those, the ones not stored yet, so that sending a form twice adds nothing.
fn answers(platform: &Platform, attempt: &Attempt, fields: &Fields) -> Vec<NewAnswer> {
    let chosen = |question: &QuestionKey| quiz::Response(fields.all(question.as_str()).filter_map(|option| option.parse().ok()).collect());
    attempt
        .layout
        .iter()
        .map(|shown| (shown.key.clone(), chosen(&shown.key)))
        .filter(|(question, response)| *response != drawn(fields, question))
        .filter(|(question, response)| attempt.answers.get(question).map_or(!response.0.is_empty(), |stored| stored != response))
        .map(|(question, response)| NewAnswer {
            id: AnswerId(platform.chance.id(platform.clock.now())),
            question,
            sequence: attempt.last_sequence + 1,
            response,
        })
        .collect()
}

/// The options of `question` that were ticked when the page was drawn.
fn drawn(fields: &Fields, question: &QuestionKey) -> quiz::Response {
    quiz::Response(fields.get(&drawn_name(question.as_str())).split(' ').filter_map(|option| option.parse().ok()).collect())
}

/// Name of the hidden field with those options; no question's id has a full stop.
pub(super) fn drawn_name(question: &str) -> String {
    format!("drawn.{question}")
}

/// Questions without an answer in the form.
fn blank(attempt: &Attempt, fields: &Fields) -> BTreeSet<QuestionKey> {
    attempt.layout.iter().filter(|shown| fields.all(shown.key.as_str()).next().is_none()).map(|shown| shown.key.clone()).collect()
}

fn show(
    reader: &Reader,
    attempt: &Attempt,
    answers: &BTreeMap<QuestionKey, quiz::Response>,
    blank: &BTreeSet<QuestionKey>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let saved = attempt.saved_at.map(|at| saved_words(reader, at));
    let model = Model::new(reader, attempt, answers, blank, saved).map_err(attempt_fault)?;
    let code = attempt.published.course.code.to_string();
    let head = Head::new(reader.texts.with("course-with-code", [("code", code.into())])).narrow().keeps_form().island().status(status);
    let head = if is_sensitive(&attempt.published.course) { head.quick_exit() } else { head };
    Ok(reader.page(head, move || view(model)))
}

pub(super) fn attempt_fault(error: AttemptError) -> Fault {
    match error {
        AttemptError::NotFound => Fault::NotFound,
        AttemptError::Storage(error) => error.into(),
    }
}

fn save_fault(error: SaveError) -> Fault {
    match error {
        SaveError::Attempt(error) => attempt_fault(error),
        SaveError::Storage(error) => error.into(),
    }
}

fn submit_fault(error: SubmitError) -> Fault {
    match error {
        SubmitError::Attempt(error) => attempt_fault(error),
        SubmitError::Save(error) => save_fault(error),
        SubmitError::Complete(error) => Fault::Internal(error.to_string()),
        SubmitError::Storage(error) => error.into(),
    }
}
