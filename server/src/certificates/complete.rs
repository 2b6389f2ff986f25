//! Completing a course: the ledger line and the certificate, in the transaction of the verb that met the rule.

use sea_orm::sea_query::LockType;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QuerySelect, TryInsertResult};

use super::entity::{certificate, completion};
use super::record::Completed;
use crate::Platform;
use crate::accounts::entity::person;
use crate::enrolments::{Enrolled, entity as enrolment};
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
    let done = learning::done(platform, database, enrolled).await?;
    if !course.completion.is_met(course, &done) {
        return Ok(());
    }
    let person = person::Entity::find_by_id(enrolled.learner.person()).one(database).await?;
    let person = person.ok_or_else(|| DbErr::RecordNotFound("the learner who completes".into()))?;
    let completed = Completed {
        published: &enrolled.published,
        person: &person,
        enrolment: enrolled.id,
        score_permille: score(platform, database, enrolled).await?,
        at: platform.clock.now(),
    };
    let (line, certificate) = completed.rows(platform, &platform.chance)?;
    let inserted = completion::Entity::insert(line)
        .on_conflict_do_nothing_on([completion::Column::EnrolmentId])
        .exec_without_returning(database)
        .await?;
    if matches!(inserted, TryInsertResult::Inserted(1..)) {
        certificate::Entity::insert(certificate).exec_without_returning(database).await?;
    }
    Ok(())
}

/// The post-test's best score; without a post-test the mean of the best scores of the other quizzes, the pre-test left out.
async fn score(platform: &Platform, database: &impl ConnectionTrait, enrolled: &Enrolled) -> Result<Option<i32>, DbErr> {
    let course = &enrolled.published.course;
    let best = quizzes::outcomes(platform, database, enrolled).await?;
    if let Some((score, _)) = course.post_test.as_ref().and_then(|post_test| best.get(post_test)) {
        return Ok(Some(*score));
    }
    let counted: Vec<i32> =
        best.into_iter().filter(|(key, _)| Some(key) != course.pre_test.as_ref()).map(|(_, (score, _))| score).collect();
    let number = i32::try_from(counted.len()).unwrap_or(i32::MAX);
    Ok((number > 0).then(|| (counted.iter().sum::<i32>() + number / 2) / number))
}
