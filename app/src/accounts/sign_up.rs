//! Signing up.

use axum::extract::Query;
use axum::response::Response;
use leptos::prelude::*;
use server::accounts::{self, SignUpError};

use super::onward::Onward;
use super::person_form::new_person;
use super::refusals::Refusals;
use super::typed::Typed;
use super::{message, session};
use crate::form::{Fields, notice, redirect, remember_language, slowed};
use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;
use crate::texts::Texts;

/// `GET /sign-up`
pub(super) async fn show(reader: Reader, Query(onward): Query<Onward>) -> Response {
    if reader.person.is_some() {
        return redirect(onward.path());
    }
    let typed = Typed::empty(reader.texts.language());
    page(&reader, typed, Refusals::default(), onward)
}

/// `POST /sign-up`
pub(super) async fn send(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    let onward = Onward::to(fields.get("to"));
    let typed = Typed::from(&fields);
    let texts = reader.texts;
    if let Some(language) = fields.switched() {
        let typed = typed.following(texts.language(), language);
        return Ok(remember_language(page(&reader.speaking(language), typed, Refusals::default(), onward), language));
    }
    let new = match typed.to_person(texts, fields.get("password")) {
        Ok(new) => new,
        Err(refusals) => return Ok(page(&reader, typed, refusals, onward)),
    };
    let language = new.language;
    let place = reader.place(false).await?;
    match accounts::sign_up(&reader.platform, new, &place).await {
        Ok((started, verification)) => {
            if let Some((email, secret)) = verification {
                let letter = message::verification(Texts::of(language), &reader.platform.config.origin(), email, &secret);
                message::post(&reader.platform, letter);
            }
            let response = session::begin(&reader, started, &place, onward.path()).await?;
            let response = if language == reader.language { response } else { remember_language(response, language) };
            Ok(notice(response, "account-made"))
        }
        Err(SignUpError::Fields(errors)) => Ok(page(&reader, typed, Refusals::of(texts, &errors), onward)),
        Err(SignUpError::TooMany(too_many)) => {
            let refusals = Refusals::too_many(texts, "login", too_many);
            Ok(slowed(page(&reader, typed, refusals, onward), too_many))
        }
        Err(SignUpError::Link) => Err(Fault::NotFound),
        Err(SignUpError::Storage(error)) => Err(error.into()),
    }
}

fn page(reader: &Reader, typed: Typed, refusals: Refusals, onward: Onward) -> Response {
    let texts = reader.texts;
    reader.page(Head::new(texts.t("sign-up")).form().status(refusals.status()), move || {
        view! {
            <h1>{texts.t("sign-up")}</h1>
            <p class="lead">{texts.t("sign-up-lead")}</p>
            <p><a href="/about/privacy">{texts.t("privacy-link")}</a></p>
            {refusals.summary(texts)}
            <form class="form" id="page-form" method="post" novalidate>
                {onward.field()}
                {new_person(texts, typed, &refusals)}
                <div class="actions">
                    <button class="button">{texts.t("sign-up-send")}</button>
                    <a class="button button-quiet" href=onward.by_way_of("/sign-in")>{texts.t("sign-up-known")}</a>
                </div>
            </form>
            <hr/>
            <p><a href=onward.by_way_of("/password-reset")>{texts.t("reset-link")}</a></p>
        }
    })
}
