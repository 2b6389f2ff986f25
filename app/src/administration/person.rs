//! One account, for whoever administers: roles, closing and opening it, and help for somebody who is locked out.

use axum::http::StatusCode;
use axum::response::Response;
use courses::id::PersonId;
use courses::people::Country;
use leptos::prelude::*;
use server::access::{Administrator, Role};
use server::accounts::{self, Account, Given, PeopleError, ResetFor};

use super::erasure::authority;
use super::people::country;
use crate::accounts::message;
use crate::form::{Choice, Field, Fields, hidden, notice, redirect, select, summary};
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;
use crate::texts::Texts;

/// `GET /administration/people/{id}`
pub(super) async fn show(reader: Reader, At(id): At<PersonId>) -> Result<Response, Fault> {
    let (administrator, _) = authority(&reader)?;
    page(&reader, administrator, id, None).await
}

/// `POST /administration/people/{id}`
pub(super) async fn send(reader: Reader, At(id): At<PersonId>, fields: Fields) -> Result<Response, Fault> {
    let (administrator, confirmed) = authority(&reader)?;
    let platform = &reader.platform;
    let done = match fields.get("do") {
        "give-role" => {
            let role = role(fields.get("role")).ok_or(Fault::Malformed)?;
            let country: Option<Country> = match fields.get("country") {
                "" => None,
                code => Some(code.parse().map_err(|_| Fault::Malformed)?),
            };
            accounts::give_role(platform, administrator, confirmed, id, role, country).await
        }
        "take-role" => {
            let given = fields.get("grant").parse().map_err(|_| Fault::Malformed)?;
            accounts::take_role(platform, administrator, confirmed, id, given).await
        }
        "disable" => accounts::disable(platform, administrator, confirmed, id).await,
        "enable" => accounts::enable(platform, administrator, confirmed, id).await,
        "reset-second-factor" => {
            accounts::reset_second_factor(platform, administrator, confirmed, id).await.map(|told| message::tell(platform, told))
        }
        "reset-link" => match accounts::reset_link(platform, administrator, confirmed, id).await {
            Ok(reset) => return Ok(hand_over(&reader, id, reset)),
            Err(error) => Err(error),
        },
        _ => return Err(Fault::Malformed),
    };
    match done {
        Ok(()) => Ok(notice(redirect(&address(id)), "person-changed")),
        Err(PeopleError::Unknown) => Err(Fault::NotFound),
        Err(PeopleError::LastAdministrator) => page(&reader, administrator, id, Some("person-last-administrator")).await,
        Err(PeopleError::OneSelf) => page(&reader, administrator, id, Some("person-oneself")).await,
        Err(PeopleError::Storage(error)) => Err(error.into()),
    }
}

/// Sends the link for a new password, or shows it once where there is no address to send it to.
fn hand_over(reader: &Reader, id: PersonId, reset: ResetFor) -> Response {
    let texts = reader.texts;
    let origin = reader.platform.config.origin();
    if let Some(letter) = message::reset_for(&origin, &reset) {
        message::post(&reader.platform, letter);
        return notice(redirect(&address(id)), "link-sent");
    }
    let link = format!("{origin}/password-reset/{}", reset.secret.reveal());
    reader.page(Head::new(texts.t("person-link")).narrow(), move || {
        view! {
            <h1>{texts.t("person-link")}</h1>
            <p class="lead">{texts.t("person-link-words")}</p>
            <p><code id="link">{link}</code></p>
            <p class="actions"><a class="button" href=address(id)>{texts.t("person-back")}</a></p>
        }
    })
}

fn address(id: PersonId) -> String {
    format!("/administration/people/{id}")
}

fn role(code: &str) -> Option<Role> {
    [Role::Trainer, Role::Coordinator, Role::Administrator].into_iter().find(|role| code_of(*role) == code)
}

const fn code_of(role: Role) -> &'static str {
    match role {
        Role::Trainer => "trainer",
        Role::Coordinator => "coordinator",
        Role::Administrator => "administrator",
    }
}

async fn page(reader: &Reader, administrator: Administrator, id: PersonId, refused: Option<&'static str>) -> Result<Response, Fault> {
    let texts = reader.texts;
    let account = accounts::account(&reader.platform, administrator, id).await?.ok_or(Fault::NotFound)?;
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let since = texts.day(account.created_at.with_timezone(&reader.zone()).date_naive());
    let refusals: Vec<(String, String)> = refused.map(|words| ("main".to_owned(), texts.named(words))).into_iter().collect();
    Ok(reader.page(Head::new(account.listed.name.clone()).status(status).narrow(), move || {
        view! {
            <h1>{account.listed.name.clone()}</h1>
            {summary(texts, &refusals)}
            {facts(texts, &account, since)}
            {roles(texts, account.roles)}
            {help(texts, account.has_email, account.has_second_factor)}
            {closing(texts, account.listed.is_disabled)}
            {erasing(texts, id)}
            <p class="actions"><a class="button button-quiet" href="/administration/people">{texts.t("people-title")}</a></p>
        }
    }))
}

fn facts(texts: Texts, account: &Account, since: String) -> impl IntoView + use<> {
    let second = if account.has_second_factor { texts.t("person-yes") } else { texts.t("person-no") };
    let state = if account.listed.is_disabled { texts.t("people-closed") } else { texts.t("people-open") };
    let facts = [
        (texts.t("profile-login"), account.listed.login.clone()),
        (texts.t("people-head-country"), country(texts, &account.listed.country)),
        (texts.t("person-institution"), account.institution.clone()),
        (texts.t("person-since"), since),
        (texts.t("security-title"), second.to_owned()),
        (texts.t("people-head-state"), state.to_owned()),
    ];
    let facts: Vec<_> = facts
        .into_iter()
        .filter(|(_, fact)| !fact.is_empty())
        .map(|(name, fact)| view! { <div><dt>{name}</dt><dd>{fact}</dd></div> })
        .collect();
    view! { <dl class="facts">{facts}</dl> }
}

fn roles(texts: Texts, given: Vec<Given>) -> impl IntoView {
    let is_empty = given.is_empty();
    let given: Vec<_> = given.into_iter().map(|given| role_given(texts, given)).collect();
    let choices = [Role::Trainer, Role::Coordinator, Role::Administrator]
        .map(|role| Choice { value: code_of(role).to_owned(), label: texts.named(&format!("role-{}", code_of(role))) });
    let countries = Country::all_sorted(texts.language()).into_iter();
    let countries = countries.map(|country| Choice { value: country.code().to_owned(), label: country.name(texts.language()).to_owned() });
    let menu = |name, label: &'static str| Field { name, label: label.to_owned(), ..Field::default() };
    view! {
        <section class="stack gap" aria-labelledby="roles">
            <h2 id="roles">{texts.t("person-roles")}</h2>
            {is_empty.then(|| view! { <p>{texts.t("person-no-role")}</p> })}
            <ul class="findings">{given}</ul>
            <form class="form" method="post">
                {select(texts, menu("role", texts.t("person-role")), None, choices.into())}
                {select(texts, menu("country", texts.t("person-role-country")), Some(texts.t("person-every-country").to_owned()), countries.collect())}
                <div class="actions"><button class="button button-second" name="do" value="give-role">{texts.t("person-give-role")}</button></div>
            </form>
            <p class="hint">{texts.t("person-role-hint")}</p>
        </section>
    }
}

fn role_given(texts: Texts, given: Given) -> impl IntoView {
    let role = texts.named(&format!("role-{}", code_of(given.role)));
    let place = given.country.map_or_else(|| texts.t("person-every-country").to_owned(), |code| country(texts, &code));
    let words = format!("{role} · {place}");
    let label = format!("{}: {words}", texts.t("person-take-role"));
    view! {
        <li class="finding">
            <p>{words}</p>
            <form class="actions" method="post">
                {hidden("grant", given.id.to_string())}
                <button class="button button-quiet" name="do" value="take-role" aria-label=label>{texts.t("person-take-role")}</button>
            </form>
        </li>
    }
}

fn help(texts: Texts, has_email: bool, has_second_factor: bool) -> impl IntoView {
    let link = if has_email { texts.t("person-send-link") } else { texts.t("person-make-link") };
    view! {
        <section class="stack gap" aria-labelledby="help">
            <h2 id="help">{texts.t("person-help")}</h2>
            <form class="actions" method="post">
                <button class="button button-second" name="do" value="reset-link">{link}</button>
                {has_second_factor.then(|| {
                    view! { <button class="button button-second" name="do" value="reset-second-factor">{texts.t("person-reset-second-factor")}</button> }
                })}
            </form>
        </section>
    }
}

fn closing(texts: Texts, is_disabled: bool) -> impl IntoView {
    let (value, words, verb) = if is_disabled {
        ("enable", texts.t("person-enable-words"), texts.t("person-enable"))
    } else {
        ("disable", texts.t("person-disable-words"), texts.t("person-disable"))
    };
    view! {
        <section class="stack gap" aria-labelledby="closing">
            <h2 id="closing">{verb}</h2>
            <p>{words}</p>
            <form class="actions" method="post"><button class="button button-second" name="do" value=value>{verb}</button></form>
        </section>
    }
}

fn erasing(texts: Texts, id: PersonId) -> impl IntoView {
    view! {
        <section class="stack gap" aria-labelledby="erasing">
            <h2 id="erasing">{texts.t("person-erase")}</h2>
            <p>{texts.t("person-erase-words")}</p>
            <p class="actions"><a class="button button-second" href=format!("/administration/people/{id}/erasure")>{texts.t("person-erase")}</a></p>
        </section>
    }
}
