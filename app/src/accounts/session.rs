//! The session cookie: how it begins and how it ends.

use axum::http::HeaderValue;
use axum::http::header::HeaderName;
use axum::response::Response;
use chrono::TimeDelta;
use leptos::prelude::*;
use server::Platform;
use server::accounts::provider::began_with;
use server::accounts::{self, Device, KnownPeople, Place, Started};
use server::config::SecondFactor;

use super::message;
use super::onward::Onward;
use crate::form::{Fields, add_cookie, kept_cookie, notice, redirect};
use crate::reader::{HALF_WAY_COOKIE, KNOWN_COOKIE, Reader, bound, session_cookie};
use crate::routes::Fault;
use crate::shell::Head;

/// Goes to `path` with the session that has just begun at `place`; the device will know its person. One that was open in this
/// browser ends. Whoever must add a second factor does that first.
pub(super) async fn begin(reader: &Reader, started: Started, place: &Place, path: &str) -> Result<Response, Fault> {
    let platform = &reader.platform;
    if let Some(person) = &reader.person {
        accounts::end_session(platform, person).await?;
    }
    let to = if must_add_second_factor(reader, &started).await? { "/profile/security" } else { path };
    let (known, keep_for) = place.known.token_with(platform, started.person)?;
    let mut response = redirect(to);
    keep(reader, &mut response, started);
    let is_secure = platform.config.is_secure();
    add_cookie(&mut response, &kept_cookie(platform, &bound(KNOWN_COOKIE, is_secure), &known, Some(keep_for)));
    add_cookie(&mut response, &kept_cookie(platform, &bound(HALF_WAY_COOKIE, is_secure), "", Some(TimeDelta::zero())));
    Ok(response)
}

/// Goes on in `response` with the session under its new id, and tells its person what there is to tell.
pub(super) fn keep(reader: &Reader, response: &mut Response, started: Started) {
    let name = session_cookie(reader.platform.config.is_secure());
    add_cookie(response, &kept_cookie(&reader.platform, name, &started.token, started.keep_for));
    if let Some(notice) = started.notice {
        message::post(&reader.platform, message::notice(&reader.platform.config.origin(), notice));
    }
}

/// Goes to the page of the second factor, with a token of somebody who stands half-way.
pub(super) fn half_way(platform: &Platform, onward: &Onward, token: &str, keep_for: TimeDelta) -> Response {
    let mut response = redirect(&onward.by_way_of("/sign-in/code"));
    let name = bound(HALF_WAY_COOKIE, platform.config.is_secure());
    add_cookie(&mut response, &kept_cookie(platform, &name, token, Some(keep_for)));
    response
}

/// A place of which nothing is known: for a session that begins by a link and not by a password.
pub(super) fn somewhere(reader: &Reader) -> Place {
    Place { address: reader.address, device: Device { name: reader.device.clone(), is_own: false }, known: KnownPeople::default() }
}

async fn must_add_second_factor(reader: &Reader, started: &Started) -> Result<bool, Fault> {
    if reader.platform.config.second_factor == SecondFactor::Offered {
        return Ok(false);
    }
    let person = accounts::authenticate(&reader.platform, &started.token).await?;
    Ok(person.is_some_and(|person| person.must_add_second_factor()))
}

/// Ends the session, in the database and in the browser. Also for somebody whose session is over already. With answers on this
/// device that the server does not have, asks first.
pub(super) async fn sign_out(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    if reader.has_unsent && fields.get("do") != "anyway" {
        return Ok(ask_first(&reader));
    }
    let mut provider = None;
    if let Some(person) = &reader.person {
        provider = began_with(&reader.platform, person).await?;
        accounts::end_session(&reader.platform, person).await?;
    }
    // The session there is another one: it is offered to end it too.
    let to = provider.map_or_else(|| "/".to_owned(), |key| format!("/sign-in/{key}/signed-out"));
    let mut response = notice(redirect(&to), "signed-out");
    let name = session_cookie(reader.platform.config.is_secure());
    add_cookie(&mut response, &kept_cookie(&reader.platform, name, "", Some(TimeDelta::zero())));
    response.headers_mut().insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    Ok(response)
}

/// Takes the session, who was known here, and what waits or was kept on this device, out of the browser.
pub(crate) fn forget_everything(platform: &Platform, mut response: Response) -> Response {
    let is_secure = platform.config.is_secure();
    for name in [session_cookie(is_secure), &bound(KNOWN_COOKIE, is_secure), &bound(HALF_WAY_COOKIE, is_secure)] {
        add_cookie(&mut response, &kept_cookie(platform, name, "", Some(TimeDelta::zero())));
    }
    response.headers_mut().insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\", \"storage\""));
    response
}

fn ask_first(reader: &Reader) -> Response {
    let texts = reader.texts;
    reader.page(Head::new(texts.t("sign-out-unsent-title")).narrow(), move || {
        view! {
            <h1>{texts.t("sign-out-unsent-title")}</h1>
            <p class="lead">{texts.t("sign-out-unsent")}</p>
            <div class="actions">
                <a class="button" href="/learning">{texts.t("stay-signed-in")}</a>
                <form method="post" action="/sign-out"><button class="button button-second" name="do" value="anyway">{texts.t("sign-out-anyway")}</button></form>
            </div>
        }
    })
}
