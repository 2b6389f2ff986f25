//! How the fields of each kind of question are drawn. All of them are ordinary form controls: by keyboard, by touch, and without
//! scripts.

use courses::course::Html;
use courses::id::{OptionKey, QuestionKey};
use courses::quiz::{Flaw, Kind, Question, QuestionText, Response, Shape, ShownQuestion, UNIT};
use leptos::prelude::*;

use super::answers::{drawn_name, name, part_name};
use super::review::{Reviewed, outcome_words, review_view};
use crate::form::{described_by, error_line};
use crate::texts::Texts;
use crate::ui::typed_text;

/// A question as its fields show it; no key is in it.
pub(super) struct QuestionModel {
    pub(super) key: QuestionKey,
    pub(super) number: usize,
    pub(super) kind: Kind,
    pub(super) stem: Html,
    pub(super) language: Option<&'static str>,
    /// Options of a choice, with what is chosen.
    options: Vec<(OptionKey, Html, bool)>,
    /// Parts with their options and what is chosen for each.
    parts: Vec<PartModel>,
    text: String,
    unit: Option<Html>,
    longest: usize,
    drawn: String,
    pub(super) flaw: Option<String>,
    /// What a check brought; then the answer stands.
    pub(super) review: Option<Reviewed>,
    pub(super) may_check: bool,
    /// How long ago the answer was chosen.
    pub(super) age_ms: Option<i64>,
}

struct PartModel {
    key: OptionKey,
    label: Html,
    options: Vec<(OptionKey, String, bool)>,
}

impl QuestionModel {
    pub(super) fn new(
        number: usize,
        shown: &ShownQuestion,
        question: &Question,
        (language, words): (Option<&'static str>, &QuestionText),
        response: Option<&Response>,
    ) -> Self {
        let none = Response::none(question.kind.shape());
        let response = response.unwrap_or(&none);
        let label = |key: &OptionKey| words.options.get(key).map(|text| text.label.clone());
        let options = shown.options.iter().filter_map(|key| Some((key.clone(), label(key)?, response.has(key)))).collect();
        let part = |key: &OptionKey| {
            let part = question.parts.iter().find(|part| part.key == *key)?;
            let options = shown.options.iter().filter(|option| part.options.contains(option)).map(|option| {
                let words = label(option).map_or_else(|| option.to_string(), |label| label.without_tags(""));
                (option.clone(), words, response.place_of(key) == Some(option))
            });
            Some(PartModel { key: key.clone(), label: label(key).unwrap_or_default(), options: options.collect() })
        };
        Self {
            key: question.key.clone(),
            number,
            kind: question.kind,
            stem: words.stem.clone(),
            language,
            options,
            parts: shown.parts.iter().filter_map(part).collect(),
            text: response.text().to_owned(),
            unit: UNIT.parse().ok().and_then(|unit| label(&unit)),
            longest: question.longest_text(),
            drawn: serde_json::to_string(response).unwrap_or_default(),
            flaw: None,
            review: None,
            may_check: false,
            age_ms: None,
        }
    }
}

/// What an answer lacks, in words.
pub(super) fn flaw_words(texts: Texts, kind: Kind, flaw: Flaw) -> String {
    match flaw {
        Flaw::Empty if kind.shape() == Shape::Written => texts.t("write-something").to_owned(),
        Flaw::Empty if kind.shape() == Shape::Placed => texts.t("choose-for-each").to_owned(),
        Flaw::Empty => texts.t("choose-one").to_owned(),
        Flaw::Incomplete(missing) => texts.with("choose-more", [("n", missing.into())]),
        Flaw::SamePlace => texts.t("same-place").to_owned(),
        Flaw::NotANumber => texts.t("not-a-number").to_owned(),
    }
}

/// How a kind is answered and what part of it earns; nothing where it goes without saying.
fn hint(texts: Texts, kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Single | Kind::TrueFalse => None,
        Kind::Multiple => Some(texts.t("multiple-hint")),
        Kind::Matching => Some(texts.t("matching-hint")),
        Kind::Ordering => Some(texts.t("ordering-hint")),
        Kind::ShortText => Some(texts.t("short-text-hint")),
        Kind::Number => Some(texts.t("number-hint")),
        Kind::Gaps => Some(texts.t("gaps-hint")),
        Kind::Reflection => Some(texts.t("reflection-hint")),
    }
}

/// Draws a question with its fields, or with its feedback once it was checked.
pub(super) fn question_view(texts: Texts, of: usize, mut question: QuestionModel) -> impl IntoView {
    let key = question.key.to_string();
    let class = if question.flaw.is_some() { "question field-invalid" } else { "question" };
    let review = question.review.take();
    let is_open = review.is_none();
    let hint = hint(texts, question.kind).filter(|_| is_open);
    let described = described_by(&key, hint.is_some(), question.flaw.is_some());
    let shape = match question.kind.shape() {
        Shape::Chosen => "chosen",
        Shape::Placed => "placed",
        Shape::Written => "written",
    };
    let legend = texts.with("question-of", [("n", question.number.into()), ("of", of.into())]);
    let language = question.language;
    let stem = if question.kind == Kind::Gaps && is_open { with_gaps(texts, &question) } else { without_gaps(&question.stem) };
    let flaw = question.flaw.clone();
    let drawn = question.drawn.clone();
    let age = question.age_ms.map(|age| age.to_string());
    let may_check = question.may_check && is_open;
    let check = key.clone();
    view! {
        <fieldset class=class id=key.clone() data-shape=is_open.then_some(shape) data-age-ms=age aria-labelledby=format!("{key}-n {key}-stem") aria-describedby=described>
            <legend id=format!("{key}-n")>{legend}</legend>
            <div class="stem" id=format!("{key}-stem") lang=language inner_html=stem></div>
            {hint.map(|hint| view! { <p class="hint" id=format!("{key}-hint")>{hint}</p> })}
            {error_line(&key, flaw.as_deref())}
            {match review {
                Some(review) => view! { <p class="kicker">{outcome_words(texts, review.permille)}</p> {review_view(texts, review)} }.into_any(),
                None => view! {
                    <input type="hidden" name=drawn_name(&question.key) value=drawn/>
                    {fields(texts, question)}
                    {may_check.then(|| view! { <p class="check-answer"><button class="button button-second" name="check" value=check>{texts.t("check-answer")}</button></p> })}
                }.into_any(),
            }}
        </fieldset>
    }
}

fn fields(texts: Texts, question: QuestionModel) -> AnyView {
    match question.kind {
        Kind::Single | Kind::TrueFalse => options_view("radio", question).into_any(),
        Kind::Multiple => options_view("checkbox", question).into_any(),
        Kind::Matching | Kind::Ordering => parts_view(texts, question).into_any(),
        Kind::ShortText | Kind::Number => text_view(question).into_any(),
        Kind::Reflection => long_text_view(question).into_any(),
        // In the sentence.
        Kind::Gaps => ().into_any(),
    }
}

fn options_view(input: &'static str, question: QuestionModel) -> impl IntoView {
    let (name, language) = (name(&question.key), question.language);
    let rows: Vec<_> = question
        .options
        .into_iter()
        .map(|(value, label, is_chosen)| {
            let name = name.clone();
            view! {
                <label class="option">
                    <input type=input name=name value=value.to_string() checked=is_chosen/> " " <span lang=language inner_html=label.as_str().to_owned()></span>
                </label>
            }
        })
        .collect();
    view! { <div class="options">{rows}</div> }
}

fn parts_view(texts: Texts, question: QuestionModel) -> impl IntoView {
    let (key, language) = (question.key, question.language);
    let class = if question.kind == Kind::Ordering { "parts parts-order" } else { "parts" };
    let empty = if question.kind == Kind::Ordering { texts.t("choose-place") } else { texts.t("choose-option") };
    let rows: Vec<_> = question
        .parts
        .into_iter()
        .map(|part| {
            let id = format!("{key}-{}-field", part.key);
            let name = part_name(&key, &part.key);
            let options: Vec<_> = part
                .options
                .into_iter()
                .map(|(value, words, is_chosen)| view! { <option value=value.to_string() selected=is_chosen inner_html=words></option> })
                .collect();
            view! {
                <div class="part">
                    <label for=id.clone() lang=language inner_html=part.label.as_str().to_owned()></label>
                    <select id=id name=name lang=language><option value="">{empty}</option>{options}</select>
                </div>
            }
        })
        .collect();
    view! { <div class=class>{rows}</div> }
}

fn text_view(question: QuestionModel) -> impl IntoView {
    let key = question.key.to_string();
    let is_number = question.kind == Kind::Number;
    let unit = question.unit.map(|unit| {
        let id = format!("{key}-unit");
        view! { <span class="unit" id=id lang=question.language inner_html=unit.as_str().to_owned()></span> }
    });
    let described = described_by(&key, true, question.flaw.is_some());
    let invalid = question.flaw.is_some().then_some("true");
    let labelled = if unit.is_some() { format!("{key}-stem {key}-unit") } else { format!("{key}-stem") };
    view! {
        <p class="written">
            <input
                type="text"
                name=name(&question.key)
                value=question.text
                maxlength=question.longest.to_string()
                inputmode=is_number.then_some("decimal")
                autocomplete="off"
                autocapitalize="none"
                spellcheck=is_number.then_some("false")
                lang=question.language
                aria-labelledby=labelled
                aria-describedby=described
                aria-invalid=invalid
            />
            " " {unit}
        </p>
    }
}

fn long_text_view(question: QuestionModel) -> impl IntoView {
    let key = question.key.to_string();
    view! {
        <textarea
            name=name(&question.key)
            rows="6"
            maxlength=question.longest.to_string()
            aria-labelledby=format!("{key}-stem")
            aria-describedby=format!("{key}-hint")
        >{typed_text(&question.text)}</textarea>
    }
}

/// The sentence with a select in place of each gap.
fn with_gaps(texts: Texts, question: &QuestionModel) -> String {
    let of = question.parts.len();
    question.parts.iter().enumerate().fold(question.stem.as_str().to_owned(), |stem, (at, part)| {
        let label = texts.with("gap-of", [("n", (at + 1).into()), ("of", of.into())]);
        let options: String = part
            .options
            .iter()
            .map(|(value, words, is_chosen)| {
                let selected = if *is_chosen { " selected" } else { "" };
                format!("<option value=\"{value}\"{selected}>{words}</option>")
            })
            .collect();
        let name = part_name(&question.key, &part.key);
        let select =
            format!("<select class=\"gap\" name=\"{name}\" aria-label=\"{label}\"><option value=\"\">…</option>{options}</select>");
        stem.replacen(&format!("{{{}}}", part.key), &select, 1)
    })
}

/// The sentence with a line in place of each gap.
pub(super) fn without_gaps(stem: &Html) -> String {
    let mut rest = stem.as_str();
    let mut out = String::with_capacity(rest.len());
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}').filter(|(gap, _)| gap.parse::<OptionKey>().is_ok()) {
            Some((_, after)) => {
                out.push_str("____");
                rest = after;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}
