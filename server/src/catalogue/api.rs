//! Courses on offer, for other programs: what anyone may read, without answer keys.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use courses::course::Course;
use courses::id::{CourseCode, ModuleKey, QuizKey};
use courses::language::Language;
use courses::people::Occupation;
use courses::quiz::{Purpose, Quiz};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Published, offered, offered_course};
use crate::Platform;
use crate::api::schema::{LanguageCode, OccupationCode, PurposeCode, TopicCode};
use crate::api::{Asked, At, Code, PUBLIC, Page, Problem};

pub(crate) fn endpoints() -> OpenApiRouter<Arc<Platform>> {
    OpenApiRouter::new().routes(routes!(courses)).routes(routes!(course))
}

/// Which language texts are wanted in.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct InLanguage {
    /// Language wanted; where a course is not in it, its source language is given.
    #[param(value_type = Option<LanguageCode>)]
    language: Option<Language>,
}

/// A course on offer.
#[derive(Debug, Serialize, ToSchema)]
struct CourseCard {
    /// Neutral code.
    #[schema(example = "ec-102")]
    code: String,
    /// Number of the version on offer.
    #[schema(example = 1)]
    version: i32,
    /// Title.
    title: String,
    /// One or two sentences.
    summary: String,
    /// Language of the texts given here.
    #[schema(value_type = LanguageCode)]
    language: Language,
    /// Languages the course is offered in, source language first.
    #[schema(value_type = Vec<LanguageCode>)]
    languages: Vec<Language>,
    /// What it is about.
    #[schema(value_type = Vec<TopicCode>)]
    topics: Vec<&'static str>,
    /// Whom it is written for.
    #[schema(value_type = Vec<OccupationCode>)]
    audiences: Vec<Occupation>,
    /// Stated length.
    #[schema(example = 180)]
    minutes: u32,
    /// How many months a certificate is valid; null = for ever.
    certificate_months: Option<u32>,
    /// Address of its page.
    #[schema(format = "uri")]
    url: String,
}

/// A course with its outline.
#[derive(Debug, Serialize, ToSchema)]
struct CourseOutline {
    #[serde(flatten)]
    card: CourseCard,
    /// Who it is for and how it works, as HTML.
    description_html: String,
    /// What a learner will be able to do.
    objectives: Vec<String>,
    /// Its parts, in order.
    modules: Vec<ModuleOutline>,
    /// Key of the quiz offered before the first module.
    pre_test: Option<String>,
    /// Key of the quiz after the last module.
    post_test: Option<String>,
    /// Whether it ends with a survey.
    has_survey: bool,
    /// Every quiz and its rules.
    quizzes: Vec<QuizOutline>,
}

/// A part of a course.
#[derive(Debug, Serialize, ToSchema)]
struct ModuleOutline {
    /// Its key in the course.
    key: String,
    /// Title.
    title: String,
    /// Its lessons, in order.
    lessons: Vec<LessonOutline>,
    /// Key of the quiz at its end.
    quiz: Option<String>,
}

/// A lesson.
#[derive(Debug, Serialize, ToSchema)]
struct LessonOutline {
    /// Its key in the course.
    key: String,
    /// Title.
    title: String,
    /// Why it matters to the reader's work.
    why: String,
    /// How long reading takes.
    minutes: u32,
}

/// A quiz, without its questions.
#[derive(Debug, Serialize, ToSchema)]
struct QuizOutline {
    /// Its key in the course.
    key: String,
    /// Title.
    title: String,
    /// What it is for.
    #[schema(value_type = PurposeCode)]
    purpose: Purpose,
    /// Questions in an attempt.
    questions: usize,
    /// Score from which it is passed, 0 to 1000.
    pass_permille: u16,
    /// How many attempts there are; null = any number.
    attempts: Option<u16>,
    /// Time limit; null = none.
    minutes: Option<u16>,
}

/// Courses on offer.
#[utoipa::path(
    get, path = "/courses", tag = "Courses", operation_id = "list_courses", params(InLanguage),
    responses((status = 200, description = "Every course on offer, by code", body = Page<CourseCard>))
)]
async fn courses(State(platform): State<Arc<Platform>>, Asked(asked): Asked<InLanguage>) -> Result<Response, Problem> {
    let language = asked.language.unwrap_or_default();
    let offered = offered(&platform).await?;
    let items: Vec<CourseCard> = offered.iter().map(|published| card(&platform, published, language)).collect();
    Ok(([(CACHE_CONTROL, PUBLIC)], Json(Page { items, next: None })).into_response())
}

/// A course and its outline.
#[utoipa::path(
    get, path = "/courses/{code}", tag = "Courses", operation_id = "read_course",
    params(("code" = String, Path, description = "Code of the course", example = "ec-102", min_length = 1, max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"), InLanguage),
    responses((status = 200, description = "The version on offer now", body = CourseOutline))
)]
async fn course(
    State(platform): State<Arc<Platform>>,
    At(code): At<CourseCode>,
    Asked(asked): Asked<InLanguage>,
) -> Result<Response, Problem> {
    let published = offered_course(&platform, &code).await?.ok_or(Code::NotFound)?;
    let outline = outline(&platform, &published, asked.language.unwrap_or_default());
    Ok(([(CACHE_CONTROL, PUBLIC)], Json(outline)).into_response())
}

fn card(platform: &Platform, published: &Published, language: Language) -> CourseCard {
    let course = &published.course;
    let (language, text) = course.text(language);
    CourseCard {
        code: course.code.to_string(),
        version: published.number,
        title: text.title.clone(),
        summary: text.summary.clone(),
        language,
        languages: course.languages.clone(),
        topics: course.topics.iter().map(|topic| topic.code()).collect(),
        audiences: course.audiences.clone(),
        minutes: course.minutes,
        certificate_months: course.certificate_months,
        url: format!("{}/courses/{}", platform.config.origin(), course.code),
    }
}

fn outline(platform: &Platform, published: &Published, language: Language) -> CourseOutline {
    let course = &published.course;
    let objectives = course.objectives.iter().filter_map(|key| course.objective_text(key, language));
    CourseOutline {
        card: card(platform, published, language),
        description_html: course.text(language).1.description.as_str().to_owned(),
        objectives: objectives.map(|(_, text)| text.to_owned()).collect(),
        modules: course.modules.iter().map(|module| module_outline(course, &module.key, language)).collect(),
        pre_test: course.pre_test.as_ref().map(ToString::to_string),
        post_test: course.post_test.as_ref().map(ToString::to_string),
        has_survey: course.survey.is_some(),
        quizzes: course.quizzes.iter().map(|(key, quiz)| quiz_outline(key, quiz, language)).collect(),
    }
}

fn module_outline(course: &Course, key: &ModuleKey, language: Language) -> ModuleOutline {
    let module = course.module(key);
    let lessons = module.map(|module| module.lessons.as_slice()).unwrap_or_default().iter().filter_map(|lesson| {
        let (_, text) = course.lesson_text(lesson, language)?;
        Some(LessonOutline { key: lesson.to_string(), title: text.title.clone(), why: text.why.clone(), minutes: text.minutes() })
    });
    ModuleOutline {
        key: key.to_string(),
        title: course.module_text(key, language).map(|(_, text)| text.title.clone()).unwrap_or_default(),
        lessons: lessons.collect(),
        quiz: module.and_then(|module| module.quiz.as_ref()).map(ToString::to_string),
    }
}

fn quiz_outline(key: &QuizKey, quiz: &Quiz, language: Language) -> QuizOutline {
    QuizOutline {
        key: key.to_string(),
        title: quiz.text(language).1.title.clone(),
        purpose: quiz.rules.purpose,
        questions: quiz.questions_shown(),
        pass_permille: quiz.rules.pass_permille,
        attempts: quiz.rules.attempts,
        minutes: quiz.rules.minutes,
    }
}
