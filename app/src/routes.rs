//! Every address of the campus, and what happens when something is amiss.

mod at;
mod fault;
mod guard;
mod health;
mod kept;
mod program;
mod record;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use server::Platform;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use crate::{accounts, administration, api, assets, catalogue, certificates, learning, privacy, quizzes, reports};

pub use at::At;
pub use fault::Fault;
pub(crate) use program::local;

/// Brotli quality of pages: a lesson is 4 % larger than at 4, and the server sends a third more of them.
const COMPRESSION: i32 = 2;
/// Largest form taken, in bytes. Uploads will have their own limit.
const FORM_BYTES: usize = 256 * 1024;

/// The whole campus as one service.
pub fn router(platform: Arc<Platform>) -> Router {
    let pages = Router::new()
        .merge(catalogue::routes())
        .merge(learning::routes())
        .merge(quizzes::routes())
        .merge(certificates::routes())
        .merge(accounts::routes(&platform))
        .merge(reports::routes())
        .merge(administration::routes())
        .merge(privacy::routes())
        .merge(api::routes())
        .merge(program::routes())
        .merge(health::routes())
        .fallback(fault::not_found)
        .method_not_allowed_fallback(fault::method_not_allowed)
        .layer(from_fn_with_state(Arc::clone(&platform), guard::keep_signed_in))
        .layer(from_fn_with_state(Arc::clone(&platform), guard::same_origin))
        .layer(from_fn_with_state(Arc::clone(&platform), fault::draw))
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Precise(COMPRESSION))
                .compress_when(SizeAbove::new(512).and(NotForContentType::new("application/pdf"))),
        );
    Router::new()
        .merge(pages)
        .merge(assets::routes())
        .nest(server::api::BASE, server::api::router(Arc::clone(&platform)))
        .layer(from_fn_with_state(Arc::clone(&platform), guard::headers))
        .layer(from_fn_with_state(Arc::clone(&platform), record::record))
        .layer(from_fn_with_state(Arc::clone(&platform), guard::origin_of_request))
        .with_state(platform)
}
