//! What stays of a learner in figures once they are erased: attempts and choices of nobody.
//!
//! Each enrolment becomes that of another nobody, so that not even two courses of one person stay together. Ids are random, for ours tell
//! the time; times are the first instant of their year; texts a learner wrote, visits, country and institution are not copied.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use courses::id::{AnswerId, AttemptId, EnrolmentId, PersonId, SurveyId, VersionId};
use courses::people::Occupation;
use courses::quiz::Response;
use courses::survey::SurveyKind;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::Platform;
use crate::accounts::entity::person;
use crate::catalogue;
use crate::enrolments::entity as enrolment;
use crate::learning::SurveyAnswers;
use crate::learning::entity::survey;
use crate::quizzes::counting_answers;
use crate::quizzes::entity::{answer, attempt};
use crate::world::Chance;

/// No country of ISO 3166: of the codes left to users.
const NOWHERE: &str = "ZZ";
/// Rows of one statement.
const STATEMENT_ROWS: usize = 1000;

/// Copies what counts in figures of `id` to nobody. The originals go with the account.
pub(super) async fn copy(platform: &Platform, database: &impl ConnectionTrait, id: PersonId) -> Result<(), DbErr> {
    let Some(known) = person::Entity::find_by_id(id).one(database).await? else { return Ok(()) };
    let enrolments = enrolment::Entity::find().filter(enrolment::Column::PersonId.eq(id)).all(database).await?;
    for original in enrolments {
        let nobody = nobody(platform, &known, original.enrolled_at);
        let row = enrolment::Model {
            id: EnrolmentId(random(&platform.chance)),
            person_id: nobody.id,
            enrolled_at: nobody.created_at,
            ..original
        };
        insert(database, vec![person::ActiveModel::from(nobody)]).await?;
        insert(database, vec![enrolment::ActiveModel::from(row.clone())]).await?;
        copy_attempts(platform, database, original.id, row.id).await?;
        copy_survey(platform, database, &original, row.id).await?;
    }
    Ok(())
}

/// Whether the row is that of a person and not of nobody: everybody has a name.
pub(crate) fn is_somebody() -> sea_orm::sea_query::SimpleExpr {
    person::Column::Name.ne("")
}

fn nobody(platform: &Platform, known: &person::Model, at: DateTime<Utc>) -> person::Model {
    person::Model {
        id: PersonId(random(&platform.chance)),
        name: String::new(),
        email: None,
        user_name: None,
        // No password has this hash.
        password_hash: String::new(),
        language: known.language,
        country: NOWHERE.to_owned(),
        institution: String::new(),
        occupation: Occupation::Other,
        created_at: year_of(at),
        email_verified_at: None,
        disabled_at: None,
    }
}

async fn copy_attempts(platform: &Platform, database: &impl ConnectionTrait, from: EnrolmentId, to: EnrolmentId) -> Result<(), DbErr> {
    let originals = attempt::Entity::find()
        .filter(attempt::Column::EnrolmentId.eq(from))
        .filter(attempt::Column::SubmittedAt.is_not_null())
        .all(database)
        .await?;
    let (mut attempts, mut answers) = (Vec::new(), Vec::new());
    for original in originals {
        let started_at = year_of(original.started_at);
        let took = original.submitted_at.map(|at| TimeDelta::seconds((at - original.started_at).num_seconds()));
        let counting = counting_answers(database, original.id).await?;
        let row = attempt::Model {
            id: AttemptId(random(&platform.chance)),
            enrolment_id: to,
            seed: 0,
            started_at,
            due_at: None,
            closes_at: None,
            submitted_at: took.map(|took| started_at + took),
            ..original
        };
        answers.extend(
            counting.into_iter().filter_map(|(question, response)| choice(platform, row.id, question.to_string(), &response, started_at)),
        );
        attempts.push(attempt::ActiveModel::from(row));
    }
    insert(database, attempts).await?;
    insert(database, answers).await
}

/// An answer that was chosen; none for one that was written.
fn choice(
    platform: &Platform,
    attempt_id: AttemptId,
    question_key: String,
    response: &Response,
    received_at: DateTime<Utc>,
) -> Option<answer::ActiveModel> {
    if matches!(response, Response::Written(_)) {
        return None;
    }
    Some(answer::ActiveModel {
        id: Set(AnswerId(random(&platform.chance))),
        attempt_id: Set(attempt_id),
        question_key: Set(question_key),
        device_id: Set(None),
        sequence: Set(1),
        response: Set(serde_json::to_string(response).ok()?),
        chosen_at: Set(None),
        received_at: Set(received_at),
        is_late: Set(false),
        is_final: Set(false),
        refusal: Set(None),
    })
}

async fn copy_survey(
    platform: &Platform,
    database: &impl ConnectionTrait,
    original: &enrolment::Model,
    to: EnrolmentId,
) -> Result<(), DbErr> {
    let found = survey::Entity::find().filter(survey::Column::EnrolmentId.eq(original.id)).one(database).await?;
    let Some(found) = found else { return Ok(()) };
    let chosen = without_texts(platform, database, original.version_id, &found.answers).await?;
    let row = survey::ActiveModel {
        id: Set(SurveyId(random(&platform.chance))),
        enrolment_id: Set(to),
        answers: Set(chosen),
        answered_at: Set(year_of(found.answered_at)),
    };
    insert(database, vec![row]).await
}

/// Answers to the survey of a version, as stored, without the texts that were written.
pub(super) async fn without_texts(
    platform: &Platform,
    database: &impl ConnectionTrait,
    version: VersionId,
    answers: &str,
) -> Result<String, DbErr> {
    let published = catalogue::published(platform, database, version).await?;
    let mut answers: SurveyAnswers = serde_json::from_str(answers).unwrap_or_default();
    answers.retain(|key, _| {
        let question = published.course.survey.as_ref().and_then(|survey| survey.question(key));
        question.is_some_and(|question| question.kind != SurveyKind::Text)
    });
    serde_json::to_string(&answers).map_err(|error| DbErr::Json(error.to_string()))
}

async fn insert<A>(database: &impl ConnectionTrait, rows: Vec<A>) -> Result<(), DbErr>
where
    A: ActiveModelTrait + Send,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        A::Entity::insert_many(rows.by_ref().take(STATEMENT_ROWS)).exec_without_returning(database).await?;
    }
    Ok(())
}

/// The first instant of the year.
fn year_of(at: DateTime<Utc>) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(at.year(), 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0)).map_or(DateTime::UNIX_EPOCH, |start| start.and_utc())
}

/// An id that tells no time.
fn random(chance: &Chance) -> Uuid {
    uuid::Builder::from_random_bytes(chance.bytes()).into_uuid()
}
