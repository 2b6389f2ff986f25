//! Passkeys in the browser: the pages whose one script asks for them. Everything they do can be done another way without scripts.

use axum::extract::Query;
use axum::response::Response;
use leptos::prelude::*;
use server::accounts::{self, Challenge, CodeError};

use super::onward::Onward;
use super::refusals::Refusals;
use super::session;
use crate::form::{Fields, hidden, redirect, remember_language, slowed};
use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;
use crate::texts::Texts;

/// What a passkey is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aim {
    SignIn,
    Confirm,
}

impl Aim {
    /// The page that does the same without a passkey.
    const fn other_page(self) -> &'static str {
        match self {
            Self::SignIn => "/sign-in",
            Self::Confirm => "/confirm",
        }
    }
}

/// `GET /sign-in/passkey`
pub(super) async fn show_sign_in(reader: Reader, Query(onward): Query<Onward>) -> Result<Response, Fault> {
    if reader.person.is_some() {
        return Ok(redirect(onward.path()));
    }
    page(&reader, Aim::SignIn, Refusals::default(), onward, false)
}

/// `POST /sign-in/passkey`
pub(super) async fn sign_in(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    let onward = Onward::to(fields.get("to"));
    let is_own_device = !fields.get("own_device").is_empty();
    if let Some(language) = fields.switched() {
        let page = page(&reader.speaking(language), Aim::SignIn, Refusals::default(), onward, is_own_device)?;
        return Ok(remember_language(page, language));
    }
    let place = reader.place(is_own_device).await?;
    match accounts::sign_in_by_passkey(&reader.platform, fields.get("state"), fields.get("credential"), &place).await {
        Ok(started) => session::begin(&reader, started, &place, onward.path()).await,
        Err(error) => refused(&reader, Aim::SignIn, error, onward, is_own_device),
    }
}

/// `GET /confirm/passkey`
pub(super) async fn show_confirm(reader: Reader, Query(onward): Query<Onward>) -> Result<Response, Fault> {
    reader.signed_in()?;
    page(&reader, Aim::Confirm, Refusals::default(), onward, false)
}

/// `POST /confirm/passkey`
pub(super) async fn confirm(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    let person = reader.signed_in()?;
    let onward = Onward::to(fields.get("to"));
    if let Some(language) = fields.switched() {
        let page = page(&reader.speaking(language), Aim::Confirm, Refusals::default(), onward, false)?;
        return Ok(remember_language(page, language));
    }
    match accounts::confirm_by_passkey(&reader.platform, person, fields.get("state"), fields.get("credential")).await {
        Ok(started) => {
            let mut response = redirect(onward.path());
            session::keep(&reader, &mut response, started);
            Ok(response)
        }
        Err(error) => refused(&reader, Aim::Confirm, error, onward, false),
    }
}

fn refused(reader: &Reader, aim: Aim, error: CodeError, onward: Onward, is_own_device: bool) -> Result<Response, Fault> {
    let texts = reader.texts;
    match error {
        CodeError::HalfWay => page(reader, aim, Refusals::one("ask", texts.t("passkey-too-late")), onward, is_own_device),
        CodeError::Wrong => page(reader, aim, Refusals::one("ask", texts.t("passkey-wrong")), onward, is_own_device),
        CodeError::TooMany(too_many) => {
            let refusals = Refusals::too_many(texts, "ask", too_many);
            Ok(slowed(page(reader, aim, refusals, onward, is_own_device)?, too_many))
        }
        CodeError::Storage(error) => Err(error.into()),
    }
}

fn page(reader: &Reader, aim: Aim, refusals: Refusals, onward: Onward, is_own_device: bool) -> Result<Response, Fault> {
    let texts = reader.texts;
    let challenge = accounts::passkey_challenge(&reader.platform)?.ok_or(Fault::NotFound)?;
    let other = onward.by_way_of(aim.other_page());
    let own_device = aim == Aim::SignIn;
    Ok(reader.page(Head::new(texts.t("passkey-title")).form().status(refusals.status()).script("passkey.js"), move || {
        view! {
            <h1>{texts.t("passkey-title")}</h1>
            <p class="lead">{texts.t("passkey-lead")}</p>
            {refusals.summary(texts)}
            {trouble(texts)}
            <form class="form" id="page-form" method="post" data-passkey="use" data-options=challenge.options.clone() novalidate>
                {onward.field()}
                {answer(&challenge)}
                {own_device.then(|| super::sign_in::own_device(texts, is_own_device))}
                <div class="actions">
                    <span data-passkey-ready hidden><button class="button" id="ask">{texts.t("passkey-ask")}</button></span>
                    <a class="button button-quiet" href=other>{texts.t("passkey-otherwise")}</a>
                </div>
            </form>
        }
    }))
}

/// What goes along with the form once the browser has answered.
pub(super) fn answer(challenge: &Challenge) -> impl IntoView + use<> {
    view! {
        {hidden("state", challenge.state.clone())}
        {hidden("credential", "")}
    }
}

/// What is said where there is no script or no passkey, or the browser did not get one.
pub(super) fn trouble(texts: Texts) -> impl IntoView {
    view! {
        <p class="note-line" data-passkey-missing>{texts.t("passkey-missing")}</p>
        <div class="error-summary" role="alert" data-passkey-failed hidden><p>{texts.t("passkey-failed")}</p></div>
    }
}
