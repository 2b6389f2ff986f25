//! My learning: resume with one tap, and what is still missing.

use axum::response::Response;
use courses::course::Step;
use leptos::prelude::*;
use server::certificates;
use server::enrolments;
use server::learning;

use super::{missing_sentence, step_title, step_url};
use crate::catalogue::progress_line;
use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;
use crate::texts::Texts;
use crate::ui::{Icon, icon, in_language, state};

/// One enrolment as the dashboard shows it.
struct Card {
    code: String,
    title: String,
    language: Option<&'static str>,
    permille: u16,
    missing: Vec<String>,
    next: Option<Next>,
    certificate: Option<String>,
}

struct Next {
    url: String,
    title: String,
    language: Option<&'static str>,
    place: String,
}

/// The dashboard.
pub(super) async fn dashboard(reader: Reader) -> Result<Response, Fault> {
    let learner = reader.signed_in()?.learner();
    let certificates = certificates::own_certificates(&reader.platform, learner).await?;
    let mut cards = Vec::new();
    for enrolled in enrolments::enrolments(&reader.platform, learner).await? {
        let progress = learning::progress(&reader.platform, &enrolled).await?;
        let course = &enrolled.published.course;
        let (language, text) = course.text(reader.language);
        let certificate = certificates.iter().find(|own| own.facts.course == course.code);
        cards.push(Card {
            code: course.code.to_string(),
            title: text.title.clone(),
            language: in_language(language, reader.texts.language()),
            permille: progress.permille,
            missing: progress.missing.iter().map(|missing| missing_sentence(reader.texts, course, reader.language, missing)).collect(),
            next: progress.next.as_ref().map(|step| next(&reader, &enrolled, step)),
            certificate: certificate.map(|own| own.facts.code.clone()),
        });
    }
    let texts = reader.texts;
    Ok(reader.page(Head::new(texts.t("nav-learning")), move || view(texts, cards)))
}

fn next(reader: &Reader, enrolled: &enrolments::Enrolled, step: &Step) -> Next {
    let course = &enrolled.published.course;
    let (language, title) = step_title(reader.texts, course, reader.language, step);
    let code = course.code.to_string();
    let minutes = match step {
        Step::Lesson(key) => course.lesson_text(key, reader.language).map(|(_, text)| text.minutes()),
        Step::Quiz(key) => course.quizzes.get(key).and_then(|quiz| u32::try_from(quiz.questions.len()).ok()),
        Step::Survey => Some(2),
    };
    Next {
        url: step_url(&course.code, step),
        title,
        language: in_language(language, reader.texts.language()),
        place: reader.texts.with("next-place", [("code", code.into()), ("n", minutes.unwrap_or(1).into())]),
    }
}

fn view(texts: Texts, cards: Vec<Card>) -> impl IntoView {
    if cards.is_empty() {
        return view! {
            <h1>{texts.t("nav-learning")}</h1>
            <section class="empty" aria-labelledby="empty">
                <h2 id="empty">{texts.t("no-courses-yet")}</h2>
                <p>{texts.t("no-courses-yet-words")}</p>
                <p><a class="button" href="/">{texts.t("to-catalogue")}</a></p>
            </section>
        }
        .into_any();
    }
    let (completed, open): (Vec<_>, Vec<_>) = cards.into_iter().partition(|card| card.certificate.is_some());
    let resume = open.first().and_then(|card| card.next.as_ref()).map(|next| resume_view(texts, next));
    let has_open = !open.is_empty();
    let has_completed = !completed.is_empty();
    view! {
        <h1>{texts.t("nav-learning")}</h1>
        {resume}
        {has_open.then(|| view! {
            <h2 class="gap">{texts.t("in-progress")}</h2>
            <ul class="enrolments">{open.into_iter().map(|card| open_view(texts, card)).collect::<Vec<_>>()}</ul>
        })}
        {has_completed.then(|| view! {
            <h2 class="gap">{texts.t("completed")}</h2>
            <ul class="outline-list">{completed.into_iter().map(|card| completed_view(texts, card)).collect::<Vec<_>>()}</ul>
            <p><a href="/">{texts.t("to-catalogue")}</a></p>
        })}
    }
    .into_any()
}

fn resume_view(texts: Texts, next: &Next) -> impl IntoView + use<> {
    view! {
        <section class="resume" aria-labelledby="resume">
            <p class="kicker">{texts.t("go-on")}</p>
            <h2 id="resume" lang=next.language>{next.title.clone()}</h2>
            <p>{next.place.clone()}</p>
            <div class="actions"><a class="button" href=next.url.clone()>{texts.t("continue")} " " {icon(Icon::ArrowRight)}</a></div>
        </section>
    }
}

fn open_view(texts: Texts, card: Card) -> impl IntoView {
    view! {
        <li class="enrolment">
            <h3><a href=format!("/courses/{}", card.code) lang=card.language>{card.title}</a></h3>
            {progress_line(texts, card.permille)}
            <details>
                <summary>{texts.with("still-missing-count", [("n", card.missing.len().into())])}</summary>
                <ul class="rule-list">{card.missing.into_iter().map(|words| view! { <li>{words}</li> }).collect::<Vec<_>>()}</ul>
            </details>
        </li>
    }
}

fn completed_view(texts: Texts, card: Card) -> impl IntoView {
    let certificate = card.certificate.unwrap_or_default();
    view! {
        <li>
            <a href=format!("/certificates/{certificate}")>
                <span lang=card.language>{card.title}</span> " " {state("state state-done", Icon::Certificate, texts.t("certificate"))}
            </a>
        </li>
    }
}
