//! Reading what a form sent, and answering with the next page.

use std::sync::Arc;

use axum::extract::{FromRequest, Request};
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use courses::language::Language;
use server::Platform;
use server::access::limit::TooMany;

use crate::reader::{LANGUAGE_COOKIE, NOTICE_COOKIE};
use crate::routes::Fault;

/// What a form sent: names and values in the order sent, a name perhaps many times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of `name`; empty where there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Every value of `name`.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every pair.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The language that the switch in the header asked for, instead of sending the form.
    #[must_use]
    pub fn switched(&self) -> Option<Language> {
        self.get("switch_language").parse().ok()
    }
}

impl FromRequest<Arc<Platform>> for Fields {
    type Rejection = Fault;

    async fn from_request(request: Request, platform: &Arc<Platform>) -> Result<Self, Fault> {
        let bytes = axum::body::Bytes::from_request(request, platform).await.map_err(|_| Fault::Malformed)?;
        serde_html_form::from_bytes(&bytes).map(Self).map_err(|_| Fault::Malformed)
    }
}

/// `303 See Other` to a path of this campus.
#[must_use]
pub fn redirect(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [("location", to)]).into_response()
}

/// The same answer as `429 Too Many Requests`, with the time after which the next try passes.
#[must_use]
pub fn slowed(mut response: Response, too_many: TooMany) -> Response {
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(whole_seconds(too_many.retry_after)));
    response
}

/// Seconds, rounded up: who waits that long does not come too early.
pub(crate) fn whole_seconds(time: TimeDelta) -> u64 {
    let millis = u64::try_from(time.num_milliseconds()).unwrap_or_default();
    millis.div_ceil(1000).max(1)
}

/// Leaves the text `notice-{name}` for the next page to show once.
#[must_use]
pub fn notice(mut response: Response, name: &'static str) -> Response {
    add_cookie(&mut response, &format!("{NOTICE_COOKIE}={name}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax"));
    response
}

/// Remembers the language chosen on this device.
#[must_use]
pub fn remember_language(mut response: Response, language: Language) -> Response {
    add_cookie(&mut response, &format!("{LANGUAGE_COOKIE}={language}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"));
    response
}

/// A cookie that scripts do not see and other sites do not send; `keep_for` = how long it is kept, or until the browser is closed.
pub(crate) fn kept_cookie(platform: &Platform, name: &str, value: &str, keep_for: Option<TimeDelta>) -> String {
    let secure = if platform.config.is_secure() { "; Secure" } else { "" };
    let max_age = keep_for.map(|time| format!("; Max-Age={}", time.num_seconds())).unwrap_or_default();
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{max_age}")
}

/// Adds a cookie to an answer.
pub fn add_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}
