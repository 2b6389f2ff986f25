//! Changing what one signs in with: the password, the e-mail address.

use axum::http::StatusCode;
use axum::response::Response;
use courses::people::EmailError;
use leptos::prelude::*;
use server::accounts::{self, CredentialError, NewAddress, Purpose, RecoverError};

use super::person_form::new_password;
use super::refusals::{self, Refusals};
use super::{message, session, without_referrer};
use crate::form::{Field, Fields, field, notice, redirect, remember_language, slowed};
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;
use crate::ui::message_page;

/// `GET /profile/password`
pub(super) async fn show_password(reader: Reader) -> Result<Response, Fault> {
    reader.confirmed()?;
    Ok(password_page(&reader, Refusals::default()))
}

/// `POST /profile/password`
pub(super) async fn send_password(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    let confirmed = reader.confirmed()?;
    if let Some(language) = fields.switched() {
        return Ok(remember_language(password_page(&reader.speaking(language), Refusals::default()), language));
    }
    match accounts::change_password(&reader.platform, confirmed, fields.get("password").to_owned()).await {
        Ok(started) => {
            let mut response = notice(redirect("/profile"), "password-saved");
            session::keep(&reader, &mut response, started);
            Ok(response)
        }
        Err(CredentialError::Password(error)) => {
            Ok(password_page(&reader, Refusals::one("password", refusals::password(reader.texts, error))))
        }
        Err(error) => Err(fault(&reader, error)),
    }
}

/// `GET /profile/email`
pub(super) async fn show_email(reader: Reader) -> Result<Response, Fault> {
    reader.confirmed()?;
    Ok(email_page(&reader, String::new(), Refusals::default()))
}

/// `POST /profile/email`: the answer is the same whether somebody has the address or not; its mailbox knows.
pub(super) async fn send_email(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    let confirmed = reader.confirmed()?;
    let (texts, typed) = (reader.texts, fields.get("email").to_owned());
    if let Some(language) = fields.switched() {
        return Ok(remember_language(email_page(&reader.speaking(language), typed, Refusals::default()), language));
    }
    match accounts::request_email_change(&reader.platform, confirmed, &typed).await {
        Ok(address) => {
            let origin = reader.platform.config.origin();
            let letter = match address {
                NewAddress::Free(email, secret) => message::new_address(texts, &origin, email, &secret),
                NewAddress::Taken(email) => message::address_taken(texts, &origin, email),
            };
            message::post(&reader.platform, letter);
            Ok(notice(redirect("/profile"), "email-asked"))
        }
        Err(CredentialError::Email(error)) => {
            let words = match error {
                EmailError::TooLong => texts.t("refused-email-too-long"),
                EmailError::Malformed => texts.t("refused-email-malformed"),
            };
            Ok(email_page(&reader, typed, Refusals::one("email", words)))
        }
        Err(CredentialError::TooMany(too_many)) => {
            Ok(slowed(email_page(&reader, typed, Refusals::too_many(texts, "email", too_many)), too_many))
        }
        Err(error) => Err(fault(&reader, error)),
    }
}

/// `GET /email-change/{secret}`: mail programs open links to look at them, so this only asks.
pub(super) async fn show_change(reader: Reader, At(secret): At<String>) -> Result<Response, Fault> {
    let works = accounts::link_works(&reader.platform, Purpose::ChangeEmail, &secret).await?;
    Ok(if works { change_page(&reader) } else { dead(&reader) })
}

/// `POST /email-change/{secret}`
pub(super) async fn send_change(reader: Reader, At(secret): At<String>, fields: Fields) -> Result<Response, Fault> {
    if let Some(language) = fields.switched() {
        return Ok(remember_language(change_page(&reader.speaking(language)), language));
    }
    match accounts::change_email(&reader.platform, &secret).await {
        Ok(told) => {
            message::tell(&reader.platform, told);
            let to = if reader.person.is_some() { "/profile" } else { "/sign-in" };
            Ok(without_referrer(notice(redirect(to), "email-changed")))
        }
        Err(RecoverError::Link | RecoverError::Password(_)) => Ok(dead(&reader)),
        Err(RecoverError::Storage(error)) => Err(error.into()),
    }
}

fn fault(reader: &Reader, error: CredentialError) -> Fault {
    match error {
        CredentialError::TooMany(too_many) => Fault::TooMany(too_many),
        CredentialError::Storage(error) => error.into(),
        CredentialError::Ended => Fault::SignIn { back_to: reader.path.clone() },
        CredentialError::Password(_) | CredentialError::Email(_) => Fault::Malformed,
    }
}

fn password_page(reader: &Reader, refusals: Refusals) -> Response {
    let texts = reader.texts;
    reader.page(Head::new(texts.t("password-change")).form().status(refusals.status()), move || {
        view! {
            <h1>{texts.t("password-change")}</h1>
            <p class="lead">{texts.t("password-change-lead")}</p>
            {refusals.summary(texts)}
            <form class="form" id="page-form" method="post" novalidate>
                {new_password(texts, &refusals)}
                <div class="actions">
                    <button class="button">{texts.t("reset-new-send")}</button>
                    <a class="button button-quiet" href="/profile">{texts.t("reset-back")}</a>
                </div>
            </form>
        }
    })
}

fn email_page(reader: &Reader, typed: String, refusals: Refusals) -> Response {
    let texts = reader.texts;
    let email = Field {
        name: "email",
        label: texts.t("email-new").to_owned(),
        value: typed,
        kind: "email",
        autocomplete: "email",
        error: refusals.beside("email"),
        ..Field::default()
    };
    reader.page(Head::new(texts.t("email-change")).form().status(refusals.status()), move || {
        view! {
            <h1>{texts.t("email-change")}</h1>
            <p class="lead">{texts.t("email-change-lead")}</p>
            {refusals.summary(texts)}
            <form class="form" id="page-form" method="post" novalidate>
                {field(texts, email)}
                <div class="actions">
                    <button class="button">{texts.t("reset-send")}</button>
                    <a class="button button-quiet" href="/profile">{texts.t("reset-back")}</a>
                </div>
            </form>
        }
    })
}

fn change_page(reader: &Reader) -> Response {
    let texts = reader.texts;
    without_referrer(reader.page(Head::new(texts.t("email-change")).form(), move || {
        view! {
            <h1>{texts.t("email-change")}</h1>
            <p class="lead">{texts.t("email-change-ask")}</p>
            <form class="form" id="page-form" method="post" novalidate>
                <div class="actions"><button class="button">{texts.t("email-change-send")}</button></div>
            </form>
        }
    }))
}

fn dead(reader: &Reader) -> Response {
    let texts = reader.texts;
    let mut response = message_page(reader, texts.t("link-dead"), texts.t("email-change-dead"), "/profile/email", texts.t("email-change"));
    *response.status_mut() = StatusCode::GONE;
    without_referrer(response)
}
