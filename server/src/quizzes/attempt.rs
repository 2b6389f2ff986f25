//! An attempt as its learner may see it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use courses::id::{AttemptId, QuestionKey, QuizKey};
use courses::quiz::{Feedback, Flaw, Marks, Quiz, Response, ShownQuestion};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::attempt;
use super::kept::{Counting, Kept, counts, kept};
use crate::Platform;
use crate::access::Learner;
use crate::catalogue::{self, Published};
use crate::enrolments::{self, Enrolled, entity as enrolment};
use crate::storage::Write;

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
    /// End of its time limit, frozen at the start; `None` = there is none.
    pub due_at: Option<DateTime<Utc>>,
    /// End of the grace after it. Nothing that comes later counts.
    pub closes_at: Option<DateTime<Utc>>,
    /// When it was submitted, or its time was over; `None` = still open.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Score, once submitted.
    pub score_permille: Option<i32>,
    /// Whether it was passed, once submitted.
    pub has_passed: Option<bool>,
    /// The answer that counts for each question.
    pub answers: BTreeMap<QuestionKey, Response>,
    /// When each of these was chosen.
    pub chosen_at: BTreeMap<QuestionKey, DateTime<Utc>>,
    /// Questions whose answer was checked and stands.
    pub checked: Vec<QuestionKey>,
    /// When the latest answer was stored.
    pub saved_at: Option<DateTime<Utc>>,
    /// Highest sequence among the answers that came with forms; 0 when there are none.
    pub last_sequence: i64,
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

impl From<AttemptError> for DbErr {
    /// For callers who hold the attempt's own enrolment: there, one that is not found is a damaged database.
    fn from(error: AttemptError) -> Self {
        match error {
            AttemptError::NotFound => Self::RecordNotFound("an attempt's quiz".to_owned()),
            AttemptError::Storage(error) => error,
        }
    }
}

impl Attempt {
    /// The quiz with its keys, as it was when the attempt was started.
    ///
    /// # Errors
    /// When the version has no such quiz, which only a damaged database can bring about.
    pub fn quiz(&self) -> Result<&Quiz, AttemptError> {
        self.published.course.quizzes.get(&self.quiz).ok_or(AttemptError::NotFound)
    }

    /// The attempt marked from its stored facts: the same at any time.
    ///
    /// # Errors
    /// As [`Attempt::quiz`].
    pub fn marks(&self) -> Result<Marks, AttemptError> {
        Ok(self.quiz()?.mark(&self.layout, &self.answers))
    }

    /// What the answers lack, question by question in the order shown.
    ///
    /// # Errors
    /// As [`Attempt::quiz`].
    pub fn flaws(&self) -> Result<Vec<(QuestionKey, Flaw)>, AttemptError> {
        let quiz = self.quiz()?;
        let questions = self.layout.iter().filter_map(|shown| quiz.question(&shown.key));
        Ok(questions.filter_map(|question| Some((question.key.clone(), question.flaw(self.answers.get(&question.key))?))).collect())
    }

    /// Whether the quiz's rule lets the learner see feedback on every question now; `is_last` = every attempt allowed was
    /// submitted.
    #[must_use]
    pub fn shows_feedback(&self, quiz: &Quiz, is_last: bool) -> bool {
        self.submitted_at.is_some()
            && match quiz.rules.feedback {
                Feedback::AtOnce | Feedback::AfterSubmitting => true,
                Feedback::AfterLastAttempt => self.has_passed == Some(true) || is_last,
                Feedback::Never => false,
            }
    }

    /// Closes the attempt at `at` with the score of what counts.
    pub(super) fn close(&mut self, at: DateTime<Utc>) -> Result<(), AttemptError> {
        let score = i32::from(self.marks()?.score_permille);
        self.submitted_at = Some(at);
        self.score_permille = Some(score);
        self.has_passed = Some(score >= self.pass_permille);
        Ok(())
    }
}

/// The learner's own attempt. One whose time is over is shown as submitted at its end, also before that is stored.
///
/// # Errors
/// [`AttemptError`].
pub async fn attempt(platform: &Platform, learner: Learner, id: AttemptId) -> Result<Attempt, AttemptError> {
    let database = platform.storage.reader();
    let row = own_row(learner, id).one(database).await?.ok_or(AttemptError::NotFound)?;
    whole(platform, database, learner, row).await
}

/// Everything kept of the learner's own attempt, in the order received: also what was late or refused.
///
/// # Errors
/// [`AttemptError`].
pub async fn kept_answers(platform: &Platform, learner: Learner, id: AttemptId) -> Result<Vec<Kept>, AttemptError> {
    let database = platform.storage.reader();
    own_row(learner, id).one(database).await?.ok_or(AttemptError::NotFound)?;
    Ok(kept(database, id).await?)
}

/// Every attempt of an enrolment at one quiz, first one first.
///
/// # Errors
/// [`AttemptError`].
pub async fn attempts_of(platform: &Platform, enrolled: &Enrolled, quiz: &QuizKey) -> Result<Vec<Attempt>, AttemptError> {
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
        // Answers are needed only where they make the score.
        let needs_score = is_over(platform, &row);
        let counted = if needs_score { counts(database, row.id).await? } else { Counting::default() };
        attempts.push(shown(platform, row, enrolled.clone(), published, counted)?);
    }
    Ok(attempts)
}

/// The best score of each quiz of an enrolment, with whether any attempt was passed: submitted attempts, and those whose
/// time is over.
pub(crate) async fn outcomes(
    platform: &Platform,
    database: &impl ConnectionTrait,
    enrolled: &Enrolled,
) -> Result<HashMap<QuizKey, (i32, bool)>, AttemptError> {
    let rows = attempt::Entity::find()
        .filter(attempt::Column::EnrolmentId.eq(enrolled.id))
        .filter(Condition::any().add(attempt::Column::SubmittedAt.is_not_null()).add(attempt::Column::ClosesAt.lt(platform.clock.now())))
        .all(database)
        .await?;
    let mut outcomes: HashMap<QuizKey, (i32, bool)> = HashMap::new();
    for row in rows {
        let submitted = match row.submitted_at {
            Some(_) => row,
            None => {
                let published = catalogue::published(platform, database, row.version_id).await?;
                let counted = counts(database, row.id).await?;
                let over = shown(platform, row.clone(), enrolled.clone(), published, counted)?;
                attempt::Model { score_permille: over.score_permille, has_passed: over.has_passed, ..row }
            }
        };
        let Ok(key) = submitted.quiz_key.parse() else { continue };
        let (score, has_passed) = outcomes.entry(key).or_default();
        *score = (*score).max(submitted.score_permille.unwrap_or_default());
        *has_passed |= submitted.has_passed == Some(true);
    }
    Ok(outcomes)
}

/// The row of the learner's own attempt.
pub(super) fn own_row(learner: Learner, id: AttemptId) -> sea_orm::Select<attempt::Entity> {
    let own = Query::select()
        .column(enrolment::Column::Id)
        .from(enrolment::Entity)
        .and_where(enrolment::Column::PersonId.eq(learner.person()))
        .take();
    attempt::Entity::find_by_id(id).filter(attempt::Column::EnrolmentId.in_subquery(own))
}

/// The row of the learner's own attempt, held to the end of the transaction: no answer slips in between marking and closing.
pub(super) async fn held_row(write: &Write, learner: Learner, id: AttemptId) -> Result<attempt::Model, AttemptError> {
    own_row(learner, id).lock_exclusive().one(write).await?.ok_or(AttemptError::NotFound)
}

/// The attempt of a row, with its answers.
pub(super) async fn whole(
    platform: &Platform,
    database: &impl ConnectionTrait,
    learner: Learner,
    row: attempt::Model,
) -> Result<Attempt, AttemptError> {
    let enrolled = enrolments::own(platform, database, learner, row.enrolment_id).await?.ok_or(AttemptError::NotFound)?;
    let published = catalogue::published(platform, database, row.version_id).await?;
    let counted = counts(database, row.id).await?;
    shown(platform, row, enrolled, published, counted)
}

/// Whether the attempt is open and its time, with the grace, is over.
pub(super) fn is_over(platform: &Platform, row: &attempt::Model) -> bool {
    row.submitted_at.is_none() && row.closes_at.is_some_and(|closes| closes < platform.clock.now())
}

pub(super) fn shown(
    platform: &Platform,
    row: attempt::Model,
    enrolled: Enrolled,
    published: Arc<Published>,
    counts: Counting,
) -> Result<Attempt, AttemptError> {
    let is_over = is_over(platform, &row);
    let mut attempt = Attempt {
        id: row.id,
        enrolled,
        published,
        quiz: row.quiz_key.parse().map_err(|_| AttemptError::NotFound)?,
        number: row.number,
        layout: serde_json::from_str(&row.layout).map_err(|error| DbErr::Json(error.to_string()))?,
        pass_permille: row.pass_permille,
        started_at: row.started_at,
        due_at: row.due_at,
        closes_at: row.closes_at,
        submitted_at: row.submitted_at,
        score_permille: row.score_permille,
        has_passed: row.has_passed,
        answers: counts.answers,
        chosen_at: counts.chosen_at,
        checked: counts.checked,
        saved_at: counts.saved_at,
        last_sequence: counts.last_sequence,
    };
    if let Some(due) = attempt.due_at.filter(|_| is_over) {
        attempt.close(due)?;
    }
    Ok(attempt)
}

/// When a pause between attempts ends; `None` = there is none, or it is over.
#[must_use]
pub fn pause_end(quiz: &Quiz, last: Option<&Attempt>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let ends = last?.submitted_at? + TimeDelta::hours(i64::from(quiz.rules.pause_hours));
    (ends > now).then_some(ends)
}
