//! The catalogue, a course's page, and its figures.

mod card;
mod course;
mod course_view;
mod file;
mod list;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use server::Platform;

pub(crate) use course_view::{is_sensitive, progress_line};

pub(crate) fn routes() -> Router<Arc<Platform>> {
    Router::new()
        .route("/", get(list::catalogue))
        .route("/courses/{code}", get(course::course))
        .route("/courses/{code}/facilitation/{module}", get(card::card))
        .route("/courses/{code}/enrolment", post(course::enrol))
        .route("/files/{digest}/{name}", get(file::file))
}
