//! Before a quiz: its rules in a short paragraph made from them, and the attempts so far.

use axum::response::Response;
use courses::course::{Html, Step};
use courses::id::{CourseCode, QuizKey};
use courses::quiz::{Feedback, Purpose, Quiz};
use leptos::prelude::*;
use server::quizzes::{self, Attempt, StartError};

use super::take::attempt_fault;
use crate::catalogue::is_sensitive;
use crate::form::{Fields, redirect};
use crate::learning::{after, exit_note, own_enrolment};
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;
use crate::texts::Texts;
use crate::ui::{Icon, html, icon, in_language};

struct Model {
    texts: Texts,
    code: String,
    key: String,
    title: String,
    introduction: Html,
    language: Option<&'static str>,
    rules: String,
    questions: usize,
    pass: String,
    attempts: String,
    has_open: bool,
    none_left: bool,
    /// When the pause ends, in words.
    pause: Option<String>,
    has_time_limit: bool,
    is_sensitive: bool,
    skip_to: Option<String>,
    earlier: Vec<Earlier>,
}

struct Earlier {
    number: i32,
    url: String,
    submitted: String,
    score: String,
    outcome: &'static str,
}

/// The page before a quiz.
pub(super) async fn intro(reader: Reader, At((code, key)): At<(CourseCode, QuizKey)>) -> Result<Response, Fault> {
    let enrolled = own_enrolment(&reader, &code).await?;
    let course = &enrolled.published.course;
    let quiz = course.quizzes.get(&key).ok_or(Fault::NotFound)?;
    let attempts = quizzes::attempts_of(&reader.platform, &enrolled, &key).await.map_err(attempt_fault)?;
    let texts = reader.texts;
    let (language, text) = quiz.text(reader.language);
    let left = attempts_left(quiz, &attempts);
    let skip_to =
        if quiz.rules.purpose == Purpose::PreTest { Some(after(&reader, &enrolled, &Step::Quiz(key.clone())).await?) } else { None };
    let model = Model {
        texts,
        code: code.to_string(),
        key: key.to_string(),
        title: text.title.clone(),
        introduction: text.introduction.clone(),
        language: in_language(language, texts.language()),
        rules: rules(texts, quiz),
        questions: quiz.questions_shown(),
        pass: texts.percent(i32::from(quiz.rules.pass_permille)),
        attempts: match left {
            None => texts.t("attempts-unlimited").to_owned(),
            Some(left) => texts.with("attempts-left", [("n", left.into()), ("of", quiz.rules.attempts.unwrap_or_default().into())]),
        },
        has_open: attempts.iter().any(|attempt| attempt.submitted_at.is_none()),
        none_left: left == Some(0),
        pause: quizzes::pause_end(quiz, attempts.last(), reader.platform.clock.now()).map(|end| texts.moment(end, reader.zone())),
        has_time_limit: quiz.rules.minutes.is_some(),
        is_sensitive: is_sensitive(course),
        skip_to,
        earlier: attempts.iter().filter_map(|attempt| earlier(&reader, attempt)).collect(),
    };
    let head = Head::new(texts.with("course-with-code", [("code", code.to_string().into())])).narrow().quick_exit(model.is_sensitive);
    Ok(reader.page(head, move || view(model)))
}

/// Starts an attempt, or goes on with the open one.
pub(super) async fn start(reader: Reader, At((code, key)): At<(CourseCode, QuizKey)>, fields: Fields) -> Result<Response, Fault> {
    let enrolled = own_enrolment(&reader, &code).await?;
    match quizzes::start(&reader.platform, &enrolled, &key, !fields.get("more_time").is_empty()).await {
        Ok(id) => Ok(redirect(&format!("/attempts/{id}"))),
        Err(StartError::NoneLeft | StartError::Pause(_)) => Ok(redirect(&format!("/courses/{code}/quizzes/{key}"))),
        Err(StartError::NoSuchQuiz) => Err(Fault::NotFound),
        Err(StartError::Storage(error)) => Err(error.into()),
    }
}

/// How many attempts may still be started; `None` = as many as one likes.
pub(super) fn attempts_left(quiz: &Quiz, attempts: &[Attempt]) -> Option<u16> {
    let used = u16::try_from(attempts.len()).unwrap_or(u16::MAX);
    quiz.rules.attempts.map(|allowed| allowed.saturating_sub(used))
}

fn rules(texts: Texts, quiz: &Quiz) -> String {
    let purpose = match quiz.rules.purpose {
        Purpose::Practice => texts.t("purpose-practice"),
        Purpose::PreTest => texts.t("purpose-pre-test"),
        Purpose::Module => texts.t("purpose-module"),
        Purpose::PostTest => texts.t("purpose-post-test"),
    };
    let feedback = match quiz.rules.feedback {
        Feedback::AtOnce => texts.t("feedback-at-once"),
        Feedback::AfterSubmitting => texts.t("feedback-after-submitting"),
        Feedback::AfterLastAttempt => texts.t("feedback-after-last"),
        Feedback::Never => texts.t("feedback-never"),
    };
    let rules = &quiz.rules;
    let time = match rules.minutes {
        None => texts.t("no-time-limit").to_owned(),
        Some(minutes) => texts.with("rule-time-limit", [("n", minutes.into()), ("grace", rules.grace_seconds.into())]),
    };
    let pause = (rules.pause_hours > 0).then(|| texts.with("rule-pause", [("n", rules.pause_hours.into())]));
    let drawn = (quiz.questions_shown() < quiz.questions.len()).then(|| texts.t("rule-drawn").to_owned());
    let page = rules.one_at_a_time.then(|| texts.t("rule-one-at-a-time").to_owned());
    let sentences = [Some(purpose.to_owned()), page, drawn, Some(feedback.to_owned()), pause, Some(time)];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn earlier(reader: &Reader, attempt: &Attempt) -> Option<Earlier> {
    let texts = reader.texts;
    Some(Earlier {
        number: attempt.number,
        url: format!("/attempts/{}/result", attempt.id),
        submitted: texts.moment(attempt.submitted_at?, reader.zone()),
        score: texts.percent(attempt.score_permille?),
        outcome: if attempt.has_passed? { texts.t("passed") } else { texts.t("not-passed") },
    })
}

fn view(model: Model) -> impl IntoView {
    let texts = model.texts;
    let action = format!("/courses/{}/quizzes/{}/attempts", model.code, model.key);
    let start = if model.has_open { texts.t("go-on-attempt") } else { texts.t("start-attempt") };
    let can_start = model.has_open || (!model.none_left && model.pause.is_none());
    let offers_time = model.has_time_limit && !model.has_open;
    view! {
        {model.is_sensitive.then(|| exit_note(texts))}
        {back_to_course(texts, &model.code)}
        <h1 lang=model.language>{model.title}</h1>
        {html("lead", &model.introduction, model.language)}
        <p>{model.rules}</p>
        <dl class="facts">
            <div><dt>{texts.t("questions")}</dt><dd>{model.questions}</dd></div>
            <div><dt>{texts.t("to-pass")}</dt><dd>{model.pass}</dd></div>
            <div><dt>{texts.t("attempts")}</dt><dd>{model.attempts}</dd></div>
        </dl>
        {model.pause.filter(|_| !model.has_open && !model.none_left).map(|end| view! { <p class="notice-line">{texts.with("pause-until", [("moment", end.into())])}</p> })}
        <div class="actions">
            {can_start.then(|| view! {
                <form method="post" action=action>
                    {offers_time.then(|| view! { <label class="option"><input type="checkbox" name="more_time" value="yes"/> " " <span>{texts.t("more-time")}</span></label> })}
                    <button class="button">{start} " " {icon(Icon::ArrowRight)}</button>
                </form>
            })}
            {model.skip_to.map(|to| view! { <a class="button button-quiet" href=to>{texts.t("skip-pre-test")}</a> })}
        </div>
        {earlier_view(texts, model.earlier)}
    }
}

/// The way back to the course.
pub(super) fn back_to_course(texts: Texts, code: &str) -> impl IntoView + use<> {
    let name = texts.with("course-with-code", [("code", code.to_owned().into())]);
    let url = format!("/courses/{code}");
    view! { <nav class="breadcrumb" aria-label=texts.t("breadcrumb")><ol><li><a href=url>{name}</a></li></ol></nav> }
}

fn earlier_view(texts: Texts, earlier: Vec<Earlier>) -> impl IntoView {
    (!earlier.is_empty()).then(|| {
        let rows: Vec<_> = earlier
            .into_iter()
            .map(|attempt| {
                view! {
                    <tr>
                        <th scope="row"><a href=attempt.url>{texts.with("attempt-number", [("n", attempt.number.into())])}</a></th>
                        <td>{attempt.submitted}</td>
                        <td class="num">{attempt.score}</td>
                        <td>{attempt.outcome}</td>
                    </tr>
                }
            })
            .collect();
        view! {
            <h2 class="gap" id="earlier">{texts.t("earlier-attempts")}</h2>
            <div class="table-scroll" role="region" aria-labelledby="earlier" tabindex="0">
                <table class="table-data">
                    <thead><tr>
                        <th scope="col">{texts.t("attempt")}</th><th scope="col">{texts.t("submitted")}</th>
                        <th scope="col" class="num">{texts.t("score")}</th><th scope="col">{texts.t("outcome")}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    })
}
