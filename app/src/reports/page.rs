//! The report on the screen.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use server::reports::{PAGE_ROWS, completions};

use super::asked::Asked;
use super::choices::{Choices, choices};
use super::filters::filters;
use super::results::{Results, results};
use super::wrong::Wrong;
use super::{coordinator, words};
use crate::form::{redirect, summary};
use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;
use crate::texts::Texts;

/// The completions that the filter picks; with errors beside its fields where it cannot be read.
pub(super) async fn report(reader: Reader, Query(sent): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let asked = Asked::read(sent.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let coordinator = coordinator(&reader, &asked)?;
    let (platform, texts) = (&reader.platform, reader.texts);
    let choices = choices(platform, &coordinator, &asked, texts).await?;
    let zone = platform.config.zone();
    let mut screen = Screen { asked, choices, wrong: Vec::new(), results: None, zone: zone.name().replace('_', " ") };
    match screen.asked.filter(coordinator.countries()) {
        Err(wrong) => screen.wrong = wrong,
        Ok(filter) => {
            let report = completions(platform, &coordinator, &filter, screen.asked.page).await?;
            if report.rows.is_empty() && report.count > 0 {
                let last = report.count.div_ceil(PAGE_ROWS).saturating_sub(1);
                return Ok(redirect(&screen.asked.address(last)));
            }
            let facts = words::in_words(texts, &filter, coordinator.countries());
            screen.results = Some(Results::of(texts, zone, screen.asked.clone(), facts, report));
        }
    }
    let status = if screen.wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(reader.page(Head::new(texts.t("report-title")).status(status), move || screen_view(texts, screen)))
}

/// The whole page, apart from its frame.
#[derive(Clone, Debug)]
struct Screen {
    asked: Asked,
    choices: Choices,
    wrong: Vec<Wrong>,
    /// None where the filter cannot be read.
    results: Option<Results>,
    zone: String,
}

fn screen_view(texts: Texts, screen: Screen) -> impl IntoView {
    let Screen { asked, choices, wrong, results: found, zone } = screen;
    let errors: Vec<(String, String)> =
        wrong.iter().map(|wrong| (wrong.field.to_owned(), format!("{}: {}", wrong.label(texts), texts.t(wrong.text)))).collect();
    view! {
        <h1>{texts.t("report-title")}</h1>
        <p class="lead">{texts.t("report-lead")}</p>
        {summary(texts, &errors)}
        {filters(texts, asked, choices, &wrong, zone.clone())}
        {found.map(|found| results(texts, found, zone))}
    }
}

#[cfg(test)]
mod tests {
    use courses::language::Language;

    use super::*;

    fn sample() -> Screen {
        Screen {
            asked: Asked { country: "GT".into(), ..Asked::default() },
            choices: Choices::sample(),
            wrong: Vec::new(),
            results: Some(Results::sample()),
            zone: "America/Guatemala".into(),
        }
    }

    #[test]
    fn the_page_shows_filter_and_results() {
        let html = screen_view(Texts::of(Language::Es), sample()).to_html();
        assert!(html.contains("class=\"filters\"") && html.contains("Ana Lucía Tzoc"), "{html}");
    }

    #[test]
    fn a_filter_that_cannot_be_read_shows_no_results() {
        let screen = Screen { wrong: vec![Wrong { field: "to", text: "report-days-reversed" }], results: None, ..sample() };
        let html = screen_view(Texts::of(Language::En), screen).to_html();
        assert!(html.contains("href=\"#to\"") && !html.contains("<table"), "{html}");
    }
}
