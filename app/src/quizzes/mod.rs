//! Quizzes: the rules before the start, the form, the result; and the island that stores each answer when it is chosen.

#[cfg(feature = "ssr")]
mod answers;
#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
mod intro;
pub mod island;
#[cfg(feature = "ssr")]
mod kept;
#[cfg(feature = "ssr")]
mod question_view;
#[cfg(feature = "ssr")]
mod result;
#[cfg(feature = "ssr")]
mod result_view;
#[cfg(feature = "ssr")]
mod review;
#[cfg(feature = "ssr")]
mod saving;
#[cfg(feature = "ssr")]
mod take;
#[cfg(feature = "ssr")]
mod take_view;

#[cfg(feature = "ssr")]
pub(crate) use saving::{has_unsent, saver};

#[cfg(feature = "ssr")]
use std::sync::Arc;

#[cfg(feature = "ssr")]
pub(crate) fn routes() -> axum::Router<Arc<server::Platform>> {
    use axum::routing::{get, post};
    axum::Router::new()
        .route("/courses/{code}/quizzes/{quiz}", get(intro::intro))
        .route("/courses/{code}/quizzes/{quiz}/attempts", post(intro::start))
        .route("/attempts/{id}", get(take::attempt).post(take::send))
        .route("/attempts/{id}/result", get(result::result))
        .route("/attempts/{id}/answers.csv", get(kept::download))
        .route("/api/island/quizzes/save", post(saving::island_call))
}
