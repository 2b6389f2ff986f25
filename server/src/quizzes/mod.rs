//! Quizzes: starting an attempt, storing answers, submitting, and what the learner may see of it.

mod attempt;
pub(crate) mod entity;
mod save;
mod start;
mod submit;

pub use attempt::{Attempt, AttemptError, attempt, attempts_of};
pub use save::{NewAnswer, Receipt, SaveError, save};
pub use start::{StartError, start};
pub use submit::{SubmitError, submit};

use courses::id::QuizKey;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::enrolments::Enrolled;

/// Submitted attempts of an enrolment as quiz and outcome, in order of quiz.
pub(crate) async fn submitted(database: &impl ConnectionTrait, enrolled: &Enrolled) -> Result<Vec<(QuizKey, bool)>, DbErr> {
    let rows: Vec<(String, Option<bool>)> = entity::attempt::Entity::find()
        .select_only()
        .column(entity::attempt::Column::QuizKey)
        .column(entity::attempt::Column::HasPassed)
        .filter(entity::attempt::Column::EnrolmentId.eq(enrolled.id))
        .filter(entity::attempt::Column::SubmittedAt.is_not_null())
        .order_by_asc(entity::attempt::Column::QuizKey)
        .into_tuple()
        .all(database)
        .await?;
    Ok(rows.into_iter().filter_map(|(key, has_passed)| Some((key.parse().ok()?, has_passed?))).collect())
}

/// Best score of each submitted quiz of an enrolment, in permille.
pub(crate) async fn best_scores(database: &impl ConnectionTrait, enrolled: &Enrolled) -> Result<Vec<(QuizKey, i32)>, DbErr> {
    let rows: Vec<(String, Option<i32>)> = entity::attempt::Entity::find()
        .select_only()
        .column(entity::attempt::Column::QuizKey)
        .column_as(entity::attempt::Column::ScorePermille.max(), "best")
        .filter(entity::attempt::Column::EnrolmentId.eq(enrolled.id))
        .filter(entity::attempt::Column::SubmittedAt.is_not_null())
        .group_by(entity::attempt::Column::QuizKey)
        .into_tuple()
        .all(database)
        .await?;
    Ok(rows.into_iter().filter_map(|(key, best)| Some((key.parse().ok()?, best?))).collect())
}
