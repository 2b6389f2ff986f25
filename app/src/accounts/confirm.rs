//! Showing once more who is there, before what somebody else at an open session must not do.

use axum::extract::Query;
use axum::response::Response;
use courses::id::ProviderKey;
use leptos::prelude::*;
use server::access::SignedIn;
use server::accounts::provider::linked;
use server::accounts::{self, CodeError, Ways};

use super::onward::Onward;
use super::provider;
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
    let ways = ways(&reader, reader.signed_in()?).await?;
    Ok(page(&reader, ways, Refusals::default(), onward))
}

/// `POST /confirm`: with a password or a code, whichever was filled in.
pub(super) async fn send(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    let person = reader.signed_in()?;
    let onward = Onward::to(fields.get("to"));
    let ways = ways(&reader, person).await?;
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

/// How somebody can show who they are, and the providers that can tell.
async fn ways(reader: &Reader, person: &SignedIn) -> Result<(Ways, Vec<ProviderKey>), Fault> {
    let linked = linked(&reader.platform, person.learner()).await?;
    Ok((accounts::ways(&reader.platform, person).await?, linked.into_iter().map(|linked| linked.provider).collect()))
}

fn page(reader: &Reader, (ways, providers): (Ways, Vec<ProviderKey>), refusals: Refusals, onward: Onward) -> Response {
    let texts = reader.texts;
    let has_none = ways == Ways::default() && providers.is_empty();
    let again = provider::again(reader, &providers, &onward);
    reader.page(Head::new(texts.t("confirm-title")).form().status(refusals.status()), move || {
        view! {
            <h1>{texts.t("confirm-title")}</h1>
            <p class="lead">{texts.t("confirm-lead")}</p>
            {refusals.summary(texts)}
            {(ways.password || ways.code).then(|| form(texts, ways, &refusals, &onward))}
            {ways.passkey.then(|| {
                view! { <p class="actions"><a class="button button-second" href=onward.by_way_of("/confirm/passkey")>{texts.t("passkey-use")}</a></p> }
            })}
            {again}
            {has_none.then(|| view! { <p>{texts.t("confirm-otherwise")}</p> })}
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
