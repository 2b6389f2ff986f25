//! Metrics on an address of their own, away from the people's.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use server::Platform;
use server::metrics::Exposition;
use tokio::net::TcpListener;

/// Begins to record and to listen.
pub(super) async fn listen(address: SocketAddr) -> anyhow::Result<(TcpListener, Exposition)> {
    let listener = TcpListener::bind(address).await.with_context(|| format!("{address} cannot be listened on for metrics"))?;
    let exposition = Exposition::install().context("metrics cannot be recorded")?;
    println!("Metrics are at http://{address}/metrics");
    Ok((listener, exposition))
}

/// Answers `GET /metrics`, as long as the program runs.
pub(super) async fn serve(listener: TcpListener, exposition: Exposition, platform: Arc<Platform>) {
    let exposition = Arc::new(exposition);
    let render = move || {
        let figures = exposition.render(&platform);
        async move { ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], figures) }
    };
    if let Err(error) = axum::serve(listener, Router::new().route("/metrics", get(render))).await {
        tracing::error!(%error, "metrics are not served any more");
    }
}
