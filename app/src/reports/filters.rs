//! The form that narrows the report.

use leptos::prelude::*;

use super::REPORT;
use super::asked::Asked;
use super::choices::Choices;
use super::wrong::Wrong;
use crate::form::{Field, select};
use crate::texts::Texts;
use crate::ui::{Icon, icon};

/// The filter form with what was asked, and errors beside their fields.
pub(super) fn filters(texts: Texts, asked: Asked, choices: Choices, wrong: &[Wrong], zone: String) -> impl IntoView + use<> {
    let error = |name: &str| wrong.iter().find(|wrong| wrong.field == name).map(|wrong| texts.t(wrong.text).to_owned());
    let chosen = |name, label, value| Field { name, label: texts.t(label).to_owned(), value, error: error(name), ..Field::default() };
    // Who coordinates one country has nothing to choose.
    let every_country = (choices.countries.len() != 1).then(|| texts.t("report-country-all").to_owned());
    let institutions: Vec<_> = choices.institutions.into_iter().map(|name| view! { <option value=name></option> }).collect();
    view! {
        <form class="filters" action=REPORT aria-label=texts.t("report-filters") novalidate>
            {select(texts, chosen("quarter", "report-quarter", asked.quarter), Some(texts.t("report-quarter-none").to_owned()), choices.quarters)}
            {day(texts, "from", "report-from", asked.from, error("from"))}
            {day(texts, "to", "report-to", asked.to, error("to"))}
            {select(texts, chosen("country", "report-country", asked.country), every_country, choices.countries)}
            {select(texts, chosen("course", "report-course", asked.course), Some(texts.t("report-course-all").to_owned()), choices.courses)}
            {input(texts, "institution", "report-institution", asked.institution, error("institution"), "text", Some("institutions"))}
            <datalist id="institutions">{institutions}</datalist>
            <button class="button">{texts.t("report-show")}</button>
        </form>
        <p class="hint" id="period-hint">{texts.with("report-period-hint", [("zone", zone.into())])}</p>
    }
}

fn day(texts: Texts, name: &'static str, label: &'static str, value: String, error: Option<String>) -> impl IntoView {
    input(texts, name, label, value, error, "date", None)
}

/// An input that may stay empty without saying so: a filter is optional by nature.
fn input(
    texts: Texts,
    name: &'static str,
    label: &'static str,
    value: String,
    error: Option<String>,
    kind: &'static str,
    list: Option<&'static str>,
) -> impl IntoView {
    let hint = (kind == "date").then_some("period-hint");
    let error_id = format!("{name}-error");
    let described: Vec<&str> = hint.into_iter().chain(error.is_some().then_some(error_id.as_str())).collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let (class, is_wrong) = if error.is_some() { ("field field-invalid", Some("true")) } else { ("field", None) };
    view! {
        <div class=class>
            <label for=name>{texts.t(label)}</label>
            {error.map(|words| view! { <p class="field-error" id=error_id.clone()>{icon(Icon::Alert)} " " <span>{words}</span></p> })}
            <input id=name name=name type=kind value=value list=list autocomplete="off" aria-describedby=described aria-invalid=is_wrong/>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use courses::language::Language;

    use super::*;

    #[test]
    fn the_filter_keeps_what_was_typed_and_says_what_is_wrong() {
        let asked = Asked { from: "31/12/2026".into(), country: "HN".into(), institution: "hospital".into(), ..Asked::default() };
        let wrong = [Wrong { field: "from", text: "report-day-malformed" }];
        let html = filters(Texts::of(Language::Es), asked, Choices::sample(), &wrong, "America/Guatemala".into()).to_html();
        for wanted in ["value=\"31/12/2026\"", "value=\"hospital\"", "aria-describedby=\"period-hint from-error\"", "list=\"institutions\""]
        {
            assert!(html.contains(wanted), "{wanted}: {html}");
        }
        assert!(html.contains("<option value=\"HN\" selected"), "{html}");
    }
}
