//! What a program sent: the address, its parameters, the body. Whatever cannot be read is a problem with a code.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::Segment;

use super::{Code, FieldFault, Problem};
use crate::Platform;

/// Longest sentence about what was sent, in characters.
const DETAIL_CHARS: usize = 300;

/// The variable parts of an address. One that cannot be read is no address of ours.
pub(crate) struct At<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<Arc<Platform>> for At<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, platform: &Arc<Platform>) -> Result<Self, Problem> {
        Path::from_request_parts(parts, platform).await.map(|Path(value)| Self(value)).map_err(|_| Code::NotFound.into())
    }
}

/// The parameters of an address.
pub(crate) struct Asked<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<Arc<Platform>> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, platform: &Arc<Platform>) -> Result<Self, Problem> {
        Query::from_request_parts(parts, platform).await.map(|Query(value)| Self(value)).map_err(|rejection| {
            let text = rejection.body_text();
            let text = text.trim_start_matches("Failed to deserialize query string: ");
            // `name: what is wrong`, where the library knows the name.
            let (name, detail) = text.split_once(": ").filter(|(name, _)| !name.contains(' ')).unwrap_or(("", text));
            let name = if name.is_empty() { quoted(text).unwrap_or_default() } else { name };
            Problem::invalid(vec![FieldFault::parameter(name, shortened(detail))])
        })
    }
}

/// The body, as JSON.
pub(crate) struct Sent<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<Platform>> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, platform: &Arc<Platform>) -> Result<Self, Problem> {
        if media_type(request.headers()).as_deref() != Some("application/json") {
            return Err(Code::UnsupportedMediaType.into());
        }
        let bytes = Bytes::from_request(request, platform).await.map_err(unbuffered)?;
        // A struct would also be read from a list of its fields; nobody should come to rely on their order.
        if bytes.trim_ascii_start().starts_with(b"[") {
            return Err(Problem::invalid(vec![FieldFault::at("", "the body is an object")]));
        }
        let mut json = serde_json::Deserializer::from_slice(&bytes);
        let value: T = serde_path_to_error::deserialize(&mut json).map_err(|error| unreadable(&bytes, &error))?;
        json.end().map_err(|error| Problem::because(Code::Malformed, error.to_string()))?;
        Ok(Self(value))
    }
}

/// Why a body could not be taken.
pub(super) fn unbuffered(rejection: BytesRejection) -> Problem {
    match rejection {
        BytesRejection::FailedToBufferBody(cause) if cause.status() == StatusCode::PAYLOAD_TOO_LARGE => Code::TooLarge.into(),
        _ => Code::Malformed.into(),
    }
}

/// The type of the body without its parameters, in small letters; none where there is not exactly one.
fn media_type(headers: &HeaderMap) -> Option<String> {
    let mut values = headers.get_all(CONTENT_TYPE).into_iter();
    let (Some(value), None) = (values.next(), values.next()) else { return None };
    value.to_str().ok()?.split(';').next().map(|kind| kind.trim().to_ascii_lowercase())
}

fn unreadable(bytes: &[u8], error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    let detail = shortened(&error.inner().to_string());
    // A number where one of several words belongs is a mistake of syntax to the library, and JSON all the same.
    let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok();
    match error.inner().classify() {
        _ if is_json => Problem::invalid(vec![FieldFault::at(pointer(error.path()), detail)]),
        Category::Data => Problem::invalid(vec![FieldFault::at(pointer(error.path()), detail)]),
        Category::Syntax | Category::Eof | Category::Io => Problem::because(Code::Malformed, detail),
    }
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Map { key } => Some(format!("/{}", key.replace('~', "~0").replace('/', "~1"))),
            Segment::Seq { index } => Some(format!("/{index}")),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

/// The first word between back quotes: the name of a field the library does not know.
fn quoted(text: &str) -> Option<&str> {
    text.split('`').nth(1)
}

fn shortened(text: &str) -> String {
    text.chars().take(DETAIL_CHARS).collect()
}
