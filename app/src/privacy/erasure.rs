//! Erasing one's account: what goes, what stays, and a word typed on purpose.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use server::privacy::{Certificates, EraseError, erase_own};

use crate::accounts;
use crate::form::{Field, Fields, field, notice, redirect, remember_language, summary};
use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;
use crate::texts::{INTERFACE, Texts};

/// What was typed and ticked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed {
    word: String,
    /// Whether the certificates go too.
    certificates: bool,
}

impl Typed {
    /// As the form sent it.
    pub(crate) fn of(fields: &Fields) -> Self {
        Self { word: fields.get("word").to_owned(), certificates: fields.get("certificates") == "destroy" }
    }

    /// Whether the word is the one asked for, in whichever language it was read.
    pub(crate) fn is_meant(&self) -> bool {
        INTERFACE.into_iter().any(|language| Texts::of(language).t("erasure-word").to_lowercase() == self.word.trim().to_lowercase())
    }

    /// What becomes of the certificates.
    pub(crate) const fn certificates(&self) -> Certificates {
        if self.certificates { Certificates::Destroyed } else { Certificates::Kept }
    }
}

/// `GET /profile/erasure`
pub(super) async fn show(reader: Reader) -> Result<Response, Fault> {
    reader.confirmed()?;
    Ok(page(&reader, Typed::default(), None))
}

/// `POST /profile/erasure`
pub(super) async fn send(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    let confirmed = reader.confirmed()?;
    let typed = Typed::of(&fields);
    if let Some(language) = fields.switched() {
        return Ok(remember_language(page(&reader.speaking(language), typed, None), language));
    }
    if !typed.is_meant() {
        return Ok(page(&reader, typed, Some("erasure-word-wrong")));
    }
    match erase_own(&reader.platform, confirmed, typed.certificates()).await {
        Ok(()) => Ok(accounts::forget_everything(&reader.platform, notice(redirect("/"), "erased"))),
        Err(EraseError::Unknown) => Err(Fault::NotFound),
        Err(EraseError::LastAdministrator) => Ok(page(&reader, typed, Some("erasure-last-administrator"))),
        Err(EraseError::Journal(error)) => Err(Fault::Internal(error.to_string())),
        Err(EraseError::Storage(error)) => Err(error.into()),
    }
}

fn page(reader: &Reader, typed: Typed, wrong: Option<&'static str>) -> Response {
    let texts = reader.texts;
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    reader.page(Head::new(texts.t("erasure-title")).form().status(status), move || form(texts, typed, wrong))
}

fn form(texts: Texts, typed: Typed, wrong: Option<&'static str>) -> impl IntoView {
    let errors: Vec<(String, String)> = wrong.iter().map(|id| ("word".to_owned(), texts.t(id).to_owned())).collect();
    view! {
        <h1>{texts.t("erasure-title")}</h1>
        <p class="lead">{texts.t("erasure-lead")}</p>
        {summary(texts, &errors)}
        <p><a href="/profile/data">{texts.t("erasure-data-first")}</a></p>
        {consequences(texts)}
        <form class="form gap" id="page-form" method="post" novalidate>
            {typed_fields(texts, typed, wrong, "erasure-certificates", "erasure-certificates-hint")}
            <div class="actions">
                <button class="button">{texts.t("erasure-send")}</button>
                <a class="button button-quiet" href="/profile">{texts.t("erasure-not")}</a>
            </div>
        </form>
    }
}

/// Whether the certificates go too, said by `label` and `hint`, and the word.
pub(crate) fn typed_fields(
    texts: Texts,
    typed: Typed,
    wrong: Option<&'static str>,
    label: &'static str,
    hint: &'static str,
) -> impl IntoView {
    let word = Field {
        name: "word",
        label: texts.with("erasure-type", [("word", texts.t("erasure-word").into())]),
        value: typed.word,
        autocomplete: "off",
        error: wrong.map(|id| texts.t(id).to_owned()),
        ..Field::default()
    };
    view! {
        <div class="field">
            <label class="option">
                <input type="checkbox" name="certificates" value="destroy" checked=typed.certificates aria-describedby="certificates-hint"/>
                " "
                <span>{texts.t(label)}</span>
            </label>
            <p class="hint" id="certificates-hint">{texts.t(hint)}</p>
        </div>
        {field(texts, word)}
    }
}

fn consequences(texts: Texts) -> impl IntoView {
    let list = |ids: [&'static str; 3]| ids.map(|id| view! { <li>{texts.t(id)}</li> }).into_iter().collect::<Vec<_>>();
    view! {
        <div class="prose gap">
            <h2>{texts.t("erasure-goes")}</h2>
            <ul>{list(["erasure-goes-account", "erasure-goes-record", "erasure-goes-device"])}</ul>
            <h2>{texts.t("erasure-stays")}</h2>
            <ul>{list(["erasure-stays-ledger", "erasure-stays-figures", "erasure-stays-certificates"])}</ul>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use courses::language::Language;

    use super::*;

    #[test]
    fn what_was_typed_and_ticked_stays_when_it_is_refused() {
        let typed = Typed { word: "borar".into(), certificates: true };
        let html = form(Texts::of(Language::Es), typed, Some("erasure-word-wrong")).to_html();
        assert!(html.contains("value=\"borar\"") && html.contains("checked") && html.contains("href=\"#word\""), "{html}");
    }
}
