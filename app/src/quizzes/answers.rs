//! Answers as fields of a form: how they are named, and what was changed.

use std::collections::BTreeMap;

use courses::id::{OptionKey, QuestionKey};
use courses::quiz::{Question, Response, Shape};
use server::quizzes::{Attempt, Changed};

use super::island::TOUCHED;
use crate::form::Fields;

/// Name of the fields of a question. With its prefix no id can be taken for a button's name.
pub(super) fn name(question: &QuestionKey) -> String {
    format!("a.{question}")
}

/// Name of the field of a part of a question.
pub(super) fn part_name(question: &QuestionKey, part: &OptionKey) -> String {
    format!("a.{question}.{part}")
}

/// Name of the hidden field that holds the answer a question was drawn with.
pub(super) fn drawn_name(question: &QuestionKey) -> String {
    format!("drawn.{question}")
}

/// The answers that were changed on this page since it was drawn: a page that stood open while somebody answered on another
/// device changes nothing that was not touched here.
pub(super) fn changed(attempt: &Attempt, fields: &Fields) -> Vec<Changed> {
    let Ok(quiz) = attempt.quiz() else { return Vec::new() };
    attempt
        .layout
        .iter()
        .filter_map(|shown| quiz.question(&shown.key))
        .filter_map(|question| Some((question, given(question, fields)?)))
        .filter(|(question, response)| drawn(question, fields).is_none_or(|drawn| drawn != *response))
        .map(|(question, response)| (question.key.clone(), response))
        .collect()
}

/// The answer in the form; `None` where the question is not on the page.
fn given(question: &Question, fields: &Fields) -> Option<Response> {
    let name = name(&question.key);
    let placed = || -> BTreeMap<OptionKey, OptionKey> {
        let place = |part: &OptionKey| fields.get(&part_name(&question.key, part)).parse().ok();
        question.parts.iter().filter_map(|part| Some((part.key.clone(), place(&part.key)?))).collect()
    };
    let response = match question.kind.shape() {
        Shape::Chosen => Response::Chosen(fields.all(&name).filter_map(|option| option.parse().ok()).collect()),
        Shape::Placed => Response::Placed(placed()),
        Shape::Written => Response::Written(fields.get(&name).replace("\r\n", "\n")),
    };
    let is_on_page = !response.is_empty() || fields.pairs().any(|(known, _)| known == drawn_name(&question.key));
    is_on_page.then_some(response)
}

/// The answer that the question was drawn with; `None` = the island has changed it since, so what the form says counts.
fn drawn(question: &Question, fields: &Fields) -> Option<Response> {
    match fields.get(&drawn_name(&question.key)) {
        TOUCHED => None,
        written => Some(serde_json::from_str(written).unwrap_or_else(|_| Response::none(question.kind.shape()))),
    }
}
