//! What is amiss, in words a person can act on.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use server::Platform;
use server::access::SignedIn;
use server::access::limit::{LimitError, TooMany};
use server::certificates::CompleteError;
use server::storage::{DbErr, is_passing};

use super::kept::{self, Kept};
use crate::form::{redirect, slowed};
use crate::reader::Reader;
use crate::shell::Head;

/// When a machine may try again what could not be taken.
pub(crate) const RETRY_SECONDS: &str = "30";

/// Why a page is not shown.
#[derive(Debug)]
pub enum Fault {
    /// There is no such page, or the reader may not know that there is.
    NotFound,
    /// The reader may know that the page exists, but not open it.
    Forbidden,
    /// The reader must sign in first, then comes back.
    SignIn {
        /// Path and query to come back to.
        back_to: String,
    },
    /// The reader must show the password again, then comes back.
    Confirm {
        /// Path and query to come back to.
        back_to: String,
    },
    /// The reader has tried something too often.
    TooMany(TooMany),
    /// The request came from another site.
    OtherOrigin,
    /// The address exists, but not for this method.
    Method,
    /// What was sent cannot be read as the form it should be.
    Malformed,
    /// The database cannot take it now: its disk is full, or it is away. The same request may succeed later.
    Unavailable(String),
    /// Something failed here; the reader has done nothing wrong.
    Internal(String),
}

impl From<DbErr> for Fault {
    fn from(error: DbErr) -> Self {
        if is_passing(&error) { Self::Unavailable(error.to_string()) } else { Self::Internal(error.to_string()) }
    }
}

impl From<CompleteError> for Fault {
    fn from(error: CompleteError) -> Self {
        match error {
            CompleteError::Storage(error) => error.into(),
            CompleteError::Seal(error) => Self::Internal(error),
        }
    }
}

impl From<LimitError> for Fault {
    fn from(error: LimitError) -> Self {
        match error {
            LimitError::TooMany(too_many) => Self::TooMany(too_many),
            LimitError::Storage(error) => error.into(),
        }
    }
}

impl IntoResponse for Fault {
    /// An empty answer that carries the fault; [`draw`] makes the page of it, for it knows the reader.
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Draws the page of a fault that a handler answered with.
pub(super) async fn draw(State(platform): State<Arc<Platform>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Some((kept, request)) = kept::look(Request::from_parts(parts.clone(), body)).await else {
        let Ok(reader) = Reader::from_request_parts(&mut parts, &platform).await;
        return page(&reader, &Fault::Malformed, Kept::default());
    };
    let mut response = next.run(request).await;
    let Some(fault) = response.extensions_mut().remove::<Arc<Fault>>() else { return response };
    let Ok(reader) = Reader::from_request_parts(&mut parts, &platform).await;
    page(&reader, &fault, kept)
}

fn page(reader: &Reader, fault: &Fault, kept: Kept) -> Response {
    let texts = reader.texts;
    let (status, title, words) = match fault {
        Fault::SignIn { back_to } => return show_first(reader, "/sign-in", back_to, kept),
        Fault::Confirm { back_to } => return show_first(reader, "/confirm", back_to, kept),
        Fault::Forbidden if reader.person.as_ref().is_some_and(SignedIn::must_add_second_factor) => return redirect("/profile/security"),
        Fault::TooMany(too_many) => return slowed(too_many_page(reader, *too_many), *too_many),
        Fault::NotFound => (StatusCode::NOT_FOUND, texts.t("not-found-title"), texts.t("not-found-words")),
        Fault::Forbidden => (StatusCode::FORBIDDEN, texts.t("forbidden-title"), texts.t("forbidden-words")),
        Fault::OtherOrigin => (StatusCode::FORBIDDEN, texts.t("other-origin-title"), texts.t("other-origin-words")),
        Fault::Method => (StatusCode::METHOD_NOT_ALLOWED, texts.t("method-title"), texts.t("method-words")),
        Fault::Malformed => (StatusCode::BAD_REQUEST, texts.t("malformed-title"), texts.t("malformed-words")),
        Fault::Unavailable(error) => {
            tracing::error!(error, request_id = reader.request_id, "the database could not take a request");
            (StatusCode::SERVICE_UNAVAILABLE, texts.t("unavailable-title"), texts.t("unavailable-words"))
        }
        Fault::Internal(error) => {
            tracing::error!(error, request_id = reader.request_id, "a page failed");
            (StatusCode::INTERNAL_SERVER_ERROR, texts.t("internal-title"), texts.t("internal-words"))
        }
    };
    let is_ours = matches!(fault, Fault::Internal(_) | Fault::Unavailable(_));
    let request_id = is_ours.then(|| reader.request_id.clone());
    let again = (is_ours && kept.holds_something()).then_some(kept);
    let mut response = reader.page(Head::new(title).status(status).narrow(), move || {
        view! {
            <h1>{title}</h1>
            <p class="lead">{words}</p>
            {request_id.map(|id| view! { <p class="note-line">{texts.with("request-id", [("id", id.into())])}</p> })}
            <div class="actions">
                {again.map(|kept| kept.view(texts, "button"))}
                <a class="button button-second" href="/">{texts.t("to-catalogue")}</a>
            </div>
        }
    });
    if matches!(fault, Fault::Unavailable(_)) {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS));
    }
    response
}

/// Leads to the page `first`, and from there back. A form that was sent is kept on a page meanwhile.
fn show_first(reader: &Reader, first: &str, back_to: &str, kept: Kept) -> Response {
    let there = format!("{first}?to={}", utf8_percent_encode(back_to, NON_ALPHANUMERIC));
    // Where it leads back to another page than the form's own, that page has what was sent.
    if !kept.holds_something() || back_to != reader.path {
        return redirect(&there);
    }
    let texts = reader.texts;
    reader.page(Head::new(texts.t("kept-title")).status(StatusCode::UNAUTHORIZED).narrow(), move || {
        view! {
            <h1>{texts.t("kept-title")}</h1>
            <p class="lead">{texts.t("kept-words")}</p>
            <div class="actions">
                <a class="button" href=there target="_blank" rel="noopener">{texts.t("kept-show")}</a>
                {kept.view(texts, "button button-second")}
            </div>
        }
    })
}

fn too_many_page(reader: &Reader, too_many: TooMany) -> Response {
    let texts = reader.texts;
    reader.page(Head::new(texts.t("too-many-title")).narrow(), move || {
        view! {
            <h1>{texts.t("too-many-title")}</h1>
            <p class="lead">{texts.with("too-many", [("wait", texts.wait(too_many.retry_after).into())])}</p>
            <p class="actions"><a class="button" href="/">{texts.t("to-catalogue")}</a></p>
        }
    })
}

/// Answers for every address that is none.
pub(super) async fn not_found() -> Fault {
    Fault::NotFound
}

/// Answers for addresses that exist for another method.
pub(super) async fn method_not_allowed() -> Fault {
    Fault::Method
}
