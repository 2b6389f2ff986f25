//! The closing survey.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use courses::course::{Html, Step};
use courses::id::{CourseCode, QuestionKey};
use courses::survey::SurveyKind;
use leptos::prelude::*;
use server::enrolments::Enrolled;
use server::learning::{self, SurveyError, SurveyFault};

use super::{after, own_enrolment};
use crate::catalogue::is_sensitive;
use crate::form::{Fields, notice, redirect, remember_language, summary};
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;
use crate::texts::Texts;
use crate::ui::{Icon, html, icon, in_language, message_page, typed_text};

struct Model {
    texts: Texts,
    code: String,
    title: String,
    introduction: Html,
    language: Option<&'static str>,
    questions: Vec<QuestionModel>,
    errors: Vec<(String, String)>,
}

struct QuestionModel {
    key: String,
    kind: SurveyKind,
    is_required: bool,
    stem: Html,
    options: Vec<(String, Option<Html>)>,
    answer: String,
    error: Option<String>,
}

/// The survey; who has answered it is told so.
pub(super) async fn survey(reader: Reader, At(code): At<CourseCode>) -> Result<Response, Fault> {
    let enrolled = own_enrolment(&reader, &code).await?;
    let progress = learning::progress(&reader.platform, &enrolled).await?;
    if progress.done.survey_answered {
        let texts = reader.texts;
        let back = format!("/courses/{code}");
        return Ok(message_page(&reader, texts.t("survey"), texts.t("survey-answered"), &back, texts.t("back-to-course")));
    }
    show(&reader, &enrolled, &Fields::default(), &BTreeMap::new(), StatusCode::OK)
}

/// Stores the answers and goes to the certificate, or to what is still missing.
pub(super) async fn answer(reader: Reader, At(code): At<CourseCode>, fields: Fields) -> Result<Response, Fault> {
    let enrolled = own_enrolment(&reader, &code).await?;
    if let Some(language) = fields.switched() {
        let page = show(&reader.speaking(language), &enrolled, &fields, &BTreeMap::new(), StatusCode::OK)?;
        return Ok(remember_language(page, language));
    }
    let answers = fields.pairs().filter_map(|(key, value)| Some((key.parse().ok()?, value.to_owned()))).collect();
    match learning::answer_survey(&reader.platform, &enrolled, answers).await {
        Ok(()) => Ok(notice(redirect(&after(&reader, &enrolled, &Step::Survey).await?), "survey-thanks")),
        Err(SurveyError::Faults(faults)) => show(&reader, &enrolled, &fields, &faults, StatusCode::UNPROCESSABLE_ENTITY),
        Err(SurveyError::NoSurvey) => Err(Fault::NotFound),
        Err(SurveyError::Complete(error)) => Err(error.into()),
        Err(SurveyError::Storage(error)) => Err(error.into()),
    }
}

fn show(
    reader: &Reader,
    enrolled: &Enrolled,
    fields: &Fields,
    faults: &BTreeMap<QuestionKey, SurveyFault>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let texts = reader.texts;
    let course = &enrolled.published.course;
    let survey = course.survey.as_ref().ok_or(Fault::NotFound)?;
    let (language, text) = survey.text(reader.language);
    let mut errors = Vec::new();
    let questions = survey
        .questions
        .iter()
        .enumerate()
        .filter_map(|(at, question)| {
            let words = text.questions.get(&question.key)?;
            let error = faults.get(&question.key).map(|fault| fault_words(texts, *fault).to_owned());
            if let Some(error) = &error {
                let line = texts.with("question-error", [("n", (at + 1).into()), ("error", error.clone().into())]);
                errors.push((question.key.to_string(), line));
            }
            Some(QuestionModel {
                key: question.key.to_string(),
                kind: question.kind,
                is_required: question.is_required,
                stem: words.stem.clone(),
                options: match question.kind {
                    SurveyKind::Scale => (1..=5).map(|number| (number.to_string(), None)).collect(),
                    _ => question.options.iter().map(|option| (option.to_string(), words.options.get(option).cloned())).collect(),
                },
                answer: fields.get(question.key.as_str()).to_owned(),
                error,
            })
        })
        .collect();
    let model = Model {
        texts,
        code: course.code.to_string(),
        title: text.title.clone(),
        introduction: text.introduction.clone(),
        language: in_language(language, texts.language()),
        questions,
        errors,
    };
    let head = Head::new(texts.with("course-with-code", [("code", model.code.clone().into())]))
        .narrow()
        .keeps_form()
        .status(status)
        .quick_exit(is_sensitive(course));
    Ok(reader.page(head, move || view(model)))
}

fn fault_words(texts: Texts, fault: SurveyFault) -> &'static str {
    match fault {
        SurveyFault::Missing | SurveyFault::Unknown => texts.t("choose-one"),
        SurveyFault::TooLong => texts.t("survey-too-long"),
    }
}

fn view(model: Model) -> impl IntoView {
    let texts = model.texts;
    let lang = model.language;
    let of = model.questions.len();
    view! {
        <nav class="breadcrumb" aria-label=texts.t("breadcrumb")>
            <ol><li><a href=format!("/courses/{}", model.code)>{texts.with("course-with-code", [("code", model.code.clone().into())])}</a></li></ol>
        </nav>
        <h1 lang=lang>{model.title}</h1>
        {html("lead", &model.introduction, lang)}
        {summary(texts, &model.errors)}
        <form class="form" id="page-form" method="post" action=format!("/courses/{}/survey", model.code) novalidate>
            {model.questions.into_iter().enumerate().map(|(at, question)| question_view(texts, lang, at + 1, of, question)).collect::<Vec<_>>()}
            <div class="actions"><button class="button">{texts.t("send-survey")}</button></div>
        </form>
    }
}

fn question_view(texts: Texts, lang: Option<&'static str>, number: usize, of: usize, question: QuestionModel) -> impl IntoView {
    let QuestionModel { key, kind, is_required, stem, options, answer, error } = question;
    let class = if error.is_some() { "question field-invalid" } else { "question" };
    let has_error = error.is_some();
    let hint = (kind == SurveyKind::Text).then(|| texts.t("no-real-cases"));
    let described = [hint.map(|_| format!("{key}-hint")), has_error.then(|| format!("{key}-error"))]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    let described = (!described.is_empty()).then_some(described);
    view! {
        <fieldset class=class id=key.clone() aria-labelledby=format!("{key}-n {key}-stem") aria-describedby=described>
            <legend id=format!("{key}-n")>
                {texts.with("question-of", [("n", number.into()), ("of", of.into())])} {(!is_required).then(|| view! { " " <small>"("{texts.t("optional")}")"</small> })}
            </legend>
            <div class="stem" id=format!("{key}-stem") lang=lang inner_html=stem.as_str().to_owned()></div>
            {hint.map(|hint| view! { <p class="hint" id=format!("{key}-hint")>{hint}</p> })}
            {error.map(|error| view! { <p class="field-error" id=format!("{key}-error")>{icon(Icon::Alert)} " " <span>{error}</span></p> })}
            {if kind == SurveyKind::Text {
                view! { <textarea name=key.clone() maxlength="2000" aria-labelledby=format!("{key}-stem") rows="4">{typed_text(&answer)}</textarea> }.into_any()
            } else {
                let class = if kind == SurveyKind::Scale { "scale" } else { "options" };
                view! { <div class=class>{options.into_iter().map(|(value, label)| option_view(&key, value, label, &answer, lang)).collect::<Vec<_>>()}</div> }.into_any()
            }}
        </fieldset>
    }
}

fn option_view(name: &str, value: String, label: Option<Html>, answer: &str, lang: Option<&'static str>) -> impl IntoView + use<> {
    let is_chosen = value == answer;
    let label = label.map_or_else(|| value.clone(), |label| label.as_str().to_owned());
    view! { <label class="option"><input type="radio" name=name.to_owned() value=value checked=is_chosen/> " " <span lang=lang inner_html=label></span></label> }
}
