//! Small quizzes for tests: an option is one letter.

use std::collections::BTreeMap;

use super::{Kind, Number, Part, Question, Quiz, QuizText, Response, Right, Rules, Words};
use crate::course::Html;
use crate::id::OptionKey;
use crate::language::{Language, Translated};

/// Each letter as an option.
pub(crate) fn keys(letters: &str) -> impl Iterator<Item = OptionKey> {
    letters.chars().map(|letter| letter.to_string().parse().unwrap())
}

/// The response that chooses these letters.
pub(crate) fn response(letters: &str) -> Response {
    Response::Chosen(keys(letters).collect())
}

/// The response that gives each part a place: `a2 b1`.
pub(crate) fn placed(places: &str) -> Response {
    let pair = |pair: &str| (pair[..1].parse().unwrap(), pair[1..].parse().unwrap());
    Response::Placed(places.split_whitespace().map(pair).collect())
}

/// A quiz of questions with options, each given by the letters of its options and of its key.
pub(crate) fn quiz(questions: &[(&str, &str)]) -> Quiz {
    quiz_of(questions.iter().enumerate().map(|(at, (options, right))| question(at, options, right)).collect())
}

/// A quiz of these questions.
pub(crate) fn quiz_of(questions: Vec<Question>) -> Quiz {
    Quiz {
        rules: Rules::default(),
        questions,
        texts: Translated::new(
            Language::Es,
            QuizText { title: "Cuestionario".to_owned(), introduction: Html::default(), questions: BTreeMap::new() },
        ),
    }
}

fn question(at: usize, options: &str, right: &str) -> Question {
    let kind = if right.len() == 1 { Kind::Single } else { Kind::Multiple };
    Question { options: keys(options).collect(), ..bare(at, kind, Right::Options(keys(right).collect())) }
}

fn bare(at: usize, kind: Kind, right: Right) -> Question {
    Question {
        key: format!("question-{at}").parse().unwrap(),
        objective: format!("objective-{}", at % 2).parse().unwrap(),
        lesson: None,
        pool: None,
        kind,
        options: Vec::new(),
        parts: Vec::new(),
        right,
    }
}

/// A question whose parts each take one of `options`; the key as in [`placed`].
pub(crate) fn parted(at: usize, kind: Kind, options: &str, right: &str) -> Question {
    let Response::Placed(right) = placed(right) else { unreachable!() };
    let options: Vec<OptionKey> = keys(options).collect();
    let parts = right.keys().map(|key| Part { key: key.clone(), options: options.clone() }).collect();
    Question { options, parts, ..bare(at, kind, Right::Places(right)) }
}

/// A question answered in writing.
pub(crate) fn written(at: usize, kind: Kind) -> Question {
    let right = match kind {
        Kind::ShortText => Right::Words(Words::new(vec!["consentimiento".to_owned(), "consent".to_owned()], false, false)),
        Kind::Number => Right::Number(Number::new("27.6", "0.1").unwrap()),
        _ => Right::Nothing,
    };
    bare(at, kind, right)
}

/// A quiz with a question of each kind.
pub(crate) fn every_kind() -> Quiz {
    let mut is_true = question(2, "ab", "a");
    is_true.kind = Kind::TrueFalse;
    quiz_of(vec![
        question(0, "abcd", "b"),
        question(1, "abcde", "abc"),
        is_true,
        parted(3, Kind::Matching, "xyzw", "ax by cz"),
        parted(4, Kind::Ordering, "1234", "a1 b2 c3 d4"),
        written(5, Kind::ShortText),
        written(6, Kind::Number),
        parted(7, Kind::Gaps, "mn", "fm gn"),
        written(8, Kind::Reflection),
    ])
}
