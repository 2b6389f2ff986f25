//! Pages about the interface for programs: what it can do, what its problems mean, and one's own service tokens.

mod document;
mod operation;
mod problem;
mod schema;
mod token_form;
mod tokens;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use server::Platform;

pub(crate) fn routes() -> Router<Arc<Platform>> {
    Router::new()
        .route("/api", get(document::show))
        .route("/api/problems/{code}", get(problem::show))
        .route("/profile/tokens", get(tokens::show))
        .route("/profile/tokens/new", get(token_form::show).post(token_form::send))
        .route("/profile/tokens/revocation", post(tokens::revoke_all))
        .route("/profile/tokens/{id}/revocation", post(tokens::revoke))
}
