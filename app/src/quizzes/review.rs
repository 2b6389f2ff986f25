//! A question with its answer looked at again: what was right, and the feedback on what was chosen. It holds parts of the key,
//! so it is made only where the quiz's rule allows it.

use courses::course::Html;
use courses::id::OptionKey;
use courses::quiz::{Kind, Question, QuestionText, Quiz, RIGHT, Response, ShownQuestion, WRONG};
use leptos::prelude::*;

use super::question_view::without_gaps;
use crate::reader::Reader;
use crate::texts::Texts;
use crate::ui::{Icon, html, in_language, state};

/// A question looked at again.
pub(super) struct Reviewed {
    pub(super) stem: String,
    pub(super) language: Option<&'static str>,
    /// 0 to 1000; `None` = not marked.
    pub(super) permille: Option<u16>,
    body: Body,
}

enum Body {
    Options(Vec<OptionReviewed>),
    Parts(Vec<PartReviewed>, Option<Html>),
    Written { text: String, right: Option<String>, feedback: Option<Html>, is_right: Option<bool> },
}

struct OptionReviewed {
    label: Html,
    feedback: Option<Html>,
    is_chosen: bool,
    is_right: bool,
}

struct PartReviewed {
    label: Html,
    chosen: Html,
    /// What belongs there, where the rule shows the key and it was not chosen.
    right: Option<Html>,
    is_right: bool,
    feedback: Option<Html>,
}

impl Reviewed {
    pub(super) fn new(reader: &Reader, quiz: &Quiz, shown: &ShownQuestion, question: &Question, response: Option<&Response>) -> Self {
        let texts = reader.texts;
        let Some((language, words)) = quiz.question_text(&question.key, reader.language) else {
            return Self { stem: String::new(), language: None, permille: None, body: Body::Options(Vec::new()) };
        };
        let shows_key = quiz.rules.shows_key;
        let permille = question.kind.is_marked().then(|| question.mark(response));
        let body = match question.kind {
            Kind::Single | Kind::Multiple | Kind::TrueFalse => Body::Options(options(shown, question, words, response, shows_key)),
            Kind::Matching | Kind::Ordering | Kind::Gaps => {
                let feedback = outcome_feedback(words, permille == Some(1000));
                Body::Parts(parts(texts, shown, question, words, response, shows_key), feedback)
            }
            Kind::ShortText | Kind::Number | Kind::Reflection => Body::Written {
                text: response.map(|response| response.text().to_owned()).unwrap_or_default(),
                right: question.full_answer().filter(|_| shows_key && permille != Some(1000)).map(|answer| answer.text().to_owned()),
                feedback: permille.and_then(|permille| outcome_feedback(words, permille == 1000)),
                is_right: permille.map(|permille| permille == 1000),
            },
        };
        Self { stem: without_gaps(&words.stem), language: in_language(language, texts.language()), permille, body }
    }
}

fn outcome_feedback(words: &QuestionText, is_right: bool) -> Option<Html> {
    let key: OptionKey = if is_right { RIGHT } else { WRONG }.parse().ok()?;
    words.options.get(&key)?.feedback.clone()
}

/// Every option with its feedback, or, where the key stays closed, only those chosen.
fn options(
    shown: &ShownQuestion,
    question: &Question,
    words: &QuestionText,
    response: Option<&Response>,
    shows_key: bool,
) -> Vec<OptionReviewed> {
    let reviewed = shown.options.iter().filter_map(|option| {
        let text = words.options.get(option)?;
        Some(OptionReviewed {
            label: text.label.clone(),
            feedback: text.feedback.clone(),
            is_chosen: response.is_some_and(|response| response.has(option)),
            is_right: question.is_right(option),
        })
    });
    reviewed.filter(|option| shows_key || option.is_chosen).collect()
}

fn parts(
    texts: Texts,
    shown: &ShownQuestion,
    question: &Question,
    words: &QuestionText,
    response: Option<&Response>,
    shows_key: bool,
) -> Vec<PartReviewed> {
    let label = |key: &OptionKey| words.options.get(key).map(|text| text.label.clone());
    let feedback = |key: &OptionKey| words.options.get(key).and_then(|text| text.feedback.clone());
    // What has no text of its own is a place.
    let named = |option: &OptionKey| label(option).unwrap_or_else(|| Html::text(&texts.with("place-n", [("n", option.as_str().into())])));
    let reviewed = shown.parts.iter().enumerate().map(|(at, part)| {
        let chosen = response.and_then(|response| response.place_of(part));
        let right = question.right_option(part);
        let is_right = chosen.is_some() && chosen == right;
        PartReviewed {
            label: label(part)
                .unwrap_or_else(|| Html::text(&texts.with("gap-of", [("n", (at + 1).into()), ("of", shown.parts.len().into())]))),
            chosen: chosen.map_or_else(|| Html::text(texts.t("no-answer")), &named),
            right: right.filter(|_| shows_key && !is_right).map(&named),
            is_right,
            // A matching explains its prompts, a sentence what was put into its gaps.
            feedback: feedback(part).or_else(|| chosen.and_then(&feedback)),
        }
    });
    reviewed.collect()
}

/// How right an answer was, in words.
pub(super) fn outcome_words(texts: Texts, permille: Option<u16>) -> &'static str {
    match permille {
        None => texts.t("not-marked"),
        Some(1000) => texts.t("right"),
        Some(0) => texts.t("wrong"),
        Some(_) => texts.t("partly-right"),
    }
}

/// Draws what was answered and what is said of it.
pub(super) fn review_view(texts: Texts, reviewed: Reviewed) -> impl IntoView {
    let lang = reviewed.language;
    match reviewed.body {
        Body::Options(options) if options.is_empty() => view! { <p class="note-line">{texts.t("no-answer")}</p> }.into_any(),
        Body::Options(options) => {
            view! { <ul class="feedback">{options.into_iter().map(|option| option_view(texts, lang, option)).collect::<Vec<_>>()}</ul> }
                .into_any()
        }
        Body::Parts(parts, feedback) => view! {
            <ul class="feedback">{parts.into_iter().map(|part| part_view(texts, lang, part)).collect::<Vec<_>>()}</ul>
            {feedback.map(|feedback| html("option-feedback", &feedback, lang))}
        }
        .into_any(),
        Body::Written { text, right, feedback, is_right } => written_view(texts, lang, text, right, feedback, is_right).into_any(),
    }
}

/// The class and the mark of what was answered; `None` = it is not marked.
fn verdict(texts: Texts, is_right: Option<bool>) -> (&'static str, AnyView) {
    match is_right {
        Some(true) => ("chosen right", state("state state-done", Icon::Check, texts.t("yours-right")).into_any()),
        Some(false) => ("chosen wrong", state("state state-bad", Icon::Alert, texts.t("yours-wrong")).into_any()),
        None => ("chosen", state("state", Icon::Minus, texts.t("not-marked")).into_any()),
    }
}

fn option_view(texts: Texts, lang: Option<&'static str>, option: OptionReviewed) -> impl IntoView {
    let (class, mark) = match (option.is_chosen, option.is_right) {
        (true, is_right) => verdict(texts, Some(is_right)),
        (false, true) => ("right", state("state state-done", Icon::Check, texts.t("right-option")).into_any()),
        (false, false) => ("", state("state", Icon::Minus, texts.t("other-option")).into_any()),
    };
    view! {
        <li class=class>
            <p>{mark}</p>
            {html("option-label", &option.label, lang)}
            {option.feedback.map(|feedback| html("option-feedback", &feedback, lang))}
        </li>
    }
}

fn part_view(texts: Texts, lang: Option<&'static str>, part: PartReviewed) -> impl IntoView {
    let (class, mark) = verdict(texts, Some(part.is_right));
    view! {
        <li class=class>
            <p>{mark}</p>
            {html("option-label", &part.label, lang)}
            {html("option-answer", &part.chosen, lang)}
            {part.right.map(|right| view! { <p class="option-right">{texts.t("right-option")} ": " <span lang=lang inner_html=right.as_str().to_owned()></span></p> })}
            {part.feedback.map(|feedback| html("option-feedback", &feedback, lang))}
        </li>
    }
}

fn written_view(
    texts: Texts,
    lang: Option<&'static str>,
    text: String,
    right: Option<String>,
    feedback: Option<Html>,
    is_right: Option<bool>,
) -> impl IntoView {
    let (class, mark) = verdict(texts, is_right);
    let text = if text.trim().is_empty() { texts.t("no-answer").to_owned() } else { text };
    view! {
        <ul class="feedback">
            <li class=class>
                <p>{mark}</p>
                <p class="option-answer written-answer">{text}</p>
                {right.map(|right| view! { <p class="option-right">{texts.t("right-option")} ": " <span lang=lang>{right}</span></p> })}
                {feedback.map(|feedback| html("option-feedback", &feedback, lang))}
            </li>
        </ul>
    }
}
