//! The first time: what the provider did not tell.

use axum::http::HeaderMap;
use axum::response::Response;
use chrono::TimeDelta;
use courses::id::ProviderKey;
use leptos::prelude::*;
use server::accounts::provider::{self, Newcomer, Profile, WelcomeError};

use super::super::onward::Onward;
use super::super::person_form::welcomed_person;
use super::super::refusals::Refusals;
use super::super::session;
use super::super::typed::Typed;
use super::{NEWCOMER, held, keep};
use crate::form::{Fields, notice, redirect, remember_language};
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;

/// `GET /sign-in/{provider}/account`
pub(super) async fn show(reader: Reader, At(key): At<ProviderKey>, headers: HeaderMap) -> Result<Response, Fault> {
    let Some(newcomer) = waiting(&reader, &key, &headers).await? else { return Ok(redirect("/sign-in")) };
    let typed = Typed {
        name: newcomer.name.clone(),
        country: newcomer.country.map(|country| country.code().to_owned()).unwrap_or_default(),
        ..Typed::empty(reader.texts.language())
    };
    Ok(page(&reader, newcomer, typed, Refusals::default()))
}

/// `POST /sign-in/{provider}/account`
pub(super) async fn send(reader: Reader, At(key): At<ProviderKey>, headers: HeaderMap, fields: Fields) -> Result<Response, Fault> {
    let Some(newcomer) = waiting(&reader, &key, &headers).await? else { return Ok(redirect("/sign-in")) };
    let (typed, texts) = (Typed::from(&fields), reader.texts);
    if let Some(language) = fields.switched() {
        let typed = typed.following(texts.language(), language);
        return Ok(remember_language(page(&reader.speaking(language), newcomer, typed, Refusals::default()), language));
    }
    let (Some(language), Some(country), Some(occupation)) = (typed.language(), typed.country(), typed.occupation()) else {
        let mut refusals = Refusals::default();
        typed.unchosen(texts, &mut refusals);
        return Ok(page(&reader, newcomer, typed, refusals));
    };
    let profile = Profile { name: typed.name.clone(), language, country, institution: typed.institution.clone(), occupation };
    let waiting = held(&reader, &headers, NEWCOMER).unwrap_or_default();
    let place = reader.place(false).await?;
    match provider::welcome(&reader.platform, &key, waiting, profile, &place).await {
        Ok((started, to)) => {
            let mut response = session::begin(&reader, started, &place, Onward::to(&to).path()).await?;
            keep(&mut response, &reader.platform, NEWCOMER, "", TimeDelta::zero());
            let response = if language == reader.language { response } else { remember_language(response, language) };
            Ok(notice(response, "account-made"))
        }
        Err(WelcomeError::Fields(errors)) => Ok(page(&reader, newcomer, typed, Refusals::of(texts, &errors))),
        Err(WelcomeError::Stale) => super::refused(&reader, &key, provider::ProviderError::Stale),
        Err(WelcomeError::Storage(error)) => Err(error.into()),
    }
}

/// Who waits in this browser.
async fn waiting(reader: &Reader, key: &ProviderKey, headers: &HeaderMap) -> Result<Option<Newcomer>, Fault> {
    provider::known(&reader.platform, key).map_err(|_| Fault::NotFound)?;
    let Some(waiting) = held(reader, headers, NEWCOMER) else { return Ok(None) };
    Ok(provider::newcomer(&reader.platform, key, waiting).await?)
}

fn page(reader: &Reader, newcomer: Newcomer, typed: Typed, refusals: Refusals) -> Response {
    let texts = reader.texts;
    reader.page(Head::new(texts.t("newcomer")).form().status(refusals.status()), move || {
        view! {
            <h1>{texts.t("newcomer")}</h1>
            <p class="lead">{texts.t("sign-up-lead")}</p>
            {newcomer.email.map(|email| view! { <dl class="facts"><div><dt>{texts.t("newcomer-email")}</dt><dd>{email}</dd></div></dl> })}
            {refusals.summary(texts)}
            <form class="form gap" id="page-form" method="post" novalidate>
                {welcomed_person(texts, typed, &refusals)}
                <div class="actions"><button class="button">{texts.t("sign-up-send")}</button></div>
            </form>
        }
    })
}
