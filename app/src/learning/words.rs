//! Steps, rules and what is missing, in words.

use courses::completion::{Missing, Rule};
use courses::course::{Course, Step};
use courses::language::Language;

use crate::texts::Texts;

/// The title of a step with the language it is in.
pub(crate) fn step_title(texts: Texts, course: &Course, language: Language, step: &Step) -> (Language, String) {
    match step {
        Step::Lesson(key) => course.lesson_text(key, language).map(|(language, text)| (language, text.title.clone())),
        Step::Quiz(key) => course.quizzes.get(key).map(|quiz| {
            let (language, text) = quiz.text(language);
            (language, text.title.clone())
        }),
        Step::Survey => None,
    }
    .unwrap_or_else(|| (texts.language(), texts.t("survey").to_owned()))
}

/// What the rule of completion asks for, a sentence each.
pub(crate) fn rule_sentences(texts: Texts, course: &Course, language: Language, rule: &Rule) -> Vec<String> {
    match rule {
        Rule::All(parts) => parts.iter().flat_map(|part| rule_sentences(texts, course, language, part)).collect(),
        Rule::Any(parts) => {
            let ways: Vec<String> = parts.iter().map(|part| rule_sentences(texts, course, language, part).join("; ")).collect();
            vec![texts.with("rule-any", [("ways", ways.join(texts.t("or-between")).into())])]
        }
        Rule::Lessons => vec![texts.with("rule-lessons", [("n", rule.steps(course).len().into())])],
        Rule::Quizzes => vec![texts.with("rule-quizzes", [("n", rule.steps(course).len().into())])],
        Rule::Survey => vec![texts.t("rule-survey").to_owned()],
        Rule::Lesson(key) => vec![to_do(texts, course, language, &Step::Lesson(key.clone()))],
        Rule::Quiz(key) => vec![to_do(texts, course, language, &Step::Quiz(key.clone()))],
    }
}

/// One thing that is missing, as a sentence.
pub(crate) fn missing_sentence(texts: Texts, course: &Course, language: Language, missing: &Missing) -> String {
    match missing {
        Missing::Step(step) => to_do(texts, course, language, step),
        Missing::AnyOf(ways) => {
            let way = |steps: &Vec<Step>| steps.iter().map(|step| to_do(texts, course, language, step)).collect::<Vec<_>>().join("; ");
            let ways: Vec<String> = ways.iter().map(way).collect();
            texts.with("rule-any", [("ways", ways.join(texts.t("or-between")).into())])
        }
    }
}

fn to_do(texts: Texts, course: &Course, language: Language, step: &Step) -> String {
    let (_, title) = step_title(texts, course, language, step);
    match step {
        Step::Lesson(_) => texts.with("to-do-lesson", [("title", title.into())]),
        Step::Quiz(_) => texts.with("to-do-quiz", [("title", title.into())]),
        Step::Survey => texts.t("rule-survey").to_owned(),
    }
}
