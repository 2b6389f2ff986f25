//! Pages for administration: the course library as this server loaded it, and people's accounts.

mod erasure;
mod library;
mod people;
mod person;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use server::Platform;

pub(crate) fn routes() -> Router<Arc<Platform>> {
    Router::new()
        .route("/administration", get(library::library))
        .route("/administration/people", get(people::people))
        .route("/administration/people/{id}", get(person::show).post(person::send))
        .route("/administration/people/{id}/erasure", get(erasure::show).post(erasure::send))
}
