//! Whether the program lives, and whether it should get requests.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;
use server::{Platform, health};

pub(super) fn routes() -> Router<Arc<Platform>> {
    Router::new().route("/health", get(ready)).route("/health/ready", get(ready)).route("/health/live", get(live))
}

/// The process answers; whether it should be restarted is asked here.
async fn live() -> Response {
    said(StatusCode::OK, "live")
}

/// It can serve; whether a proxy should send requests is asked here.
async fn ready(State(platform): State<Arc<Platform>>) -> Response {
    match health::ready(&platform).await {
        Ok(()) => said(StatusCode::OK, "ready"),
        Err(why) => said(StatusCode::SERVICE_UNAVAILABLE, &why.to_string()),
    }
}

fn said(status: StatusCode, word: &str) -> Response {
    (status, Json(json!({ "status": word }))).into_response()
}
