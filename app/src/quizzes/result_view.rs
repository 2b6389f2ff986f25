//! How a result is drawn.

use std::collections::BTreeSet;

use courses::course::Step;
use courses::quiz::{Purpose, Quiz, ShownQuestion};
use leptos::prelude::*;
use server::quizzes::Attempt;

use super::intro::back_to_course;
use super::review::{Reviewed, outcome_words, review_view};
use crate::catalogue::is_sensitive;
use crate::learning::{exit_note, step_title, step_url};
use crate::reader::Reader;
use crate::texts::Texts;
use crate::ui::{Icon, icon, in_language, state};

/// Where one can go from here.
pub(super) struct Onward {
    pub next: Option<String>,
    pub again: Option<String>,
    pub left: Option<u16>,
}

/// What the page shows.
pub(super) struct Model {
    texts: Texts,
    code: String,
    is_sensitive: bool,
    number: i32,
    verdict: Option<bool>,
    score: String,
    pass: String,
    submitted: String,
    objectives: Vec<(String, Option<&'static str>, u16)>,
    read_again: Vec<(String, String, Option<&'static str>)>,
    questions: Vec<Reviewed>,
    has_reflections: bool,
    answers: String,
    onward: Onward,
}

impl Model {
    pub(super) fn new(reader: &Reader, attempt: &Attempt, quiz: &Quiz, shows_feedback: bool, onward: Onward) -> Self {
        let texts = reader.texts;
        let course = &attempt.published.course;
        let marks = quiz.mark(&attempt.layout, &attempt.answers);
        let missed = quiz.questions.iter().filter(|question| marks.questions.get(&question.key).is_some_and(|permille| *permille < 1000));
        let lessons: BTreeSet<_> = missed.filter_map(|question| question.lesson.clone()).collect();
        let read_again = course.lessons().filter(|key| lessons.contains(*key)).map(|key| {
            let step = Step::Lesson(key.clone());
            let (language, title) = step_title(texts, course, reader.language, &step);
            (step_url(&course.code, &step), title, in_language(language, texts.language()))
        });
        Self {
            texts,
            code: course.code.to_string(),
            is_sensitive: is_sensitive(course),
            number: attempt.number,
            verdict: attempt.has_passed.filter(|_| quiz.rules.purpose != Purpose::PreTest),
            score: texts.percent(attempt.score_permille.unwrap_or_default()),
            pass: texts.percent(attempt.pass_permille),
            submitted: attempt.submitted_at.map(|at| texts.moment(at, reader.zone())).unwrap_or_default(),
            objectives: marks
                .objectives
                .iter()
                .filter_map(|(key, permille)| {
                    let (language, words) = course.objective_text(key, reader.language)?;
                    Some((words.to_owned(), in_language(language, texts.language()), *permille))
                })
                .collect(),
            read_again: read_again.collect(),
            questions: if shows_feedback { review(reader, attempt, quiz) } else { Vec::new() },
            has_reflections: quiz.questions.iter().any(|question| !question.kind.is_marked()),
            answers: format!("/attempts/{}/answers.csv", attempt.id),
            onward,
        }
    }
}

fn review(reader: &Reader, attempt: &Attempt, quiz: &Quiz) -> Vec<Reviewed> {
    let review = |shown: &ShownQuestion| {
        let question = quiz.question(&shown.key)?;
        Some(Reviewed::new(reader, quiz, shown, question, attempt.answers.get(&shown.key)))
    };
    attempt.layout.iter().filter_map(review).collect()
}

pub(super) fn view(model: Model) -> impl IntoView {
    let texts = model.texts;
    let has_review = !model.questions.is_empty();
    let has_again = !model.read_again.is_empty();
    let verdict = match model.verdict {
        Some(true) => Some(state("state state-done", Icon::Check, texts.t("passed"))),
        Some(false) => Some(state("state state-bad", Icon::Minus, texts.t("not-passed"))),
        None => None,
    };
    view! {
        {model.is_sensitive.then(|| exit_note(texts))}
        {back_to_course(texts, &model.code)}
        <h1>{texts.with("result-of-attempt", [("n", model.number.into())])}</h1>
        <div class="score">
            {verdict.map(|verdict| view! { <p>{verdict}</p> })}
            <p class="score-figure">{model.score}</p>
            <p>{texts.with("submitted-at", [("moment", model.submitted.into())])} " " {model.verdict.map(|_| texts.with("passed-from", [("percent", model.pass.into())]))}</p>
        </div>
        {onward_view(texts, model.onward)}
        <div class="stack">
            <h2>{texts.t("by-objective")}</h2>
            <ul class="objectives-score">
                {model.objectives.into_iter().enumerate().map(|(at, objective)| objective_view(texts, at, objective)).collect::<Vec<_>>()}
            </ul>
            {has_again.then(|| view! {
                <h2>{texts.t("read-again")}</h2>
                <ul class="outline-list">
                    {model.read_again.into_iter().map(|(url, title, lang)| view! { <li><a href=url><span lang=lang>{title}</span></a></li> }).collect::<Vec<_>>()}
                </ul>
            })}
            {has_review.then(|| view! { <h2>{texts.t("question-by-question")}</h2> })}
            {(has_review && model.has_reflections).then(|| view! { <p class="note-line">{texts.t("reflections-private")}</p> })}
            {model.questions.into_iter().enumerate().map(|(at, question)| reviewed_view(texts, at + 1, question)).collect::<Vec<_>>()}
            <p class="note-line screen-only"><a href=model.answers download="answers.csv">{texts.t("download-answers")}</a></p>
        </div>
    }
}

fn onward_view(texts: Texts, onward: Onward) -> impl IntoView {
    let left = onward.left.map(|left| texts.with("attempts-still-left", [("n", left.into())]));
    view! {
        <div class="actions">
            {onward.next.map(|url| view! { <a class="button" href=url>{texts.t("continue")} " " {icon(Icon::ArrowRight)}</a> })}
            {onward.again.map(|url| view! { <a class="button button-second" href=url>{texts.t("try-again")}</a> })}
        </div>
        {left.map(|left| view! { <p class="note-line">{left}</p> })}
    }
}

fn objective_view(texts: Texts, at: usize, (words, lang, permille): (String, Option<&'static str>, u16)) -> impl IntoView {
    let id = format!("objective-{at}");
    let labelled = id.clone();
    let percent = texts.percent(i32::from(permille));
    view! {
        <li>
            <p><span id=labelled lang=lang>{words}</span> " " <strong>{percent.clone()}</strong></p>
            <meter min="0" max="1000" value=permille.to_string() aria-labelledby=id>{percent}</meter>
        </li>
    }
}

fn reviewed_view(texts: Texts, number: usize, question: Reviewed) -> impl IntoView {
    let id = format!("question-{number}");
    let labelled = id.clone();
    let outcome = outcome_words(texts, question.permille);
    let (lang, stem) = (question.language, question.stem.clone());
    view! {
        <section class="question" aria-labelledby=labelled>
            <h3 class="kicker" id=id>{texts.with("question-outcome", [("n", number.into()), ("outcome", outcome.into())])}</h3>
            <div class="stem" lang=lang inner_html=stem></div>
            {review_view(texts, question)}
        </section>
    }
}
