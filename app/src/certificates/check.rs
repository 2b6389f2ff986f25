//! The public page where anyone checks a certificate: by its code, typed or scanned.

use axum::extract::Query;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use courses::certificate::{Standing, normalise_code};
use leptos::prelude::*;
use server::certificates::{self, Certificate};

use super::drawing;
use super::shown::{Shown, fact, title_fact};
use crate::form::{Field, field, redirect, summary};
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;
use crate::texts::Texts;

/// Address of the public key, on this campus.
pub(super) const KEYS_PATH: &str = "/.well-known/campus-certificate-keys.json";

/// Asks for a code; a code that was typed leads to its page.
pub(super) async fn ask(reader: Reader, Query(sent): Query<Vec<(String, String)>>) -> Response {
    let texts = reader.texts;
    let typed = sent.into_iter().find(|(name, _)| name == "code").map(|(_, typed)| typed);
    let (typed, error) = match typed.map(|typed| (normalise_code(&typed), typed)) {
        None => (String::new(), None),
        Some((Some(code), _)) => return redirect(&format!("/verify/{code}")),
        Some((None, typed)) if typed.trim().is_empty() => (String::new(), Some(texts.t("verify-code-missing"))),
        Some((None, typed)) => (typed, Some(texts.t("verify-code-malformed"))),
    };
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    reader.page(Head::new(texts.t("verify-title")).status(status).narrow(), move || {
        let errors: Vec<_> = error.iter().map(|words| ("code".to_owned(), (*words).to_owned())).collect();
        view! {
            <h1>{texts.t("verify-title")}</h1>
            <p class="lead">{texts.t("verify-lead")}</p>
            {summary(texts, &errors)}
            {code_form(texts, typed, error)}
        }
    })
}

/// What the certificate with this code is worth; helps on when there is none.
pub(super) async fn answer(reader: Reader, At(code): At<String>) -> Result<Response, Fault> {
    let mut response = match certificates::verify(&reader.platform, &code).await? {
        Some(certificate) => found(&reader, certificate),
        None => not_found(&reader, code),
    };
    response.headers_mut().insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    Ok(response)
}

fn found(reader: &Reader, certificate: Certificate) -> Response {
    let texts = reader.texts;
    let shown = Shown::of(reader, &certificate);
    let checked_at = texts.moment(reader.platform.clock.now(), reader.zone());
    let keys_url = format!("{}{KEYS_PATH}", reader.platform.config.origin());
    let model = Checked { shown, checked_at, seal: certificate.seal, keys_url };
    reader.page(Head::new(texts.t("verify-title")).narrow(), move || checked_view(texts, model))
}

fn not_found(reader: &Reader, typed: String) -> Response {
    let texts = reader.texts;
    reader.page(Head::new(texts.t("verify-title")).status(StatusCode::NOT_FOUND).narrow(), move || {
        view! {
            <h1>{texts.t("verify-title")}</h1>
            {drawing::unknown(texts)}
            <h2 class="gap">{texts.t("verify-again")}</h2>
            {code_form(texts, typed, None)}
        }
    })
}

/// A certificate that was found, and what proves it.
#[derive(Clone, Debug)]
struct Checked {
    shown: Shown,
    checked_at: String,
    seal: String,
    keys_url: String,
}

fn checked_view(texts: Texts, checked: Checked) -> impl IntoView {
    let Checked { shown, checked_at, seal, keys_url } = checked;
    let words = match shown.standing {
        Standing::Valid => texts.with("verdict-valid", [("issuer", shown.issuer.as_str().into()), ("moment", checked_at.into())]),
        Standing::Expired => texts.t("verdict-expired").to_owned(),
        Standing::Replaced => texts.t("verdict-replaced").to_owned(),
        Standing::Revoked => texts.t("verdict-revoked").to_owned(),
    };
    view! {
        <h1>{texts.t("verify-title")}</h1>
        {drawing::verdict(texts, shown.standing, words)}
        <dl class="facts facts-rows">
            {fact(texts.t("certificate-holder"), shown.holder.clone())}
            {title_fact(texts.t("certificate-course-title"), &shown)}
            {fact(texts.t("certificate-course"), shown.course_and_version(texts))}
            {fact(texts.t("certificate-length"), shown.length.clone())}
            {fact(texts.t("certificate-completed"), shown.completed.clone())}
            {fact(texts.t("certificate-validity"), shown.validity.clone())}
            {fact(texts.t("certificate-issuer"), shown.issuer.clone())}
            {fact(texts.t("certificate-code"), shown.code.clone())}
        </dl>
        <p class="note-line">{texts.t("certificate-note")}</p>
        {signature(texts, &shown.code, seal, keys_url)}
        <h2 class="gap">{texts.t("verify-another")}</h2>
        {code_form(texts, String::new(), None)}
    }
}

fn signature(texts: Texts, code: &str, seal: String, keys_url: String) -> impl IntoView + use<> {
    let proof = format!("/verify/{code}/proof");
    view! {
        <details class="stack gap">
            <summary>{texts.t("signature-title")}</summary>
            <p>{texts.t("signature-what")}</p>
            <p>{texts.t("signature-how")}</p>
            <p><a href=proof>{texts.t("certificate-download-proof")}</a></p>
            <p>{texts.t("signature-key")} " " <a href=KEYS_PATH><code>{keys_url}</code></a></p>
            <p>{texts.t("signature-limits")}</p>
            <p><code>{seal}</code></p>
        </details>
    }
}

fn code_form(texts: Texts, typed: String, error: Option<&'static str>) -> impl IntoView {
    let code = Field {
        name: "code",
        label: texts.t("certificate-code").to_owned(),
        value: typed,
        autocomplete: "off",
        hint: Some(texts.t("verify-code-hint").to_owned()),
        error: error.map(str::to_owned),
        ..Field::default()
    };
    view! {
        <form class="form" action="/verify" novalidate>
            {field(texts, code)}
            <p class="actions"><button class="button">{texts.t("verify-do")}</button></p>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use courses::language::Language;

    use super::*;

    fn sample() -> Checked {
        Checked {
            shown: Shown::sample(),
            checked_at: "5 May 2026".into(),
            seal: "e30.e30.c2ln".into(),
            keys_url: "https://campus.example/keys".into(),
        }
    }

    #[test]
    fn whoever_checks_sees_the_facts_and_how_to_prove_them() {
        let html = checked_view(Texts::of(Language::En), sample()).to_html();
        for wanted in ["verdict-valid", "María José", "ec-102", "e30.e30.c2ln", KEYS_PATH, "https://campus.example/keys"] {
            assert!(html.contains(wanted), "{wanted}: {html}");
        }
    }

    #[test]
    fn a_code_that_cannot_be_one_is_kept_with_its_error() {
        let html = code_form(Texts::of(Language::Es), "ABC<".into(), Some("Revise")).to_html();
        assert!(html.contains("value=\"ABC&lt;\"") || html.contains("value=\"ABC<\""), "{html}");
        assert!(html.contains("aria-invalid=\"true\"") && html.contains("Revise"), "{html}");
    }
}
