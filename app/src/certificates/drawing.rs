//! How a certificate and its standing are drawn.

use courses::certificate::Standing;
use leptos::prelude::*;

use super::shown::{Shown, fact, standing_in_words};
use crate::texts::Texts;
use crate::ui::{Icon, icon};

/// The certificate itself, as it would hang on a wall.
pub(super) fn certificate(texts: Texts, shown: &Shown) -> impl IntoView + use<> {
    let course = shown.course_and_version(texts);
    let Shown { code, holder, title, title_language, length, completed, validity, issuer, verify_url, .. } = shown.clone();
    view! {
        <article class="certificate" aria-label=texts.t("certificate-title")>
            <p class="wordmark">{icon(Icon::Mark)} "E-Campus"</p>
            <p>{texts.with("certificate-records", [("issuer", issuer.into())])}</p>
            <p class="certificate-name">{holder}</p>
            <p>{texts.t("certificate-completed-the-course")}</p>
            <p class="certificate-course" lang=title_language>{title}</p>
            <dl class="facts">
                {fact(texts.t("certificate-length"), length)}
                {fact(texts.t("certificate-completed"), completed)}
                {fact(texts.t("certificate-validity"), validity)}
                {fact(texts.t("certificate-course"), course)}
                {fact(texts.t("certificate-code"), code)}
            </dl>
            <p class="note-line">{texts.with("certificate-check-at", [("address", verify_url.into())])}</p>
            <p class="note-line">{texts.t("certificate-note")}</p>
        </article>
    }
}

/// What a certificate is worth, in a word, an icon and a sentence.
pub(super) fn verdict(texts: Texts, standing: Standing, words: impl Into<String>) -> impl IntoView {
    let (mark, name) = standing_in_words(texts, standing);
    let class = match standing {
        Standing::Valid => "verdict verdict-valid",
        Standing::Expired => "verdict verdict-expired",
        Standing::Replaced => "verdict verdict-replaced",
        Standing::Revoked => "verdict verdict-revoked",
    };
    section(class, mark, name, words.into())
}

/// The verdict on a code that no certificate has.
pub(super) fn unknown(texts: Texts) -> impl IntoView {
    section("verdict verdict-unknown", Icon::Minus, texts.t("certificate-is-unknown"), texts.t("verdict-unknown").to_owned())
}

fn section(class: &'static str, mark: Icon, name: &'static str, words: String) -> impl IntoView {
    view! {
        <section class=class aria-labelledby="verdict">
            <h2 id="verdict">{icon(mark)} " " {name}</h2>
            <p>{words}</p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use courses::language::Language;

    use super::*;

    #[test]
    fn a_certificate_is_drawn_with_all_its_facts() {
        let shown = Shown::sample();
        let html = certificate(Texts::of(Language::Es), &shown).to_html();
        for fact in [&shown.holder, &shown.title, &shown.length, &shown.completed, &shown.validity, &shown.code, &shown.verify_url] {
            assert!(html.contains(fact.as_str()), "{fact}: {html}");
        }
        assert!(html.contains("ec-102") && html.contains("lang=\"en\""), "{html}");
    }

    #[test]
    fn every_standing_has_its_own_words_and_colour() {
        let texts = Texts::of(Language::En);
        let standings = [Standing::Valid, Standing::Expired, Standing::Replaced, Standing::Revoked];
        let drawn: Vec<String> = standings.into_iter().map(|standing| verdict(texts, standing, "Why.").to_html()).collect();
        for (at, html) in drawn.iter().enumerate() {
            assert!(html.contains("Why."), "{html}");
            assert!(!drawn[at + 1..].contains(html), "{html}");
        }
    }
}
