//! The closing survey of a course.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::course::Html;
use crate::id::{OptionKey, QuestionKey};
use crate::language::{Language, Translated};

/// A survey.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Questions in order.
    pub questions: Vec<SurveyQuestion>,
    /// Texts of each language.
    pub texts: Translated<SurveyText>,
}

/// A question of a survey.
#[derive(Clone, Debug)]
pub struct SurveyQuestion {
    /// Its key within the survey.
    pub key: QuestionKey,
    /// How it is answered.
    pub kind: SurveyKind,
    /// Whether it must be answered.
    pub is_required: bool,
    /// Options of a choice, in order.
    pub options: Vec<OptionKey>,
}

/// How a survey question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SurveyKind {
    /// A whole number from 1 to 5.
    Scale,
    /// One option.
    Choice,
    /// Free text of at most [`SURVEY_TEXT_CHARS`] characters.
    Text,
}

/// Longest free text of a survey, in characters.
pub const SURVEY_TEXT_CHARS: usize = 2000;

/// A survey's texts in one language.
#[derive(Clone, Debug)]
pub struct SurveyText {
    /// Title.
    pub title: String,
    /// Introduction, perhaps empty.
    pub introduction: Html,
    /// Text of each question.
    pub questions: BTreeMap<QuestionKey, SurveyQuestionText>,
}

/// A survey question's texts in one language: all of its options, or it is left out.
#[derive(Clone, Debug)]
pub struct SurveyQuestionText {
    /// The question.
    pub stem: Html,
    /// Text of each option.
    pub options: BTreeMap<OptionKey, Html>,
}

impl Survey {
    /// Title and introduction in `language`, or in the source language where they are missing; with the language they are in.
    #[must_use]
    pub fn text(&self, language: Language) -> (Language, &SurveyText) {
        self.texts.in_language(language)
    }

    /// A question's texts in `language`, or in the source language where they are missing; with the language they are in.
    #[must_use]
    pub fn question_text(&self, question: &QuestionKey, language: Language) -> Option<(Language, &SurveyQuestionText)> {
        self.texts.part(language, |text| text.questions.get(question))
    }

    /// A question by its key.
    #[must_use]
    pub fn question(&self, key: &QuestionKey) -> Option<&SurveyQuestion> {
        self.questions.iter().find(|question| question.key == *key)
    }
}
