//! What a form sent when it could not be taken: the page that says so holds it, so that it can be sent again and nothing is lost.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use leptos::prelude::*;

use super::FORM_BYTES;
use crate::texts::Texts;

/// A form as it was sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    /// Path and query it was sent to.
    to: String,
    fields: Vec<(String, String)>,
}

/// The form that a request holds, and the request as it was; `None` = the form is larger than any of ours.
pub(super) async fn look(request: Request) -> Option<(Kept, Request)> {
    let is_form = request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    if request.method() != Method::POST || !is_form {
        return Some((Kept::default(), request));
    }
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, FORM_BYTES).await.ok()?;
    let mut fields: Vec<(String, String)> = serde_html_form::from_bytes(&bytes).unwrap_or_default();
    fields.retain(|(name, _)| !is_secret(name));
    let to = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    Some((Kept { to, fields }, Request::from_parts(parts, Body::from(bytes))))
}

/// Whether a page must never hold what was typed there.
fn is_secret(name: &str) -> bool {
    name.contains("password") || name == "code"
}

impl Kept {
    /// Whether somebody wrote something that would be lost; a button alone is soon pressed again.
    pub(super) fn holds_something(&self) -> bool {
        self.fields.iter().any(|(name, value)| {
            !value.trim().is_empty() && !matches!(name.as_str(), "do" | "check" | "link" | "unlink" | "switch_language")
        })
    }

    /// A button that sends it again.
    pub(super) fn view(self, texts: Texts, class: &'static str) -> impl IntoView {
        let fields: Vec<_> = self.fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect();
        view! { <form method="post" action=self.to>{fields} <button class=class>{texts.t("send-again")}</button></form> }
    }
}
