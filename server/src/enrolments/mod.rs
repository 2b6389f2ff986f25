//! Enrolments: a learner in a course, pinned to the version they began with.

pub(crate) mod api;
pub(crate) mod entity;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use courses::id::{CourseCode, EnrolmentId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::Platform;
use crate::access::Learner;
use crate::catalogue::{self, Published};
use crate::storage::Write;

/// A learner's enrolment with the course version it is pinned to.
#[derive(Clone, Debug)]
pub struct Enrolled {
    /// The enrolment.
    pub id: EnrolmentId,
    /// When it was made.
    pub enrolled_at: DateTime<Utc>,
    /// The version the learner works with, whatever is on offer by now.
    pub published: Arc<Published>,
    pub(crate) learner: Learner,
}

/// Why an enrolment was not made.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// No such course is on offer.
    #[error("no such course is on offer")]
    NotOffered,
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// Enrols the learner in the version of `code` on offer now. Enrolling twice keeps the first enrolment and its date.
///
/// # Errors
/// [`EnrolError`].
pub async fn enrol(platform: &Platform, learner: Learner, code: &CourseCode) -> Result<Enrolled, EnrolError> {
    let offered = catalogue::offered_course(platform, code).await?.ok_or(EnrolError::NotOffered)?;
    let transaction = platform.storage.begin().await?;
    let enrolled = enrol_in(platform, &transaction, learner, &offered).await?;
    transaction.commit().await?;
    Ok(enrolled)
}

/// Enrols the learner in `offered`, as part of a write.
async fn enrol_in(platform: &Platform, write: &Write, learner: Learner, offered: &Published) -> Result<Enrolled, EnrolError> {
    let now = platform.clock.now();
    let row = entity::ActiveModel {
        id: Set(EnrolmentId(platform.chance.id(now))),
        person_id: Set(learner.person()),
        course_id: Set(offered.id),
        version_id: Set(offered.version),
        enrolled_at: Set(now),
    };
    entity::Entity::insert(row)
        .on_conflict_do_nothing_on([entity::Column::PersonId, entity::Column::CourseId])
        .exec_without_returning(write)
        .await?;
    enrolled_in(platform, write, learner, &offered.course.code).await?.ok_or(EnrolError::NotOffered)
}

/// The learner's enrolment in `code`, if they have one.
///
/// # Errors
/// When the database does not answer.
pub async fn enrolled(platform: &Platform, learner: Learner, code: &CourseCode) -> Result<Option<Enrolled>, DbErr> {
    enrolled_in(platform, platform.storage.reader(), learner, code).await
}

async fn enrolled_in(
    platform: &Platform,
    database: &impl ConnectionTrait,
    learner: Learner,
    code: &CourseCode,
) -> Result<Option<Enrolled>, DbErr> {
    let rows = entity::Entity::find().filter(entity::Column::PersonId.eq(learner.person())).all(database).await?;
    for row in rows {
        let published = catalogue::published(platform, database, row.version_id).await?;
        if published.course.code == *code {
            return Ok(Some(Enrolled { id: row.id, enrolled_at: row.enrolled_at, published, learner }));
        }
    }
    Ok(None)
}

/// Every enrolment of the learner, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn enrolments(platform: &Platform, learner: Learner) -> Result<Vec<Enrolled>, DbErr> {
    let database = platform.storage.reader();
    let rows = entity::Entity::find()
        .filter(entity::Column::PersonId.eq(learner.person()))
        .order_by_desc(entity::Column::EnrolledAt)
        .all(database)
        .await?;
    let mut enrolments = Vec::with_capacity(rows.len());
    for row in rows {
        let published = catalogue::published(platform, database, row.version_id).await?;
        enrolments.push(Enrolled { id: row.id, enrolled_at: row.enrolled_at, published, learner });
    }
    Ok(enrolments)
}

/// The enrolment `id`, if it is this learner's.
pub(crate) async fn own(
    platform: &Platform,
    database: &impl ConnectionTrait,
    learner: Learner,
    id: EnrolmentId,
) -> Result<Option<Enrolled>, DbErr> {
    let row = entity::Entity::find_by_id(id).filter(entity::Column::PersonId.eq(learner.person())).one(database).await?;
    match row {
        Some(row) => {
            let published = catalogue::published(platform, database, row.version_id).await?;
            Ok(Some(Enrolled { id, enrolled_at: row.enrolled_at, published, learner }))
        }
        None => Ok(None),
    }
}
