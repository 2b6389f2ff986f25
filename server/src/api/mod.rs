//! The interface for other programs: `/api/v1`, described by one document made from this code.
//!
//! A request passes [`guard`] (who asks, how often, what they can read) on its way in; on its way out an answer gets its ETag and
//! a [`Problem`] its body. Each noun has its endpoints in its own folder, `<noun>/api.rs`; what they share is here.

mod accept;
mod caller;
mod cursor;
mod document;
pub(crate) mod entity;
mod etag;
mod guard;
mod page;
mod problem;
mod quota;
mod read;
pub(crate) mod schema;
mod scope;
mod tokens;
mod write;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use utoipa_axum::router::OpenApiRouter;

use crate::Platform;
use crate::{accounts, catalogue, certificates, enrolments, quizzes, reports};

pub(crate) use accept::Wanted;
pub(crate) use caller::Caller;
pub(crate) use cursor::{Cursor, before};
pub(crate) use document::PUBLIC;
pub(crate) use etag::{check as check_tag, header as tag_header, tag};
pub(crate) use page::{Page, Place, listed};
pub use problem::{Code, FieldFault, Problem, ProblemBody};
pub use quota::Quotas;
pub(crate) use read::{Asked, At, Sent};
pub use scope::{Scope, Scopes};
pub use tokens::{LONGEST_DAYS, MadeToken, MakeError, ServiceToken, make_token, own_tokens, revoke_all_tokens, revoke_token};
pub(crate) use tokens::{forget_answers_about, forget_old, let_nobody_in, revoke_of, without_second_factor};
pub(crate) use write::{Done, IdempotencyKey, once};

/// Where it stands.
pub const BASE: &str = "/api/v1";
/// Largest body taken, in bytes.
const BODY_BYTES: usize = 64 * 1024;

/// Every endpoint with its description, its addresses without [`BASE`].
fn endpoints() -> OpenApiRouter<Arc<Platform>> {
    OpenApiRouter::with_openapi(document::beginning())
        .merge(tokens::endpoints())
        .merge(catalogue::api::endpoints())
        .merge(certificates::api::endpoints())
        .merge(accounts::api::endpoints())
        .merge(enrolments::api::endpoints())
        .merge(quizzes::api::endpoints())
        .merge(reports::api::endpoints())
}

/// The interface, to be nested at [`BASE`].
pub fn router(platform: Arc<Platform>) -> Router<Arc<Platform>> {
    let (router, _) = endpoints().split_for_parts();
    router
        .merge(document::routes())
        .fallback(problem::not_found)
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(from_fn(etag::condition))
        .layer(from_fn_with_state(platform, guard::guard))
        .layer(from_fn(problem::draw))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
}

/// The description of every endpoint, as OpenAPI 3.1.
#[must_use]
pub fn description() -> serde_json::Value {
    document::whole()
}
