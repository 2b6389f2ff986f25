//! A certificate in words, as every page that shows one draws it.

use chrono::NaiveDate;
use courses::certificate::Standing;
use leptos::prelude::*;
use server::certificates::{self, Certificate};

use crate::reader::Reader;
use crate::texts::Texts;
use crate::ui::{Icon, in_language};

/// A certificate in the reader's language; only the course's title keeps its own.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) code: String,
    pub(super) holder: String,
    pub(super) title: String,
    /// `lang` of the title, where it is not the page's.
    pub(super) title_language: Option<&'static str>,
    /// Neutral code of the course.
    pub(super) course: String,
    pub(super) version: i32,
    pub(super) length: String,
    /// Day of completion, with the time zone it is counted in.
    pub(super) completed: String,
    /// Last day of validity, or that there is none.
    pub(super) validity: String,
    pub(super) issuer: String,
    pub(super) standing: Standing,
    /// Public address where it can be checked.
    pub(super) verify_url: String,
}

impl Shown {
    pub(super) fn of(reader: &Reader, certificate: &Certificate) -> Self {
        let (texts, platform, facts) = (reader.texts, &reader.platform, &certificate.facts);
        let day = texts.day(certificates::completed_on(platform, facts));
        let zone = platform.config.zone().name().replace('_', " ");
        Self {
            code: facts.code.clone(),
            holder: facts.holder.clone(),
            title: facts.title.clone(),
            title_language: in_language(facts.language, texts.language()),
            course: facts.course.to_string(),
            version: facts.version,
            length: texts.length(facts.minutes),
            completed: texts.with("certificate-day-in-zone", [("day", day.into()), ("zone", zone.into())]),
            validity: validity(texts, facts.valid_until.as_deref()),
            issuer: platform.config.issuer.clone(),
            standing: certificate.standing,
            verify_url: certificates::verify_url(platform, &facts.code),
        }
    }

    /// The course's code and the number of its version: «ec-102, versión 3».
    pub(super) fn course_and_version(&self, texts: Texts) -> String {
        texts.with("certificate-course-version", [("course", self.course.as_str().into()), ("version", self.version.into())])
    }

    #[cfg(test)]
    pub(super) fn sample() -> Self {
        Self {
            code: "0400-0000-0000-0000-0000-000Z".into(),
            holder: "María José Ñúñez Ixcoy".into(),
            title: "Human trafficking for health workers".into(),
            title_language: Some("en"),
            course: "ec-102".into(),
            version: 3,
            length: "3 h 30 min".into(),
            completed: "4 de marzo de 2026 (hora de America/Guatemala)".into(),
            validity: "Hasta el 4 de marzo de 2029, incluido".into(),
            issuer: "E-Campus".into(),
            standing: Standing::Valid,
            verify_url: "https://campus.example/verify/0400-0000-0000-0000-0000-000Z".into(),
        }
    }
}

fn validity(texts: Texts, valid_until: Option<&str>) -> String {
    match valid_until.map(|day| day.parse::<NaiveDate>().map_or_else(|_| day.to_owned(), |day| texts.day(day))) {
        Some(day) => texts.with("certificate-valid-until-day", [("day", day.into())]),
        None => texts.t("certificate-for-ever").to_owned(),
    }
}

/// One label with its value.
pub(super) fn fact(label: &'static str, value: impl Into<String>) -> impl IntoView {
    view! { <div><dt>{label}</dt><dd>{value.into()}</dd></div> }
}

/// The title as a fact, in its own language.
pub(super) fn title_fact(label: &'static str, shown: &Shown) -> impl IntoView + use<> {
    view! { <div><dt>{label}</dt><dd lang=shown.title_language>{shown.title.clone()}</dd></div> }
}

/// What a standing is called, and the icon beside it.
pub(super) fn standing_in_words(texts: Texts, standing: Standing) -> (Icon, &'static str) {
    match standing {
        Standing::Valid => (Icon::Check, texts.t("certificate-is-valid")),
        Standing::Expired => (Icon::Clock, texts.t("certificate-is-expired")),
        Standing::Replaced => (Icon::ArrowRight, texts.t("certificate-is-replaced")),
        Standing::Revoked => (Icon::Alert, texts.t("certificate-is-revoked")),
    }
}
