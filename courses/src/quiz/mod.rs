//! Quizzes: rules, questions, keys and marking.
//!
//! Scores are integers in thousandths (permille), rounded once, here.

mod answer;
mod mark;
mod order;
mod rules;
#[cfg(test)]
pub(crate) mod samples;
mod written;

use std::collections::{BTreeMap, BTreeSet};

pub use answer::{Flaw, Response};
pub use mark::Marks;
pub use order::ShownQuestion;
pub use rules::{Feedback, Purpose, Rules};
use serde::{Deserialize, Serialize};
pub(crate) use written::{Number, Words};

use crate::course::Html;
use crate::id::{LessonKey, ObjectiveKey, OptionKey, PoolKey, QuestionKey};
use crate::language::{Language, Translated};

/// A quiz with its keys. Not `Serialize`, so that no key can leave by accident.
#[derive(Clone, Debug)]
pub struct Quiz {
    /// How it is taken, marked and explained.
    pub rules: Rules,
    /// Questions in the order written.
    pub questions: Vec<Question>,
    /// Texts of each language.
    pub texts: Translated<QuizText>,
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
    /// Pool it is drawn from; `None` = in every attempt.
    pub pool: Option<PoolKey>,
    /// How it is answered and marked.
    pub kind: Kind,
    /// What can be chosen, in the order written. An ordering's options are the places, `1` first.
    pub options: Vec<OptionKey>,
    /// What an option is chosen for: prompts of a matching, gaps of a sentence, steps of an ordering.
    pub parts: Vec<Part>,
    pub(crate) right: Right,
}

/// A part of a question that takes one option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its key within the question.
    pub key: OptionKey,
    /// The options it can take.
    pub options: Vec<OptionKey>,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One option.
    Single,
    /// Any number of options.
    Multiple,
    /// One of `true` and `false`.
    TrueFalse,
    /// One option for each prompt.
    Matching,
    /// A place for each step.
    Ordering,
    /// A few words.
    ShortText,
    /// A number, perhaps with a unit.
    Number,
    /// One option for each gap of a sentence.
    Gaps,
    /// Any text; not marked, and nobody else's to read.
    Reflection,
}

/// What an answer to a kind of question is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Options.
    Chosen,
    /// An option for each part.
    Placed,
    /// A text.
    Written,
}

/// What is right.
#[derive(Clone, Debug)]
pub(crate) enum Right {
    /// These options and no others.
    Options(BTreeSet<OptionKey>),
    /// This option for each part.
    Places(BTreeMap<OptionKey, OptionKey>),
    /// One of these words.
    Words(Words),
    /// This number.
    Number(Number),
    /// There is nothing to mark.
    Nothing,
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

/// A question's texts in one language: all of them, or it is left out.
#[derive(Clone, Debug)]
pub struct QuestionText {
    /// Situation and question. A gap stands in it as `{gap}`.
    pub stem: Html,
    /// Text of each option and part; of [`UNIT`], [`RIGHT`] and [`WRONG`] where the kind has them.
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

/// Key of the text that names a number's unit.
pub const UNIT: &str = "unit";
/// Key of the text shown with a right answer to a question without options.
pub const RIGHT: &str = "right";
/// Key of the text shown with another answer.
pub const WRONG: &str = "wrong";

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

    /// How many questions an attempt has.
    #[must_use]
    pub fn questions_shown(&self) -> usize {
        let always = self.questions.iter().filter(|question| question.pool.is_none()).count();
        always + self.rules.draw.values().map(|count| usize::from(*count)).sum::<usize>()
    }
}

impl Kind {
    /// What its answers are made of.
    #[must_use]
    pub const fn shape(self) -> Shape {
        match self {
            Self::Single | Self::Multiple | Self::TrueFalse => Shape::Chosen,
            Self::Matching | Self::Ordering | Self::Gaps => Shape::Placed,
            Self::ShortText | Self::Number | Self::Reflection => Shape::Written,
        }
    }

    /// Whether it counts for the score.
    #[must_use]
    pub const fn is_marked(self) -> bool {
        !matches!(self, Self::Reflection)
    }
}

impl Question {
    /// Whether the option is part of the key.
    #[must_use]
    pub fn is_right(&self, option: &OptionKey) -> bool {
        matches!(&self.right, Right::Options(right) if right.contains(option))
    }

    /// The option that belongs to a part.
    #[must_use]
    pub fn right_option(&self, part: &OptionKey) -> Option<&OptionKey> {
        match &self.right {
            Right::Places(right) => right.get(part),
            _ => None,
        }
    }

    /// An answer that earns full marks, as a learner would give it; `None` where nothing is marked. It is the key: it is for
    /// marking, for review under the quiz's rule, and for demonstration data.
    #[must_use]
    pub fn full_answer(&self) -> Option<Response> {
        match &self.right {
            Right::Options(right) => Some(Response::Chosen(right.clone())),
            Right::Places(right) => Some(Response::Placed(right.clone())),
            Right::Words(words) => words.first().map(|word| Response::Written(word.to_owned())),
            Right::Number(number) => Some(Response::Written(number.to_string())),
            Right::Nothing => None,
        }
    }
}
