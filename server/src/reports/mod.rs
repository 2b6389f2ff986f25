//! The completion report: one query behind the screen and the file, over the frozen ledger.

pub(crate) mod api;
mod asked;
mod csv;
pub(crate) mod entity;
mod filter;
mod places;

pub use asked::{Asked, FilterFault};
pub use csv::{Labels, export, line};
pub use filter::{Filter, Quarter};
pub(crate) use places::Places;

use chrono::{DateTime, Utc};
use courses::language::Language;
use courses::people::Occupation;
use sea_orm::{DbErr, EntityTrait, FromQueryResult, PaginatorTrait, QueryOrder, QuerySelect, Select};

use crate::Platform;
use crate::access::CoordinatorOf;
use crate::certificates::entity::completion;
use crate::privacy::{self, Manner, Seen};

/// Rows shown on one page of the screen.
pub const PAGE_ROWS: u64 = 50;

/// Pages beyond this one are empty anyway.
const LAST_PAGE: u64 = 1_000_000;

/// One completion as reported.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Row {
    /// Learner's name when they completed.
    pub name: String,
    /// Course's neutral code.
    pub course_code: String,
    /// Number of the course version.
    pub version_number: i32,
    /// Country when they completed.
    pub country: String,
    /// Institution when they completed.
    pub institution: String,
    /// Occupation group when they completed.
    pub occupation: Occupation,
    /// Language of the completion.
    pub language: Language,
    /// Score in permille; `None` for a course without quizzes.
    pub score_permille: Option<i32>,
    /// When they completed.
    pub completed_at: DateTime<Utc>,
}

/// A page of the report.
#[derive(Clone, Debug)]
pub struct Report {
    /// How many completions the filter picks.
    pub count: u64,
    /// At most [`PAGE_ROWS`] of them, newest first.
    pub rows: Vec<Row>,
}

/// The completions that `filter` picks among those the coordinator may see; `page` counts from 0. Those it shows can see that it did.
///
/// # Errors
/// When the database does not answer.
pub async fn completions(platform: &Platform, coordinator: &CoordinatorOf, filter: &Filter, page: u64) -> Result<Report, DbErr> {
    let database = platform.storage.reader();
    let query = query(platform, coordinator, filter);
    let count = query.clone().count(database).await?;
    let rows = columns(query).limit(PAGE_ROWS).offset(page.min(LAST_PAGE) * PAGE_ROWS).into_model::<Row>().all(database).await?;
    let seen = Seen::page(Manner::Screen, filter, coordinator.countries(), &rows);
    privacy::record_access(platform, coordinator.person(), seen).await?;
    Ok(Report { count, rows })
}

/// Institutions that appear in the ledger of the coordinator's countries, in order.
///
/// # Errors
/// When the database does not answer.
pub async fn institutions(platform: &Platform, coordinator: &CoordinatorOf) -> Result<Vec<String>, DbErr> {
    query(platform, coordinator, &Filter::default())
        .select_only()
        .column(completion::Column::Institution)
        .distinct()
        .order_by_asc(completion::Column::Institution)
        .limit(500)
        .into_tuple()
        .all(platform.storage.reader())
        .await
}

/// The one query of the report, without order.
fn query(platform: &Platform, coordinator: &CoordinatorOf, filter: &Filter) -> Select<completion::Entity> {
    use sea_orm::QueryFilter;
    completion::Entity::find().filter(filter.condition(platform.config.zone(), coordinator.countries()))
}

/// The report's columns, newest first.
fn columns(query: Select<completion::Entity>) -> Select<completion::Entity> {
    query
        .select_only()
        .columns([
            completion::Column::Name,
            completion::Column::CourseCode,
            completion::Column::VersionNumber,
            completion::Column::Country,
            completion::Column::Institution,
            completion::Column::Occupation,
            completion::Column::Language,
            completion::Column::ScorePermille,
            completion::Column::CompletedAt,
        ])
        .order_by_desc(completion::Column::CompletedAt)
        .order_by_desc(completion::Column::Id)
}
