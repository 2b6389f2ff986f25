//! Signing in with a ministry's account: the way there and back, the first time, and what is linked.

mod arrival;
mod linked;
mod newcomer;
mod sign_out;
mod way;

use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use chrono::TimeDelta;
use courses::id::ProviderKey;
use leptos::prelude::*;
use server::Platform;
use server::accounts::provider::{self, ProviderError};

use super::onward::Onward;
use super::without_referrer;
use crate::form::{add_cookie, hidden, kept_cookie};
use crate::reader::{Reader, bound, cookie};
use crate::routes::Fault;
use crate::texts::Texts;
use crate::ui::message_page;

/// Where a provider tells that somebody has signed out there: no browser's request, so it comes from another origin.
pub(crate) const BACK_CHANNEL: &str = "/sign-in/{provider}/back-channel-logout";

/// The cookie of a browser that is at a provider, and that of somebody new.
const FLOW: &str = "campus-flow";
const NEWCOMER: &str = "campus-newcomer";

pub(super) fn routes() -> Router<Arc<Platform>> {
    Router::new()
        .route("/sign-in/{provider}", get(way::show).post(way::send))
        .route("/sign-in/{provider}/callback", get(arrival::callback))
        .route("/sign-in/{provider}/account", get(newcomer::show).post(newcomer::send))
        .route("/sign-in/{provider}/signed-out", get(sign_out::show))
        .route(BACK_CHANNEL, post(sign_out::by_provider))
        .route("/profile/sign-in-providers", get(linked::show).post(linked::send))
}

/// A button for each provider, of the form that fills the page: where to go on to and whose device it is go along.
pub(super) fn buttons(reader: &Reader) -> impl IntoView + use<> {
    let texts = reader.texts;
    let buttons: Vec<_> = reader
        .platform
        .config
        .providers
        .iter()
        .map(|provider| {
            let words = with_name(texts, "provider-continue", provider.name.in_language(texts.language()));
            let action = format!("/sign-in/{}", provider.id);
            view! { <button class="button button-second" form="page-form" formaction=action formnovalidate>{words}</button> }
        })
        .collect();
    (!buttons.is_empty()).then(|| {
        view! {
            <div class="actions">{buttons}</div>
            <p class="hint">{texts.t("provider-or")}</p>
        }
    })
}

/// A form for each of `providers`, to show there once more that it is them and go on.
pub(super) fn again(reader: &Reader, providers: &[ProviderKey], onward: &Onward) -> impl IntoView + use<> {
    let texts = reader.texts;
    let form = |key: &ProviderKey| {
        let known = provider::known(&reader.platform, key).ok()?;
        let words = with_name(texts, "provider-continue", known.name.in_language(texts.language()));
        Some(view! {
            <form class="actions" method="post" action=format!("/sign-in/{key}")>
                {onward.field()} {hidden("again", "yes")} <button class="button button-second">{words}</button>
            </form>
        })
    };
    providers.iter().filter_map(form).collect::<Vec<_>>()
}

/// Whether there is anything to link.
pub(super) fn is_any(reader: &Reader) -> bool {
    !reader.platform.config.providers.is_empty()
}

/// The page that says why it did not work, and what to do next.
fn refused(reader: &Reader, key: &ProviderKey, error: ProviderError) -> Result<Response, Fault> {
    let name = provider::known(&reader.platform, key).map_err(|_| Fault::NotFound)?.name.in_language(reader.texts.language()).to_owned();
    let (status, words) = match error {
        ProviderError::Unknown => return Err(Fault::NotFound),
        ProviderError::Storage(error) => return Err(error.into()),
        ProviderError::Untrusted(why) => {
            tracing::error!(provider = %key, why, "a sign-in provider was not believed");
            (StatusCode::BAD_GATEWAY, "provider-untrusted")
        }
        ProviderError::Unreachable => (StatusCode::BAD_GATEWAY, "provider-unreachable"),
        ProviderError::Stale => (StatusCode::BAD_REQUEST, "provider-stale"),
        ProviderError::Denied => (StatusCode::FORBIDDEN, "provider-denied"),
        ProviderError::Unverified => (StatusCode::FORBIDDEN, "provider-unverified"),
        ProviderError::OtherIdentity => (StatusCode::FORBIDDEN, "provider-other-identity"),
        ProviderError::LinkedElsewhere => (StatusCode::FORBIDDEN, "provider-linked-elsewhere"),
        ProviderError::Domain => (StatusCode::FORBIDDEN, "provider-domain"),
        ProviderError::NoAccount => (StatusCode::FORBIDDEN, "provider-no-account"),
        ProviderError::Closed => (StatusCode::FORBIDDEN, "provider-closed"),
        ProviderError::OnlyWayIn => (StatusCode::CONFLICT, "provider-only-way-in"),
    };
    let texts = reader.texts;
    // The address of this page holds what works once: a page in another language is that of signing in.
    let to = if reader.person.is_some() { "/profile/sign-in-providers" } else { "/sign-in" };
    let reader = Reader { path: to.to_owned(), ..reader.clone() };
    let (title, words) = (with_name(texts, "provider-refused", &name), with_name(texts, words, &name));
    let mut response = message_page(&reader, &title, &words, to, texts.t("provider-back"));
    *response.status_mut() = status;
    Ok(without_referrer(response))
}

fn with_name(texts: Texts, key: &'static str, name: &str) -> String {
    texts.with(key, [("name", name.into())])
}

/// What the cookie `name` holds.
fn held<'h>(reader: &Reader, headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    cookie(headers, &bound(name, reader.platform.config.is_secure()))
}

/// Puts a cookie that comes back from another site's link. Bound to this host where people come by TLS, so that no neighbour can
/// put one there. An empty one goes away.
fn keep(response: &mut Response, platform: &Platform, name: &str, value: &str, time: TimeDelta) {
    add_cookie(response, &kept_cookie(platform, &bound(name, platform.config.is_secure()), value, Some(time)));
}
