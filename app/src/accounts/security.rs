//! The second factor: what a person has, adding it and taking it away.

use axum::response::Response;
use leptos::prelude::*;
use server::access::Confirmed;
use server::accounts::{self, Notice, OwnPasskey, SecondFactors};

use super::{message, new_factor};
use crate::form::{Fields, hidden, notice, redirect};
use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;
use crate::texts::Texts;

/// `GET /profile/security`
pub(super) async fn show(reader: Reader) -> Result<Response, Fault> {
    reader.confirmed()?;
    let factors = accounts::second_factors(&reader.platform, reader.signed_in()?).await?;
    Ok(page(&reader, factors))
}

/// `POST /profile/security`: begins with an app, takes something away, or makes new recovery codes.
pub(super) async fn send(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    let confirmed = reader.confirmed()?;
    match fields.get("do") {
        "begin-app" => {
            accounts::begin_app(&reader.platform, confirmed).await?;
            Ok(redirect("/profile/security/app"))
        }
        "remove-app" => {
            let told = accounts::remove_app(&reader.platform, confirmed).await?;
            Ok(removed(&reader, told))
        }
        "remove-passkey" => {
            let id = fields.get("passkey").parse().map_err(|_| Fault::Malformed)?;
            let told = accounts::remove_passkey(&reader.platform, confirmed, id).await?;
            Ok(removed(&reader, told))
        }
        "new-codes" => new_codes(&reader, confirmed).await,
        _ => Err(Fault::Malformed),
    }
}

async fn new_codes(reader: &Reader, confirmed: Confirmed) -> Result<Response, Fault> {
    let factors = accounts::second_factors(&reader.platform, reader.signed_in()?).await?;
    if !factors.has_app && factors.passkeys.is_empty() {
        return Ok(redirect("/profile/security"));
    }
    let codes = accounts::new_recovery_codes(&reader.platform, confirmed).await?;
    Ok(new_factor::codes_page(reader, codes))
}

fn removed(reader: &Reader, told: Option<Notice>) -> Response {
    message::tell(&reader.platform, told);
    notice(redirect("/profile/security"), "second-factor-removed")
}

fn page(reader: &Reader, factors: SecondFactors) -> Response {
    let texts = reader.texts;
    let zone = reader.zone();
    let is_asked_for = reader.person.as_ref().is_some_and(|person| person.must_add_second_factor());
    let has_any = factors.has_app || !factors.passkeys.is_empty();
    let takes_passkeys = accounts::passkeys_work(&reader.platform);
    reader.page(Head::new(texts.t("security-title")).narrow(), move || {
        let SecondFactors { has_app, passkeys, codes_left } = factors;
        let passkeys: Vec<_> = passkeys.into_iter().map(|known| passkey(texts, zone, known)).collect();
        view! {
            <h1>{texts.t("security-title")}</h1>
            <p class="lead">{texts.t("security-lead")}</p>
            {is_asked_for.then(|| asked_for(texts, has_any))}
            <section class="stack gap" aria-labelledby="app">
                <h2 id="app">{texts.t("security-app")}</h2>
                <p>{if has_app { texts.t("security-app-on") } else { texts.t("security-app-off") }}</p>
                <div class="actions">
                    {verb("begin-app", if has_app { texts.t("security-app-again") } else { texts.t("security-app-add") }, !has_app)}
                    {has_app.then(|| verb("remove-app", texts.t("security-app-remove"), false))}
                </div>
            </section>
            {(takes_passkeys || !passkeys.is_empty()).then(|| {
                view! {
                    <section class="stack gap" aria-labelledby="passkeys">
                        <h2 id="passkeys">{texts.t("security-passkeys")}</h2>
                        <p>{texts.t("security-passkeys-words")}</p>
                        <ul class="findings">{passkeys}</ul>
                        {takes_passkeys.then(|| view! { <p class="actions"><a class="button button-second" href="/profile/security/passkey">{texts.t("security-passkey-add")}</a></p> })}
                    </section>
                }
            })}
            {has_any.then(|| recovery(texts, codes_left))}
            <p class="actions"><a class="button button-quiet" href="/profile">{texts.t("profile-back")}</a></p>
        }
    })
}

fn asked_for(texts: Texts, has_any: bool) -> impl IntoView {
    view! {
        <section class="callout callout-caution" aria-labelledby="asked-for">
            <p class="callout-title" id="asked-for">{texts.t("security-asked-for")}</p>
            {if has_any {
                view! { <p>{texts.t("security-show-it")} " " <a href="/confirm?to=%2Fprofile%2Fsecurity">{texts.t("confirm-title")}</a></p> }.into_any()
            } else {
                view! { <p>{texts.t("security-asked-for-words")}</p> }.into_any()
            }}
        </section>
    }
}

fn recovery(texts: Texts, left: u64) -> impl IntoView {
    view! {
        <section class="stack gap" aria-labelledby="codes">
            <h2 id="codes">{texts.t("security-codes")}</h2>
            <p>{texts.with("security-codes-left", [("n", left.into())])}</p>
            {verb("new-codes", texts.t("security-codes-new"), false)}
        </section>
    }
}

fn passkey(texts: Texts, zone: chrono_tz::Tz, passkey: OwnPasskey) -> impl IntoView {
    let OwnPasskey { id, name, made_at, last_used_at } = passkey;
    let made = texts.with("security-passkey-made", [("moment", texts.moment(made_at, zone).into())]);
    let used = last_used_at.map(|at| texts.with("security-passkey-used", [("moment", texts.moment(at, zone).into())]));
    let label = format!("{}: {name}", texts.t("security-passkey-remove"));
    view! {
        <li class="finding">
            <h3>{name}</h3>
            <p class="meta"><span>{made}</span> " " {used.map(|used| view! { <span>{used}</span> })}</p>
            <form class="actions" method="post" action="/profile/security">
                {hidden("passkey", id.to_string())}
                <button class="button button-quiet" name="do" value="remove-passkey" aria-label=label>{texts.t("security-passkey-remove")}</button>
            </form>
        </li>
    }
}

/// A form that is one button.
fn verb(value: &'static str, words: &'static str, is_first: bool) -> impl IntoView {
    let class = if is_first { "button" } else { "button button-second" };
    view! { <form method="post" action="/profile/security"><button class=class name="do" value=value>{words}</button></form> }
}
