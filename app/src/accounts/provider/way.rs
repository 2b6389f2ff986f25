//! The way to a provider.

use axum::http::HeaderValue;
use axum::http::header::REFRESH;
use axum::response::Response;
use courses::id::ProviderKey;
use leptos::prelude::*;
use server::accounts::provider::{self, Begin, Begun};

use super::super::onward::Onward;
use super::super::without_referrer;
use super::{FLOW, keep, refused, with_name};
use crate::form::{Fields, redirect};
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;

/// `GET /sign-in/{provider}`: the way begins with a button.
pub(super) async fn show(reader: Reader, At(key): At<ProviderKey>) -> Result<Response, Fault> {
    provider::known(&reader.platform, &key).map_err(|_| Fault::NotFound)?;
    Ok(redirect("/sign-in"))
}

/// `POST /sign-in/{provider}`
pub(super) async fn send(reader: Reader, At(key): At<ProviderKey>, fields: Fields) -> Result<Response, Fault> {
    let onward = Onward::to(fields.get("to"));
    let wanted = Begin {
        is_own_device: !fields.get("own_device").is_empty(),
        again: !fields.get("again").is_empty(),
        link_to: None,
        to: onward.path(),
    };
    go(&reader, &key, wanted).await
}

/// Sends the browser to a provider.
pub(super) async fn go(reader: &Reader, key: &ProviderKey, wanted: Begin<'_>) -> Result<Response, Fault> {
    match provider::begin(&reader.platform, key, wanted).await {
        Ok(begun) => page(reader, key, begun),
        Err(error) => refused(reader, key, error),
    }
}

/// A page that goes on by itself. Not a redirect: what a form leads to must stay within `form-action 'self'`, however many addresses
/// the provider goes through.
fn page(reader: &Reader, key: &ProviderKey, begun: Begun) -> Result<Response, Fault> {
    let texts = reader.texts;
    let name = provider::known(&reader.platform, key).map_err(|_| Fault::NotFound)?.name.in_language(texts.language()).to_owned();
    let Begun { address, cookie, keep_for } = begun;
    let refresh = HeaderValue::from_str(&format!("0;url={address}")).map_err(|error| Fault::Internal(error.to_string()))?;
    let title = with_name(texts, "provider-going", &name);
    let mut response = reader.page(Head::new(title.clone()).narrow(), move || {
        view! {
            <h1>{title}</h1>
            <p class="lead">{with_name(texts, "provider-going-words", &name)}</p>
            <p class="actions"><a class="button" href=address>{with_name(texts, "provider-continue", &name)}</a></p>
        }
    });
    response.headers_mut().insert(REFRESH, refresh);
    keep(&mut response, &reader.platform, FLOW, &cookie, keep_for);
    Ok(without_referrer(response))
}
