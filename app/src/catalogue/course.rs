//! A course's page: what it asks and gives, and for those enrolled, where they are.

use axum::response::Response;
use courses::course::Step;
use courses::id::CourseCode;
use server::catalogue;
use server::certificates;
use server::enrolments::{self, EnrolError};
use server::learning;

use super::course_view::{Model, Standing, view};
use crate::form::{notice, redirect};
use crate::learning::step_url;
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;

/// The page of `code`.
pub(super) async fn course(reader: Reader, At(code): At<CourseCode>) -> Result<Response, Fault> {
    let platform = &reader.platform;
    let enrolled = match &reader.person {
        Some(person) => enrolments::enrolled(platform, person.learner(), &code).await?,
        None => None,
    };
    let (published, standing) = match (&reader.person, enrolled) {
        (Some(person), Some(enrolled)) => {
            let progress = learning::progress(platform, &enrolled).await?;
            let certificate = certificates::own_certificate(platform, person.learner(), &code).await?;
            (enrolled.published, Some(Standing { progress, certificate: certificate.map(|own| own.facts.code) }))
        }
        _ => (catalogue::offered_course(platform, &code).await?.ok_or(Fault::NotFound)?, None),
    };
    let model = Model::new(&reader, &published, standing);
    let head = Head::new(reader.texts.with("course-with-code", [("code", code.to_string().into())])).quick_exit(model.is_sensitive);
    Ok(reader.page(head, move || view(model)))
}

/// Enrols and goes to the first step; who is not signed in makes an account first and comes back.
pub(super) async fn enrol(reader: Reader, At(code): At<CourseCode>) -> Result<Response, Fault> {
    let Some(person) = &reader.person else { return Ok(redirect(&format!("/sign-up?to=/courses/{code}"))) };
    let enrolled = enrolments::enrol(&reader.platform, person.learner(), &code).await.map_err(|error| match error {
        EnrolError::NotOffered => Fault::NotFound,
        EnrolError::Storage(error) => error.into(),
    })?;
    let progress = learning::progress(&reader.platform, &enrolled).await?;
    let pre_test = enrolled.published.course.pre_test.clone().filter(|key| !progress.tried.contains(key) && progress.permille == 0);
    let first = pre_test.map(Step::Quiz).or(progress.next);
    let to = first.map_or_else(|| format!("/courses/{code}"), |step| step_url(&code, &step));
    Ok(notice(redirect(&to), "enrolled"))
}
