//! Submitting an attempt: its last answers are stored, it is marked, and the course may be complete.

use courses::id::AttemptId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};

use super::attempt::{AttemptError, held_attempt, own_attempt};
use super::entity::attempt;
use super::save::{NewAnswer, SaveError, store};
use crate::Platform;
use crate::access::Learner;
use crate::certificates;

/// Why an attempt was not submitted.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// No such attempt of this learner.
    #[error(transparent)]
    Attempt(#[from] AttemptError),
    /// The last answers could not be stored.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The course would be complete, but its completion could not be recorded.
    #[error(transparent)]
    Complete(#[from] certificates::CompleteError),
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// Stores `answers`, then marks and closes the attempt. Submitting twice keeps the first outcome; answers sent with the
/// second time are kept as late ones.
///
/// # Errors
/// [`SubmitError`]; then nothing has changed.
pub async fn submit(platform: &Platform, learner: Learner, id: AttemptId, answers: Vec<NewAnswer>) -> Result<(), SubmitError> {
    let transaction = platform.storage.begin().await?;
    let open = held_attempt(platform, &transaction, learner, id).await?;
    store(platform, &transaction, &open, answers).await?;
    if open.submitted_at.is_none() {
        let complete = own_attempt(platform, &transaction, learner, id).await?;
        let marks = complete.quiz()?.mark(&complete.answers);
        let score = i32::from(marks.score_permille);
        attempt::Entity::update_many()
            .col_expr(attempt::Column::SubmittedAt, Expr::value(platform.clock.now()))
            .col_expr(attempt::Column::ScorePermille, Expr::value(score))
            .col_expr(attempt::Column::HasPassed, Expr::value(score >= complete.pass_permille))
            .filter(attempt::Column::Id.eq(id))
            .filter(attempt::Column::SubmittedAt.is_null())
            .exec(&transaction)
            .await?;
        certificates::complete_if_met(platform, &transaction, &complete.enrolled).await?;
    }
    transaction.commit().await?;
    Ok(())
}
