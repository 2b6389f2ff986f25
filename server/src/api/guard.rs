//! What holds for every request of a program: who asks, how often, and in which form they take an answer.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::HeaderName;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::accept::best;
use super::caller::Shown;
use super::quota::{self, Taken};
use super::{Code, Problem};
use crate::Platform;
use crate::access::ClientAddress;

/// Forms that some answer has.
const FORMS: [&str; 4] = ["application/json", "application/problem+json", "text/csv", "application/openapi+json"];

/// Checks the credential once for everything that follows, counts the request, and says how much is left.
pub(super) async fn guard(State(platform): State<Arc<Platform>>, mut request: Request, next: Next) -> Response {
    let shown = match Shown::of(&platform, request.headers()).await {
        Ok(shown) => shown,
        Err(error) => return Problem::from(error).into_response(),
    };
    let subject = match &shown {
        Shown::Known(caller) => (quota::OF_TOKEN, caller.family.to_string()),
        _ => (quota::OF_ADDRESS, request.extensions().get::<ClientAddress>().copied().unwrap_or_default().subject()),
    };
    let taken = match quota::take(&platform, subject.0, &subject.1).await {
        Ok(taken) => taken,
        Err(error) => return Problem::from(error).into_response(),
    };
    let mut response = if let Some(seconds) = taken.retry_after_seconds {
        Problem::too_many(seconds).into_response()
    } else if best(request.headers(), &FORMS).is_none() {
        Problem::from(Code::NotAcceptable).into_response()
    } else {
        request.extensions_mut().insert(shown);
        next.run(request).await
    };
    tell(&platform, subject.0, &taken, &mut response);
    response
}

/// The headers of the IETF's draft "RateLimit header fields for HTTP" (httpapi-ratelimit-headers-10).
fn tell(platform: &Platform, policy: &str, taken: &Taken, response: &mut Response) {
    let quota = platform.config.api_requests_per_minute;
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: String| {
        if let Ok(value) = value.parse() {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    set("ratelimit-policy", format!("\"{policy}\";q={quota};w=60"));
    set("ratelimit", format!("\"{policy}\";r={};t={}", taken.left, taken.full_in_seconds));
}
