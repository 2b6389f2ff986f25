//! What the island needs from the page, and the server's side of its calls.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use courses::id::{AnswerId, AttemptId, DeviceId};
use leptos::prelude::{ServerFnError, provide_context, use_context};
use leptos_axum::ResponseOptions;
use server::Platform;
use server::access::SignedIn;
use server::quizzes::{self, Attempt, NewAnswer, Outcome};

use super::island::{Reply, SaveAnswers, Saver, Sent, Settled, Words, unsent_cookie};
use super::take::attempt_fault;
use crate::reader::{Reader, cookie};
use crate::routes::Fault;

/// Whether answers of the signed-in person wait on this device, by its own account.
pub(crate) fn has_unsent(headers: &HeaderMap, person: &SignedIn) -> bool {
    let name = unsent_cookie(&person.learner().person().to_string());
    cookie(headers, &name).and_then(|count| count.parse().ok()).is_some_and(|count: u32| count > 0)
}

/// Most answers of one call; the island sends fewer.
const MOST: usize = 100;

/// What the island of a page is given; `attempt` = the one on the page.
pub(crate) fn saver(reader: &Reader, attempt: Option<&Attempt>) -> Option<Saver> {
    let texts = reader.texts;
    let person = reader.person.as_ref()?.learner().person();
    let now = reader.platform.clock.now();
    let said = |at: DateTime<Utc>| saved_words(reader, at);
    Some(Saver {
        attempt: attempt.map(|attempt| attempt.id.to_string()),
        person: person.to_string(),
        saved: attempt.and_then(|attempt| attempt.saved_at).map(said).unwrap_or_default(),
        seconds_left: attempt.and_then(|attempt| attempt.due_at).map(|due| (due - now).num_seconds().max(0)),
        words: Words {
            on_device: texts.t("on-this-device").to_owned(),
            saving: texts.t("saving").to_owned(),
            attention: texts.t("needs-attention").to_owned(),
            not_saved: texts.t("not-saved").to_owned(),
            signed_out: texts.t("signed-out-unsent").to_owned(),
            sign_in: texts.t("sign-in").to_owned(),
            send_now: texts.t("send-now").to_owned(),
            waiting: texts.t("unsent-answers").to_owned(),
            download: texts.t("download-unsent").to_owned(),
            forget: texts.t("forget-refused").to_owned(),
            offline: texts.t("submit-offline").to_owned(),
            minutes_left: texts.t("minutes-left").to_owned(),
            time_over: texts.t("time-over").to_owned(),
        },
    })
}

/// «Guardado a las 10:42».
fn saved_words(reader: &Reader, at: DateTime<Utc>) -> String {
    reader.texts.with("saved-at", [("clock", reader.clock(at).into())])
}

/// Calls of the island's server function. What cannot be read as answers is refused here: the library would call it a failure of ours.
pub(super) async fn island_call(State(platform): State<Arc<Platform>>, reader: Reader, request: Request<Body>) -> Result<Response, Fault> {
    let (parts, body) = request.into_parts();
    let sent = Bytes::from_request(Request::from_parts(parts.clone(), body), &platform).await.map_err(|_| Fault::Malformed)?;
    serde_json::from_slice::<SaveAnswers>(&sent).map_err(|_| Fault::Malformed)?;
    let request = Request::from_parts(parts, Body::from(sent));
    Ok(leptos_axum::handle_server_fns_with_context(move || provide_context(reader.clone()), request).await.into_response())
}

/// What the island is told when its answers could not be taken: it keeps them, and tries again.
pub(super) fn later(fault: Fault) -> ServerFnError {
    let status = match fault {
        Fault::Unavailable(error) => {
            tracing::error!(error, "the database could not take answers");
            StatusCode::SERVICE_UNAVAILABLE
        }
        Fault::Internal(error) => {
            tracing::error!(error, "answers could not be stored");
            StatusCode::INTERNAL_SERVER_ERROR
        }
        _ => StatusCode::BAD_REQUEST,
    };
    if let Some(options) = use_context::<ResponseOptions>() {
        options.set_status(status);
    }
    ServerFnError::new("later")
}

/// Stores answers that an island's outbox sent for `person`.
pub(super) async fn save(person: &str, sent: Vec<Sent>) -> Result<Reply, Fault> {
    let reader = use_context::<Reader>().ok_or(Fault::Malformed)?;
    let Some(learner) = reader.person.as_ref().map(SignedIn::learner) else { return Ok(Reply::SignedOut) };
    // Somebody else is signed in by now: the answers wait for whoever gave them.
    if learner.person().to_string() != person {
        return Ok(Reply::SignedOut);
    }
    if sent.len() > MOST {
        return Err(Fault::Malformed);
    }
    let mut settled = Vec::with_capacity(sent.len());
    let mut answers = Vec::with_capacity(sent.len());
    for one in sent {
        match read(&one) {
            Some(answer) => answers.push(answer),
            None => settled.push(Settled {
                id: one.id,
                is_refused: true,
                is_late: false,
                words: reader.texts.t("refused-not-an-answer").to_owned(),
            }),
        }
    }
    let receipts = quizzes::save(&reader.platform, learner, answers).await.map_err(attempt_fault)?;
    let saved = saved_words(&reader, reader.platform.clock.now());
    settled.extend(receipts.into_iter().map(|receipt| {
        let words = match receipt.outcome {
            Outcome::Stored => saved.clone(),
            Outcome::Late => reader.texts.t("stored-late").to_owned(),
            Outcome::Refused(refusal) => reader.texts.named(&format!("refused-{}", refusal.name())),
        };
        let is_refused = matches!(receipt.outcome, Outcome::Refused(_));
        Settled { id: receipt.id.to_string(), is_refused, is_late: receipt.outcome == Outcome::Late, words }
    }));
    Ok(Reply::Settled(settled))
}

fn read(sent: &Sent) -> Option<(AttemptId, NewAnswer)> {
    let answer = NewAnswer {
        id: sent.id.parse::<AnswerId>().ok()?,
        question: sent.question.parse().ok()?,
        device: Some(sent.device.parse::<DeviceId>().ok()?),
        sequence: sent.sequence,
        age: TimeDelta::try_milliseconds(sent.age_ms)?,
        response: sent.response.clone(),
    };
    Some((sent.attempt.parse().ok()?, answer))
}
