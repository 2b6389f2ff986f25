//! Writes that are done once, however often they are sent: the key, the effect and the answer are stored in one transaction.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use courses::id::{PersonId, WriteId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, TryInsertResult};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::entity::write;
use super::{Code, Problem};
use crate::Platform;
use crate::storage::Write;

/// How long a write is remembered.
pub(super) const REMEMBERED_FOR: TimeDelta = TimeDelta::hours(24);
const LONGEST_KEY: usize = 255;

/// What a program calls one thing it means to do.
#[derive(Clone, Debug)]
pub(crate) struct IdempotencyKey {
    key: String,
    /// Method and address: a key of one is none of another.
    place: String,
}

impl FromRequestParts<Arc<Platform>> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Platform>) -> Result<Self, Problem> {
        let mut values = parts.headers.get_all("idempotency-key").into_iter();
        let Some(value) = values.next() else { return Err(Code::KeyMissing.into()) };
        let key = value.to_str().unwrap_or_default().trim();
        let is_one =
            values.next().is_none() && !key.is_empty() && key.len() <= LONGEST_KEY && key.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_one {
            return Err(Problem::because(Code::Malformed, "an Idempotency-Key is one value of 1 to 255 visible ASCII characters"));
        }
        Ok(Self { key: key.to_owned(), place: format!("{} {}", parts.method, parts.uri.path()) })
    }
}

/// What a write is answered with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Done {
    status: u16,
    location: String,
    body: serde_json::Value,
    /// What is remembered in place of the body: without what is shown once.
    #[serde(skip)]
    kept: Option<serde_json::Value>,
}

impl Done {
    /// `201 Created` at `location`.
    pub(crate) fn created(location: String, body: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self { status: StatusCode::CREATED.as_u16(), location, body: json(body)?, kept: None })
    }

    /// The same, but `kept` is what a repeat is answered with.
    pub(crate) fn remembering(self, kept: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self { kept: Some(json(kept)?), ..self })
    }

    fn answer(&self, is_repeat: bool) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let mut response = (status, [(CONTENT_TYPE, "application/json")], self.body.to_string()).into_response();
        if let Ok(location) = HeaderValue::from_str(&self.location) {
            response.headers_mut().insert(LOCATION, location);
        }
        if is_repeat {
            response.headers_mut().insert(HeaderName::from_static("idempotency-replayed"), HeaderValue::from_static("true"));
        }
        response
    }
}

fn json(value: &impl Serialize) -> Result<serde_json::Value, Problem> {
    serde_json::to_value(value).map_err(|error| DbErr::Json(error.to_string()).into())
}

/// Does `work` for `person` unless it was done under this key already; then answers as it was answered. Of several at once, one
/// does it and the others wait. What is refused is not remembered.
///
/// # Errors
/// Those of `work`, and [`Code::KeyReused`].
pub(crate) async fn once(
    platform: &Platform,
    person: PersonId,
    key: &IdempotencyKey,
    request: &impl Serialize,
    work: impl AsyncFnOnce(&Write) -> Result<Done, Problem>,
) -> Result<Response, Problem> {
    let now = platform.clock.now();
    let key_digest = digest(&[&key.key]);
    let request_digest = digest(&[&key.place, &json(request)?.to_string()]);
    let transaction = platform.storage.begin().await?;
    let is_this = || write::Column::PersonId.eq(person).and(write::Column::KeyDigest.eq(&key_digest));
    write::Entity::delete_many().filter(is_this()).filter(write::Column::CreatedAt.lte(now - REMEMBERED_FOR)).exec(&transaction).await?;
    let id = WriteId(platform.chance.id(now));
    let row = write::ActiveModel {
        id: Set(id),
        person_id: Set(person),
        key_digest: Set(key_digest.clone()),
        request_digest: Set(request_digest.clone()),
        response: Set(String::new()),
        created_at: Set(now),
    };
    let inserted = write::Entity::insert(row)
        .on_conflict_do_nothing_on([write::Column::PersonId, write::Column::KeyDigest])
        .exec_without_returning(&transaction)
        .await?;
    if !matches!(inserted, TryInsertResult::Inserted(1)) {
        let known = write::Entity::find().filter(is_this()).one(&transaction).await?;
        let known = known.ok_or_else(|| DbErr::RecordNotFound("a write that was remembered".to_owned()))?;
        if known.request_digest != request_digest {
            return Err(Code::KeyReused.into());
        }
        let done: Done = serde_json::from_str(&known.response).map_err(|error| DbErr::Json(error.to_string()))?;
        return Ok(done.answer(true));
    }
    let done = work(&transaction).await?;
    let kept = Done { body: done.kept.clone().unwrap_or_else(|| done.body.clone()), ..done.clone() };
    let response = serde_json::to_string(&kept).map_err(|error| DbErr::Json(error.to_string()))?;
    write::Entity::update_many()
        .col_expr(write::Column::Response, response.into())
        .filter(write::Column::Id.eq(id))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(done.answer(false))
}

fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hex::encode(hash.finalize())
}
