//! Quizzes: questions, keys and marking.
//!
//! Scores are integers in thousandths (permille), rounded once, here.

mod mark;
mod order;
#[cfg(test)]
pub(crate) mod samples;

use std::collections::{BTreeMap, BTreeSet};

pub use mark::Marks;
pub use order::ShownQuestion;
use serde::{Deserialize, Serialize};

use crate::course::Html;
use crate::id::{LessonKey, ObjectiveKey, OptionKey, QuestionKey};
use crate::language::{Language, Translated};

/// A quiz with its keys. Not `Serialize`, so that no key can leave by accident.
#[derive(Clone, Debug)]
pub struct Quiz {
    /// What it is for.
    pub purpose: Purpose,
    /// Score from which it is passed, 0 to 1000.
    pub pass_permille: u16,
    /// How many attempts a learner has; `None` = as many as one likes.
    pub attempts: Option<u16>,
    /// When the learner sees feedback.
    pub feedback: Feedback,
    /// Whether each attempt shows the options in another order.
    pub shuffle: bool,
    /// Questions in order.
    pub questions: Vec<Question>,
    /// Texts of each language.
    pub texts: Translated<QuizText>,
}

/// What a quiz is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// To try oneself; never required.
    Practice,
    /// Before the course; never required, never marked against the learner.
    PreTest,
    /// At the end of a module.
    Module,
    /// After the last module.
    PostTest,
}

/// When a learner sees which options were right, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Feedback {
    /// As soon as the attempt is submitted.
    #[default]
    AfterSubmitting,
    /// When the quiz is passed or no attempt is left.
    AfterLastAttempt,
    /// Never.
    Never,
}

/// A question with its key.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its key within the quiz.
    pub key: QuestionKey,
    /// Objective it tests.
    pub objective: ObjectiveKey,
    /// Lesson to read again.
    pub lesson: Option<LessonKey>,
    /// How it is answered and marked.
    pub kind: Kind,
    /// Options in the order written.
    pub options: Vec<OptionKey>,
    pub(crate) right: BTreeSet<OptionKey>,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One option.
    Single,
    /// Any number of options.
    Multiple,
}

/// A quiz's texts in one language.
#[derive(Clone, Debug)]
pub struct QuizText {
    /// Title.
    pub title: String,
    /// Introduction, perhaps empty.
    pub introduction: Html,
    /// Text of each question.
    pub questions: BTreeMap<QuestionKey, QuestionText>,
}

/// A question's texts in one language: all of its options, or it is left out.
#[derive(Clone, Debug)]
pub struct QuestionText {
    /// Situation and question.
    pub stem: Html,
    /// Text of each option.
    pub options: BTreeMap<OptionKey, OptionText>,
}

/// An option's texts in one language.
#[derive(Clone, Debug)]
pub struct OptionText {
    /// The option.
    pub label: Html,
    /// Why it is right, or what is amiss with it.
    pub feedback: Option<Html>,
}

/// The options a learner chose for one question. Empty = not answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response(pub BTreeSet<OptionKey>);

impl Quiz {
    /// Title and introduction in `language`, or in the source language where they are missing; with the language they are in.
    #[must_use]
    pub fn text(&self, language: Language) -> (Language, &QuizText) {
        self.texts.in_language(language)
    }

    /// A question's texts in `language`, or in the source language where they are missing; with the language they are in.
    #[must_use]
    pub fn question_text(&self, question: &QuestionKey, language: Language) -> Option<(Language, &QuestionText)> {
        self.texts.part(language, |text| text.questions.get(question))
    }

    /// A question by its key.
    #[must_use]
    pub fn question(&self, key: &QuestionKey) -> Option<&Question> {
        self.questions.iter().find(|question| question.key == *key)
    }
}

impl Question {
    /// Whether the response can be stored: it names only options of this question, and at most one where one is asked for.
    #[must_use]
    pub fn accepts(&self, response: &Response) -> bool {
        let is_few_enough = self.kind == Kind::Multiple || response.0.len() <= 1;
        is_few_enough && response.0.iter().all(|option| self.options.contains(option))
    }

    /// Whether the option is part of the key.
    #[must_use]
    pub fn is_right(&self, option: &OptionKey) -> bool {
        self.right.contains(option)
    }
}
