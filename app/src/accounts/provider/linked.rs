//! What a person signs in with, beside a password.

use axum::response::Response;
use chrono_tz::Tz;
use courses::id::ProviderKey;
use leptos::prelude::*;
use server::accounts::provider::{self, Begin, Linked};

use super::super::message;
use super::{is_any, refused, way};
use crate::form::{Fields, notice, redirect};
use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;
use crate::texts::Texts;

/// A provider, as the page shows it.
struct Shown {
    key: ProviderKey,
    name: String,
    linked: Option<Linked>,
}

/// `GET /profile/sign-in-providers`
pub(super) async fn show(reader: Reader) -> Result<Response, Fault> {
    let learner = reader.signed_in()?.learner();
    if !is_any(&reader) {
        return Err(Fault::NotFound);
    }
    let linked = provider::linked(&reader.platform, learner).await?;
    let language = reader.texts.language();
    let shown = |provider: &server::config::ProviderConfig| Shown {
        key: provider.id.clone(),
        name: provider.name.in_language(language).to_owned(),
        linked: linked.iter().find(|linked| linked.provider == provider.id).cloned(),
    };
    let shown: Vec<Shown> = reader.platform.config.providers.iter().map(shown).collect();
    Ok(page(&reader, shown))
}

/// `POST /profile/sign-in-providers`: links one, or unlinks one. Only for who has just shown that it is them.
pub(super) async fn send(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    let confirmed = reader.confirmed()?;
    let key = |field: &str| fields.get(field).parse::<ProviderKey>();
    if let Ok(key) = key("link") {
        let wanted = Begin { is_own_device: false, again: false, link_to: Some(confirmed), to: "" };
        return way::go(&reader, &key, wanted).await;
    }
    let key = key("unlink").map_err(|_| Fault::Malformed)?;
    match provider::unlink(&reader.platform, confirmed, &key).await {
        Ok(told) => {
            message::tell(&reader.platform, told);
            Ok(notice(redirect("/profile/sign-in-providers"), "provider-unlinked"))
        }
        Err(error) => refused(&reader, &key, error),
    }
}

fn page(reader: &Reader, shown: Vec<Shown>) -> Response {
    let (texts, zone) = (reader.texts, reader.zone());
    reader.page(Head::new(texts.t("provider-linked-title")).narrow(), move || {
        let shown: Vec<_> = shown.into_iter().map(|shown| row(texts, zone, shown)).collect();
        view! {
            <h1>{texts.t("provider-linked-title")}</h1>
            <p class="lead">{texts.t("provider-linked-lead")}</p>
            <div class="gap">{shown}</div>
            <p class="actions"><a class="button button-quiet" href="/profile">{texts.t("nav-account")}</a></p>
        }
    })
}

fn row(texts: Texts, zone: Tz, shown: Shown) -> impl IntoView {
    let Shown { key, name, linked } = shown;
    let (verb, words) = if linked.is_some() { ("unlink", "provider-unlink") } else { ("link", "provider-link") };
    let since = linked.map_or_else(
        || texts.t("provider-not-linked").to_owned(),
        |linked| {
            let variables = [("since", texts.moment(linked.linked_at, zone).into()), ("used", texts.moment(linked.used_at, zone).into())];
            texts.with("provider-linked-since", variables)
        },
    );
    view! {
        <article class="finding">
            <h2>{name}</h2>
            <p class="meta">{since}</p>
            <form class="actions" method="post"><button class="button button-second" name=verb value=key.to_string()>{texts.t(words)}</button></form>
        </article>
    }
}
