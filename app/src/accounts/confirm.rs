//! Showing once more who is there, before what somebody else at an open session must not do.

use axum::extract::Query;
use axum::response::Response;
use leptos::prelude::*;
use server::accounts::{self, CodeError, Ways};

use super::onward::Onward;
use super::refusals::Refusals;
use super::second_step::code;
use super::session;
use super::sign_in::password;
use crate::form::{Fields, redirect, remember_language, slowed};
use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;
use crate::texts::Texts;

/// `GET /confirm`
pub(super) async fn show(reader: Reader, Query(onward): Query<Onward>) -> Result<Response, Fault> {
    let ways = accounts::ways(&reader.platform, reader.signed_in()?).await?;
    Ok(page(&reader, ways, Refusals::default(), onward))
}

/// `POST /confirm`: with a password or a code, whichever was filled in.
pub(super) async fn send(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    let person = reader.signed_in()?;
    let onward = Onward::to(fields.get("to"));
    let ways = accounts::ways(&reader.platform, person).await?;
    if let Some(language) = fields.switched() {
        return Ok(remember_language(page(&reader.speaking(language), ways, Refusals::default(), onward), language));
    }
    let (field, shown) = match fields.get("code") {
        "" => ("password", accounts::confirm_by_password(&reader.platform, person, fields.get("password").to_owned()).await),
        code => ("code", accounts::confirm_by_code(&reader.platform, person, code).await),
    };
    match shown {
        Ok(started) => {
            let mut response = redirect(onward.path());
            session::keep(&reader, &mut response, started);
            Ok(response)
        }
        Err(CodeError::HalfWay) => Err(Fault::SignIn { back_to: onward.path().to_owned() }),
        Err(CodeError::Wrong) => {
            let words = if field == "code" { reader.texts.t("code-wrong") } else { reader.texts.t("confirm-wrong") };
            Ok(page(&reader, ways, Refusals::one(field, words), onward))
        }
        Err(CodeError::TooMany(too_many)) => {
            let refusals = Refusals::too_many(reader.texts, field, too_many);
            Ok(slowed(page(&reader, ways, refusals, onward), too_many))
        }
        Err(CodeError::Storage(error)) => Err(error.into()),
    }
}

fn page(reader: &Reader, ways: Ways, refusals: Refusals, onward: Onward) -> Response {
    let texts = reader.texts;
    reader.page(Head::new(texts.t("confirm-title")).form().status(refusals.status()), move || {
        view! {
            <h1>{texts.t("confirm-title")}</h1>
            <p class="lead">{texts.t("confirm-lead")}</p>
            {refusals.summary(texts)}
            {(ways.password || ways.code).then(|| form(texts, ways, &refusals, &onward))}
            {ways.passkey.then(|| {
                view! { <p class="actions"><a class="button button-second" href=onward.by_way_of("/confirm/passkey")>{texts.t("passkey-use")}</a></p> }
            })}
            {(ways == Ways::default()).then(|| view! { <p>{texts.t("confirm-otherwise")}</p> })}
        }
    })
}

fn form(texts: Texts, ways: Ways, refusals: &Refusals, onward: &Onward) -> impl IntoView + use<> {
    view! {
        <form class="form" id="page-form" method="post" novalidate>
            {onward.field()}
            {ways.password.then(|| password(texts, refusals))}
            {(ways.password && ways.code).then(|| view! { <p>{texts.t("confirm-or")}</p> })}
            {ways.code.then(|| code(texts, refusals))}
            <div class="actions"><button class="button">{texts.t("confirm-send")}</button></div>
        </form>
    }
}
