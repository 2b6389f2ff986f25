//! A lesson's page, and the visit its button records.

use axum::response::Response;
use courses::course::Step;
use courses::id::{CourseCode, LessonKey};
use server::catalogue;
use server::enrolments;
use server::learning::{self, VisitError};

use super::lesson_view::{Model, view};
use super::{after, own_enrolment};
use crate::form::redirect;
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;

/// The lesson: anybody may read it; those enrolled see their version and their progress.
pub(super) async fn lesson(reader: Reader, At((code, key)): At<(CourseCode, LessonKey)>) -> Result<Response, Fault> {
    let platform = &reader.platform;
    let enrolled = match &reader.person {
        Some(person) => enrolments::enrolled(platform, person.learner(), &code).await?,
        None => None,
    };
    let (published, done) = match enrolled {
        Some(enrolled) => {
            let done = learning::progress(platform, &enrolled).await?.done;
            (enrolled.published, Some(done))
        }
        None => (catalogue::offered_course(platform, &code).await?.ok_or(Fault::NotFound)?, None),
    };
    let model = Model::new(&reader, &published, &key, done).ok_or(Fault::NotFound)?;
    let head = Head::new(model.page_title()).quick_exit(model.is_sensitive);
    Ok(reader.page(head, move || view(model)))
}

/// Records the visit and goes on to what follows.
pub(super) async fn visit(reader: Reader, At((code, key)): At<(CourseCode, LessonKey)>) -> Result<Response, Fault> {
    let enrolled = own_enrolment(&reader, &code).await?;
    learning::visit(&reader.platform, &enrolled, &key).await.map_err(|error| match error {
        VisitError::NoSuchLesson => Fault::NotFound,
        VisitError::Complete(error) => error.into(),
        VisitError::Storage(error) => error.into(),
    })?;
    Ok(redirect(&after(&reader, &enrolled, &Step::Lesson(key)).await?))
}
