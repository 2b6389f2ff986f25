//! Figures of courses, by their content: they never change, so browsers keep them.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use server::{Platform, catalogue};

use crate::routes::{At, Fault};

/// An SVG may style itself, and nothing else.
const FIGURE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

pub(super) async fn file(State(platform): State<Arc<Platform>>, At((digest, _)): At<(String, String)>) -> Result<Response, Fault> {
    let file = catalogue::course_file(&platform, &digest).await?.ok_or(Fault::NotFound)?;
    let headers =
        [(CONTENT_TYPE, file.media_type), (CACHE_CONTROL, "public, max-age=31536000, immutable"), (CONTENT_SECURITY_POLICY, FIGURE_POLICY)];
    Ok((headers, file.bytes).into_response())
}
