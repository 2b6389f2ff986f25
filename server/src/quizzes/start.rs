//! Starting an attempt: what it is marked by is frozen here.

use chrono::{DateTime, TimeDelta, Utc};
use courses::id::{AttemptId, QuizKey};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::attempt::is_over;
use super::entity::attempt;
use crate::Platform;
use crate::enrolments::Enrolled;

/// Why an attempt was not started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The course version has no such quiz.
    #[error("the course has no such quiz")]
    NoSuchQuiz,
    /// The learner has used every attempt.
    #[error("no attempt is left")]
    NoneLeft,
    /// The pause between two attempts is not over.
    #[error("the pause lasts until {0}")]
    Pause(DateTime<Utc>),
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// Starts an attempt at `key`, or returns the one still open: starting twice changes nothing. With `has_more_time`, twice
/// the quiz's time, for whoever needs it.
///
/// # Errors
/// [`StartError`].
pub async fn start(platform: &Platform, enrolled: &Enrolled, key: &QuizKey, has_more_time: bool) -> Result<AttemptId, StartError> {
    let quiz = enrolled.published.course.quizzes.get(key).ok_or(StartError::NoSuchQuiz)?;
    let rules = &quiz.rules;
    let transaction = platform.storage.begin().await?;
    let now = platform.clock.now();
    let last = attempt::Entity::find()
        .filter(attempt::Column::EnrolmentId.eq(enrolled.id))
        .filter(attempt::Column::QuizKey.eq(key.as_str()))
        .order_by_desc(attempt::Column::Number)
        .one(&transaction)
        .await?;
    let made = last.as_ref().map_or(0, |last| last.number);
    let ended = match &last {
        Some(open) if open.submitted_at.is_none() && !is_over(platform, open) => return Ok(open.id),
        Some(ended) => ended.submitted_at.or(ended.due_at),
        None => None,
    };
    if rules.attempts.is_some_and(|allowed| made >= i32::from(allowed)) {
        return Err(StartError::NoneLeft);
    }
    let resumes = ended.map(|ended| ended + TimeDelta::hours(i64::from(rules.pause_hours)));
    if let Some(resumes) = resumes.filter(|resumes| *resumes > now) {
        return Err(StartError::Pause(resumes));
    }
    let seed = platform.chance.seed();
    let layout = quiz.layout(seed.unsigned_abs());
    let times = if has_more_time { 2 } else { 1 };
    let due_at = rules.minutes.map(|minutes| now + TimeDelta::minutes(i64::from(minutes) * times));
    let id = AttemptId(platform.chance.id(now));
    let row = attempt::ActiveModel {
        id: Set(id),
        enrolment_id: Set(enrolled.id),
        version_id: Set(enrolled.published.version),
        quiz_key: Set(key.to_string()),
        number: Set(made + 1),
        seed: Set(seed),
        layout: Set(serde_json::to_string(&layout).map_err(|error| DbErr::Json(error.to_string()))?),
        pass_permille: Set(i32::from(rules.pass_permille)),
        started_at: Set(now),
        due_at: Set(due_at),
        closes_at: Set(due_at.map(|due| due + TimeDelta::seconds(i64::from(rules.grace_seconds)))),
        submitted_at: Set(None),
        score_permille: Set(None),
        has_passed: Set(None),
    };
    // Two taps at once: one inserts, the other finds what the first one made.
    let columns = [attempt::Column::EnrolmentId, attempt::Column::QuizKey, attempt::Column::Number];
    attempt::Entity::insert(row).on_conflict_do_nothing_on(columns).exec_without_returning(&transaction).await?;
    let stored = attempt::Entity::find()
        .filter(attempt::Column::EnrolmentId.eq(enrolled.id))
        .filter(attempt::Column::QuizKey.eq(key.as_str()))
        .filter(attempt::Column::Number.eq(made + 1))
        .one(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(stored.map_or(id, |stored| stored.id))
}
