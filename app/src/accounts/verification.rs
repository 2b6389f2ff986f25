//! Verifying an e-mail address: opening the link changes nothing, the button does.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use server::accounts::{self, Purpose, RecoverError};

use super::{message, without_referrer};
use crate::form::{Fields, notice, redirect, remember_language};
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;
use crate::texts::Texts;
use crate::ui::message_page;

/// `GET /verify-email/{secret}`: mail programs open links to look at them, so this only asks.
pub(super) async fn show(reader: Reader, At(secret): At<String>) -> Result<Response, Fault> {
    let works = accounts::link_works(&reader.platform, Purpose::VerifyEmail, &secret).await?;
    Ok(if works { page(&reader) } else { dead(&reader) })
}

/// `POST /verify-email/{secret}`
pub(super) async fn send(reader: Reader, At(secret): At<String>, fields: Fields) -> Result<Response, Fault> {
    if let Some(language) = fields.switched() {
        return Ok(remember_language(page(&reader.speaking(language)), language));
    }
    match accounts::verify_email(&reader.platform, &secret).await {
        Ok(()) => {
            let to = if reader.person.is_some() { "/learning" } else { "/sign-in" };
            Ok(without_referrer(notice(redirect(to), "email-verified")))
        }
        Err(RecoverError::Link | RecoverError::Password(_)) => Ok(dead(&reader)),
        Err(RecoverError::Storage(error)) => Err(error.into()),
    }
}

/// `POST /verify-email`: a new link for the signed-in person.
pub(super) async fn ask_again(reader: Reader) -> Result<Response, Fault> {
    let back = "/profile";
    let person = reader.person.as_ref().ok_or_else(|| Fault::SignIn { back_to: back.to_owned() })?;
    let Some((email, secret)) = accounts::request_verification(&reader.platform, person).await? else {
        return Ok(redirect(back));
    };
    let letter = message::verification(Texts::of(person.language), &reader.platform.config.origin(), email, &secret);
    message::post(&reader.platform, letter);
    Ok(notice(redirect(back), "verification-sent"))
}

fn page(reader: &Reader) -> Response {
    let texts = reader.texts;
    without_referrer(reader.page(Head::new(texts.t("email-verify")).form(), move || {
        view! {
            <h1>{texts.t("email-verify")}</h1>
            <p class="lead">{texts.t("email-verify-lead")}</p>
            <form class="form" id="page-form" method="post" novalidate>
                <div class="actions"><button class="button">{texts.t("email-verify-send")}</button></div>
            </form>
        }
    }))
}

fn dead(reader: &Reader) -> Response {
    let texts = reader.texts;
    let mut response = message_page(reader, texts.t("link-dead"), texts.t("email-verify-dead"), "/profile", texts.t("email-verify-again"));
    *response.status_mut() = StatusCode::GONE;
    without_referrer(response)
}
