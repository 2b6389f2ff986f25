//! What the filter picked: how many, which, and the way to take them along.

use chrono_tz::Tz;
use leptos::prelude::*;
use server::reports::{PAGE_ROWS, Report, Row};

use super::EXPORT;
use super::asked::Asked;
use super::words::{country_name, heads};
use crate::form::hidden;
use crate::texts::Texts;
use crate::ui::{Icon, icon};

/// A page of completions, in words.
#[derive(Clone, Debug)]
pub(super) struct Results {
    asked: Asked,
    /// What the report is narrowed to, label by label.
    facts: Vec<(String, String)>,
    count: u64,
    lines: Vec<Line>,
}

/// A completion in words.
#[derive(Clone, Debug)]
struct Line {
    name: String,
    course: String,
    version: i32,
    country: String,
    institution: String,
    occupation: String,
    language: &'static str,
    score: Option<String>,
    completed: String,
}

impl Results {
    pub(super) fn of(texts: Texts, zone: Tz, asked: Asked, facts: Vec<(String, String)>, report: Report) -> Self {
        let lines = report.rows.into_iter().map(|row| Line::of(texts, zone, row)).collect();
        Self { asked, facts, count: report.count, lines }
    }

    #[cfg(test)]
    pub(super) fn sample() -> Self {
        let row = Row {
            name: "Ana Lucía Tzoc".into(),
            course_code: "ec-102".into(),
            version_number: 3,
            country: "GT".into(),
            institution: "Hospital de Occidente".into(),
            occupation: courses::people::Occupation::Health,
            language: courses::language::Language::Es,
            score_permille: Some(875),
            completed_at: "2026-04-01T05:30:00Z".parse().unwrap(),
        };
        let facts = vec![("País".to_owned(), "Guatemala".to_owned())];
        let asked = Asked { country: "GT".into(), page: 1, ..Asked::default() };
        let report = Report { count: 112, rows: vec![row.clone(), Row { score_permille: None, ..row }] };
        Self::of(Texts::of(courses::language::Language::Es), Tz::America__Guatemala, asked, facts, report)
    }
}

impl Line {
    fn of(texts: Texts, zone: Tz, row: Row) -> Self {
        let local = row.completed_at.with_timezone(&zone);
        Self {
            country: country_name(&row.country, texts.language()),
            occupation: texts.named(&format!("occupation-{}", row.occupation)),
            language: row.language.own_name(),
            score: row.score_permille.map(|score| texts.percent(score)),
            completed: format!("{}, {}", texts.day(local.date_naive()), local.format("%H:%M")),
            name: row.name,
            course: row.course_code,
            version: row.version_number,
            institution: row.institution,
        }
    }
}

/// Count, filter in words, table and pages; or what to do when nothing was picked.
pub(super) fn results(texts: Texts, results: Results, zone: String) -> impl IntoView {
    let Results { asked, facts, count, lines } = results;
    let facts: Vec<_> = facts.into_iter().map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> }).collect();
    let shown = if lines.is_empty() {
        view! { <div class="empty"><p>{texts.t("report-none")}</p><p>{texts.t("report-none-next")}</p></div> }.into_any()
    } else {
        let number = u64::try_from(lines.len()).unwrap_or(u64::MAX);
        view! { {table(texts, lines)} {pages(texts, &asked, count, number)} <p class="note-line gap">{texts.t("report-exports-are-logged")}</p> }.into_any()
    };
    view! {
        <h2 class="gap" id="results">{texts.t("report-results")}</h2>
        <dl class="facts">{facts}</dl>
        <div class="pager">
            <p role="status">
                <strong>{texts.with("report-count", [("n", count.into())])}</strong>
                " "
                {texts.with("report-zone", [("zone", zone.into())])}
            </p>
            {(count > 0).then(|| download(texts, &asked))}
        </div>
        {shown}
    }
}

fn download(texts: Texts, asked: &Asked) -> impl IntoView + use<> {
    let fields: Vec<_> = asked.pairs().into_iter().map(|(name, value)| hidden(name, value.to_owned())).collect();
    view! {
        <form method="post" action=EXPORT>
            {fields}
            <button class="button button-second">{icon(Icon::Download)} " " {texts.t("report-download")}</button>
        </form>
    }
}

fn table(texts: Texts, lines: Vec<Line>) -> impl IntoView {
    let heads = heads(texts).map(|head| view! { <th scope="col">{head}</th> }).into_iter().collect::<Vec<_>>();
    let rows: Vec<_> = lines.into_iter().map(|line| row(texts, line)).collect();
    view! {
        <div class="table-scroll" role="region" aria-labelledby="results" tabindex="0">
            <table class="table-data" aria-labelledby="results">
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(texts: Texts, line: Line) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">{if line.name.is_empty() { texts.t("report-erased").to_owned() } else { line.name }}</th>
            <td class="nowrap">{line.course}</td>
            <td>{line.version}</td>
            <td>{line.country}</td>
            <td>{line.institution}</td>
            <td>{line.occupation}</td>
            <td>{line.language}</td>
            <td class="nowrap">{line.score.unwrap_or_else(|| texts.t("report-no-score").to_owned())}</td>
            <td class="nowrap">{line.completed}</td>
        </tr>
    }
}

fn pages(texts: Texts, asked: &Asked, count: u64, shown: u64) -> impl IntoView + use<> {
    let before = asked.page.saturating_mul(PAGE_ROWS);
    let (first, last) = (before.saturating_add(1), before.saturating_add(shown));
    let previous = (asked.page > 0).then(|| asked.address(asked.page.saturating_sub(1)));
    let next = (last < count).then(|| asked.address(asked.page.saturating_add(1)));
    view! {
        <nav class="pager" aria-label=texts.t("report-pages")>
            {previous.map(|href| view! { <a class="button button-second" href=href rel="prev">{icon(Icon::ArrowLeft)} " " {texts.t("report-previous")}</a> })}
            <span>{texts.with("report-range", [("first", first.into()), ("last", last.into()), ("count", count.into())])}</span>
            {next.map(|href| view! { <a class="button button-second" href=href rel="next">{texts.t("report-next")} " " {icon(Icon::ArrowRight)}</a> })}
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use courses::language::Language;

    use super::*;

    #[test]
    fn pages_and_the_file_keep_the_filter() {
        let html = results(Texts::of(Language::Es), Results::sample(), "America/Guatemala".into()).to_html();
        assert!(html.contains("<input type=\"hidden\" name=\"country\" value=\"GT\""), "{html}");
        assert!(html.contains("href=\"/reports/completions?country=GT\""), "{html}");
        assert!(html.contains("country=GT&amp;page=3") || html.contains("country=GT&page=3"), "{html}");
        // 05:30 in UTC is the evening before in Guatemala.
        assert!(html.contains("31 de marzo de 2026, 23:30"), "{html}");
    }

    #[test]
    fn nothing_picked_leaves_nothing_to_download() {
        let nothing = Results { count: 0, lines: Vec::new(), ..Results::sample() };
        let html = results(Texts::of(Language::En), nothing, "UTC".into()).to_html();
        assert!(html.contains("class=\"empty\"") && !html.contains("method=\"post\""), "{html}");
    }
}
