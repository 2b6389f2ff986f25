//! `GET /completions`

use std::sync::Arc;

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use chrono::{DateTime, Utc};
use courses::id::CompletionId;
use courses::language::Language;
use courses::people::Occupation;
use sea_orm::{ColumnTrait, DbErr, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Narrowed, csv};
use crate::Platform;
use crate::access::CoordinatorOf;
use crate::api::schema::{CountryCode, LanguageCode, OccupationCode};
use crate::api::{Asked, Caller, Cursor, Page, Problem, Scope, Wanted, before, listed};
use crate::certificates::entity::completion;
use crate::privacy::{self, Manner, Seen};
use crate::reports::{Filter, csv::log, query};

/// A completion, frozen as things stood.
#[derive(Debug, Serialize, FromQueryResult, ToSchema)]
struct CompletionLine {
    /// Its id.
    #[schema(value_type = uuid::Uuid)]
    id: CompletionId,
    /// Name when the course was completed.
    name: String,
    /// Course's neutral code.
    #[schema(example = "ec-102")]
    course_code: String,
    /// Number of the course version.
    version: i32,
    /// Country when the course was completed.
    #[schema(value_type = CountryCode)]
    country: String,
    /// Institution when the course was completed; may be empty.
    institution: String,
    /// Group of occupations when the course was completed.
    #[schema(value_type = OccupationCode)]
    occupation: Occupation,
    /// Language of the completion.
    #[schema(value_type = LanguageCode)]
    language: Language,
    /// Score; null for a course without quizzes.
    #[schema(example = 850)]
    score_permille: Option<i32>,
    /// When the course was completed.
    completed_at: DateTime<Utc>,
}

const HEADS: [&str; 10] =
    ["id", "name", "course_code", "version", "country", "institution", "occupation", "language", "score_permille", "completed_at"];

/// Completions of the countries one coordinates.
///
/// What the report shows: the ledger as it was written, newest first. As `text/csv` it is one stream without pages.
#[utoipa::path(
    get, path = "/completions", tag = "Coordination", operation_id = "list_completions", security(("token" = ["reports:read"])), params(Narrowed),
    responses((status = 200, description = "Completions, newest first", content((Page<CompletionLine> = "application/json"), (String = "text/csv"))))
)]
pub(super) async fn completions(
    State(platform): State<Arc<Platform>>,
    caller: Caller,
    wanted: Wanted,
    OriginalUri(uri): OriginalUri,
    Asked(asked): Asked<Narrowed>,
) -> Result<Response, Problem> {
    let coordinator = caller.coordinator(Scope::ReportsRead)?;
    let (filter, place) = asked.read(&coordinator)?;
    let query = query(&platform, &coordinator, &filter);
    if wanted == Wanted::Csv {
        let count = query.clone().count(platform.storage.reader()).await?;
        log(&platform, &coordinator, "api-completions", &filter, count).await?;
        record(&platform, &coordinator, &filter, None, count).await?;
        // Whoever completes from now on is not in what was logged.
        let up_to_now = query.filter(completion::Column::CompletedAt.lte(platform.clock.now()));
        return Ok(csv::stream::<_, CompletionLine>(Arc::clone(&platform), "completions", &HEADS, lines(up_to_now)));
    }
    let after = place.after.map(|cursor| before(cursor, completion::Column::CompletedAt, completion::Column::Id));
    let query = lines(query).filter(sea_orm::Condition::all().add_option(after)).limit(place.rows());
    let rows = query.into_model::<CompletionLine>().all(platform.storage.reader()).await?;
    let shown = u64::try_from(rows.len()).unwrap_or(u64::MAX).min(place.limit);
    log(&platform, &coordinator, "api-completions", &filter, shown).await?;
    let on_page = rows.iter().take(usize::try_from(shown).unwrap_or(usize::MAX));
    let between = on_page.clone().next_back().map(|row| row.completed_at).zip(rows.first().map(|row| row.completed_at));
    record(&platform, &coordinator, &filter, between, shown).await?;
    Ok(listed(&platform, &uri, place, rows, |row| Cursor { at: row.completed_at, id: row.id.0 }))
}

/// Notes it for the people whose records are shown; where that fails nothing is.
async fn record(
    platform: &Platform,
    coordinator: &CoordinatorOf,
    filter: &Filter,
    between: Option<(DateTime<Utc>, DateTime<Utc>)>,
    rows: u64,
) -> Result<(), DbErr> {
    let seen = Seen::Completions { manner: Manner::Program, filter, countries: coordinator.countries(), between, rows };
    privacy::record_access(platform, coordinator.person(), seen).await
}

fn lines(query: Select<completion::Entity>) -> Select<completion::Entity> {
    use completion::Column;
    query
        .select_only()
        .columns([Column::Id, Column::Name, Column::CourseCode, Column::Country, Column::Institution, Column::Occupation, Column::Language])
        .column_as(Column::VersionNumber, "version")
        .columns([Column::ScorePermille, Column::CompletedAt])
        .order_by_desc(Column::CompletedAt)
        .order_by_desc(Column::Id)
}
