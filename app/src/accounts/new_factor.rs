//! Setting up an app that shows codes, a passkey's page of its own, and the recovery codes that come with the first of them.

use axum::response::Response;
use leptos::prelude::*;
use server::accounts::{self, Added, AppSecret, Challenge, CodeError, Notice};

use super::passkey::{answer, trouble};
use super::refusals::Refusals;
use super::second_step::code;
use super::{message, session};
use crate::form::{Field, Fields, field, notice, redirect, remember_language, slowed};
use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;

/// `GET /profile/security/app`: the secret of the app that is being set up.
pub(super) async fn show(reader: Reader) -> Result<Response, Fault> {
    page(&reader, Refusals::default()).await
}

/// `POST /profile/security/app`: the app is in use from its first right code on.
pub(super) async fn send(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    let confirmed = reader.confirmed()?;
    if let Some(language) = fields.switched() {
        return Ok(remember_language(page(&reader.speaking(language), Refusals::default()).await?, language));
    }
    match accounts::confirm_app(&reader.platform, confirmed, fields.get("code")).await {
        Ok((added, told)) => Ok(done(&reader, added, told)),
        Err(CodeError::HalfWay) => Ok(redirect("/profile/security")),
        Err(CodeError::Wrong) => page(&reader, Refusals::one("code", reader.texts.t("app-wrong"))).await,
        Err(CodeError::TooMany(too_many)) => {
            let refusals = Refusals::too_many(reader.texts, "code", too_many);
            Ok(slowed(page(&reader, refusals).await?, too_many))
        }
        Err(CodeError::Storage(error)) => Err(error.into()),
    }
}

/// `GET /profile/security/passkey`
pub(super) async fn show_passkey(reader: Reader) -> Result<Response, Fault> {
    let name = reader.device.clone();
    passkey_page(&reader, name, Refusals::default()).await
}

/// `POST /profile/security/passkey`
pub(super) async fn send_passkey(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    let confirmed = reader.confirmed()?;
    let name = fields.get("name").to_owned();
    if let Some(language) = fields.switched() {
        return Ok(remember_language(passkey_page(&reader.speaking(language), name, Refusals::default()).await?, language));
    }
    match accounts::add_passkey(&reader.platform, confirmed, fields.get("state"), fields.get("credential"), &name).await {
        Ok((added, told)) => Ok(done(&reader, added, told)),
        Err(CodeError::HalfWay) => passkey_page(&reader, name, Refusals::one("name", reader.texts.t("passkey-too-late"))).await,
        Err(CodeError::Wrong) => passkey_page(&reader, name, Refusals::one("name", reader.texts.t("passkey-not-made"))).await,
        Err(CodeError::TooMany(too_many)) => Err(Fault::TooMany(too_many)),
        Err(CodeError::Storage(error)) => Err(error.into()),
    }
}

/// Goes on after a second factor was added: by way of the recovery codes, if there are new ones.
fn done(reader: &Reader, added: Added, told: Option<Notice>) -> Response {
    message::tell(&reader.platform, told);
    let mut response =
        if added.codes.is_empty() { notice(redirect("/profile/security"), "second-factor-added") } else { codes_page(reader, added.codes) };
    session::keep(reader, &mut response, added.started);
    response
}

/// Recovery codes, shown this once.
pub(super) fn codes_page(reader: &Reader, codes: Vec<String>) -> Response {
    let texts = reader.texts;
    reader.page(Head::new(texts.t("codes-title")).narrow(), move || {
        let codes: Vec<_> = codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect();
        view! {
            <h1>{texts.t("codes-title")}</h1>
            <p class="lead">{texts.t("codes-lead")}</p>
            <ol class="gap" id="codes">{codes}</ol>
            <p>{texts.t("codes-keep")}</p>
            <p class="actions"><a class="button" href="/profile/security">{texts.t("codes-kept")}</a></p>
        }
    })
}

async fn page(reader: &Reader, refusals: Refusals) -> Result<Response, Fault> {
    let texts = reader.texts;
    let secret = accounts::app_secret(&reader.platform, reader.confirmed()?).await?;
    let Some(AppSecret { typed, qr }) = secret else { return Ok(redirect("/profile/security")) };
    Ok(reader.page(Head::new(texts.t("app-title")).form().status(refusals.status()), move || {
        view! {
            <h1>{texts.t("app-title")}</h1>
            <p class="lead">{texts.t("app-lead")}</p>
            {refusals.summary(texts)}
            <div class="gap" role="img" aria-label=texts.t("app-qr") inner_html=qr></div>
            <p>{texts.t("app-typed")}</p>
            <p><code id="secret">{typed}</code></p>
            <form class="form gap" id="page-form" method="post" novalidate>
                {code(texts, &refusals)}
                <div class="actions">
                    <button class="button">{texts.t("app-send")}</button>
                    <a class="button button-quiet" href="/profile/security">{texts.t("reset-back")}</a>
                </div>
            </form>
        }
    }))
}

async fn passkey_page(reader: &Reader, name: String, refusals: Refusals) -> Result<Response, Fault> {
    let texts = reader.texts;
    let challenge = accounts::new_passkey_challenge(&reader.platform, reader.confirmed()?).await?;
    let Some(challenge) = challenge else { return Ok(redirect("/profile/security")) };
    let Challenge { options, .. } = challenge.clone();
    let name = Field {
        name: "name",
        label: texts.t("passkey-name").to_owned(),
        value: name,
        autocomplete: "off",
        hint: Some(texts.t("passkey-name-hint").to_owned()),
        error: refusals.beside("name"),
        ..Field::default()
    };
    Ok(reader.page(Head::new(texts.t("security-passkey-add")).form().status(refusals.status()).script("passkey.js"), move || {
        view! {
            <h1>{texts.t("security-passkey-add")}</h1>
            <p class="lead">{texts.t("passkey-new-lead")}</p>
            {refusals.summary(texts)}
            {trouble(texts)}
            <form class="form" id="page-form" method="post" data-passkey="new" data-options=options novalidate>
                {answer(&challenge)}
                {field(texts, name)}
                <div class="actions">
                    <span data-passkey-ready hidden><button class="button">{texts.t("passkey-make")}</button></span>
                    <a class="button button-quiet" href="/profile/security">{texts.t("reset-back")}</a>
                </div>
            </form>
        }
    }))
}
