//! Storing answers: each is on disk before it is confirmed, and a repeat returns the first outcome.

use courses::id::{AnswerId, AttemptId, QuestionKey};
use courses::quiz::Response;
use sea_orm::ActiveValue::Set;
use sea_orm::{DatabaseTransaction, DbErr, EntityTrait, TryInsertResult};

use super::attempt::{Attempt, AttemptError, held_attempt};
use super::entity::answer;
use crate::Platform;
use crate::access::Learner;

/// An answer as a client sends it.
#[derive(Clone, Debug)]
pub struct NewAnswer {
    /// Made by the client; a repeat carries the same id.
    pub id: AnswerId,
    /// Which question.
    pub question: QuestionKey,
    /// Grows with each answer of the client; the highest one counts.
    pub sequence: i64,
    /// What was chosen.
    pub response: Response,
}

/// What became of one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Receipt {
    /// Stored now.
    Stored,
    /// Stored before; nothing changed.
    AlreadyStored,
    /// Stored, but an answer with a higher sequence counts.
    Superseded,
    /// Stored and flagged: the attempt had been submitted.
    StoredLate,
    /// Not an answer to a question of this attempt; not stored.
    Refused,
}

/// Why nothing could be stored.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// No such attempt of this learner.
    #[error(transparent)]
    Attempt(#[from] AttemptError),
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// Stores answers of the learner's own attempt in one transaction; a refused one holds up no other.
///
/// # Errors
/// [`SaveError`]; then none of them is stored.
pub async fn save(platform: &Platform, learner: Learner, id: AttemptId, answers: Vec<NewAnswer>) -> Result<Vec<Receipt>, SaveError> {
    let transaction = platform.storage.begin().await?;
    let attempt = held_attempt(platform, &transaction, learner, id).await?;
    let receipts = store(platform, &transaction, &attempt, answers).await?;
    transaction.commit().await?;
    Ok(receipts)
}

/// As [`save`], within the caller's transaction.
pub(super) async fn store(
    platform: &Platform,
    transaction: &DatabaseTransaction,
    attempt: &Attempt,
    answers: Vec<NewAnswer>,
) -> Result<Vec<Receipt>, SaveError> {
    let quiz = attempt.quiz()?;
    let is_late = attempt.submitted_at.is_some();
    let mut receipts = Vec::with_capacity(answers.len());
    for new in answers {
        let is_known = quiz.questions.iter().any(|question| question.key == new.question && question.accepts(&new.response));
        if !is_known {
            receipts.push(Receipt::Refused);
            continue;
        }
        let row = answer::ActiveModel {
            id: Set(new.id),
            attempt_id: Set(attempt.id),
            question_key: Set(new.question.to_string()),
            sequence: Set(new.sequence),
            response: Set(serde_json::to_string(&new.response).map_err(|error| DbErr::Json(error.to_string()))?),
            received_at: Set(platform.clock.now()),
            is_late: Set(is_late),
        };
        let outcome =
            answer::Entity::insert(row).on_conflict_do_nothing_on([answer::Column::Id]).exec_without_returning(transaction).await?;
        receipts.push(match outcome {
            TryInsertResult::Inserted(1..) if is_late => Receipt::StoredLate,
            TryInsertResult::Inserted(1..) if new.sequence <= attempt.last_sequence => Receipt::Superseded,
            TryInsertResult::Inserted(1..) => Receipt::Stored,
            _ => Receipt::AlreadyStored,
        });
    }
    Ok(receipts)
}
