//! Small quizzes for tests: an option is one letter.

use std::collections::BTreeMap;

use super::{Feedback, Kind, Purpose, Question, Quiz, QuizText, Response};
use crate::course::Html;
use crate::id::OptionKey;
use crate::language::{Language, Translated};

/// Each letter as an option.
pub(crate) fn keys(letters: &str) -> impl Iterator<Item = OptionKey> {
    letters.chars().map(|letter| letter.to_string().parse().unwrap())
}

/// The response that chooses these letters.
pub(crate) fn response(letters: &str) -> Response {
    Response(keys(letters).collect())
}

/// A quiz of questions, each given by the letters of its options and of its key.
pub(crate) fn quiz(questions: &[(&str, &str)]) -> Quiz {
    Quiz {
        purpose: Purpose::Module,
        pass_permille: 700,
        attempts: Some(3),
        feedback: Feedback::default(),
        shuffle: true,
        questions: questions.iter().enumerate().map(|(at, (options, right))| question(at, options, right)).collect(),
        texts: Translated::new(
            Language::Es,
            QuizText { title: "Cuestionario".to_owned(), introduction: Html::default(), questions: BTreeMap::new() },
        ),
    }
}

fn question(at: usize, options: &str, right: &str) -> Question {
    Question {
        key: format!("question-{at}").parse().unwrap(),
        objective: format!("objective-{}", at % 2).parse().unwrap(),
        lesson: None,
        kind: if right.len() == 1 { Kind::Single } else { Kind::Multiple },
        options: keys(options).collect(),
        right: keys(right).collect(),
    }
}
