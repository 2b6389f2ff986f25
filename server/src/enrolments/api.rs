//! Enrolments for other programs: one's own with progress, and enrolling others. Nothing is ever taken back here: an enrolment is a
//! person's record, and what they did hangs on it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use courses::completion::Missing;
use courses::course::Step;
use courses::id::{CourseCode, EnrolmentId, PersonId};
use sea_orm::{EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{EnrolError, Enrolled, enrol_in, own};
use crate::Platform;
use crate::access::Learner;
use crate::accounts::entity::person;
use crate::api::{At, Caller, Code, Done, FieldFault, IdempotencyKey, Page, Problem, Scope, Sent, once};
use crate::catalogue::{self, Published};
use crate::learning;
use crate::privacy::is_somebody;
use crate::storage::Write;

pub(crate) fn endpoints() -> OpenApiRouter<Arc<Platform>> {
    OpenApiRouter::new().routes(routes!(enrolments, enrol_oneself)).routes(routes!(progress))
}

/// An enrolment: a person in a course, pinned to the version they began with.
#[derive(Debug, Serialize, ToSchema)]
struct EnrolmentFacts {
    /// Its id.
    #[schema(value_type = uuid::Uuid)]
    id: EnrolmentId,
    /// Who is enrolled.
    #[schema(value_type = uuid::Uuid)]
    person_id: PersonId,
    /// Course's neutral code.
    #[schema(example = "ec-102")]
    course_code: String,
    /// Number of the course version.
    version: i32,
    /// When it was made.
    enrolled_at: DateTime<Utc>,
}

/// How far a learner is in a course.
#[derive(Debug, Serialize, ToSchema)]
struct ProgressFacts {
    /// The enrolment.
    #[schema(value_type = uuid::Uuid)]
    enrolment_id: EnrolmentId,
    /// Share of what the certificate asks for, 0 to 1000.
    #[schema(example = 375)]
    permille: u16,
    /// Keys of the lessons read.
    lessons_read: Vec<String>,
    /// Keys of the quizzes passed.
    quizzes_passed: Vec<String>,
    /// Whether the closing survey was answered.
    has_answered_survey: bool,
    /// What the certificate still asks for: all of these.
    missing: Vec<MissingFacts>,
    /// Where to go on; null = nothing is left.
    next: Option<StepFacts>,
}

/// One thing that a learner does in a course.
#[derive(Debug, Serialize, ToSchema)]
struct StepFacts {
    /// `lesson`, `quiz` or `survey`.
    #[schema(example = "lesson")]
    kind: &'static str,
    /// Key of the lesson or quiz; null for the survey.
    key: Option<String>,
}

/// Something still to be done: all the steps of one of these ways.
#[derive(Debug, Serialize, ToSchema)]
struct MissingFacts {
    /// Ways to do it; one is enough.
    one_of: Vec<Vec<StepFacts>>,
}

/// The course to enrol in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OwnEnrolment {
    /// Code of a course on offer.
    #[schema(value_type = String, example = "ec-102", min_length = 1, max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    course_code: CourseCode,
}

/// Who is enrolled, and in which course.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SomebodysEnrolment {
    /// Who is enrolled.
    #[schema(value_type = uuid::Uuid)]
    person_id: PersonId,
    /// Code of a course on offer.
    #[schema(value_type = String, example = "ec-102", min_length = 1, max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    course_code: CourseCode,
}

/// One's own enrolments.
#[utoipa::path(
    get, path = "/me/enrolments", tag = "Own learning", operation_id = "list_own_enrolments", security(("token" = ["learning:read"])),
    responses((status = 200, description = "Every enrolment, newest first", body = Page<EnrolmentFacts>))
)]
async fn enrolments(State(platform): State<Arc<Platform>>, caller: Caller) -> Result<Json<Page<EnrolmentFacts>>, Problem> {
    let learner = caller.learner(Scope::LearningRead)?;
    let own = super::enrolments(&platform, learner).await?;
    Ok(Json(Page { items: own.iter().map(facts).collect(), next: None }))
}

/// Enrol oneself.
///
/// Who is enrolled already keeps the enrolment there is, with its date and version.
#[utoipa::path(
    post, path = "/me/enrolments", tag = "Own learning", operation_id = "enrol_oneself", security(("token" = ["learning:write"])),
    request_body = OwnEnrolment, responses((status = 201, description = "The enrolment", body = EnrolmentFacts, headers(("Location" = String, description = "Address of its progress"))))
)]
async fn enrol_oneself(
    State(platform): State<Arc<Platform>>,
    caller: Caller,
    key: IdempotencyKey,
    Sent(sent): Sent<OwnEnrolment>,
) -> Result<Response, Problem> {
    let learner = caller.learner(Scope::LearningWrite)?;
    let offered = offered(&platform, &sent.course_code).await?;
    once(&platform, caller.person(), &key, &sent, async |write: &Write| {
        let enrolled = enrol_in(&platform, write, learner, &offered).await.map_err(refused)?;
        Done::created(format!("/api/v1/me/enrolments/{}/progress", enrolled.id), &facts(&enrolled))
    })
    .await
}

/// How far one is in a course.
#[utoipa::path(
    get, path = "/me/enrolments/{id}/progress", tag = "Own learning", operation_id = "read_own_progress", security(("token" = ["learning:read"])),
    params(("id" = uuid::Uuid, Path, description = "Id of the enrolment")),
    responses((status = 200, description = "Derived from what was done, never stored", body = ProgressFacts))
)]
async fn progress(State(platform): State<Arc<Platform>>, caller: Caller, At(id): At<EnrolmentId>) -> Result<Json<ProgressFacts>, Problem> {
    let learner = caller.learner(Scope::LearningRead)?;
    let enrolled = own(&platform, platform.storage.reader(), learner, id).await?.ok_or(Code::NotFound)?;
    let progress = learning::progress(&platform, &enrolled).await?;
    Ok(Json(ProgressFacts {
        enrolment_id: id,
        permille: progress.permille,
        lessons_read: progress.done.lessons.iter().map(ToString::to_string).collect(),
        quizzes_passed: progress.done.quizzes_passed.iter().map(ToString::to_string).collect(),
        has_answered_survey: progress.done.survey_answered,
        missing: progress.missing.iter().map(missing).collect(),
        next: progress.next.as_ref().map(step),
    }))
}

/// Enrol somebody.
///
/// Who is enrolled already keeps the enrolment there is. There is no way to delete one: what a person did hangs on it.
#[utoipa::path(
    post, path = "/enrolments", tag = "Administration", operation_id = "enrol_somebody", security(("token" = ["enrolments:write"])),
    request_body = SomebodysEnrolment, responses((status = 201, description = "The enrolment", body = EnrolmentFacts, headers(("Location" = String, description = "Address of the person"))))
)]
pub(crate) async fn enrol_somebody(
    State(platform): State<Arc<Platform>>,
    caller: Caller,
    key: IdempotencyKey,
    Sent(sent): Sent<SomebodysEnrolment>,
) -> Result<Response, Problem> {
    let administrator = caller.administrator(Scope::EnrolmentsWrite)?;
    let offered = offered(&platform, &sent.course_code).await?;
    once(&platform, caller.person(), &key, &sent, async |write: &Write| {
        let is_known = person::Entity::find_by_id(sent.person_id).filter(is_somebody()).one(write).await?.is_some();
        if !is_known {
            return Err(Problem::invalid(vec![FieldFault::at("/person_id", "there is no such person")]));
        }
        let learner = Learner::enrolled_by(administrator, sent.person_id);
        let enrolled = enrol_in(&platform, write, learner, &offered).await.map_err(refused)?;
        Done::created(format!("/api/v1/people/{}", sent.person_id), &facts(&enrolled))
    })
    .await
}

async fn offered(platform: &Platform, code: &CourseCode) -> Result<Arc<Published>, Problem> {
    let unknown = || Problem::invalid(vec![FieldFault::at("/course_code", "no such course is on offer")]);
    catalogue::offered_course(platform, code).await?.ok_or_else(unknown)
}

fn refused(error: EnrolError) -> Problem {
    match error {
        EnrolError::NotOffered => Problem::invalid(vec![FieldFault::at("/course_code", "no such course is on offer")]),
        EnrolError::Storage(error) => error.into(),
    }
}

fn facts(enrolled: &Enrolled) -> EnrolmentFacts {
    EnrolmentFacts {
        id: enrolled.id,
        person_id: enrolled.learner.person(),
        course_code: enrolled.published.course.code.to_string(),
        version: enrolled.published.number,
        enrolled_at: enrolled.enrolled_at,
    }
}

fn missing(missing: &Missing) -> MissingFacts {
    let one_of = match missing {
        Missing::Step(one) => vec![vec![step(one)]],
        Missing::AnyOf(ways) => ways.iter().map(|way| way.iter().map(step).collect()).collect(),
    };
    MissingFacts { one_of }
}

fn step(step: &Step) -> StepFacts {
    match step {
        Step::Lesson(key) => StepFacts { kind: "lesson", key: Some(key.to_string()) },
        Step::Quiz(key) => StepFacts { kind: "quiz", key: Some(key.to_string()) },
        Step::Survey => StepFacts { kind: "survey", key: None },
    }
}
