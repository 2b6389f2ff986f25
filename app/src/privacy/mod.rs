//! What is kept of people, in words: the public page, one's own data, who saw one's record, and the way to be gone.

mod about;
mod accesses;
mod data;
mod erasure;
mod index;
mod warning;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use server::Platform;

pub(crate) use erasure::{Typed, typed_fields};
pub(crate) use warning::warn;

pub(crate) fn routes() -> Router<Arc<Platform>> {
    Router::new()
        .route("/about/privacy", get(about::privacy))
        .route("/profile/data", get(data::show).post(data::send))
        .route("/profile/accesses", get(accesses::show))
        .route("/profile/erasure", get(erasure::show).post(erasure::send))
}
