//! A facilitation card's page: how to hold a group session on a module. Open to all: whoever replicates a course face to face
//! may have no account.

use axum::response::Response;
use courses::id::{CourseCode, ModuleKey};
use leptos::prelude::*;
use server::catalogue;

use super::course_view::is_sensitive;
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;
use crate::ui::{html, in_language};

/// The card of a module, in the version on offer.
pub(super) async fn card(reader: Reader, At((code, module)): At<(CourseCode, ModuleKey)>) -> Result<Response, Fault> {
    let published = catalogue::offered_course(&reader.platform, &code).await?.ok_or(Fault::NotFound)?;
    let texts = reader.texts;
    let (language, card) = published.course.card(&module, reader.language).ok_or(Fault::NotFound)?;
    let (title, body, lang) = (card.title.clone(), card.body.clone(), in_language(language, texts.language()));
    let name = texts.with("course-with-code", [("code", code.to_string().into())]);
    let head = Head::new(name.clone()).narrow().quick_exit(is_sensitive(&published.course));
    Ok(reader.page(head, move || {
        view! {
            <nav class="breadcrumb" aria-label=texts.t("breadcrumb")><ol><li><a href=format!("/courses/{code}")>{name}</a></li></ol></nav>
            <p class="kicker">{texts.t("facilitation-card")}</p>
            <h1 lang=lang>{title}</h1>
            {html("prose", &body, lang)}
        }
    }))
}
