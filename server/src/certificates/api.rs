//! Certificates for other programs: one's own, and whether anybody's stands.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use courses::certificate::Standing;
use courses::language::Language;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Certificate, own_certificates, verify, verify_url};
use crate::Platform;
use crate::api::schema::{LanguageCode, StandingCode};
use crate::api::{At, Caller, Code, Page, Problem, Scope};

pub(crate) fn endpoints() -> OpenApiRouter<Arc<Platform>> {
    OpenApiRouter::new().routes(routes!(verification)).routes(routes!(certificates)).routes(routes!(certificate))
}

/// A certificate: what it says, and what it is worth today.
#[derive(Debug, Serialize, ToSchema)]
struct CertificateFacts {
    /// Verification code.
    #[schema(example = "7Q2M-0W8Z-3K4T-9XEA-5B6C-1DFG")]
    code: String,
    /// What it is worth today.
    #[schema(value_type = StandingCode)]
    standing: Standing,
    /// Holder's name as they wrote it.
    holder: String,
    /// Course's neutral code.
    #[schema(example = "ec-102")]
    course_code: String,
    /// Course's title in the certificate's language.
    title: String,
    /// Number of the course version.
    version: i32,
    /// Stated length.
    minutes: u32,
    /// Language of the certificate.
    #[schema(value_type = LanguageCode)]
    language: Language,
    /// When the course was completed.
    #[schema(format = DateTime)]
    completed_at: String,
    /// Last day it is valid; null = for ever.
    #[schema(format = Date)]
    valid_until: Option<String>,
    /// These facts signed, as a compact JWS (EdDSA); the key is at `/.well-known/campus-certificate-keys.json`.
    seal: String,
    /// Page on which anyone can check it.
    #[schema(format = "uri")]
    verification_url: String,
}

/// Whether a certificate stands.
///
/// For anyone who holds the code. A code typed with small letters, or O for 0, is understood.
#[utoipa::path(
    get, path = "/certificates/{code}/verification", tag = "Certificates", operation_id = "verify_certificate",
    params(("code" = String, Path, description = "Verification code", example = "7Q2M-0W8Z-3K4T-9XEA-5B6C-1DFG")),
    responses((status = 200, description = "The certificate and its standing", body = CertificateFacts))
)]
async fn verification(State(platform): State<Arc<Platform>>, At(code): At<String>) -> Result<Json<CertificateFacts>, Problem> {
    let certificate = verify(&platform, &code).await?.ok_or(Code::NotFound)?;
    Ok(Json(facts(&platform, certificate)))
}

/// One's own certificates.
#[utoipa::path(
    get, path = "/me/certificates", tag = "Own learning", operation_id = "list_own_certificates", security(("token" = ["learning:read"])),
    responses((status = 200, description = "Every certificate, newest first", body = Page<CertificateFacts>))
)]
async fn certificates(State(platform): State<Arc<Platform>>, caller: Caller) -> Result<Json<Page<CertificateFacts>>, Problem> {
    let learner = caller.learner(Scope::LearningRead)?;
    let own = own_certificates(&platform, learner).await?;
    Ok(Json(Page { items: own.into_iter().map(|own| facts(&platform, own)).collect(), next: None }))
}

/// One of one's own certificates.
#[utoipa::path(
    get, path = "/me/certificates/{code}", tag = "Own learning", operation_id = "read_own_certificate", security(("token" = ["learning:read"])),
    params(("code" = String, Path, description = "Verification code", example = "7Q2M-0W8Z-3K4T-9XEA-5B6C-1DFG")),
    responses((status = 200, description = "The certificate", body = CertificateFacts))
)]
async fn certificate(
    State(platform): State<Arc<Platform>>,
    caller: Caller,
    At(code): At<String>,
) -> Result<Json<CertificateFacts>, Problem> {
    let learner = caller.learner(Scope::LearningRead)?;
    let own = own_certificates(&platform, learner).await?;
    let found = own.into_iter().find(|own| Some(&own.facts.code) == courses::certificate::normalise_code(&code).as_ref());
    Ok(Json(facts(&platform, found.ok_or(Code::NotFound)?)))
}

fn facts(platform: &Platform, certificate: Certificate) -> CertificateFacts {
    let Certificate { facts, seal, standing } = certificate;
    CertificateFacts {
        verification_url: verify_url(platform, &facts.code),
        code: facts.code,
        standing,
        holder: facts.holder,
        course_code: facts.course.to_string(),
        title: facts.title,
        version: facts.version,
        minutes: facts.minutes,
        language: facts.language,
        completed_at: facts.completed_at,
        valid_until: facts.valid_until,
        seal,
    }
}
