//! An attempt as its learner may see it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use courses::id::{AttemptId, QuestionKey, QuizKey};
use courses::quiz::{Feedback, Quiz, Response, ShownQuestion};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::{answer, attempt};
use crate::Platform;
use crate::access::Learner;
use crate::catalogue::{self, Published};
use crate::enrolments::{self, Enrolled};

/// One try at a quiz.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// The learner's enrolment.
    pub enrolled: Enrolled,
    /// The course version the attempt was started with.
    pub published: Arc<Published>,
    /// Which quiz.
    pub quiz: QuizKey,
    /// From 1.
    pub number: i32,
    /// Questions and options in the order shown.
    pub layout: Vec<ShownQuestion>,
    /// Score from which it is passed, frozen at the start.
    pub pass_permille: i32,
    /// When it was started.
    pub started_at: DateTime<Utc>,
    /// When it was submitted; `None` = still open.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Score, once submitted.
    pub score_permille: Option<i32>,
    /// Whether it was passed, once submitted.
    pub has_passed: Option<bool>,
    /// The latest answer to each question.
    pub answers: BTreeMap<QuestionKey, Response>,
    /// When the latest answer was stored.
    pub saved_at: Option<DateTime<Utc>>,
    /// Highest sequence among stored answers; 0 when there are none.
    pub last_sequence: i64,
}

/// The answers that count, with what is known of them.
#[derive(Default)]
struct Latest {
    answers: BTreeMap<QuestionKey, Response>,
    saved_at: Option<DateTime<Utc>>,
    last_sequence: i64,
}

/// Why an attempt is not shown.
#[derive(Debug, thiserror::Error)]
pub enum AttemptError {
    /// There is none, or it is somebody else's: the two look the same.
    #[error("no such attempt")]
    NotFound,
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

impl Attempt {
    /// The quiz with its keys, as it was when the attempt was started.
    ///
    /// # Errors
    /// When the version has no such quiz, which only a damaged database can bring about.
    pub fn quiz(&self) -> Result<&Quiz, AttemptError> {
        self.published.course.quizzes.get(&self.quiz).ok_or(AttemptError::NotFound)
    }

    /// Whether the quiz's rule lets the learner see keys and feedback now; `is_last` = every attempt allowed was submitted.
    #[must_use]
    pub fn shows_feedback(&self, quiz: &Quiz, is_last: bool) -> bool {
        self.submitted_at.is_some()
            && match quiz.feedback {
                Feedback::AfterSubmitting => true,
                Feedback::AfterLastAttempt => self.has_passed == Some(true) || is_last,
                Feedback::Never => false,
            }
    }
}

/// The learner's own attempt.
///
/// # Errors
/// [`AttemptError`].
pub async fn attempt(platform: &Platform, learner: Learner, id: AttemptId) -> Result<Attempt, AttemptError> {
    own_attempt(platform, platform.storage.reader(), learner, id).await
}

/// Every attempt of an enrolment at one quiz, first one first, without answers.
///
/// # Errors
/// When the database does not answer.
pub async fn attempts_of(platform: &Platform, enrolled: &Enrolled, quiz: &QuizKey) -> Result<Vec<Attempt>, DbErr> {
    let database = platform.storage.reader();
    let rows = attempt::Entity::find()
        .filter(attempt::Column::EnrolmentId.eq(enrolled.id))
        .filter(attempt::Column::QuizKey.eq(quiz.as_str()))
        .order_by_asc(attempt::Column::Number)
        .all(database)
        .await?;
    let mut attempts = Vec::with_capacity(rows.len());
    for row in rows {
        let published = catalogue::published(platform, database, row.version_id).await?;
        attempts.push(shown(row, enrolled.clone(), published, quiz.clone(), Latest::default())?);
    }
    Ok(attempts)
}

/// As [`attempt`], within a transaction that holds the attempt to its end: no answer slips in between marking and closing.
pub(super) async fn held_attempt(
    platform: &Platform,
    transaction: &DatabaseTransaction,
    learner: Learner,
    id: AttemptId,
) -> Result<Attempt, AttemptError> {
    attempt::Entity::find_by_id(id).lock_exclusive().one(transaction).await?;
    own_attempt(platform, transaction, learner, id).await
}

/// As [`attempt`], on any connection.
pub(super) async fn own_attempt(
    platform: &Platform,
    database: &impl ConnectionTrait,
    learner: Learner,
    id: AttemptId,
) -> Result<Attempt, AttemptError> {
    let row = attempt::Entity::find_by_id(id).one(database).await?.ok_or(AttemptError::NotFound)?;
    let enrolled = enrolments::own(platform, database, learner, row.enrolment_id).await?.ok_or(AttemptError::NotFound)?;
    let published = catalogue::published(platform, database, row.version_id).await?;
    let quiz = row.quiz_key.parse().map_err(|_| AttemptError::NotFound)?;
    let latest = latest_answers(database, id).await?;
    Ok(shown(row, enrolled, published, quiz, latest)?)
}

fn shown(row: attempt::Model, enrolled: Enrolled, published: Arc<Published>, quiz: QuizKey, latest: Latest) -> Result<Attempt, DbErr> {
    Ok(Attempt {
        id: row.id,
        enrolled,
        published,
        quiz,
        number: row.number,
        layout: serde_json::from_str(&row.layout).map_err(|error| DbErr::Json(error.to_string()))?,
        pass_permille: row.pass_permille,
        started_at: row.started_at,
        submitted_at: row.submitted_at,
        score_permille: row.score_permille,
        has_passed: row.has_passed,
        answers: latest.answers,
        saved_at: latest.saved_at,
        last_sequence: latest.last_sequence,
    })
}

/// The answer that counts for each question: the one with the highest sequence, and of equals the one received last.
/// Answers that came after the submission are kept, but never count.
async fn latest_answers(database: &impl ConnectionTrait, id: AttemptId) -> Result<Latest, DbErr> {
    let rows = answer::Entity::find()
        .filter(answer::Column::AttemptId.eq(id))
        .filter(answer::Column::IsLate.eq(false))
        .order_by_asc(answer::Column::Sequence)
        .order_by_asc(answer::Column::ReceivedAt)
        .order_by_asc(answer::Column::Id)
        .all(database)
        .await?;
    Ok(Latest {
        saved_at: rows.iter().map(|row| row.received_at).max(),
        last_sequence: rows.last().map_or(0, |row| row.sequence),
        answers: rows
            .into_iter()
            .filter_map(|row| Some((row.question_key.parse().ok()?, serde_json::from_str(&row.response).ok()?)))
            .collect(),
    })
}
