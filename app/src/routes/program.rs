//! Addresses that belong to no noun: language, what the campus is.

use std::sync::Arc;

use axum::Router;
use axum::extract::Query;
use axum::response::Response;
use axum::routing::get;
use courses::language::Language;
use leptos::prelude::*;
use serde::Deserialize;
use server::Platform;

use super::{At, Fault};
use crate::form::{redirect, remember_language};
use crate::reader::Reader;
use crate::shell::Head;

pub(super) fn routes() -> Router<Arc<Platform>> {
    Router::new().route("/language/{code}", get(choose_language)).route("/about", get(about)).route("/about/safety", get(safety))
}

#[derive(Deserialize)]
struct BackTo {
    #[serde(default)]
    to: String,
}

/// Keeps the language in a cookie and goes back; nothing else changes, so it may be a link.
async fn choose_language(At(code): At<String>, Query(back): Query<BackTo>) -> Result<Response, Fault> {
    let language: Language = code.parse().map_err(|_| Fault::NotFound)?;
    Ok(remember_language(redirect(local(&back.to)), language))
}

/// `to` if it is a path of this campus, else the catalogue: no redirect ever leaves.
pub(crate) fn local(to: &str) -> &str {
    let is_path = to.starts_with('/') && !to.starts_with("//") && to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_path { to } else { "/" }
}

async fn about(reader: Reader) -> Response {
    let texts = reader.texts;
    reader.page(Head::new(texts.t("about-title")).narrow(), move || {
        view! {
            <h1>{texts.t("about-title")}</h1>
            <div class="prose">
                <p>{texts.t("about-what")}</p>
                <p>{texts.t("about-record")}</p>
                <p><a href="/about/privacy">{texts.t("privacy-link")}</a></p>
                <p>{texts.t("about-licence")}</p>
            </div>
        }
    })
}

async fn safety(reader: Reader) -> Response {
    let texts = reader.texts;
    reader.page(Head::new(texts.t("safety-title")).narrow().quick_exit(true), move || {
        view! {
            <h1>{texts.t("safety-title")}</h1>
            <div class="prose">
                <p>{texts.t("safety-exit")}</p>
                <ul>
                    <li>{texts.t("safety-private-window")}</li>
                    <li>{texts.t("safety-sign-out")}</li>
                    <li>{texts.t("safety-history")}</li>
                </ul>
                <h2>{texts.t("safety-affected-heading")}</h2>
                <p>{texts.t("safety-affected")}</p>
                <h2>{texts.t("safety-self-care-heading")}</h2>
                <p>{texts.t("safety-self-care")}</p>
            </div>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn a_redirect_never_leaves_the_campus() {
        assert_eq!(local("/courses/ec-102?x=1"), "/courses/ec-102?x=1");
        for foreign in ["https://evil.example", "//evil.example", "/\\evil.example", "evil", "", "/a\r\nb", "/búsqueda", "/a b"] {
            assert_eq!(local(foreign), "/", "{foreign}");
        }
    }
}
