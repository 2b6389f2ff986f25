//! The second half of signing in: a code of the second factor.

use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::Response;
use leptos::prelude::*;
use server::accounts::{self, CodeError};

use super::onward::Onward;
use super::refusals::Refusals;
use super::session;
use crate::form::{Field, Fields, field, redirect, remember_language, slowed};
use crate::reader::{HALF_WAY_COOKIE, Reader, bound, cookie};
use crate::routes::Fault;
use crate::shell::Head;
use crate::texts::Texts;

/// `GET /sign-in/code`: for whoever has shown the password a moment ago.
pub(super) async fn show(reader: Reader, headers: HeaderMap, Query(onward): Query<Onward>) -> Result<Response, Fault> {
    if reader.person.is_some() {
        return Ok(redirect(onward.path()));
    }
    if !accounts::is_half_way(&reader.platform, token(&reader, &headers)).await? {
        return Ok(redirect(&onward.by_way_of("/sign-in")));
    }
    Ok(page(&reader, Refusals::default(), onward))
}

/// `POST /sign-in/code`
pub(super) async fn send(reader: Reader, headers: HeaderMap, fields: Fields) -> Result<Response, Fault> {
    let onward = Onward::to(fields.get("to"));
    if let Some(language) = fields.switched() {
        return Ok(remember_language(page(&reader.speaking(language), Refusals::default(), onward), language));
    }
    let place = reader.place(false).await?;
    match accounts::finish_sign_in(&reader.platform, token(&reader, &headers), fields.get("code"), &place).await {
        Ok(started) => session::begin(&reader, started, &place, onward.path()).await,
        Err(CodeError::HalfWay) => Ok(redirect(&onward.by_way_of("/sign-in"))),
        Err(CodeError::Wrong) => Ok(page(&reader, Refusals::one("code", reader.texts.t("code-wrong")), onward)),
        Err(CodeError::TooMany(too_many)) => {
            Ok(slowed(page(&reader, Refusals::too_many(reader.texts, "code", too_many), onward), too_many))
        }
        Err(CodeError::Storage(error)) => Err(error.into()),
    }
}

fn token<'h>(reader: &Reader, headers: &'h HeaderMap) -> &'h str {
    cookie(headers, &bound(HALF_WAY_COOKIE, reader.platform.config.is_secure())).unwrap_or_default()
}

fn page(reader: &Reader, refusals: Refusals, onward: Onward) -> Response {
    let texts = reader.texts;
    reader.page(Head::new(texts.t("code-title")).form().status(refusals.status()), move || {
        view! {
            <h1>{texts.t("code-title")}</h1>
            <p class="lead">{texts.t("code-lead")}</p>
            {refusals.summary(texts)}
            <form class="form" id="page-form" method="post" novalidate>
                {onward.field()}
                {code(texts, &refusals)}
                <div class="actions">
                    <button class="button">{texts.t("sign-in")}</button>
                    <a class="button button-quiet" href=onward.by_way_of("/sign-in/passkey")>{texts.t("passkey-use")}</a>
                </div>
            </form>
            <hr/>
            <p>{texts.t("code-lost")}</p>
        }
    })
}

/// The field of a code.
pub(super) fn code(texts: Texts, refusals: &Refusals) -> impl IntoView + use<> {
    field(
        texts,
        Field {
            name: "code",
            label: texts.t("code").to_owned(),
            autocomplete: "one-time-code",
            hint: Some(texts.t("code-hint").to_owned()),
            error: refusals.beside("code"),
            ..Field::default()
        },
    )
}
