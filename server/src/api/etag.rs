//! Conditional requests (RFC 9110, section 13): a strong tag made from the content.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{Code, Problem};

/// Gives a JSON answer to a reading its tag, and sends nothing where the reader has the same already. Streams go by untouched.
pub(super) async fn condition(mut request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if is_read {
        // The tag of a HEAD is that of the content; the router leaves the content out afterwards.
        *request.method_mut() = Method::GET;
    }
    let known = request.headers().get_all(IF_NONE_MATCH).into_iter().cloned().collect::<Vec<_>>();
    let response = next.run(request).await;
    let is_json = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if !is_read || !is_json || response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // The body is in memory already: it was written from one value.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return Problem::from(Code::Internal).into_response() };
    let tag = of_bytes(&bytes);
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(ETAG, value);
    }
    parts.headers.insert(VARY, HeaderValue::from_static("accept, authorization"));
    if names(&known, &tag, false) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(CONTENT_TYPE);
        parts.headers.remove(CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// The tag of what a reading of `value` would be answered with.
pub(crate) fn tag(value: &impl Serialize) -> String {
    of_bytes(&serde_json::to_vec(value).unwrap_or_default())
}

/// Lets a change pass only from somebody who has seen what they change: `current` is its tag.
///
/// # Errors
/// [`Code::PreconditionRequired`] or [`Code::PreconditionFailed`].
pub(crate) fn check(headers: &HeaderMap, current: &str) -> Result<(), Problem> {
    let expected: Vec<HeaderValue> = headers.get_all(IF_MATCH).into_iter().cloned().collect();
    if expected.is_empty() {
        return Err(Code::PreconditionRequired.into());
    }
    if names(&expected, current, true) { Ok(()) } else { Err(Code::PreconditionFailed.into()) }
}

/// A header with a tag.
pub(crate) fn header(tag: &str) -> [(HeaderName, String); 1] {
    [(ETAG, tag.to_owned())]
}

fn of_bytes(bytes: &[u8]) -> String {
    let digest = hex::encode(Sha256::digest(bytes));
    format!("\"{}\"", digest.get(..32).unwrap_or(&digest))
}

/// Whether a list of tags names `tag`; weak ones count only for readings.
fn names(list: &[HeaderValue], tag: &str, is_strong: bool) -> bool {
    let named = list.iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    named.map(str::trim).any(|named| named == "*" || named == tag || (!is_strong && named.strip_prefix("W/") == Some(tag)))
}
