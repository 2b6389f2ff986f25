//! Completions and enrolments for coordination: the filter of the report, page by page as JSON or all at once as CSV.

mod completions;
mod csv;
mod enrolments;

use std::sync::Arc;

use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Asked, Filter};
use crate::Platform;
use crate::access::CoordinatorOf;
use crate::api::schema::CountryCode;
use crate::api::{FieldFault, Place, Problem};

pub(crate) fn endpoints() -> OpenApiRouter<Arc<Platform>> {
    OpenApiRouter::new()
        .routes(routes!(completions::completions))
        .routes(routes!(enrolments::enrolments, crate::enrolments::api::enrol_somebody))
}

/// What a list is narrowed to, and which page of it.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
#[derive(Default)]
struct Narrowed {
    /// Code of a course.
    #[param(example = "ec-102", max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    course: Option<String>,
    /// A country; one of those that the person coordinates.
    #[param(value_type = Option<CountryCode>)]
    country: Option<String>,
    /// Part of the institution's name, whatever its accents and capitals.
    #[param(example = "hospital regional", min_length = 1, max_length = 200, pattern = "^[^\\x00-\\x1f\\x7f-\\x9f]+$")]
    institution: Option<String>,
    /// A quarter, instead of `from` and `to`.
    #[param(example = "2026-Q3", pattern = "^(19|20)[0-9]{2}-Q[1-4]$")]
    quarter: Option<String>,
    /// First day, included, in the campus's time zone.
    #[param(format = Date, example = "2026-01-01")]
    from: Option<String>,
    /// Last day, included, in the campus's time zone.
    #[param(format = Date, example = "2026-03-31")]
    to: Option<String>,
    /// Where to go on: part of `next` of the page before. As CSV there are no pages.
    cursor: Option<String>,
    /// Things on a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u64>,
}

impl Narrowed {
    fn read(&self, coordinator: &CoordinatorOf) -> Result<(Filter, Place), Problem> {
        let given = [
            ("course", &self.course),
            ("country", &self.country),
            ("institution", &self.institution),
            ("quarter", &self.quarter),
            ("from", &self.from),
            ("to", &self.to),
        ];
        // A form leaves fields empty; a program that sends one does not mean everything.
        let empty = given.iter().filter(|(_, value)| value.as_deref() == Some(""));
        let empty: Vec<FieldFault> = empty.map(|(name, _)| FieldFault::parameter(*name, "leave it out, or give it a value")).collect();
        if !empty.is_empty() {
            return Err(Problem::invalid(empty));
        }
        let asked = Asked {
            course: self.course.as_deref().unwrap_or_default(),
            country: self.country.as_deref().unwrap_or_default(),
            institution: self.institution.as_deref().unwrap_or_default(),
            quarter: self.quarter.as_deref().unwrap_or_default(),
            from: self.from.as_deref().unwrap_or_default(),
            to: self.to.as_deref().unwrap_or_default(),
        };
        let filter = asked.filter(coordinator.countries()).map_err(|wrong| {
            Problem::invalid(wrong.into_iter().map(|(name, fault)| FieldFault::parameter(name, fault.to_string())).collect())
        })?;
        Ok((filter, Place::read(self.cursor.as_deref(), self.limit)?))
    }
}
