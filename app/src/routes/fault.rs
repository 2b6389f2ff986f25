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
use server::certificates::CompleteError;
use server::storage::{DbErr, is_passing};

use crate::form::redirect;
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
    let (parts, body) = request.into_parts();
    let mut kept = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let Some(fault) = response.extensions_mut().remove::<Arc<Fault>>() else { return response };
    match Reader::from_request_parts(&mut kept, &platform).await {
        Ok(reader) => page(&reader, &fault),
    }
}

fn page(reader: &Reader, fault: &Fault) -> Response {
    let texts = reader.texts;
    let (status, title, words) = match fault {
        Fault::SignIn { back_to } => {
            let to = format!("/sign-in?to={}", utf8_percent_encode(back_to, NON_ALPHANUMERIC));
            return redirect(&to);
        }
        Fault::Confirm { back_to } => {
            let to = format!("/confirm?to={}", utf8_percent_encode(back_to, NON_ALPHANUMERIC));
            return redirect(&to);
        }
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
    let request_id = matches!(fault, Fault::Internal(_) | Fault::Unavailable(_)).then(|| reader.request_id.clone());
    let mut response = reader.page(Head::new(title).status(status).narrow(), move || {
        view! {
            <h1>{title}</h1>
            <p class="lead">{words}</p>
            {request_id.map(|id| view! { <p class="note-line">{texts.with("request-id", [("id", id.into())])}</p> })}
            <p class="actions"><a class="button" href="/">{texts.t("to-catalogue")}</a></p>
        }
    });
    if matches!(fault, Fault::Unavailable(_)) {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS));
    }
    response
}

/// Answers for every address that is none.
pub(super) async fn not_found() -> Fault {
    Fault::NotFound
}

/// Answers for addresses that exist for another method.
pub(super) async fn method_not_allowed() -> Fault {
    Fault::Method
}
