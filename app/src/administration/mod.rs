//! Pages for administration: the course library as this server loaded it.

mod library;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use server::Platform;

pub(crate) fn routes() -> Router<Arc<Platform>> {
    Router::new().route("/administration", get(library::library))
}
