//! What holds for every request and every answer: same origin for what changes something, and the headers browsers obey.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, ORIGIN, REFERRER_POLICY, SET_COOKIE, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use server::Platform;
use server::access::ClientAddress;
use server::accounts;

use super::Fault;
use crate::accounts::BACK_CHANNEL;
use crate::form::{add_cookie, kept_cookie};
use crate::reader::{cookie, session_cookie};
use crate::shell::READING_POLICY;

/// Tells where the request comes from, and takes away what only a proxy of ours may say.
pub(super) async fn origin_of_request(State(platform): State<Arc<Platform>>, mut request: Request, next: Next) -> Response {
    let trusted = &platform.config.trusted_proxies;
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_canonical());
    if !peer.is_some_and(|peer| trusted.iter().any(|net| net.contains(&peer))) {
        request.headers_mut().remove("x-request-id");
    }
    let forwarded = request.headers().get_all("x-forwarded-for").into_iter().filter_map(|value| value.to_str().ok());
    let address = ClientAddress::behind(peer.unwrap_or(IpAddr::from([127, 0, 0, 1])), trusted, forwarded);
    request.extensions_mut().insert(address);
    next.run(request).await
}

/// Lets an unsafe method pass only from our own pages: by `Sec-Fetch-Site`, else by `Origin`.
pub(super) async fn same_origin(State(platform): State<Arc<Platform>>, request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    // What another program sends carries a signature in place of a cookie.
    let is_for_programs = request.extensions().get::<MatchedPath>().is_some_and(|path| path.as_str() == BACK_CHANNEL);
    if is_safe || is_for_programs || comes_from_here(request.headers(), &platform.config.origin()) {
        return next.run(request).await;
    }
    tracing::warn!("a request from another origin was refused");
    Fault::OtherOrigin.into_response()
}

fn comes_from_here(headers: &HeaderMap, own_origin: &str) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = headers.get(ORIGIN).and_then(|origin| origin.to_str().ok()) else { return false };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let scheme = own_origin.split_once("://").map(|(scheme, _)| scheme);
    let is_host = origin.split_once("://").is_some_and(|(given, name)| Some(given) == scheme && !host.is_empty() && name == host);
    origin == own_origin || is_host
}

/// Lets a session go on for whoever goes on reading: its token is replaced after some minutes by one that lasts longer. Nothing is
/// written for it.
pub(super) async fn keep_signed_in(State(platform): State<Arc<Platform>>, request: Request, next: Next) -> Response {
    let name = session_cookie(platform.config.is_secure());
    let token = cookie(request.headers(), name).map(str::to_owned);
    let mut response = next.run(request).await;
    let begins = format!("{name}=");
    let has_changed = response.headers().get_all(SET_COOKIE).iter().any(|set| set.as_bytes().starts_with(begins.as_bytes()));
    let Some(token) = token.filter(|_| !has_changed) else { return response };
    match accounts::prolong(&platform, &token).await {
        Ok(Some((token, keep_for))) => add_cookie(&mut response, &kept_cookie(&platform, name, &token, keep_for)),
        Ok(None) => (),
        Err(error) => tracing::error!(%error, "a session could not be prolonged"),
    }
    response
}

/// Adds the headers that every answer carries, unless the page set its own.
pub(super) async fn headers(State(platform): State<Arc<Platform>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(CONTENT_SECURITY_POLICY, READING_POLICY);
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    set(CACHE_CONTROL, "no-store");
    if platform.config.is_secure() {
        set(STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect::<HeaderMap>()
    }

    #[test]
    fn only_our_own_pages_may_change_something() {
        let ours = "http://127.0.0.1:3000";
        assert!(comes_from_here(&headers(&[("sec-fetch-site", "same-origin")]), ours));
        assert!(comes_from_here(&headers(&[("origin", ours)]), ours));
        for foreign in [
            &[("sec-fetch-site", "cross-site"), ("origin", "http://127.0.0.1:3000")][..],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "https://evil.example")],
            &[("origin", "null"), ("host", "127.0.0.1:3000")],
            &[],
        ] {
            assert!(!comes_from_here(&headers(foreign), ours), "{foreign:?}");
        }
        let behind_tls = "https://campus.example";
        let from = |origin| [("origin", origin), ("host", "campus.example")];
        assert!(comes_from_here(&headers(&from("https://campus.example")), behind_tls));
        assert!(
            !comes_from_here(&headers(&from("http://campus.example")), behind_tls),
            "whoever sits on the line can pretend to be it without TLS"
        );
    }
}
