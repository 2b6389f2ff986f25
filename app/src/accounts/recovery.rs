//! A new password: asking for the link, and setting one by it.

use std::sync::Arc;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;
use server::Platform;
use server::access::limit::LimitError;
use server::accounts::{self, Purpose, RecoverError};

use super::onward::Onward;
use super::person_form::new_password;
use super::refusals::{self, Refusals};
use super::sign_in::login;
use super::{message, without_referrer};
use crate::form::{Fields, notice, redirect, remember_language, slowed};
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;
use crate::ui::message_page;

/// Whether the link was asked for just now.
#[derive(Deserialize)]
pub(super) struct Asked {
    sent: Option<String>,
}

/// `GET /password-reset`, and with `?sent` the answer, which is one for everybody.
pub(super) async fn show(reader: Reader, Query(asked): Query<Asked>, Query(onward): Query<Onward>) -> Response {
    let texts = reader.texts;
    if asked.sent.is_some() {
        return message_page(&reader, texts.t("reset-sent"), texts.t("reset-sent-words"), "/sign-in", texts.t("sign-in"));
    }
    page(&reader, String::new(), Refusals::default(), onward)
}

/// `POST /password-reset`
pub(super) async fn send(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    let onward = Onward::to(fields.get("to"));
    let typed = fields.get("login").to_owned();
    if let Some(language) = fields.switched() {
        return Ok(remember_language(page(&reader.speaking(language), typed, Refusals::default(), onward), language));
    }
    if typed.trim().is_empty() {
        let refusals = Refusals::one("login", reader.texts.t("reset-login-missing"));
        return Ok(page(&reader, typed, refusals, onward));
    }
    if let Err(error) = accounts::take_reset(&reader.platform, &typed, reader.address).await {
        return match error {
            LimitError::TooMany(too_many) => {
                let refusals = Refusals::too_many(reader.texts, "login", too_many);
                Ok(slowed(page(&reader, typed, refusals, onward), too_many))
            }
            LimitError::Storage(error) => Err(error.into()),
        };
    }
    // All of the work happens after the answer, so that its time does not tell whether the account exists.
    tokio::spawn(send_link(Arc::clone(&reader.platform), typed));
    Ok(redirect("/password-reset?sent=1"))
}

/// `GET /password-reset/{secret}`
pub(super) async fn show_new_password(reader: Reader, At(secret): At<String>) -> Result<Response, Fault> {
    let works = accounts::link_works(&reader.platform, Purpose::ResetPassword, &secret).await?;
    Ok(if works { new_password_page(&reader, Refusals::default()) } else { dead(&reader) })
}

/// `POST /password-reset/{secret}`
pub(super) async fn send_new_password(reader: Reader, At(secret): At<String>, fields: Fields) -> Result<Response, Fault> {
    if let Some(language) = fields.switched() {
        return Ok(remember_language(new_password_page(&reader.speaking(language), Refusals::default()), language));
    }
    match accounts::reset_password(&reader.platform, &secret, fields.get("password").to_owned()).await {
        Ok(told) => {
            message::tell(&reader.platform, told);
            Ok(without_referrer(notice(redirect("/sign-in"), "password-changed")))
        }
        Err(RecoverError::Link) => Ok(dead(&reader)),
        Err(RecoverError::Password(error)) => {
            let refusals = Refusals::one("password", refusals::password(reader.texts, error));
            Ok(new_password_page(&reader, refusals))
        }
        Err(RecoverError::Storage(error)) => Err(error.into()),
    }
}

async fn send_link(platform: Arc<Platform>, login: String) {
    match accounts::request_reset(&platform, &login).await {
        Ok(Some(reset)) => {
            message::send(&platform, message::reset(&platform.config.origin(), reset)).await;
        }
        Ok(None) => (),
        Err(error) => tracing::error!(%error, "a link for a new password could not be made"),
    }
}

fn page(reader: &Reader, typed: String, refusals: Refusals, onward: Onward) -> Response {
    let texts = reader.texts;
    reader.page(Head::new(texts.t("reset")).form().status(refusals.status()), move || {
        view! {
            <h1>{texts.t("reset")}</h1>
            <p class="lead">{texts.t("reset-lead")}</p>
            {refusals.summary(texts)}
            <form class="form" id="page-form" method="post" novalidate>
                {onward.field()}
                {login(texts, typed, &refusals)}
                <p class="hint">{texts.t("reset-without-email")}</p>
                <div class="actions">
                    <button class="button">{texts.t("reset-send")}</button>
                    <a class="button button-quiet" href=onward.by_way_of("/sign-in")>{texts.t("reset-back")}</a>
                </div>
            </form>
        }
    })
}

fn new_password_page(reader: &Reader, refusals: Refusals) -> Response {
    let texts = reader.texts;
    without_referrer(reader.page(Head::new(texts.t("reset-new")).form().status(refusals.status()), move || {
        view! {
            <h1>{texts.t("reset-new")}</h1>
            <p class="lead">{texts.t("reset-new-lead")}</p>
            {refusals.summary(texts)}
            <form class="form" id="page-form" method="post" novalidate>
                {new_password(texts, &refusals)}
                <div class="actions"><button class="button">{texts.t("reset-new-send")}</button></div>
            </form>
        }
    }))
}

fn dead(reader: &Reader) -> Response {
    let texts = reader.texts;
    let mut response = message_page(reader, texts.t("link-dead"), texts.t("reset-dead"), "/password-reset", texts.t("reset-again"));
    *response.status_mut() = StatusCode::GONE;
    without_referrer(response)
}
