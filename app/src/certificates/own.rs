//! The learner's own certificates.

use axum::response::Response;
use courses::certificate::{Standing, normalise_code};
use leptos::prelude::*;
use server::certificates;

use super::drawing;
use super::shown::{Shown, standing_in_words};
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;
use crate::texts::Texts;
use crate::ui::{Icon, icon, state};

/// The learner's certificates, newest first.
pub(super) async fn list(reader: Reader) -> Result<Response, Fault> {
    let learner = reader.signed_in()?.learner();
    let own = certificates::own_certificates(&reader.platform, learner).await?;
    let shown: Vec<Shown> = own.iter().map(|certificate| Shown::of(&reader, certificate)).collect();
    let texts = reader.texts;
    Ok(reader.page(Head::new(texts.t("certificates-title")), move || {
        view! {
            <h1>{texts.t("certificates-title")}</h1>
            {if shown.is_empty() { none_yet(texts).into_any() } else { cards(texts, shown).into_any() }}
        }
    }))
}

/// One certificate of the learner's own; anyone else's is not found.
pub(super) async fn certificate(reader: Reader, At(code): At<String>) -> Result<Response, Fault> {
    let learner = reader.signed_in()?.learner();
    let code = normalise_code(&code).ok_or(Fault::NotFound)?;
    let own = certificates::own_certificates(&reader.platform, learner).await?;
    let own = own.iter().find(|own| own.facts.code == code).ok_or(Fault::NotFound)?;
    let (texts, shown) = (reader.texts, Shown::of(&reader, own));
    // The neutral code, not the title: titles stay in the browser's history.
    let title = texts.with("certificate-of-course", [("course", shown.course.as_str().into())]);
    Ok(reader.page(Head::new(title).narrow(), move || own_view(texts, shown)))
}

fn none_yet(texts: Texts) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{texts.t("certificates-none")}</h2>
            <p>{texts.t("certificates-none-next")}</p>
            <p class="actions">
                <a class="button" href="/learning">{texts.t("certificates-to-learning")}</a>
                <a class="button button-second" href="/">{texts.t("to-catalogue")}</a>
            </p>
        </div>
    }
}

fn cards(texts: Texts, shown: Vec<Shown>) -> impl IntoView {
    let cards: Vec<_> = shown.into_iter().map(|shown| card(texts, shown)).collect();
    view! { <ul class="courses">{cards}</ul> }
}

fn card(texts: Texts, shown: Shown) -> impl IntoView {
    let (mark, words) = standing_in_words(texts, shown.standing);
    let class = if shown.standing == Standing::Valid { "state state-done" } else { "state state-bad" };
    view! {
        <li class="course-card">
            <p class="kicker">{shown.course_and_version(texts)}</p>
            <h2><a href=format!("/certificates/{}", shown.code) lang=shown.title_language>{shown.title}</a></h2>
            <p>{state(class, mark, words)}</p>
            <p class="meta"><span>{texts.with("certificate-completed-on", [("day", shown.completed.into())])}</span><span>{shown.validity}</span></p>
        </li>
    }
}

fn own_view(texts: Texts, shown: Shown) -> impl IntoView {
    let why = match shown.standing {
        Standing::Valid => None,
        Standing::Expired => Some(texts.t("own-expired")),
        Standing::Replaced => Some(texts.t("own-replaced")),
        Standing::Revoked => Some(texts.t("own-revoked")),
    };
    let pdf = shown.standing.is_printed().then(|| format!("/certificates/{}/pdf", shown.code));
    let public = format!("/verify/{}", shown.code);
    let proof = format!("{public}/proof");
    view! {
        <h1 class="visually-hidden">{texts.with("certificate-of", [("name", shown.holder.as_str().into())])}</h1>
        {why.map(|why| drawing::verdict(texts, shown.standing, why))}
        {drawing::certificate(texts, &shown)}
        <div class="actions">
            {pdf.map(|pdf| {
                view! { <a class="button" href=pdf>{icon(Icon::Download)} " " {texts.t("certificate-download")} " " <small>"PDF"</small></a> }
            })}
            <a class="button button-second" href=public>{icon(Icon::Share)} " " {texts.t("certificate-open-public")}</a>
            <a class="button button-quiet" href=proof>{texts.t("certificate-download-proof")}</a>
        </div>
        <div class="field gap">
            <label for="share">{texts.t("certificate-share")}</label>
            <input id="share" readonly value=shown.verify_url aria-describedby="share-hint"/>
            <p class="hint" id="share-hint">{texts.t("certificate-share-hint")}</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use courses::language::Language;

    use super::*;

    #[test]
    fn without_certificates_the_page_says_what_to_do_next() {
        let html = none_yet(Texts::of(Language::Es)).to_html();
        assert!(html.contains("href=\"/learning\""), "{html}");
    }

    #[test]
    fn each_card_leads_to_its_certificate() {
        let html = cards(Texts::of(Language::En), vec![Shown::sample()]).to_html();
        assert!(html.contains("/certificates/0400-0000-0000-0000-0000-000Z"), "{html}");
    }

    #[test]
    fn one_s_own_certificate_can_be_downloaded_shared_and_proved() {
        let html = own_view(Texts::of(Language::En), Shown::sample()).to_html();
        for wanted in ["/pdf\"", "/proof\"", "readonly", "value=\"https://campus.example/verify/"] {
            assert!(html.contains(wanted), "{wanted}: {html}");
        }
        assert!(!html.contains("verdict"), "a valid certificate needs no word on its standing: {html}");
    }

    #[test]
    fn a_revoked_certificate_says_so_and_is_not_offered_for_print() {
        let html = own_view(Texts::of(Language::En), Shown { standing: Standing::Revoked, ..Shown::sample() }).to_html();
        assert!(html.contains("verdict-revoked") && !html.contains("/pdf\""), "{html}");
    }
}
