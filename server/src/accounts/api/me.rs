//! `GET /me`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use sea_orm::EntityTrait;
use serde::Serialize;
use utoipa::ToSchema;

use super::person::{PersonFacts, facts};
use crate::Platform;
use crate::accounts::entity::person;
use crate::api::{Caller, Code, Problem, Scope};

/// The person behind the token.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Me {
    #[serde(flatten)]
    person: PersonFacts,
    /// Scopes of the token that work now.
    scopes: Vec<Scope>,
}

/// The person behind the token, and how far it reaches.
#[utoipa::path(
    get, path = "/me", tag = "Own learning", operation_id = "read_me", security(("token" = ["profile:read"])),
    responses((status = 200, description = "One's own profile", body = Me))
)]
pub(super) async fn me(State(platform): State<Arc<Platform>>, caller: Caller) -> Result<Json<Me>, Problem> {
    caller.signed_in(Scope::ProfileRead)?;
    let database = platform.storage.reader();
    let row = person::Entity::find_by_id(caller.person()).one(database).await?.ok_or(Code::NotFound)?;
    Ok(Json(Me { person: facts(database, row).await?, scopes: caller.scopes().iter().collect() }))
}
