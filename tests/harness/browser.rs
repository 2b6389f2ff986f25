//! A browser: keeps cookies, sends what browsers send.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderName, HeaderValue, Method, Request};
use http_body_util::BodyExt;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tower::ServiceExt;

use crate::Answer;

/// Somebody's browser.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    language: String,
    agent: Option<String>,
    peer: Option<SocketAddr>,
}

impl Browser {
    pub(crate) fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), language: "es".to_owned(), agent: None, peer: None }
    }

    /// The same browser, in front of another router.
    pub(crate) fn on(&self, router: Router) -> Self {
        Self { router, ..self.clone() }
    }

    /// The same browser, set to another language.
    #[must_use]
    pub fn speaking(mut self, language: &str) -> Self {
        language.clone_into(&mut self.language);
        self
    }

    /// The same browser, with another `User-Agent`.
    #[must_use]
    pub fn calling_itself(mut self, agent: &str) -> Self {
        self.agent = Some(agent.to_owned());
        self
    }

    /// The same browser, whose requests come from the network address `peer`.
    #[must_use]
    pub fn coming_from(mut self, peer: &str) -> Self {
        self.peer = Some(SocketAddr::new(peer.parse().unwrap(), 50_000));
        self
    }

    /// Opens `path`.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[("sec-fetch-site", "same-origin")], Body::empty()).await
    }

    /// Sends a form of our own page by `GET`.
    pub async fn ask(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        self.get(&format!("{path}?{}", form(fields))).await
    }

    /// Sends a form of our own page to `path`.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
        self.send(Method::POST, path, &headers, Body::from(form(fields))).await
    }

    /// Opens `path` and follows redirects to the page they lead to.
    pub async fn follow(&mut self, answer: Answer) -> Answer {
        let mut answer = answer;
        for _ in 0..5 {
            let Some(to) = answer.location().map(str::to_owned) else { return answer };
            answer = self.get(&to).await;
        }
        answer
    }

    /// Sends a request with these headers and keeps the cookies of the answer.
    pub async fn send(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let mut request =
            Request::builder().method(method).uri(path).header("host", "127.0.0.1:3000").header("accept-language", &self.language);
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        if let Some(agent) = &self.agent {
            request = request.header("user-agent", agent);
        }
        if let Some(peer) = self.peer {
            request = request.extension(ConnectInfo(peer));
        }
        let mut request = request.body(body).unwrap();
        for (at, (name, value)) in headers.iter().enumerate() {
            let (header, value): (HeaderName, HeaderValue) = (name.parse().unwrap(), value.parse().unwrap());
            // In place of what the browser sends by itself; what is given twice goes twice.
            if headers[..at].iter().any(|(before, _)| before == name) {
                request.headers_mut().append(header, value);
            } else {
                request.headers_mut().insert(header, value);
            }
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        for cookie in parts.headers.get_all("set-cookie") {
            self.keep(cookie.to_str().unwrap());
        }
        Answer::new(parts, bytes)
    }

    /// The value of a cookie.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Puts a cookie where a page did not.
    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    fn keep(&mut self, cookie: &str) {
        let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
        let (name, value) = pair.split_once('=').unwrap();
        if attributes.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// Fields as a browser writes them.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&")
}
