//! Answers as learners give them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Kind, Question, Right, Shape};
use crate::id::OptionKey;

/// A learner's answer to one question: a JSON list, object or string.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Response {
    /// Options chosen. None = not answered.
    Chosen(BTreeSet<OptionKey>),
    /// The option chosen for each part that has one.
    Placed(BTreeMap<OptionKey, OptionKey>),
    /// A text, as typed. Blank = not answered.
    Written(String),
}

/// Why an answer is not whole. It is stored all the same, and earns what is right in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// There is no answer.
    Empty,
    /// So many parts have none.
    Incomplete(usize),
    /// Two steps have the same place.
    SamePlace,
    /// This is no number.
    NotANumber,
}

/// Most characters of a written answer, by kind.
const fn longest(kind: Kind) -> usize {
    match kind {
        Kind::Number => 40,
        Kind::ShortText => 200,
        _ => 5_000,
    }
}

impl Response {
    /// The answer that says nothing, in a question's shape.
    #[must_use]
    pub const fn none(shape: Shape) -> Self {
        match shape {
            Shape::Chosen => Self::Chosen(BTreeSet::new()),
            Shape::Placed => Self::Placed(BTreeMap::new()),
            Shape::Written => Self::Written(String::new()),
        }
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Chosen(options) => options.is_empty(),
            Self::Placed(places) => places.is_empty(),
            Self::Written(text) => text.trim().is_empty(),
        }
    }

    /// Whether the option is among those chosen.
    #[must_use]
    pub fn has(&self, option: &OptionKey) -> bool {
        matches!(self, Self::Chosen(options) if options.contains(option))
    }

    /// The option chosen for a part.
    #[must_use]
    pub fn place_of(&self, part: &OptionKey) -> Option<&OptionKey> {
        match self {
            Self::Placed(places) => places.get(part),
            _ => None,
        }
    }

    /// The text written.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Written(text) => text,
            _ => "",
        }
    }
}

impl Question {
    /// Whether the response can be stored: it has the question's shape, names only its options and parts, no more than one
    /// option where one is asked for, and is not too long.
    #[must_use]
    pub fn accepts(&self, response: &Response) -> bool {
        match (self.kind.shape(), response) {
            (Shape::Chosen, Response::Chosen(options)) => {
                let is_few_enough = self.kind == Kind::Multiple || options.len() <= 1;
                is_few_enough && options.iter().all(|option| self.options.contains(option))
            }
            (Shape::Placed, Response::Placed(places)) => {
                places.iter().all(|(key, option)| self.parts.iter().any(|part| part.key == *key && part.options.contains(option)))
            }
            (Shape::Written, Response::Written(text)) => text.chars().count() <= longest(self.kind),
            _ => false,
        }
    }

    /// What a learner may want to mend before submitting; `None` = nothing. A reflection may stay empty.
    #[must_use]
    pub fn flaw(&self, response: Option<&Response>) -> Option<Flaw> {
        if self.kind == Kind::Reflection {
            return None;
        }
        match response.filter(|response| !response.is_empty()) {
            None => Some(Flaw::Empty),
            Some(Response::Placed(places)) if places.len() < self.parts.len() => Some(Flaw::Incomplete(self.parts.len() - places.len())),
            Some(Response::Placed(places)) if self.kind == Kind::Ordering => {
                let distinct: BTreeSet<_> = places.values().collect();
                (distinct.len() < places.len()).then_some(Flaw::SamePlace)
            }
            Some(Response::Written(text)) => match &self.right {
                Right::Number(_) if !super::Number::is_number(text) => Some(Flaw::NotANumber),
                _ => None,
            },
            Some(_) => None,
        }
    }

    /// The longest text that can be stored as an answer, in characters.
    #[must_use]
    pub const fn longest_text(&self) -> usize {
        longest(self.kind)
    }
}
