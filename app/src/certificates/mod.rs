//! Certificates: one's own, drawn and on paper; and the public page where anyone checks one.

mod check;
mod drawing;
mod files;
mod own;
mod shown;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use server::Platform;

pub(crate) fn routes() -> Router<Arc<Platform>> {
    Router::new()
        .route("/certificates", get(own::list))
        .route("/certificates/{code}", get(own::certificate))
        .route("/certificates/{code}/pdf", get(files::pdf))
        .route("/verify", get(check::ask))
        .route("/verify/{code}", get(check::answer))
        .route("/verify/{code}/proof", get(files::proof))
        .route("/.well-known/campus-certificate-keys.json", get(files::keys))
}
