//! Answering the closing survey, once.

use std::collections::BTreeMap;

use courses::id::{OptionKey, QuestionKey, SurveyId};
use courses::survey::{SURVEY_TEXT_CHARS, Survey, SurveyKind, SurveyQuestion};
use sea_orm::ActiveValue::Set;
use sea_orm::{DbErr, EntityTrait};

use super::entity::survey;
use crate::Platform;
use crate::certificates;
use crate::enrolments::Enrolled;

/// Answers as sent, by question.
pub type SurveyAnswers = BTreeMap<QuestionKey, String>;

/// What is wrong with the answer to one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SurveyFault {
    /// Required, and left out.
    Missing,
    /// Not one of the choices.
    Unknown,
    /// Longer than [`SURVEY_TEXT_CHARS`].
    TooLong,
}

/// Why a survey was not stored.
#[derive(Debug, thiserror::Error)]
pub enum SurveyError {
    /// The course has no survey.
    #[error("the course has no survey")]
    NoSurvey,
    /// Some answers cannot be taken.
    #[error("some answers cannot be taken")]
    Faults(BTreeMap<QuestionKey, SurveyFault>),
    /// The course would be complete, but its completion could not be recorded.
    #[error(transparent)]
    Complete(#[from] certificates::CompleteError),
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// Stores the learner's answers. Answering twice keeps the first answers.
///
/// # Errors
/// [`SurveyError`]; nothing is stored then.
pub async fn answer_survey(platform: &Platform, enrolled: &Enrolled, mut answers: SurveyAnswers) -> Result<(), SurveyError> {
    let survey = enrolled.published.course.survey.as_ref().ok_or(SurveyError::NoSurvey)?;
    answers.retain(|_, answer| !answer.trim().is_empty());
    let faults = faults(survey, &answers);
    if !faults.is_empty() {
        return Err(SurveyError::Faults(faults));
    }
    let now = platform.clock.now();
    let row = survey::ActiveModel {
        id: Set(SurveyId(platform.chance.id(now))),
        enrolment_id: Set(enrolled.id),
        answers: Set(serde_json::to_string(&answers).map_err(|error| DbErr::Json(error.to_string()))?),
        answered_at: Set(now),
    };
    let transaction = platform.storage.begin().await?;
    survey::Entity::insert(row).on_conflict_do_nothing_on([survey::Column::EnrolmentId]).exec_without_returning(&transaction).await?;
    certificates::complete_if_met(platform, &transaction, enrolled).await?;
    transaction.commit().await?;
    Ok(())
}

fn faults(survey: &Survey, answers: &SurveyAnswers) -> BTreeMap<QuestionKey, SurveyFault> {
    survey
        .questions
        .iter()
        .filter_map(|question| fault(question, answers.get(&question.key)).map(|fault| (question.key.clone(), fault)))
        .collect()
}

fn fault(question: &SurveyQuestion, answer: Option<&String>) -> Option<SurveyFault> {
    let Some(answer) = answer else { return question.is_required.then_some(SurveyFault::Missing) };
    let is_known = match question.kind {
        SurveyKind::Scale => matches!(answer.as_str(), "1" | "2" | "3" | "4" | "5"),
        SurveyKind::Choice => answer.parse::<OptionKey>().is_ok_and(|option| question.options.contains(&option)),
        SurveyKind::Text if answer.chars().count() > SURVEY_TEXT_CHARS => return Some(SurveyFault::TooLong),
        SurveyKind::Text => true,
    };
    (!is_known).then_some(SurveyFault::Unknown)
}
