//! A learner's own attempts, for other programs. Never the key; what was right, and feedback, only where the quiz's rule shows it.

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::response::Response;
use chrono::{DateTime, Utc};
use courses::id::{AttemptId, OptionKey};
use courses::quiz::{Kind, Question, QuestionText, Quiz, RIGHT, Response as Answer, WRONG};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::own::{own_attempts, place};
use super::{Attempt, AttemptError, attempt, attempts_of};
use crate::Platform;
use crate::api::schema::KindCode;
use crate::api::{Asked, At, Caller, Code, Page, Place, Problem, Scope, listed};

pub(crate) fn endpoints() -> OpenApiRouter<Arc<Platform>> {
    OpenApiRouter::new().routes(routes!(attempts)).routes(routes!(one_attempt))
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AttemptsAsked {
    /// Where to go on: part of `next` of the page before.
    cursor: Option<String>,
    /// Attempts on a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u64>,
}

/// One try at a quiz.
#[derive(Debug, Serialize, ToSchema)]
struct AttemptFacts {
    /// Its id.
    #[schema(value_type = uuid::Uuid)]
    id: AttemptId,
    /// The enrolment it belongs to.
    #[schema(value_type = uuid::Uuid)]
    enrolment_id: courses::id::EnrolmentId,
    /// Course's neutral code.
    #[schema(example = "ec-102")]
    course_code: String,
    /// Key of the quiz in the course.
    #[schema(example = "post-test")]
    quiz: String,
    /// Which try, from 1.
    #[schema(example = 1)]
    number: i32,
    /// When it was started.
    started_at: DateTime<Utc>,
    /// End of its time limit; null = none.
    due_at: Option<DateTime<Utc>>,
    /// When it was submitted or its time was over; null = still open.
    submitted_at: Option<DateTime<Utc>>,
    /// Score from which it is passed.
    #[schema(example = 700)]
    pass_permille: i32,
    /// Score, once submitted.
    #[schema(example = 850)]
    score_permille: Option<i32>,
    /// Whether it was passed, once submitted.
    has_passed: Option<bool>,
}

/// One try at a quiz, question by question.
#[derive(Debug, Serialize, ToSchema)]
struct AttemptDetail {
    #[serde(flatten)]
    facts: AttemptFacts,
    /// Whether the quiz's rule shows feedback now.
    shows_feedback: bool,
    /// Its questions, in the order shown.
    questions: Vec<QuestionDetail>,
}

/// A question of an attempt.
#[derive(Debug, Serialize, ToSchema)]
struct QuestionDetail {
    /// Its key in the quiz.
    key: String,
    /// How it is answered.
    #[schema(value_type = KindCode)]
    kind: Kind,
    /// The question, as HTML, in the person's language. A gap stands in it as `{gap}`.
    stem_html: String,
    /// The answer that counts: a list of options, an object of parts and options, or a text; null = none.
    #[schema(value_type = Option<serde_json::Value>)]
    response: Option<Answer>,
    /// How right it is, 0 to 1000; null while the rule does not show it, and for what is not marked.
    mark_permille: Option<u16>,
    /// Feedback on what was answered, as HTML; empty while the rule does not show it.
    feedback_html: Vec<String>,
}

/// One's own attempts.
#[utoipa::path(
    get, path = "/me/attempts", tag = "Own learning", operation_id = "list_own_attempts", security(("token" = ["learning:read"])),
    params(AttemptsAsked), responses((status = 200, description = "Attempts, newest first", body = Page<AttemptFacts>))
)]
async fn attempts(
    State(platform): State<Arc<Platform>>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(asked): Asked<AttemptsAsked>,
) -> Result<Response, Problem> {
    let learner = caller.learner(Scope::LearningRead)?;
    let at = Place::read(asked.cursor.as_deref(), asked.limit)?;
    let found = own_attempts(&platform, learner, at.after, at.rows()).await.map_err(problem)?;
    let rows = found.iter().map(facts).collect();
    Ok(listed(&platform, &uri, at, rows, |row: &AttemptFacts| place(row.started_at, row.id)))
}

/// One of one's own attempts.
///
/// Never the answer key. Marks and feedback come only when the quiz's rule shows them to the learner.
#[utoipa::path(
    get, path = "/me/attempts/{id}", tag = "Own learning", operation_id = "read_own_attempt", security(("token" = ["learning:read"])),
    params(("id" = uuid::Uuid, Path, description = "Id of the attempt")),
    responses((status = 200, description = "The attempt, question by question", body = AttemptDetail))
)]
async fn one_attempt(State(platform): State<Arc<Platform>>, caller: Caller, At(id): At<AttemptId>) -> Result<Json<AttemptDetail>, Problem> {
    let learner = caller.learner(Scope::LearningRead)?;
    let language = caller.signed_in(Scope::LearningRead)?.language;
    let attempt = attempt(&platform, learner, id).await.map_err(problem)?;
    let quiz = attempt.quiz().map_err(problem)?;
    let all = attempts_of(&platform, &attempt.enrolled, &attempt.quiz).await.map_err(problem)?;
    let submitted = all.iter().filter(|attempt| attempt.submitted_at.is_some()).count();
    let is_last = submitted == all.len() && quiz.rules.attempts.is_some_and(|allowed| submitted >= usize::from(allowed));
    let shows_feedback = attempt.shows_feedback(quiz, is_last);
    let questions = attempt.layout.iter().filter_map(|shown| quiz.question(&shown.key));
    let questions = questions.map(|question| detail(&attempt, quiz, question, language, shows_feedback)).collect();
    Ok(Json(AttemptDetail { facts: facts(&attempt), shows_feedback, questions }))
}

fn problem(error: AttemptError) -> Problem {
    match error {
        AttemptError::NotFound => Code::NotFound.into(),
        AttemptError::Storage(error) => error.into(),
    }
}

fn facts(attempt: &Attempt) -> AttemptFacts {
    AttemptFacts {
        id: attempt.id,
        enrolment_id: attempt.enrolled.id,
        course_code: attempt.published.course.code.to_string(),
        quiz: attempt.quiz.to_string(),
        number: attempt.number,
        started_at: attempt.started_at,
        due_at: attempt.due_at,
        submitted_at: attempt.submitted_at,
        pass_permille: attempt.pass_permille,
        score_permille: attempt.score_permille,
        has_passed: attempt.has_passed,
    }
}

fn detail(
    attempt: &Attempt,
    quiz: &Quiz,
    question: &Question,
    language: courses::language::Language,
    shows_feedback: bool,
) -> QuestionDetail {
    let response = attempt.answers.get(&question.key);
    let words = quiz.question_text(&question.key, language).map(|(_, words)| words);
    let mark = (shows_feedback && question.kind.is_marked()).then(|| question.mark(response));
    let feedback = words.filter(|_| shows_feedback).map(|words| feedback(question, words, response, mark)).unwrap_or_default();
    QuestionDetail {
        key: question.key.to_string(),
        kind: question.kind,
        stem_html: words.map(|words| words.stem.as_str().to_owned()).unwrap_or_default(),
        response: response.filter(|response| !response.is_empty()).cloned(),
        mark_permille: mark,
        feedback_html: feedback,
    }
}

/// Feedback on what was answered, and on nothing else: the rest would tell the key.
fn feedback(question: &Question, words: &QuestionText, response: Option<&Answer>, mark: Option<u16>) -> Vec<String> {
    let of = |key: &OptionKey| words.options.get(key)?.feedback.as_ref().map(|html| html.as_str().to_owned());
    let outcome = || if mark == Some(1000) { RIGHT } else { WRONG }.parse::<OptionKey>().ok();
    match response {
        Some(Answer::Chosen(options)) => options.iter().filter_map(of).collect(),
        Some(Answer::Placed(places)) => {
            let parts = places.iter().filter_map(|(part, chosen)| of(part).or_else(|| of(chosen)));
            parts.chain(outcome().as_ref().and_then(of)).collect()
        }
        Some(Answer::Written(_)) | None if question.kind.is_marked() => outcome().as_ref().and_then(of).into_iter().collect(),
        Some(Answer::Written(_)) | None => Vec::new(),
    }
}
