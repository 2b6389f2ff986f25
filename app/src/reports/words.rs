//! The filter in words, the same on the screen and in the file.

use chrono::NaiveDate;
use courses::language::Language;
use courses::people::Country;
use server::reports::{Filter, Quarter};

use crate::texts::Texts;

/// Label and value of everything that narrows the report, also where nothing does.
pub(super) fn in_words(texts: Texts, filter: &Filter, countries: Option<&[String]>) -> Vec<(String, String)> {
    let course = filter.course.as_ref().map_or_else(|| texts.t("report-course-all").to_owned(), ToString::to_string);
    let country = match (filter.country, countries) {
        (Some(country), _) => country.name(texts.language()).to_owned(),
        (None, Some(codes)) => codes.iter().map(|code| country_name(code, texts.language())).collect::<Vec<_>>().join(", "),
        (None, None) => texts.t("report-country-all").to_owned(),
    };
    let institution = match &filter.institution {
        Some(part) => texts.with("report-institution-contains", [("part", part.as_str().into())]),
        None => texts.t("report-institution-all").to_owned(),
    };
    [
        ("report-course", course),
        ("report-country", country),
        ("report-institution", institution),
        ("report-period", period(texts, filter.from, filter.to)),
    ]
    .map(|(label, value)| (texts.t(label).to_owned(), value))
    .into()
}

/// The days of a filter in words.
pub(crate) fn period(texts: Texts, from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    let in_words = |day: NaiveDate| texts.day(day).into();
    match (from, to) {
        (Some(from), Some(to)) => texts.with("report-from-to", [("from", in_words(from)), ("to", in_words(to))]),
        (Some(from), None) => texts.with("report-since", [("from", in_words(from))]),
        (None, Some(to)) => texts.with("report-until", [("to", in_words(to))]),
        (None, None) => texts.t("report-all-days").to_owned(),
    }
}

/// The country's name; the code itself where it is no country's.
pub(crate) fn country_name(code: &str, language: Language) -> String {
    code.parse::<Country>().map_or_else(|_| code.to_owned(), |country| country.name(language).to_owned())
}

/// «1.er trimestre de 2026».
pub(super) fn quarter_name(texts: Texts, quarter: Quarter) -> String {
    texts.with("report-quarter-name", [("number", quarter.number.into()), ("year", quarter.year.to_string().into())])
}

/// Heads of the table's columns, in the order of the file.
pub(super) fn heads(texts: Texts) -> [&'static str; 9] {
    [
        "report-head-name",
        "report-course",
        "report-head-version",
        "report-country",
        "report-institution",
        "report-head-occupation",
        "report-head-language",
        "report-head-score",
        "report-head-completed",
    ]
    .map(|id| texts.t(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_filter_says_that_it_picks_everything() {
        let words = in_words(Texts::of(Language::En), &Filter::default(), None);
        let values: Vec<&str> = words.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values, ["All", "All", "All", "All dates"]);
    }

    #[test]
    fn the_period_says_that_both_ends_are_included() {
        let filter = Filter { from: Some("2026-01-01".parse().unwrap()), to: Some("2026-03-31".parse().unwrap()), ..Filter::default() };
        let words = in_words(Texts::of(Language::Es), &filter, Some(&["GT".to_owned(), "HN".to_owned()]));
        assert_eq!(words[1].1, "Guatemala, Honduras");
        assert_eq!(words[3].1, "Del 1 de enero de 2026 al 31 de marzo de 2026, ambos incluidos");
    }

    #[test]
    fn quarters_have_names() {
        let name = |number| quarter_name(Texts::of(Language::Es), Quarter { year: 2026, number });
        assert_eq!((name(1), name(4)), ("1.er trimestre de 2026".to_owned(), "4.º trimestre de 2026".to_owned()));
    }
}
