//! Reading lessons and answering the survey; progress, derived from what was done.

pub(crate) mod entity;
mod progress;
mod survey;

pub(crate) use progress::done;
pub use progress::{Progress, progress};
pub use survey::{SurveyAnswers, SurveyError, SurveyFault, answer_survey};

use courses::id::{LessonKey, VisitId};
use sea_orm::ActiveValue::Set;
use sea_orm::{DbErr, EntityTrait};

use crate::Platform;
use crate::certificates;
use crate::enrolments::Enrolled;
use entity::visit;

/// Why a visit was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum VisitError {
    /// The course version has no such lesson.
    #[error("the course has no such lesson")]
    NoSuchLesson,
    /// The course would be complete, but its completion could not be recorded.
    #[error(transparent)]
    Complete(#[from] certificates::CompleteError),
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// Records that the learner has read `lesson`. A second visit keeps the first one's time.
///
/// # Errors
/// [`VisitError`].
pub async fn visit(platform: &Platform, enrolled: &Enrolled, lesson: &LessonKey) -> Result<(), VisitError> {
    if enrolled.published.course.module_of(lesson).is_none() {
        return Err(VisitError::NoSuchLesson);
    }
    let now = platform.clock.now();
    let row = visit::ActiveModel {
        id: Set(VisitId(platform.chance.id(now))),
        enrolment_id: Set(enrolled.id),
        lesson_key: Set(lesson.to_string()),
        visited_at: Set(now),
    };
    let transaction = platform.storage.begin().await?;
    visit::Entity::insert(row)
        .on_conflict_do_nothing_on([visit::Column::EnrolmentId, visit::Column::LessonKey])
        .exec_without_returning(&transaction)
        .await?;
    certificates::complete_if_met(platform, &transaction, enrolled).await?;
    transaction.commit().await?;
    Ok(())
}
