//! Files of a certificate: the PDF, the signed proof, and the key that proves it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use courses::certificate::Facts;
use leptos::prelude::*;
use server::Platform;
use server::certificates::{self, PaperError, paper};
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;

/// The learner's own certificate as a PDF.
pub(super) async fn pdf(reader: Reader, At(code): At<String>) -> Result<Response, Fault> {
    let learner = reader.signed_in()?.learner();
    let (platform, asked) = (Arc::clone(&reader.platform), code.clone());
    // Setting the page takes milliseconds of processor time, which other requests should not wait for.
    let set = spawn_blocking(move || Handle::current().block_on(certificates::paper(&platform, learner, &asked))).await;
    match set.map_err(|error| Fault::Internal(error.to_string()))? {
        Ok((facts, pdf)) => Ok(attachment("application/pdf", &facts, "pdf", pdf)),
        Err(PaperError::NotFound) => Err(Fault::NotFound),
        Err(PaperError::Storage(error)) => Err(error.into()),
        Err(PaperError::Set(paper::PaperError::Letters(letters))) => {
            tracing::warn!(count = letters.chars().count(), "a certificate has letters that the typeface lacks");
            Ok(print_the_page_instead(&reader, &code))
        }
        Err(PaperError::Set(error)) => Err(Fault::Internal(error.to_string())),
    }
}

/// The facts of a certificate as signed, for anyone who holds its code.
pub(super) async fn proof(State(platform): State<Arc<Platform>>, At(code): At<String>) -> Result<Response, Fault> {
    let certificate = certificates::verify(&platform, &code).await?.ok_or(Fault::NotFound)?;
    let mut response = attachment("text/plain; charset=utf-8", &certificate.facts, "jws", certificate.seal.into_bytes());
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex"));
    Ok(response)
}

/// The public key that certificates are signed with.
pub(super) async fn keys(State(platform): State<Arc<Platform>>) -> Response {
    ([(CACHE_CONTROL, "public, max-age=3600")], Json(certificates::public_keys(&platform))).into_response()
}

/// A download whose name says no more than the course's neutral code.
fn attachment(media_type: &'static str, facts: &Facts, extension: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{}-certificate.{extension}\"", facts.course);
    ([(CONTENT_TYPE, media_type.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

/// The page that offers printing from the browser, which has letters that our typeface lacks.
fn print_the_page_instead(reader: &Reader, code: &str) -> Response {
    let texts = reader.texts;
    let back = format!("/certificates/{code}");
    reader.page(Head::new(texts.t("pdf-letters-title")).status(StatusCode::UNPROCESSABLE_ENTITY).narrow(), move || {
        view! {
            <h1>{texts.t("pdf-letters-title")}</h1>
            <p class="lead">{texts.t("pdf-letters-words")}</p>
            <p class="actions"><a class="button" href=back>{texts.t("pdf-letters-back")}</a></p>
        }
    })
}
