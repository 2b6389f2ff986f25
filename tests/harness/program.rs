//! Another program: it has a service token of somebody, and asks for them.

use axum::body::Body;
use axum::http::Method;
use serde_json::Value;

use crate::{Answer, Browser, Campus};

const BASE: &str = "/api/v1";

/// A program with an access token.
#[derive(Clone)]
pub struct Program {
    /// What sends its requests.
    pub browser: Browser,
    /// Its access token; empty = it has none.
    pub access: String,
    /// Its refresh token.
    pub refresh: String,
}

impl Campus {
    /// A service token that the person of `browser` makes in their profile.
    pub async fn service_token(&self, browser: &mut Browser, scopes: &[&str]) -> String {
        let mut form = vec![("name", "tablero"), ("days", "90")];
        form.extend(scopes.iter().map(|scope| ("scope", *scope)));
        let made = browser.post("/profile/tokens/new", &form).await;
        assert_eq!(made.status(), 200, "{}", made.text());
        made.words("#secret").remove(0)
    }

    /// A program that acts for the person of `browser` with these scopes.
    pub async fn program(&self, browser: &mut Browser, scopes: &[&str]) -> Program {
        let secret = self.service_token(browser, scopes).await;
        self.nobodys_program().exchanged(&secret).await
    }

    /// A program without a token.
    #[must_use]
    pub fn nobodys_program(&self) -> Program {
        Program { browser: self.visitor(), access: String::new(), refresh: String::new() }
    }
}

impl Program {
    /// Exchanges `credential`; the answer.
    pub async fn exchange(&self, credential: &str) -> Answer {
        self.form("/token", &[("grant_type", "refresh_token"), ("refresh_token", credential)]).await
    }

    /// The same program with what `credential` is exchanged for.
    pub async fn exchanged(mut self, credential: &str) -> Self {
        let answer = self.exchange(credential).await;
        assert_eq!(answer.status(), 200, "{}", answer.text());
        self.access = answer.json()["access_token"].as_str().unwrap().to_owned();
        self.refresh = answer.json()["refresh_token"].as_str().unwrap().to_owned();
        self
    }

    /// Reads `path`.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Body::empty()).await
    }

    /// What is at `path`.
    pub async fn json(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), 200, "{path}: {}", answer.text());
        answer.json()
    }

    /// Sends JSON with an idempotency key.
    pub async fn post(&self, path: &str, key: &str, body: &Value) -> Answer {
        let headers = [("idempotency-key", key), ("content-type", "application/json")];
        self.send(Method::POST, path, &headers, Body::from(body.to_string())).await
    }

    /// Sends a form, as the token endpoints take it.
    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        self.send(Method::POST, path, &headers, Body::from(crate::browser::form(fields))).await
    }

    /// Sends a request with these headers, and with the access token if there is one.
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let bearer = format!("Bearer {}", self.access);
        let mut headers = headers.to_vec();
        if !self.access.is_empty() {
            headers.push(("authorization", &bearer));
        }
        self.browser.clone().send(method, &format!("{BASE}{path}"), &headers, body).await
    }
}

impl Answer {
    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("JSON: {}", self.text()))
    }
}
