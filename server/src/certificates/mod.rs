//! Completions and certificates: a certificate exists the moment its rule is met, and outlives the account.

pub(crate) mod api;
mod complete;
pub(crate) mod entity;
pub mod paper;
mod record;
pub mod seal;
mod wording;

pub use complete::CompleteError;
pub(crate) use complete::complete_if_met;
pub(crate) use record::Completed;

use chrono::{DateTime, NaiveDate};
use courses::certificate::{Facts, Standing, normalise_code};
use courses::id::CourseCode;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::Platform;
use crate::access::Learner;
use entity::{certificate, completion};

/// A certificate as anyone who holds its code may see it.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// What it says.
    pub facts: Facts,
    /// The facts signed, as a compact JWS.
    pub seal: String,
    /// Whether it stands.
    pub standing: Standing,
}

/// Why a certificate could not be set as a PDF.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// No such certificate of this learner.
    #[error("no such certificate")]
    NotFound,
    /// Setting it failed.
    #[error("the certificate could not be set: {0}")]
    Set(#[from] paper::PaperError),
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// The certificate with `code` as typed or scanned; `None` when there is none.
///
/// # Errors
/// When the database does not answer.
pub async fn verify(platform: &Platform, code: &str) -> Result<Option<Certificate>, DbErr> {
    let Some(code) = normalise_code(code) else { return Ok(None) };
    let found = certificate::Entity::find().filter(certificate::Column::Code.eq(code)).one(platform.storage.reader()).await?;
    found.map(|row| shown(platform, row)).transpose()
}

/// The learner's certificates, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn own_certificates(platform: &Platform, learner: Learner) -> Result<Vec<Certificate>, DbErr> {
    let rows = certificate::Entity::find()
        .inner_join(completion::Entity)
        .filter(completion::Column::PersonId.eq(learner.person()))
        .order_by_desc(certificate::Column::IssuedAt)
        .all(platform.storage.reader())
        .await?;
    rows.into_iter().map(|row| shown(platform, row)).collect()
}

/// The learner's certificate of one course that is not replaced, if they hold one.
///
/// # Errors
/// When the database does not answer.
pub async fn own_certificate(platform: &Platform, learner: Learner, course: &CourseCode) -> Result<Option<Certificate>, DbErr> {
    let own = own_certificates(platform, learner).await?;
    Ok(own.into_iter().find(|certificate| certificate.facts.course == *course && certificate.standing != Standing::Replaced))
}

/// The learner's own certificate with `code` as a tagged PDF, unless it was revoked or replaced: that is not printed again.
///
/// # Errors
/// [`PaperError`].
pub async fn paper(platform: &Platform, learner: Learner, code: &str) -> Result<(Facts, Vec<u8>), PaperError> {
    let own = own_certificates(platform, learner).await?;
    let code = normalise_code(code).ok_or(PaperError::NotFound)?;
    let own = own.into_iter().find(|own| own.facts.code == code).ok_or(PaperError::NotFound)?;
    if !own.standing.is_printed() {
        return Err(PaperError::NotFound);
    }
    let facts = own.facts;
    let verify_url = verify_url(platform, &facts.code);
    let completed_on = completed_on(platform, &facts);
    let pdf = platform.press.set(&facts, &verify_url, &platform.config.issuer, completed_on)?;
    Ok((facts, pdf))
}

/// The public address of the certificate with `code`.
#[must_use]
pub fn verify_url(platform: &Platform, code: &str) -> String {
    format!("{}/verify/{code}", platform.config.origin())
}

/// The public key that certificates are signed with, as a JSON Web Key Set.
#[must_use]
pub fn public_keys(platform: &Platform) -> serde_json::Value {
    serde_json::json!({ "keys": [platform.seal_key.public_jwk()] })
}

/// The day a course was completed where the campus is.
#[must_use]
pub fn completed_on(platform: &Platform, facts: &Facts) -> NaiveDate {
    let instant = DateTime::parse_from_rfc3339(&facts.completed_at).map_or_else(|_| platform.clock.now(), |at| at.to_utc());
    instant.with_timezone(&platform.config.zone()).date_naive()
}

fn shown(platform: &Platform, row: certificate::Model) -> Result<Certificate, DbErr> {
    let facts: Facts = serde_json::from_str(&row.facts).map_err(|error| DbErr::Json(error.to_string()))?;
    let standing = if row.revoked_at.is_some() {
        Standing::Revoked
    } else if row.replaced_by.is_some() {
        Standing::Replaced
    } else if row.expires_at.is_some_and(|expires_at| expires_at <= platform.clock.now()) {
        Standing::Expired
    } else {
        Standing::Valid
    };
    Ok(Certificate { facts, seal: row.seal, standing })
}
