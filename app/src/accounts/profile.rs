//! What a person sees and changes of themselves, and the way out.

use axum::response::Response;
use leptos::prelude::*;
use server::access::Learner;
use server::accounts::{self, ProfileError};

use super::person_form::known_person;
use super::provider;
use super::refusals::{self, Refusals};
use super::typed::Typed;
use crate::form::{Fields, notice, redirect, remember_language};
use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;
use crate::texts::Texts;

/// `GET /profile`
pub(super) async fn show(reader: Reader) -> Result<Response, Fault> {
    let learner = reader.signed_in()?.learner();
    let profile = accounts::profile(&reader.platform, learner).await?;
    Ok(page(&reader, Typed::from(profile), Refusals::default()))
}

/// `POST /profile`
pub(super) async fn send(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    let learner = reader.signed_in()?.learner();
    let before = accounts::profile(&reader.platform, learner).await?;
    let typed = Typed { login: before.login.clone(), ..Typed::from(&fields) };
    if let Some(language) = fields.switched() {
        return Ok(remember_language(page(&reader.speaking(language), typed, Refusals::default()), language));
    }
    let refusals = save(&reader, learner, &typed).await?;
    if !refusals.is_empty() {
        return Ok(page(&reader, typed, refusals));
    }
    let response = notice(redirect("/profile"), "profile-saved");
    Ok(match typed.language() {
        Some(language) if language != before.language => remember_language(response, language),
        _ => response,
    })
}

/// Saves what was typed, or says what was refused.
async fn save(reader: &Reader, learner: Learner, typed: &Typed) -> Result<Refusals, Fault> {
    let texts = reader.texts;
    let (Some(language), Some(country), Some(occupation)) = (typed.language(), typed.country(), typed.occupation()) else {
        let mut refusals = Refusals::default();
        typed.unchosen(texts, &mut refusals);
        return Ok(refusals);
    };
    match accounts::change_profile(&reader.platform, learner, &typed.name, language, country, &typed.institution, occupation).await {
        Ok(()) => Ok(Refusals::default()),
        Err(ProfileError::Name(error)) => Ok(Refusals::one("name", refusals::name(texts, error))),
        Err(ProfileError::Institution) => Ok(Refusals::one("institution", texts.t("refused-institution-too-long"))),
        Err(ProfileError::Storage(error)) => Err(error.into()),
    }
}

fn page(reader: &Reader, typed: Typed, refusals: Refusals) -> Response {
    let texts = reader.texts;
    let must_verify = reader.person.as_ref().is_some_and(|person| person.must_verify_email);
    let has_providers = provider::is_any(reader);
    reader.page(Head::new(texts.t("nav-account")).form().status(refusals.status()), move || {
        view! {
            <h1>{texts.t("nav-account")}</h1>
            {(!typed.login.is_empty()).then(|| {
                view! { <dl class="facts"><div><dt>{texts.t("profile-login")}</dt><dd>{typed.login.clone()}</dd></div></dl> }
            })}
            {has_providers.then(|| view! { <p><a href="/profile/sign-in-providers">{texts.t("provider-linked-title")}</a></p> })}
            {must_verify.then(|| unverified(texts))}
            {refusals.summary(texts)}
            <form class="form gap" id="page-form" method="post" novalidate>
                {known_person(texts, typed, &refusals)}
                <div class="actions"><button class="button">{texts.t("profile-save")}</button></div>
            </form>
            <hr/>
            <section class="stack" aria-labelledby="safety">
                <h2 id="safety">{texts.t("profile-safety")}</h2>
                <ul>
                    <li><a href="/profile/sessions">{texts.t("sessions-title")}</a></li>
                    <li><a href="/profile/security">{texts.t("security-title")}</a></li>
                    <li><a href="/profile/password">{texts.t("password-change")}</a></li>
                    <li><a href="/profile/email">{texts.t("email-change")}</a></li>
                    <li><a href="/profile/tokens">{texts.t("tokens-title")}</a></li>
                </ul>
            </section>
            <hr/>
            <section class="stack" aria-labelledby="data">
                <h2 id="data">{texts.t("nav-privacy")}</h2>
                <ul>
                    <li><a href="/profile/data">{texts.t("data-title")}</a></li>
                    <li><a href="/profile/accesses">{texts.t("accesses-title")}</a></li>
                    <li><a href="/about/privacy">{texts.t("privacy-link")}</a></li>
                    <li><a href="/profile/erasure">{texts.t("erasure-title")}</a></li>
                </ul>
            </section>
        }
    })
}

fn unverified(texts: Texts) -> impl IntoView {
    view! {
        <section class="callout callout-caution" aria-labelledby="unverified">
            <p class="callout-title" id="unverified">{texts.t("profile-unverified")}</p>
            <p>{texts.t("profile-unverified-words")}</p>
            <form method="post" action="/verify-email"><button class="button button-second">{texts.t("profile-verify-again")}</button></form>
        </section>
    }
}
