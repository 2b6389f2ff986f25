//! How a quiz is drawn while it is taken.

use courses::quiz::Feedback;
use leptos::prelude::*;
use server::quizzes::{Attempt, AttemptError};

use super::intro::back_to_course;
use super::island::{AnswerSaver, Saver};
use super::question_view::{QuestionModel, flaw_words, question_view};
use super::review::Reviewed;
use super::saving::saver;
use super::take::address;
use crate::catalogue::is_sensitive;
use crate::form::error_links;
use crate::learning::exit_note;
use crate::reader::Reader;
use crate::texts::Texts;
use crate::ui::{Icon, icon, in_language};

/// What the page shows; no key is in it before a question was checked.
pub(super) struct Model {
    texts: Texts,
    action: String,
    code: String,
    title: String,
    language: Option<&'static str>,
    number: i32,
    of: usize,
    answered: usize,
    questions: Vec<QuestionModel>,
    /// Where questions stand one on a page: which one this is, and for each whether it is answered.
    turning: Option<(usize, Vec<bool>)>,
    errors: Vec<(String, String)>,
    saver: Option<Saver>,
    time: Option<String>,
    is_sensitive: bool,
}

impl Model {
    /// `question` = which one is asked for, from 1; `is_refused` = the form was to be submitted, and something is missing.
    pub(super) fn new(reader: &Reader, attempt: &Attempt, question: Option<usize>, is_refused: bool) -> Result<Self, AttemptError> {
        let texts = reader.texts;
        let quiz = attempt.quiz()?;
        let (language, text) = quiz.text(reader.language);
        let of = attempt.layout.len();
        let flaws = if is_refused { attempt.flaws()? } else { Vec::new() };
        let flaw_of = |key| flaws.iter().find(|(flawed, _)| flawed == key).map(|(_, flaw)| *flaw);
        let first_flaw = attempt.layout.iter().position(|shown| flaw_of(&shown.key).is_some()).map(|at| at + 1);
        let asked = if is_refused { first_flaw } else { question };
        let here = quiz.rules.one_at_a_time.then(|| asked.unwrap_or(1).clamp(1, of.max(1)));
        let (mut questions, mut errors) = (Vec::new(), Vec::new());
        for (at, shown) in attempt.layout.iter().enumerate() {
            let number = at + 1;
            let question = quiz.question(&shown.key).ok_or(AttemptError::NotFound)?;
            let (own_language, words) = quiz.question_text(&shown.key, reader.language).ok_or(AttemptError::NotFound)?;
            let flaw = flaw_of(&shown.key).map(|flaw| flaw_words(texts, question.kind, flaw));
            if let Some(words) = &flaw {
                let page = if here.is_some() { address(attempt.id, Some(number)) } else { String::new() };
                let line = [("n", number.into()), ("error", words.as_str().into())];
                errors.push((format!("{page}#{}", shown.key), texts.with("question-error", line)));
            }
            if here.is_some_and(|here| here != number) {
                continue;
            }
            let response = attempt.answers.get(&shown.key);
            let text = (in_language(own_language, texts.language()), words);
            let mut model = QuestionModel::new(number, shown, question, text, response);
            model.flaw = flaw;
            let now = reader.platform.clock.now();
            model.age_ms = attempt.chosen_at.get(&shown.key).map(|chosen| (now - *chosen).num_milliseconds().max(0));
            model.may_check = quiz.rules.feedback == Feedback::AtOnce && question.kind.is_marked();
            if attempt.checked.contains(&shown.key) {
                model.review = Some(Reviewed::new(reader, quiz, shown, question, response));
            }
            questions.push(model);
        }
        let is_answered = |key| attempt.answers.get(key).is_some_and(|response| !response.is_empty());
        let answered: Vec<bool> = attempt.layout.iter().map(|shown| is_answered(&shown.key)).collect();
        Ok(Self {
            texts,
            action: address(attempt.id, here),
            code: attempt.published.course.code.to_string(),
            title: text.title.clone(),
            language: in_language(language, texts.language()),
            number: attempt.number,
            of,
            answered: answered.iter().filter(|is_answered| **is_answered).count(),
            questions,
            turning: here.map(|here| (here, answered)),
            errors,
            saver: saver(reader, Some(attempt)),
            time: attempt.due_at.map(|due| time_words(reader, attempt, due)),
            is_sensitive: is_sensitive(&attempt.published.course),
        })
    }
}

/// Until when the attempt lasts, and what happens then.
fn time_words(reader: &Reader, attempt: &Attempt, due: chrono::DateTime<chrono::Utc>) -> String {
    let left = ((due - reader.platform.clock.now()).num_seconds().max(0) + 59) / 60;
    let grace = attempt.closes_at.map_or(0, |closes| (closes - due).num_seconds());
    reader.texts.with("time-limit-now", [("clock", reader.clock(due).into()), ("n", left.into()), ("grace", grace.into())])
}

pub(super) fn view(model: Model) -> impl IntoView {
    let texts = model.texts;
    let of = model.of;
    let has_flaw = !model.errors.is_empty();
    let done = texts.with("answered-of", [("n", model.answered.into()), ("of", of.into()), ("attempt", model.number.into())]);
    let is_last = model.turning.as_ref().is_none_or(|(here, _)| *here == of);
    view! {
        {model.is_sensitive.then(|| exit_note(texts))}
        {back_to_course(texts, &model.code)}
        <h1 lang=model.language>{model.title}</h1>
        <p class="note-line">{done}</p>
        {model.time.map(|time| view! {
            <details class="time" open><summary>{icon(Icon::Clock)} " " {texts.t("time-limit")}</summary> <p>{time}</p></details>
        })}
        {error_links(texts, model.errors)}
        <form id="page-form" method="post" action=model.action novalidate>
            {model.questions.into_iter().map(|question| question_view(texts, of, question)).collect::<Vec<_>>()}
            {model.saver.map(|saver| view! { <AnswerSaver saver/> })}
            {model.turning.map(|(here, answered)| turning_view(texts, here, &answered))}
            <div class="actions">
                {is_last.then(|| view! { <button class="button" name="do" value="submit">{texts.t("submit-quiz")}</button> })}
                {has_flaw.then(|| view! { <button class="button button-second" name="do" value="submit-anyway">{texts.t("submit-anyway")}</button> })}
                <button class="button button-second" name="do" value="later">{texts.t("go-on-later")}</button>
            </div>
        </form>
    }
}

/// Buttons to the questions before and after, and to each: every one stores the answer on the page first.
fn turning_view(texts: Texts, here: usize, answered: &[bool]) -> impl IntoView + use<> {
    let of = answered.len();
    let go =
        |to: usize, words: &'static str| view! { <button class="button button-second" name="do" value=format!("go-{to}")>{words}</button> };
    let numbers: Vec<_> = answered
        .iter()
        .enumerate()
        .map(|(at, is_answered)| {
            let number = at + 1;
            let state = if *is_answered { texts.t("answered") } else { texts.t("not-answered") };
            let label = texts.with("question-state", [("n", number.into()), ("state", state.into())]);
            let class = if *is_answered { "turn turn-done" } else { "turn" };
            let current = (number == here).then_some("step");
            view! { <li><button class=class name="do" value=format!("go-{number}") aria-label=label aria-current=current>{number}</button></li> }
        })
        .collect();
    view! {
        <div class="actions">
            {(here < of).then(|| go(here + 1, texts.t("next-question")))}
            {(here > 1).then(|| go(here - 1, texts.t("previous-question")))}
        </div>
        <nav class="turns" aria-label=texts.t("questions")><ol>{numbers}</ol></nav>
    }
}
