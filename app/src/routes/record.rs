//! What is known of each request: its id, how it was answered and how long that took. Never who asked, nor for what.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use server::{Platform, metrics};
use tracing::Instrument;

/// Header of the request's id, in both directions.
const ID: HeaderName = HeaderName::from_static("x-request-id");
/// Routes that are asked for all the time by machines, or many times a page.
const QUIET: [&str; 4] = ["/health", "/health/live", "/health/ready", "/assets/{name}"];

/// Gives the request its id, counts it, and says in one line how it went.
pub(super) async fn record(State(platform): State<Arc<Platform>>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = given_id(request.headers()).unwrap_or_else(|| own_id(&platform));
    let method = name(request.method());
    // The route and not the path: a path may hold the secret of a link or the code of a certificate.
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default(), method, route);
    request.headers_mut().insert(ID, id.clone());
    async move {
        let mut response = next.run(request).await;
        response.headers_mut().insert(ID, id);
        let (status, took) = (response.status().as_u16(), began.elapsed());
        metrics::request(&route, method, status, took);
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        if QUIET.contains(&route.as_str()) {
            tracing::debug!(status, ms, "answered");
        } else {
            tracing::info!(status, ms, "answered");
        }
        response
    }
    .instrument(span)
    .await
}

/// The id that a proxy of ours gave it, if that is one: hexadecimal digits and dashes, so that nothing else gets into logs.
fn given_id(headers: &HeaderMap) -> Option<HeaderValue> {
    let id = headers.get(ID)?;
    let is_id = (16..=64).contains(&id.len()) && id.as_bytes().iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-');
    is_id.then(|| id.clone())
}

fn own_id(platform: &Platform) -> HeaderValue {
    let id = platform.chance.id(platform.clock.now()).to_string();
    HeaderValue::try_from(id).unwrap_or_else(|_| HeaderValue::from_static("none"))
}

/// The method, if it is one that routes know: any word may be sent.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(id: &'static str) -> Option<HeaderValue> {
        given_id(&HeaderMap::from_iter([(ID, HeaderValue::from_static(id))]))
    }

    #[test]
    fn an_id_is_taken_only_if_it_is_one() {
        assert!(given("0192f0c1-2345-7000-8000-0123456789ab").is_some());
        assert!(given("0192f0c1234570008000012345678901").is_some());
        for other in ["ana", "ana.ramirez@salud.example", "0192f0c1 2345-7000-8000-0123456789ab", "0192f0c1"] {
            assert_eq!(given(other), None, "{other}");
        }
    }
}
