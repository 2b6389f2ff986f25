//! Completing a course: the ledger line and the certificate, in the transaction of the verb that met the rule.

use chrono::{DateTime, Months, SecondsFormat, Utc};
use courses::certificate::{Facts, code_from};
use courses::id::{CertificateId, CompletionId};
use courses::letters::plain;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::LockType;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QuerySelect, TryInsertResult};

use super::entity::{certificate, completion};
use crate::Platform;
use crate::accounts::entity::person;
use crate::enrolments::{Enrolled, entity as enrolment};
use crate::world::start_of;
use crate::{learning, quizzes};

/// Why a completion was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum CompleteError {
    /// The facts could not be signed.
    #[error("the certificate could not be signed: {0}")]
    Seal(String),
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// Records the completion and issues the certificate if the course's rule is met. Completing twice changes nothing.
pub(crate) async fn complete_if_met(
    platform: &Platform,
    database: &impl ConnectionTrait,
    enrolled: &Enrolled,
) -> Result<(), CompleteError> {
    let course = &enrolled.published.course;
    // Two verbs that do the last two things at once wait for each other here, so that one of them sees both. Not `FOR UPDATE`:
    // what each has just inserted refers to this row, and they would wait for each other for ever.
    enrolment::Entity::find_by_id(enrolled.id).lock(LockType::NoKeyUpdate).one(database).await?;
    let done = learning::done(database, enrolled).await?;
    if !course.completion.is_met(course, &done) {
        return Ok(());
    }
    let person = person::Entity::find_by_id(enrolled.learner.person()).one(database).await?;
    let person = person.ok_or_else(|| DbErr::RecordNotFound("the learner who completes".into()))?;
    let now = platform.clock.now();
    let line = ledger_line(platform, enrolled, &person, score(database, enrolled).await?, now);
    let id = line.id.clone().take().ok_or_else(|| DbErr::Custom("a completion without an id".into()))?;
    let title = line.course_title.clone().take().unwrap_or_default();
    let inserted = completion::Entity::insert(line)
        .on_conflict_do_nothing_on([completion::Column::EnrolmentId])
        .exec_without_returning(database)
        .await?;
    if matches!(inserted, TryInsertResult::Inserted(1..)) {
        issue(platform, database, enrolled, &person, id, title, now).await?;
    }
    Ok(())
}

fn ledger_line(
    platform: &Platform,
    enrolled: &Enrolled,
    person: &person::Model,
    score_permille: Option<i32>,
    now: DateTime<Utc>,
) -> completion::ActiveModel {
    let published = &enrolled.published;
    let (language, text) = published.course.text(person.language);
    completion::ActiveModel {
        id: Set(CompletionId(platform.chance.id(now))),
        person_id: Set(Some(person.id)),
        enrolment_id: Set(Some(enrolled.id)),
        course_id: Set(published.id),
        version_id: Set(published.version),
        course_code: Set(published.course.code.to_string()),
        course_title: Set(text.title.clone()),
        version_number: Set(published.number),
        name: Set(person.name.clone()),
        country: Set(person.country.clone()),
        institution: Set(person.institution.clone()),
        institution_folded: Set(plain(&person.institution)),
        occupation: Set(person.occupation),
        language: Set(language),
        minutes: Set(i32::try_from(published.course.minutes).unwrap_or(i32::MAX)),
        score_permille: Set(score_permille),
        completed_at: Set(now),
    }
}

/// The post-test's best score; without a post-test the mean of the best scores of the other quizzes, the pre-test left out.
async fn score(database: &impl ConnectionTrait, enrolled: &Enrolled) -> Result<Option<i32>, DbErr> {
    let course = &enrolled.published.course;
    let best = quizzes::best_scores(database, enrolled).await?;
    if let Some((_, score)) = best.iter().find(|(key, _)| Some(key) == course.post_test.as_ref()) {
        return Ok(Some(*score));
    }
    let counted: Vec<i32> = best.into_iter().filter(|(key, _)| Some(key) != course.pre_test.as_ref()).map(|(_, score)| score).collect();
    let number = i32::try_from(counted.len()).unwrap_or(i32::MAX);
    Ok((number > 0).then(|| (counted.iter().sum::<i32>() + number / 2) / number))
}

async fn issue(
    platform: &Platform,
    database: &impl ConnectionTrait,
    enrolled: &Enrolled,
    person: &person::Model,
    completion_id: CompletionId,
    title: String,
    now: DateTime<Utc>,
) -> Result<(), CompleteError> {
    let course = &enrolled.published.course;
    // The day is counted, and is over, where the campus is: as pages show it.
    let zone = platform.config.zone();
    let today = now.with_timezone(&zone).date_naive();
    let valid_until = course.certificate_months.and_then(|months| today.checked_add_months(Months::new(months)));
    let facts = Facts {
        code: code_from(platform.chance.bytes()),
        holder: person.name.clone(),
        course: course.code.clone(),
        title,
        version: enrolled.published.number,
        minutes: course.minutes,
        language: course.text(person.language).0,
        completed_at: now.to_rfc3339_opts(SecondsFormat::Secs, true),
        valid_until: valid_until.map(|day| day.to_string()),
    };
    let row = certificate::ActiveModel {
        id: Set(CertificateId(platform.chance.id(now))),
        completion_id: Set(completion_id),
        code: Set(facts.code.clone()),
        seal: Set(platform.seal_key.seal(&facts).map_err(|error| CompleteError::Seal(error.to_string()))?),
        facts: Set(serde_json::to_string(&facts).map_err(|error| CompleteError::Seal(error.to_string()))?),
        issued_at: Set(now),
        expires_at: Set(valid_until.and_then(|day| start_of(day.succ_opt()?, zone))),
        revoked_at: Set(None),
        replaced_by: Set(None),
    };
    certificate::Entity::insert(row).exec_without_returning(database).await?;
    Ok(())
}
