//! Style, fonts, icons and the browser's half: embedded, precompressed, under names that change with their content.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use server::Platform;

/// An embedded file.
struct Asset {
    /// Name without its hash: `campus.css`.
    name: &'static str,
    /// Name in addresses: `campus.1a2b3c4d.css`.
    hashed: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
    /// The same, compressed by Brotli; empty where that does not help.
    brotli: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Address of the embedded file `name`.
#[must_use]
pub fn url(name: &str) -> String {
    let hashed = ASSETS.iter().find(|asset| asset.name == name).map_or(name, |asset| asset.hashed);
    format!("/assets/{hashed}")
}

/// Name of the browser's half without its endings: Leptos adds `.js` and `_bg.wasm`.
#[must_use]
pub fn island_name() -> &'static str {
    let script = ASSETS.iter().find(|asset| asset.name == "campus.js");
    script.and_then(|script| script.hashed.strip_suffix(".js")).unwrap_or("campus")
}

pub(crate) fn routes() -> Router<Arc<Platform>> {
    Router::new().route("/assets/{name}", get(asset))
}

async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.hashed == name) else { return StatusCode::NOT_FOUND.into_response() };
    let takes_brotli = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("br"));
    let common = [(CONTENT_TYPE, asset.media_type), (CACHE_CONTROL, "public, max-age=31536000, immutable"), (VARY, "accept-encoding")];
    if takes_brotli && !asset.brotli.is_empty() {
        (common, [(CONTENT_ENCODING, "br")], asset.brotli).into_response()
    } else {
        (common, asset.bytes).into_response()
    }
}
