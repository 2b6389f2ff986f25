//! Roles, and closing accounts, for administrators. All of it may be sent again without doing anything twice.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use courses::id::PersonId;
use courses::people::Country;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::Platform;
use crate::access::Role;
use crate::accounts::{PeopleError, disable, enable, give_role, roles, take_role};
use crate::api::schema::{CountryCode, RoleCode};
use crate::api::{Asked, At, Caller, Code, Problem, Scope};

/// For which country a role is.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct ForCountry {
    /// For this country only; left out = for all.
    #[param(value_type = Option<CountryCode>)]
    country: Option<Country>,
}

/// Give somebody a role.
///
/// Their browser sessions end, so that the next one has it. A role that they have changes nothing.
#[utoipa::path(
    put, path = "/people/{id}/roles/{role}", tag = "Administration", operation_id = "give_role", security(("token" = ["roles:write"])),
    params(("id" = uuid::Uuid, Path, description = "Id of the person"), ("role" = RoleCode, Path, description = "The role"), ForCountry),
    responses((status = 204, description = "They have it"))
)]
pub(super) async fn give(
    State(platform): State<Arc<Platform>>,
    caller: Caller,
    At((id, role)): At<(PersonId, Role)>,
    Asked(asked): Asked<ForCountry>,
) -> Result<StatusCode, Problem> {
    let (administrator, confirmed) = caller.confirmed_administrator(Scope::RolesWrite)?;
    give_role(&platform, administrator, confirmed, id, role, asked.country).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take a role from somebody.
///
/// Their sessions end, and tokens of theirs reach no further than what they have left. The last administrator stays.
#[utoipa::path(
    delete, path = "/people/{id}/roles/{role}", tag = "Administration", operation_id = "take_role", security(("token" = ["roles:write"])),
    params(("id" = uuid::Uuid, Path, description = "Id of the person"), ("role" = RoleCode, Path, description = "The role"), ForCountry),
    responses((status = 204, description = "They have it no more"))
)]
pub(super) async fn take(
    State(platform): State<Arc<Platform>>,
    caller: Caller,
    At((id, role)): At<(PersonId, Role)>,
    Asked(asked): Asked<ForCountry>,
) -> Result<StatusCode, Problem> {
    let (administrator, confirmed) = caller.confirmed_administrator(Scope::RolesWrite)?;
    let country = asked.country.map(Country::code);
    let mut all = roles(&platform, administrator, id).await?.into_iter();
    let given = all.find(|given| given.role == role && given.country.as_deref() == country).ok_or(Code::NotFound)?;
    take_role(&platform, administrator, confirmed, id, given.id).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Close somebody's account.
///
/// Nobody signs in with it; sessions and tokens stop at once. What they did stays. One's own account cannot be closed here.
#[utoipa::path(
    put, path = "/people/{id}/suspension", tag = "Administration", operation_id = "close_account", security(("token" = ["roles:write"])),
    params(("id" = uuid::Uuid, Path, description = "Id of the person")), responses((status = 204, description = "It is closed"))
)]
pub(super) async fn close(State(platform): State<Arc<Platform>>, caller: Caller, At(id): At<PersonId>) -> Result<StatusCode, Problem> {
    let (administrator, confirmed) = caller.confirmed_administrator(Scope::RolesWrite)?;
    disable(&platform, administrator, confirmed, id).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Open a closed account again.
#[utoipa::path(
    delete, path = "/people/{id}/suspension", tag = "Administration", operation_id = "open_account", security(("token" = ["roles:write"])),
    params(("id" = uuid::Uuid, Path, description = "Id of the person")), responses((status = 204, description = "It is open"))
)]
pub(super) async fn open(State(platform): State<Arc<Platform>>, caller: Caller, At(id): At<PersonId>) -> Result<StatusCode, Problem> {
    let (administrator, confirmed) = caller.confirmed_administrator(Scope::RolesWrite)?;
    enable(&platform, administrator, confirmed, id).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

fn refused(error: PeopleError) -> Problem {
    match error {
        PeopleError::Unknown => Code::NotFound.into(),
        PeopleError::LastAdministrator => Problem::because(Code::Conflict, "nobody else could administer the campus"),
        PeopleError::OneSelf => Problem::because(Code::Conflict, "this is your own account"),
        PeopleError::Storage(error) => error.into(),
    }
}
