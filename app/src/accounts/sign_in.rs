//! Signing in.

use axum::extract::Query;
use axum::response::Response;
use leptos::prelude::*;
use server::accounts::{self, SignInError, Step};

use super::onward::Onward;
use super::refusals::Refusals;
use super::{provider, session};
use crate::form::{Field, Fields, field, redirect, remember_language, slowed};
use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;
use crate::texts::Texts;

/// What the form holds. A computer is a shared one until somebody says otherwise.
#[derive(Clone, Debug, Default)]
struct Typed {
    login: String,
    is_own_device: bool,
}

/// `GET /sign-in`
pub(super) async fn show(reader: Reader, Query(onward): Query<Onward>) -> Response {
    if reader.person.is_some() {
        return redirect(onward.path());
    }
    page(&reader, Typed::default(), Refusals::default(), onward)
}

/// `POST /sign-in`
pub(super) async fn send(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    let onward = Onward::to(fields.get("to"));
    let typed = Typed { login: fields.get("login").to_owned(), is_own_device: !fields.get("own_device").is_empty() };
    if let Some(language) = fields.switched() {
        return Ok(remember_language(page(&reader.speaking(language), typed, Refusals::default(), onward), language));
    }
    let place = reader.place(typed.is_own_device).await?;
    match accounts::sign_in(&reader.platform, &typed.login, fields.get("password").to_owned(), &place).await {
        Ok(Step::In(started)) => session::begin(&reader, started, &place, onward.path()).await,
        Ok(Step::HalfWay(token, keep_for)) => Ok(session::half_way(&reader.platform, &onward, &token, keep_for)),
        Err(SignInError::Unknown) => {
            let refusals = Refusals::one("login", reader.texts.t("sign-in-unknown"));
            Ok(page(&reader, typed, refusals, onward))
        }
        Err(SignInError::TooMany(too_many)) => {
            let refusals = Refusals::too_many(reader.texts, "login", too_many);
            Ok(slowed(page(&reader, typed, refusals, onward), too_many))
        }
        Err(SignInError::Storage(error)) => Err(error.into()),
    }
}

fn page(reader: &Reader, typed: Typed, refusals: Refusals, onward: Onward) -> Response {
    let texts = reader.texts;
    let providers = provider::buttons(reader);
    let takes_passkeys = accounts::passkeys_work(&reader.platform);
    reader.page(Head::new(texts.t("sign-in")).form().status(refusals.status()), move || {
        view! {
            <h1>{texts.t("sign-in")}</h1>
            {refusals.summary(texts)}
            {providers}
            <form class="form" id="page-form" method="post" novalidate>
                {onward.field()}
                {login(texts, typed.login, &refusals)}
                {password(texts, &refusals)}
                {own_device(texts, typed.is_own_device)}
                <div class="actions">
                    <button class="button">{texts.t("sign-in")}</button>
                    <a class="button button-quiet" href=onward.by_way_of("/password-reset")>{texts.t("reset-link")}</a>
                </div>
            </form>
            <hr/>
            {takes_passkeys.then(|| view! { <p><a href=onward.by_way_of("/sign-in/passkey")>{texts.t("passkey-use")}</a></p> })}
            <p>{texts.t("sign-in-first-time")} " " <a href=onward.by_way_of("/sign-up")>{texts.t("sign-up-link")}</a></p>
        }
    })
}

/// The field of what somebody signs in with.
pub(super) fn login(texts: Texts, value: String, refusals: &Refusals) -> impl IntoView + use<> {
    field(
        texts,
        Field {
            name: "login",
            label: texts.t("person-login").to_owned(),
            value,
            autocomplete: "username",
            error: refusals.beside("login"),
            ..Field::default()
        },
    )
}

/// The field of a password somebody has.
pub(super) fn password(texts: Texts, refusals: &Refusals) -> impl IntoView + use<> {
    field(
        texts,
        Field {
            name: "password",
            label: texts.t("sign-in-password").to_owned(),
            kind: "password",
            autocomplete: "current-password",
            error: refusals.beside("password"),
            ..Field::default()
        },
    )
}

/// The box of a device that nobody else uses.
pub(super) fn own_device(texts: Texts, is_checked: bool) -> impl IntoView {
    view! {
        <label class="option">
            <input type="checkbox" name="own_device" value="yes" checked=is_checked/>
            " "
            <span>{texts.t("sign-in-own-device")} <br/> <span class="hint">{texts.t("sign-in-own-device-hint")}</span></span>
        </label>
    }
}
