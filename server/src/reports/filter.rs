//! What a report is narrowed to.

use chrono::{Datelike, Days, Months, NaiveDate};
use chrono_tz::Tz;
use courses::id::CourseCode;
use courses::letters::plain;
use courses::people::Country;
use sea_orm::sea_query::LikeExpr;
use sea_orm::{ColumnTrait, Condition};
use serde::Serialize;

use crate::certificates::entity::completion;
use crate::world::start_of;

/// What a completion report is narrowed to; an empty filter picks everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// One course.
    pub course: Option<CourseCode>,
    /// One country.
    pub country: Option<Country>,
    /// Part of the institution's name, whatever its accents and capitals.
    pub institution: Option<String>,
    /// First day, included, in the campus's time zone.
    pub from: Option<NaiveDate>,
    /// Last day, included, in the campus's time zone.
    pub to: Option<NaiveDate>,
}

/// A quarter of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    /// Year.
    pub year: i32,
    /// 1 to 4.
    pub number: u32,
}

impl Quarter {
    /// The quarter of `day`.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), number: day.month0() / 3 + 1 }
    }

    /// The last `count` quarters up to and with the one of `today`, newest first.
    #[must_use]
    pub fn latest(today: NaiveDate, count: usize) -> Vec<Self> {
        let mut quarter = Self::of(today);
        (0..count)
            .map(|_| {
                let this = quarter;
                quarter = if this.number == 1 { Self { year: this.year - 1, number: 4 } } else { Self { number: this.number - 1, ..this } };
                this
            })
            .collect()
    }

    /// First and last day.
    #[must_use]
    pub fn days(self) -> Option<(NaiveDate, NaiveDate)> {
        let first = NaiveDate::from_ymd_opt(self.year, self.number.checked_sub(1)? * 3 + 1, 1)?;
        let last = first.checked_add_months(Months::new(3))?.pred_opt()?;
        Some((first, last))
    }
}

impl std::fmt::Display for Quarter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-Q{}", self.year, self.number)
    }
}

impl std::str::FromStr for Quarter {
    type Err = MalformedQuarter;
    fn from_str(text: &str) -> Result<Self, MalformedQuarter> {
        let (year, number) = text.split_once("-Q").ok_or(MalformedQuarter)?;
        let quarter = Self { year: year.parse().map_err(|_| MalformedQuarter)?, number: number.parse().map_err(|_| MalformedQuarter)? };
        if (1..=4).contains(&quarter.number) && (1900..=9999).contains(&quarter.year) { Ok(quarter) } else { Err(MalformedQuarter) }
    }
}

/// Not of the form `2026-Q3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a quarter is written 2026-Q3")]
pub struct MalformedQuarter;

impl Filter {
    pub(super) fn condition(&self, zone: Tz, countries: Option<&[String]>) -> Condition {
        use completion::Column;
        Condition::all()
            .add_option(countries.map(|countries| Column::Country.is_in(countries)))
            .add_option(self.course.as_ref().map(|course| Column::CourseCode.eq(course.as_str())))
            .add_option(self.country.map(|country| Column::Country.eq(country.code())))
            .add_option(self.institution.as_ref().map(|part| Column::InstitutionFolded.like(containing(&plain(part)))))
            .add_option(self.from.and_then(|day| start_of(day, zone)).map(|start| Column::CompletedAt.gte(start)))
            .add_option(self.to.and_then(|day| start_of(day.checked_add_days(Days::new(1))?, zone)).map(|end| Column::CompletedAt.lt(end)))
    }
}

/// A pattern that holds `part` literally, also where it has `%` or `_`.
fn containing(part: &str) -> LikeExpr {
    let literal = part.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    LikeExpr::new(format!("%{literal}%")).escape('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_quarter_runs_from_its_first_to_its_last_day() {
        assert_eq!("2026-Q4".parse::<Quarter>().unwrap().days(), Some((day("2026-10-01"), day("2026-12-31"))));
        assert_eq!("2024-Q1".parse::<Quarter>().unwrap().days(), Some((day("2024-01-01"), day("2024-03-31"))));
        assert!("2026-Q5".parse::<Quarter>().is_err());
    }

    #[test]
    fn the_latest_quarters_go_back_over_the_year() {
        let names: Vec<String> = Quarter::latest(day("2026-02-10"), 3).iter().map(ToString::to_string).collect();
        assert_eq!(names, ["2026-Q1", "2025-Q4", "2025-Q3"]);
    }
}
