//! The filter as it was sent, and the filter it means.

use server::reports::{Filter, FilterFault};

use super::REPORT;
use super::wrong::Wrong;

/// What was typed and chosen, kept as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) course: String,
    pub(super) country: String,
    pub(super) institution: String,
    pub(super) quarter: String,
    pub(super) from: String,
    pub(super) to: String,
    /// Page of the screen, from 0.
    pub(super) page: u64,
}

impl Asked {
    /// Reads what a form or an address sent; the last value of a name counts.
    pub(super) fn read<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut asked = Self::default();
        for (name, value) in pairs {
            let value = value.trim().to_owned();
            match name {
                "course" => asked.course = value,
                "country" => asked.country = value,
                "institution" => asked.institution = value,
                "quarter" => asked.quarter = value,
                "from" => asked.from = value,
                "to" => asked.to = value,
                // Addresses count pages from 1.
                "page" => asked.page = value.parse().map_or(0, |page: u32| u64::from(page.saturating_sub(1))),
                _ => {}
            }
        }
        asked
    }

    /// The filter's names and values, those left empty aside.
    pub(super) fn pairs(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("course", self.course.as_str()),
            ("country", &self.country),
            ("institution", &self.institution),
            ("quarter", &self.quarter),
            ("from", &self.from),
            ("to", &self.to),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Address of the report with this filter, at `page` from 0.
    pub(super) fn address(&self, page: u64) -> String {
        let number = page.saturating_add(1).to_string();
        let mut pairs = self.pairs();
        if page > 0 {
            pairs.push(("page", &number));
        }
        let query = serde_html_form::to_string(&pairs).unwrap_or_default();
        if query.is_empty() { REPORT.to_owned() } else { format!("{REPORT}?{query}") }
    }

    /// The filter that is meant; `countries` are those the coordinator may see, `None` = all.
    ///
    /// # Errors
    /// Every field that must be mended.
    pub(super) fn filter(&self, countries: Option<&[String]>) -> Result<Filter, Vec<Wrong>> {
        let asked = server::reports::Asked {
            course: &self.course,
            country: &self.country,
            institution: &self.institution,
            quarter: &self.quarter,
            from: &self.from,
            to: &self.to,
        };
        asked.filter(countries).map_err(|wrong| wrong.into_iter().map(|(field, fault)| Wrong { field, text: text_of(fault) }).collect())
    }
}

/// The sentence for what is wrong.
const fn text_of(fault: FilterFault) -> &'static str {
    match fault {
        FilterFault::Course => "report-course-unknown",
        FilterFault::Country => "report-country-unknown",
        FilterFault::Institution => "report-institution-malformed",
        FilterFault::Quarter => "report-quarter-malformed",
        FilterFault::Day => "report-day-malformed",
        FilterFault::Reversed => "report-days-reversed",
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Asked {
        Asked::read(pairs.iter().copied())
    }

    fn date(text: &str) -> Option<NaiveDate> {
        Some(text.parse().unwrap())
    }

    fn fields(asked: &Asked) -> Vec<&'static str> {
        asked.filter(None).unwrap_err().iter().map(|wrong| wrong.field).collect()
    }

    #[test]
    fn a_quarter_fills_the_days_that_were_left_empty() {
        let filter = asked(&[("quarter", "2026-Q1")]).filter(None).unwrap();
        assert_eq!((filter.from, filter.to), (date("2026-01-01"), date("2026-03-31")));
        let filter = asked(&[("quarter", "2026-Q1"), ("to", "2026-02-10")]).filter(None).unwrap();
        assert_eq!((filter.from, filter.to), (date("2026-01-01"), date("2026-02-10")));
    }

    #[test]
    fn what_cannot_be_read_is_named_field_by_field() {
        let asked_badly =
            asked(&[("course", "EC 1"), ("country", "XX"), ("quarter", "2026-Q9"), ("from", "31/12/2026"), ("to", "+12026-01-01")]);
        assert_eq!(fields(&asked_badly), ["course", "country", "quarter", "from", "to"]);
        assert_eq!(fields(&asked(&[("institution", "a\u{0}b")])), ["institution"]);
        assert_eq!(fields(&asked(&[("from", "2026-03-02"), ("to", "2026-03-01")])), ["to"]);
    }

    #[test]
    fn one_day_is_a_period() {
        assert!(asked(&[("from", "2026-03-01"), ("to", "2026-03-01")]).filter(None).is_ok());
    }

    #[test]
    fn a_coordinator_of_one_country_cannot_ask_for_another() {
        let theirs = ["GT".to_owned()];
        assert!(asked(&[("country", "GT")]).filter(Some(&theirs)).is_ok());
        assert!(asked(&[("country", "HN")]).filter(Some(&theirs)).is_err());
    }

    #[test]
    fn a_page_beyond_counting_is_the_first() {
        assert_eq!(asked(&[("page", "18446744073709551615")]).page, 0);
        assert_eq!(asked(&[("page", "2")]).page, 1);
    }

    #[test]
    fn an_address_keeps_the_filter() {
        let asked = asked(&[("course", "ec-102"), ("institution", "Salud & más"), ("page", "3"), ("other", "x")]);
        assert_eq!(asked.address(asked.page), "/reports/completions?course=ec-102&institution=Salud+%26+m%C3%A1s&page=3");
        assert_eq!(Asked::default().address(0), "/reports/completions");
    }
}
