//! `GET /enrolments`

use std::sync::Arc;

use axum::extract::{OriginalUri, State};
use axum::response::Response;
use chrono::{DateTime, Days, Utc};
use courses::id::{EnrolmentId, PersonId};
use courses::language::Language;
use courses::letters::plain;
use courses::people::Occupation;
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, FromQueryResult, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Narrowed, csv};
use crate::Platform;
use crate::access::CoordinatorOf;
use crate::accounts::entity::person;
use crate::api::schema::{CountryCode, LanguageCode, OccupationCode};
use crate::api::{Asked, Caller, Cursor, Page, Problem, Scope, Wanted, before, listed};
use crate::catalogue::entity::{course, version};
use crate::certificates::entity::completion;
use crate::enrolments::entity as enrolment;
use crate::privacy::{self, List, Manner, Seen, is_somebody};
use crate::reports::Filter;
use crate::reports::csv::log;
use crate::world::start_of;

/// An enrolment, with the person as they are now.
#[derive(Debug, Serialize, FromQueryResult, ToSchema)]
struct EnrolmentLine {
    /// Its id.
    #[schema(value_type = uuid::Uuid)]
    id: EnrolmentId,
    /// Who is enrolled.
    #[schema(value_type = uuid::Uuid)]
    person_id: PersonId,
    /// Their name.
    name: String,
    /// Course's neutral code.
    #[schema(example = "ec-102")]
    course_code: String,
    /// Number of the course version they work with.
    version: i32,
    /// Their country.
    #[schema(value_type = CountryCode)]
    country: String,
    /// Their institution; may be empty.
    institution: String,
    /// Their group of occupations.
    #[schema(value_type = OccupationCode)]
    occupation: Occupation,
    /// Their language.
    #[schema(value_type = LanguageCode)]
    language: Language,
    /// When they were enrolled.
    enrolled_at: DateTime<Utc>,
    /// When they completed the course; null = not yet.
    completed_at: Option<DateTime<Utc>>,
}

const HEADS: [&str; 11] = [
    "id",
    "person_id",
    "name",
    "course_code",
    "version",
    "country",
    "institution",
    "occupation",
    "language",
    "enrolled_at",
    "completed_at",
];

/// Enrolments of the countries one coordinates.
///
/// Narrowed like completions; the days are those of enrolment, country and institution those of the person now. As `text/csv` it is one stream.
#[utoipa::path(
    get, path = "/enrolments", tag = "Coordination", operation_id = "list_enrolments", security(("token" = ["reports:read"])), params(Narrowed),
    responses((status = 200, description = "Enrolments, newest first", content((Page<EnrolmentLine> = "application/json"), (String = "text/csv"))))
)]
pub(super) async fn enrolments(
    State(platform): State<Arc<Platform>>,
    caller: Caller,
    wanted: Wanted,
    OriginalUri(uri): OriginalUri,
    Asked(asked): Asked<Narrowed>,
) -> Result<Response, Problem> {
    let coordinator = caller.coordinator(Scope::ReportsRead)?;
    let (filter, place) = asked.read(&coordinator)?;
    let query = query(&platform, &coordinator, &filter).await?;
    if wanted == Wanted::Csv {
        let count = query.clone().count(platform.storage.reader()).await?;
        log(&platform, &coordinator, "api-enrolments", &filter, count).await?;
        let query = query.filter(enrolment::Column::EnrolledAt.lte(platform.clock.now()));
        let people: Vec<PersonId> =
            query.clone().select_only().column(enrolment::Column::PersonId).distinct().into_tuple().all(platform.storage.reader()).await?;
        record(&platform, &coordinator, &people).await?;
        return Ok(csv::stream::<_, EnrolmentLine>(Arc::clone(&platform), "enrolments", &HEADS, lines(query)));
    }
    let after = place.after.map(|cursor| before(cursor, enrolment::Column::EnrolledAt, enrolment::Column::Id));
    let query = lines(query).filter(Condition::all().add_option(after)).limit(place.rows());
    let rows = query.into_model::<EnrolmentLine>().all(platform.storage.reader()).await?;
    let shown = u64::try_from(rows.len()).unwrap_or(u64::MAX).min(place.limit);
    log(&platform, &coordinator, "api-enrolments", &filter, shown).await?;
    let people: Vec<PersonId> = rows.iter().take(usize::try_from(shown).unwrap_or(usize::MAX)).map(|row| row.person_id).collect();
    record(&platform, &coordinator, &people).await?;
    Ok(listed(&platform, &uri, place, rows, |row| Cursor { at: row.enrolled_at, id: row.id.0 }))
}

/// Notes it for the people whose records are shown; where that fails nothing is.
async fn record(platform: &Platform, coordinator: &CoordinatorOf, people: &[PersonId]) -> Result<(), DbErr> {
    let seen = Seen::People { list: List::Enrolments, manner: Manner::Program, people };
    privacy::record_access(platform, coordinator.person(), seen).await
}

/// Enrolments that the filter picks among those the coordinator may see.
async fn query(platform: &Platform, coordinator: &CoordinatorOf, filter: &Filter) -> Result<Select<enrolment::Entity>, DbErr> {
    let zone = platform.config.zone();
    let people = enrolment::Entity::belongs_to(person::Entity).from(enrolment::Column::PersonId).to(person::Column::Id);
    let courses = enrolment::Entity::belongs_to(course::Entity).from(enrolment::Column::CourseId).to(course::Column::Id);
    let institutions = match &filter.institution {
        Some(part) => Some(institutions_with(platform, part).await?),
        None => None,
    };
    let condition = Condition::all()
        .add(is_somebody())
        .add_option(coordinator.countries().map(|countries| person::Column::Country.is_in(countries)))
        .add_option(filter.course.as_ref().map(|code| course::Column::Code.eq(code.as_str())))
        .add_option(filter.country.map(|country| person::Column::Country.eq(country.code())))
        .add_option(institutions.map(|names| person::Column::Institution.is_in(names)))
        .add_option(filter.from.and_then(|day| start_of(day, zone)).map(|start| enrolment::Column::EnrolledAt.gte(start)))
        .add_option(
            filter.to.and_then(|day| start_of(day.checked_add_days(Days::new(1))?, zone)).map(|end| enrolment::Column::EnrolledAt.lt(end)),
        );
    Ok(enrolment::Entity::find().join(JoinType::InnerJoin, people.into()).join(JoinType::InnerJoin, courses.into()).filter(condition))
}

/// Names of institutions that hold `part`, whatever their accents and capitals: people's institutions are not stored folded.
async fn institutions_with(platform: &Platform, part: &str) -> Result<Vec<String>, DbErr> {
    let all: Vec<String> = person::Entity::find()
        .select_only()
        .column(person::Column::Institution)
        .distinct()
        .into_tuple()
        .all(platform.storage.reader())
        .await?;
    let part = plain(part);
    Ok(all.into_iter().filter(|name| plain(name).contains(&part)).collect())
}

fn lines(query: Select<enrolment::Entity>) -> Select<enrolment::Entity> {
    let versions = enrolment::Entity::belongs_to(version::Entity).from(enrolment::Column::VersionId).to(version::Column::Id);
    let completions = enrolment::Entity::belongs_to(completion::Entity).from(enrolment::Column::Id).to(completion::Column::EnrolmentId);
    query
        .join(JoinType::InnerJoin, versions.into())
        .join(JoinType::LeftJoin, completions.into())
        .select_only()
        .columns([enrolment::Column::Id, enrolment::Column::PersonId, enrolment::Column::EnrolledAt])
        .columns([
            person::Column::Name,
            person::Column::Country,
            person::Column::Institution,
            person::Column::Occupation,
            person::Column::Language,
        ])
        .column_as(course::Column::Code, "course_code")
        .column_as(version::Column::Number, "version")
        .column(completion::Column::CompletedAt)
        .order_by_desc(enrolment::Column::EnrolledAt)
        .order_by_desc(enrolment::Column::Id)
}
