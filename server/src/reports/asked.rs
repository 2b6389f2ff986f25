//! A filter as it was asked for, in words of an address or a form.

use chrono::{Datelike, NaiveDate};
use courses::id::CourseCode;
use courses::people::Country;

use super::{Filter, Quarter};

/// Longest part of an institution's name that is looked for, in characters.
const INSTITUTION_CHARS: usize = 200;

/// What was asked for, field by field; what is empty is not asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// Code of a course.
    pub course: &'a str,
    /// Code of a country.
    pub country: &'a str,
    /// Part of an institution's name.
    pub institution: &'a str,
    /// A quarter, `2026-Q3`.
    pub quarter: &'a str,
    /// First day, `2026-03-31`; stronger than the quarter's.
    pub from: &'a str,
    /// Last day; stronger than the quarter's.
    pub to: &'a str,
}

/// What is wrong with a field of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterFault {
    /// Not a course's code.
    #[error("this is no course code, such as ec-102")]
    Course,
    /// Not a country, or not one of those the coordinator may see.
    #[error("this is no country that you coordinate, by its two-letter code")]
    Country,
    /// Too long, or with control characters.
    #[error("part of an institution's name is at most 200 characters, none of them a control character")]
    Institution,
    /// Not a quarter.
    #[error("a quarter is written 2026-Q3")]
    Quarter,
    /// Not a day.
    #[error("a day is written 2026-03-31")]
    Day,
    /// The last day is before the first.
    #[error("the last day is before the first")]
    Reversed,
}

impl Asked<'_> {
    /// The filter that is meant; `countries` are those the coordinator may see, `None` = all.
    ///
    /// # Errors
    /// Every field that must be mended, by its name.
    pub fn filter(self, countries: Option<&[String]>) -> Result<Filter, Vec<(&'static str, FilterFault)>> {
        let mut wrong = Vec::new();
        let course = optional(self.course, |code| code.parse::<CourseCode>().ok(), ("course", FilterFault::Course), &mut wrong);
        let country = optional(self.country, |code| allowed(code, countries), ("country", FilterFault::Country), &mut wrong);
        let institution = optional(self.institution, institution, ("institution", FilterFault::Institution), &mut wrong);
        let quarter = optional(self.quarter, |text| text.parse::<Quarter>().ok()?.days(), ("quarter", FilterFault::Quarter), &mut wrong);
        let from = optional(self.from, day, ("from", FilterFault::Day), &mut wrong).or(quarter.map(|(first, _)| first));
        let to = optional(self.to, day, ("to", FilterFault::Day), &mut wrong).or(quarter.map(|(_, last)| last));
        if wrong.is_empty() && from.zip(to).is_some_and(|(from, to)| from > to) {
            wrong.push(("to", FilterFault::Reversed));
        }
        if wrong.is_empty() { Ok(Filter { course, country, institution, from, to }) } else { Err(wrong) }
    }
}

/// What `text` means, if there is any; notes it as wrong where it means nothing.
fn optional<T>(
    text: &str,
    read: impl FnOnce(&str) -> Option<T>,
    fault: (&'static str, FilterFault),
    wrong: &mut Vec<(&'static str, FilterFault)>,
) -> Option<T> {
    if text.is_empty() {
        return None;
    }
    let meant = read(text);
    if meant.is_none() {
        wrong.push(fault);
    }
    meant
}

fn allowed(code: &str, countries: Option<&[String]>) -> Option<Country> {
    let is_theirs = countries.is_none_or(|countries| countries.iter().any(|theirs| theirs == code));
    if is_theirs { code.parse().ok() } else { None }
}

fn institution(text: &str) -> Option<String> {
    let is_usable = text.chars().count() <= INSTITUTION_CHARS && !text.chars().any(char::is_control);
    is_usable.then(|| text.to_owned())
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok().filter(|day: &NaiveDate| (1900..=9999).contains(&day.year()))
}
