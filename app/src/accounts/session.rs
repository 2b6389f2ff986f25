//! The session cookie: how it begins and how it ends.

use axum::http::HeaderValue;
use axum::http::header::HeaderName;
use axum::response::Response;
use leptos::prelude::*;
use server::Platform;
use server::accounts::{self, Started};

use crate::form::{Fields, add_cookie, notice, redirect};
use crate::reader::{Reader, session_cookie};
use crate::routes::Fault;
use crate::shell::Head;

/// Goes to `path` with the session that has just begun. One that was open in this browser ends.
pub(super) async fn begin(reader: &Reader, started: &Started, path: &str) -> Result<Response, Fault> {
    if let Some(person) = &reader.person {
        accounts::end_session(&reader.platform, person).await?;
    }
    let mut response = redirect(path);
    let max_age = started.keep_for.map(|time| format!("; Max-Age={}", time.num_seconds())).unwrap_or_default();
    add_cookie(&mut response, &cookie(&reader.platform, &started.token, &max_age));
    Ok(response)
}

/// Ends the session, in the database and in the browser. Also for somebody whose session is over already. With answers on this
/// device that the server does not have, asks first.
pub(super) async fn sign_out(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    if reader.has_unsent && fields.get("do") != "anyway" {
        return Ok(ask_first(&reader));
    }
    if let Some(person) = &reader.person {
        accounts::end_session(&reader.platform, person).await?;
    }
    let mut response = notice(redirect("/"), "signed-out");
    add_cookie(&mut response, &cookie(&reader.platform, "", "; Max-Age=0"));
    response.headers_mut().insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    Ok(response)
}

fn ask_first(reader: &Reader) -> Response {
    let texts = reader.texts;
    reader.page(Head::new(texts.t("sign-out-unsent-title")).narrow(), move || {
        view! {
            <h1>{texts.t("sign-out-unsent-title")}</h1>
            <p class="lead">{texts.t("sign-out-unsent")}</p>
            <div class="actions">
                <a class="button" href="/learning">{texts.t("stay-signed-in")}</a>
                <form method="post" action="/sign-out"><button class="button button-second" name="do" value="anyway">{texts.t("sign-out-anyway")}</button></form>
            </div>
        }
    })
}

fn cookie(platform: &Platform, token: &str, max_age: &str) -> String {
    let is_secure = platform.config.is_secure();
    let secure = if is_secure { "; Secure" } else { "" };
    format!("{}={token}; Path=/; HttpOnly; SameSite=Lax{secure}{max_age}", session_cookie(is_secure))
}
