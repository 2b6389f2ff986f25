//! Reports for coordination: completions on the screen and as a file, by one filter.

mod asked;
mod choices;
mod export;
mod filters;
mod page;
mod results;
mod words;
mod wrong;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use server::Platform;
use server::access::CoordinatorOf;

use crate::reader::Reader;
use crate::routes::Fault;
use asked::Asked;
pub(crate) use words::{country_name, period};

/// Address of the completion report.
const REPORT: &str = "/reports/completions";
/// Address that sends the report as a file.
const EXPORT: &str = "/reports/completions/export";

pub(crate) fn routes() -> Router<Arc<Platform>> {
    Router::new().route(REPORT, get(page::report)).route(EXPORT, post(export::export))
}

/// Proof that the reader coordinates; who is not signed in comes back to the report as asked.
fn coordinator(reader: &Reader, asked: &Asked) -> Result<CoordinatorOf, Fault> {
    let person = reader.person.as_ref().ok_or_else(|| Fault::SignIn { back_to: asked.address(asked.page) })?;
    person.coordinator().ok_or(Fault::Forbidden)
}
