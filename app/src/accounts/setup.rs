//! The first administrator of a new campus, by the link printed at its first start.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use server::accounts::{self, Purpose, SignUpError};

use super::person_form::new_person;
use super::refusals::Refusals;
use super::typed::Typed;
use super::{session, without_referrer};
use crate::form::{Fields, notice, remember_language};
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;
use crate::ui::message_page;

/// `GET /setup/{secret}`
pub(super) async fn show(reader: Reader, At(secret): At<String>) -> Result<Response, Fault> {
    if !accounts::link_works(&reader.platform, Purpose::FirstAdministrator, &secret).await? {
        return Ok(dead(&reader));
    }
    let typed = Typed::empty(reader.texts.language());
    Ok(page(&reader, typed, Refusals::default()))
}

/// `POST /setup/{secret}`
pub(super) async fn send(reader: Reader, At(secret): At<String>, fields: Fields) -> Result<Response, Fault> {
    let typed = Typed::from(&fields);
    let texts = reader.texts;
    if let Some(language) = fields.switched() {
        let typed = typed.following(texts.language(), language);
        return Ok(remember_language(page(&reader.speaking(language), typed, Refusals::default()), language));
    }
    let new = match typed.to_person(texts, fields.get("password")) {
        Ok(new) => new,
        Err(refusals) => return Ok(page(&reader, typed, refusals)),
    };
    let language = new.language;
    let place = session::somewhere(&reader);
    match accounts::first_administrator(&reader.platform, &secret, new, &place.device).await {
        Ok(started) => {
            let response = session::begin(&reader, started, &place, "/administration").await?;
            let response = if language == reader.language { response } else { remember_language(response, language) };
            Ok(without_referrer(notice(response, "account-made")))
        }
        Err(SignUpError::Fields(errors)) => Ok(page(&reader, typed, Refusals::of(texts, &errors))),
        Err(SignUpError::TooMany(too_many)) => Err(Fault::TooMany(too_many)),
        Err(SignUpError::Link) => Ok(dead(&reader)),
        Err(SignUpError::Storage(error)) => Err(error.into()),
    }
}

fn page(reader: &Reader, typed: Typed, refusals: Refusals) -> Response {
    let texts = reader.texts;
    without_referrer(reader.page(Head::new(texts.t("setup")).form().status(refusals.status()), move || {
        view! {
            <h1>{texts.t("setup")}</h1>
            <p class="lead">{texts.t("setup-lead")}</p>
            {refusals.summary(texts)}
            <form class="form" id="page-form" method="post" novalidate>
                {new_person(texts, typed, &refusals)}
                <div class="actions"><button class="button">{texts.t("sign-up-send")}</button></div>
            </form>
        }
    }))
}

fn dead(reader: &Reader) -> Response {
    let texts = reader.texts;
    let mut response = message_page(reader, texts.t("link-dead"), texts.t("setup-dead"), "/sign-in", texts.t("sign-in"));
    *response.status_mut() = StatusCode::GONE;
    without_referrer(response)
}
