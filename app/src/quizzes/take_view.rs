//! How a quiz is drawn while it is taken.

use std::collections::{BTreeMap, BTreeSet};

use courses::course::Html;
use courses::id::QuestionKey;
use courses::quiz::{Kind, Response};
use leptos::prelude::*;
use server::quizzes::{Attempt, AttemptError};

use super::intro::back_to_course;
use super::island::AnswerSaver;
use super::take::drawn_name;
use crate::catalogue::is_sensitive;
use crate::form::summary;
use crate::learning::exit_note;
use crate::reader::Reader;
use crate::texts::Texts;
use crate::ui::{Icon, icon, in_language};

/// What the page shows; no key is in it.
pub(super) struct Model {
    texts: Texts,
    id: String,
    code: String,
    title: String,
    language: Option<&'static str>,
    number: i32,
    answered: usize,
    questions: Vec<QuestionModel>,
    errors: Vec<(String, String)>,
    sequence: i64,
    saved: Option<String>,
    is_sensitive: bool,
}

struct QuestionModel {
    key: String,
    kind: Kind,
    stem: Html,
    language: Option<&'static str>,
    options: Vec<(String, Html, bool)>,
    is_blank: bool,
}

impl Model {
    pub(super) fn new(
        reader: &Reader,
        attempt: &Attempt,
        answers: &BTreeMap<QuestionKey, Response>,
        blank: &BTreeSet<QuestionKey>,
        saved: Option<String>,
    ) -> Result<Self, AttemptError> {
        let texts = reader.texts;
        let quiz = attempt.quiz()?;
        let (language, text) = quiz.text(reader.language);
        let mut errors = Vec::new();
        let mut questions = Vec::new();
        for (at, shown) in attempt.layout.iter().enumerate() {
            let question = quiz.question(&shown.key).ok_or(AttemptError::NotFound)?;
            let (own_language, words) = quiz.question_text(&shown.key, reader.language).ok_or(AttemptError::NotFound)?;
            let chosen = answers.get(&shown.key);
            let is_blank = blank.contains(&shown.key);
            if is_blank {
                let line = [("n", (at + 1).into()), ("error", texts.t("choose-one").into())];
                errors.push((shown.key.to_string(), texts.with("question-error", line)));
            }
            questions.push(QuestionModel {
                key: shown.key.to_string(),
                kind: question.kind,
                stem: words.stem.clone(),
                language: in_language(own_language, texts.language()),
                options: shown
                    .options
                    .iter()
                    .filter_map(|option| {
                        let is_chosen = chosen.is_some_and(|response| response.0.contains(option));
                        words.options.get(option).map(|text| (option.to_string(), text.label.clone(), is_chosen))
                    })
                    .collect(),
                is_blank,
            });
        }
        Ok(Self {
            texts,
            id: attempt.id.to_string(),
            code: attempt.published.course.code.to_string(),
            title: text.title.clone(),
            language: in_language(language, texts.language()),
            number: attempt.number,
            answered: answers.values().filter(|response| !response.0.is_empty()).count(),
            questions,
            errors,
            sequence: attempt.last_sequence,
            saved,
            is_sensitive: is_sensitive(&attempt.published.course),
        })
    }
}

pub(super) fn view(model: Model) -> impl IntoView {
    let texts = model.texts;
    let action = format!("/attempts/{}", model.id);
    let of = model.questions.len();
    let has_blank = !model.errors.is_empty();
    let done = texts.with("answered-of", [("n", model.answered.into()), ("of", of.into()), ("attempt", model.number.into())]);
    view! {
        {model.is_sensitive.then(|| exit_note(texts))}
        {back_to_course(texts, &model.code)}
        <h1 lang=model.language>{model.title}</h1>
        <p class="note-line">{done}</p>
        {summary(texts, &model.errors)}
        <form id="page-form" method="post" action=action novalidate>
            {model.questions.into_iter().enumerate().map(|(at, question)| question_view(texts, at + 1, of, question)).collect::<Vec<_>>()}
            <AnswerSaver
                attempt=model.id
                sequence=model.sequence
                saved=model.saved
                saving=texts.t("saving").to_owned()
                not_saved=texts.t("not-saved").to_owned()
            />
            <div class="actions">
                <button class="button" name="do" value="submit">{texts.t("submit-quiz")}</button>
                {has_blank.then(|| view! { <button class="button button-second" name="do" value="submit-anyway">{texts.t("submit-anyway")}</button> })}
                <button class="button button-second" name="do" value="later">{texts.t("go-on-later")}</button>
            </div>
        </form>
    }
}

fn question_view(texts: Texts, number: usize, of: usize, question: QuestionModel) -> impl IntoView {
    let QuestionModel { key, kind, stem, language, options, is_blank } = question;
    let class = if is_blank { "question field-invalid" } else { "question" };
    let input = if kind == Kind::Multiple { "checkbox" } else { "radio" };
    let hint = (kind == Kind::Multiple).then(|| texts.t("multiple-hint"));
    let described =
        [hint.map(|_| format!("{key}-hint")), is_blank.then(|| format!("{key}-error"))].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let described = (!described.is_empty()).then_some(described);
    let ticked = options.iter().filter(|(.., is_chosen)| *is_chosen).map(|(value, ..)| value.as_str()).collect::<Vec<_>>().join(" ");
    let drawn = drawn_name(&key);
    let rows: Vec<_> = options
        .into_iter()
        .map(|(value, label, is_chosen)| {
            let name = key.clone();
            view! {
                <label class="option">
                    <input type=input name=name value=value checked=is_chosen/> " " <span lang=language inner_html=label.as_str().to_owned()></span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class=class id=key.clone() aria-labelledby=format!("{key}-n {key}-stem") aria-describedby=described>
            <legend id=format!("{key}-n")>{texts.with("question-of", [("n", number.into()), ("of", of.into())])}</legend>
            <div class="stem" id=format!("{key}-stem") lang=language inner_html=stem.as_str().to_owned()></div>
            {hint.map(|hint| view! { <p class="hint" id=format!("{key}-hint")>{hint}</p> })}
            {is_blank.then(|| view! { <p class="field-error" id=format!("{key}-error")>{icon(Icon::Alert)} " " <span>{texts.t("choose-one")}</span></p> })}
            <input type="hidden" name=drawn value=ticked/>
            <div class="options">{rows}</div>
        </fieldset>
    }
}
