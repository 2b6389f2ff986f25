//! Progress, derived from facts: never stored, so never wrong.

use courses::completion::{Done, Missing};
use courses::course::Step;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use super::entity::{survey, visit};
use crate::Platform;
use crate::enrolments::Enrolled;
use crate::quizzes;

/// How far a learner is in a course.
#[derive(Clone, Debug)]
pub struct Progress {
    /// What was done.
    pub done: Done,
    /// Quizzes with at least one submitted attempt, passed or not.
    pub tried: Vec<courses::id::QuizKey>,
    /// What the certificate still asks for, in the course's order.
    pub missing: Vec<Missing>,
    /// Share of what the certificate asks for, 0 to 1000.
    pub permille: u16,
    /// Where to go on: the first step after the latest one that is not done yet; `None` when nothing is left. Never the
    /// pre-test: it is offered once, at enrolment, and may be skipped.
    pub next: Option<Step>,
}

/// The learner's progress.
///
/// # Errors
/// When the database does not answer.
pub async fn progress(platform: &Platform, enrolled: &Enrolled) -> Result<Progress, DbErr> {
    let database = platform.storage.reader();
    let course = &enrolled.published.course;
    let (done, tried, latest) = facts(platform, database, enrolled).await?;
    let is_pre_test = |step: &Step| matches!(step, Step::Quiz(key) if Some(key) == course.pre_test.as_ref());
    let steps: Vec<Step> = course.steps().into_iter().filter(|step| !is_pre_test(step)).collect();
    let after = latest.and_then(|lesson| steps.iter().position(|step| *step == Step::Lesson(lesson.clone()))).map_or(0, |at| at + 1);
    let next = steps.iter().skip(after).chain(steps.iter().take(after)).find(|step| !done.includes(step)).cloned();
    let missing = course.completion.missing(course, &done);
    let permille = course.completion.progress_permille(course, &done);
    Ok(Progress { missing, permille, next, tried, done })
}

/// What the learner has done, for the rule of completion.
pub(crate) async fn done(platform: &Platform, database: &impl ConnectionTrait, enrolled: &Enrolled) -> Result<Done, DbErr> {
    facts(platform, database, enrolled).await.map(|(done, ..)| done)
}

type Facts = (Done, Vec<courses::id::QuizKey>, Option<courses::id::LessonKey>);

async fn facts(platform: &Platform, database: &impl ConnectionTrait, enrolled: &Enrolled) -> Result<Facts, DbErr> {
    let visits = visit::Entity::find()
        .filter(visit::Column::EnrolmentId.eq(enrolled.id))
        .order_by_asc(visit::Column::VisitedAt)
        .all(database)
        .await?;
    let latest = visits.last().and_then(|visit| visit.lesson_key.parse().ok());
    let outcomes = quizzes::outcomes(platform, database, enrolled).await?;
    let survey_answered = survey::Entity::find().filter(survey::Column::EnrolmentId.eq(enrolled.id)).count(database).await? > 0;
    let done = Done {
        lessons: visits.iter().filter_map(|visit| visit.lesson_key.parse().ok()).collect(),
        quizzes_passed: outcomes.iter().filter(|(_, (_, has_passed))| *has_passed).map(|(key, _)| key.clone()).collect(),
        survey_answered,
    };
    Ok((done, outcomes.into_keys().collect(), latest))
}
