//! People, for administrators.

use std::sync::Arc;

use axum::extract::{OriginalUri, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use courses::id::PersonId;
use courses::language::Language;
use courses::people::{Country, Occupation, check_name};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::person::{PersonFacts, facts, facts_of};
use crate::Platform;
use crate::accounts::entity::person;
use crate::accounts::invite::{Invited, invite, invite_again, unknown_password};
use crate::accounts::profile::tidy;
use crate::accounts::{FieldError, Secret, SignUpError, has_role};
use crate::api::schema::{CountryCode, LanguageCode, OccupationCode};
use crate::api::{
    Asked, At, Caller, Code, Cursor, Done, FieldFault, IdempotencyKey, Page, Place, Problem, Scope, Sent, before, check_tag, listed, once,
    tag, tag_header,
};
use crate::privacy::{self, List, Manner, Seen, is_somebody};
use crate::storage::Write;

const INSTITUTION_CHARS: usize = 160;
const LOGIN_CHARS: usize = 254;

/// Whom to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct PeopleAsked {
    /// Exactly this user name or e-mail address, whatever its capitals.
    #[param(example = "ana.ramirez", min_length = 1, max_length = 254, pattern = "^[^\\x00-\\x1f\\x7f-\\x9f]+$")]
    login: Option<String>,
    /// Their country.
    #[param(value_type = Option<CountryCode>)]
    country: Option<Country>,
    /// Where to go on: part of `next` of the page before.
    cursor: Option<String>,
    /// People on a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u64>,
}

/// Somebody new.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPersonAsked {
    /// Name as on certificates.
    #[schema(example = "Ana Lucía Ramírez Paz", min_length = 2, max_length = 120)]
    name: String,
    /// What they will sign in with: an e-mail address or a user name.
    #[schema(example = "ana.ramirez@salud.example", min_length = 3, max_length = 254)]
    login: String,
    /// Preferred language.
    #[schema(value_type = LanguageCode)]
    language: Language,
    /// Country.
    #[schema(value_type = CountryCode)]
    country: Country,
    /// Institution.
    #[serde(default)]
    #[schema(example = "Hospital Regional de Occidente", max_length = 160)]
    institution: String,
    /// Group of occupations.
    #[schema(value_type = OccupationCode)]
    occupation: Occupation,
}

/// Somebody who was invited.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct InvitedFacts {
    #[serde(flatten)]
    person: PersonFacts,
    /// Where they set their password, once, within seven days: bring it to them by a way that only they read. Null when the same
    /// request is repeated: it is told once.
    #[schema(format = "uri")]
    invitation_url: Option<String>,
}

/// A link by which somebody sets a password.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct InvitationFacts {
    /// Where they set it, once, within seven days. Null when the same request is repeated: it is told once.
    #[schema(format = "uri")]
    invitation_url: Option<String>,
}

/// What changes of a person; what is left out or null stays.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonChanges {
    /// Name as on certificates to come.
    #[schema(example = "Ana Lucía Ramírez Paz", min_length = 2, max_length = 120)]
    name: Option<String>,
    /// Preferred language.
    #[schema(value_type = Option<LanguageCode>)]
    language: Option<Language>,
    /// Country.
    #[schema(value_type = Option<CountryCode>)]
    country: Option<Country>,
    /// Institution; may be empty.
    #[schema(max_length = 160)]
    institution: Option<String>,
    /// Group of occupations.
    #[schema(value_type = Option<OccupationCode>)]
    occupation: Option<Occupation>,
}

/// Everybody with an account.
#[utoipa::path(
    get, path = "/people", tag = "Administration", operation_id = "list_people", security(("token" = ["people:read"])), params(PeopleAsked),
    responses((status = 200, description = "People, newest first", body = Page<PersonFacts>))
)]
pub(super) async fn people(
    State(platform): State<Arc<Platform>>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(asked): Asked<PeopleAsked>,
) -> Result<Response, Problem> {
    caller.administrator(Scope::PeopleRead)?;
    let place = Place::read(asked.cursor.as_deref(), asked.limit)?;
    // Nobody has such a login, and PostgreSQL refuses to compare with NUL.
    let is_login = |login: &str| (1..=LOGIN_CHARS).contains(&login.chars().count()) && !login.contains(char::is_control);
    if !asked.login.as_deref().is_none_or(is_login) {
        return Err(Problem::invalid(vec![FieldFault::parameter("login", "a login has 1 to 254 characters, and no control character")]));
    }
    let login = asked.login.map(|login| login.trim().to_lowercase());
    let is_theirs = |login: String| Condition::any().add(person::Column::UserName.eq(login.clone())).add(person::Column::Email.eq(login));
    let which = Condition::all()
        .add(is_somebody())
        .add_option(login.map(is_theirs))
        .add_option(asked.country.map(|country| person::Column::Country.eq(country.code())))
        .add_option(place.after.map(|cursor| before(cursor, person::Column::CreatedAt, person::Column::Id)));
    let database = platform.storage.reader();
    let rows = person::Entity::find()
        .filter(which)
        .order_by_desc(person::Column::CreatedAt)
        .order_by_desc(person::Column::Id)
        .limit(place.rows())
        .all(database)
        .await?;
    let people: Vec<PersonId> = rows.iter().take(usize::try_from(place.limit).unwrap_or(usize::MAX)).map(|row| row.id).collect();
    record(&platform, &caller, &people).await?;
    let rows = facts_of(database, rows).await?;
    Ok(listed(&platform, &uri, place, rows, |row| Cursor { at: row.created_at, id: row.id.0 }))
}

/// One person.
#[utoipa::path(
    get, path = "/people/{id}", tag = "Administration", operation_id = "read_person", security(("token" = ["people:read"])),
    params(("id" = uuid::Uuid, Path, description = "Id of the person")),
    responses((status = 200, description = "The person", body = PersonFacts))
)]
pub(super) async fn one_person(State(platform): State<Arc<Platform>>, caller: Caller, At(id): At<PersonId>) -> Result<Response, Problem> {
    caller.administrator(Scope::PeopleRead)?;
    let database = platform.storage.reader();
    let row = person::Entity::find_by_id(id).filter(is_somebody()).one(database).await?.ok_or(Code::NotFound)?;
    record(&platform, &caller, &[id]).await?;
    Ok(axum::Json(facts(database, row).await?).into_response())
}

/// Make an account for somebody.
///
/// They set a password by the link in the answer, which is told once. Nothing is mailed: whoever asks knows best how to reach them.
#[utoipa::path(
    post, path = "/people", tag = "Administration", operation_id = "make_person", security(("token" = ["people:write"])),
    request_body = NewPersonAsked, responses((status = 201, description = "The person, and their link", body = InvitedFacts, headers(("Location" = String, description = "Address of the person"))))
)]
pub(super) async fn make_person(
    State(platform): State<Arc<Platform>>,
    caller: Caller,
    key: IdempotencyKey,
    Sent(sent): Sent<NewPersonAsked>,
) -> Result<Response, Problem> {
    let administrator = caller.administrator(Scope::PeopleWrite)?;
    let hash = unknown_password(&platform).await?;
    once(&platform, caller.person(), &key, &sent, async |write: &Write| {
        let invited = Invited {
            name: sent.name.clone(),
            login: sent.login.clone(),
            language: sent.language,
            country: sent.country,
            institution: sent.institution.clone(),
            occupation: sent.occupation,
        };
        let (id, secret) = invite(&platform, write, administrator, invited, hash).await.map_err(refused)?;
        let row = person::Entity::find_by_id(id).one(write).await?.ok_or(Code::NotFound)?;
        let mut made = InvitedFacts { person: facts(write, row).await?, invitation_url: Some(url(&platform, &secret)) };
        let done = Done::created(format!("/api/v1/people/{id}"), &made)?;
        made.invitation_url = None;
        done.remembering(&made)
    })
    .await
}

/// Another link for somebody to set a password by.
///
/// Links before stop working; the password there is goes on until it is replaced. For somebody with a role the token needs `roles:write`
/// as well.
#[utoipa::path(
    post, path = "/people/{id}/invitations", tag = "Administration", operation_id = "invite_again", security(("token" = ["people:write"])),
    params(("id" = uuid::Uuid, Path, description = "Id of the person")),
    responses((status = 201, description = "The link", body = InvitationFacts))
)]
pub(super) async fn invitation(
    State(platform): State<Arc<Platform>>,
    caller: Caller,
    key: IdempotencyKey,
    At(id): At<PersonId>,
) -> Result<Response, Problem> {
    let administrator = caller.administrator(Scope::PeopleWrite)?;
    // Whoever sets the password of somebody has what they have.
    if has_role(platform.storage.reader(), id).await? {
        caller.administrator(Scope::RolesWrite)?;
    }
    once(&platform, caller.person(), &key, &(), async |write: &Write| {
        let secret = invite_again(&platform, write, administrator, id).await?.ok_or(Code::NotFound)?;
        let made = InvitationFacts { invitation_url: Some(url(&platform, &secret)) };
        Done::created(format!("/api/v1/people/{id}"), &made)?.remembering(&InvitationFacts { invitation_url: None })
    })
    .await
}

/// Change a person.
///
/// Certificates and completions keep what they said.
#[utoipa::path(
    patch, path = "/people/{id}", tag = "Administration", operation_id = "change_person", security(("token" = ["people:write"])),
    params(("id" = uuid::Uuid, Path, description = "Id of the person")), request_body = PersonChanges,
    responses((status = 200, description = "The person as they are now", body = PersonFacts))
)]
pub(super) async fn change_person(
    State(platform): State<Arc<Platform>>,
    caller: Caller,
    At(id): At<PersonId>,
    headers: HeaderMap,
    Sent(sent): Sent<PersonChanges>,
) -> Result<Response, Problem> {
    caller.administrator(Scope::PeopleWrite)?;
    let changes = checked(id, sent)?;
    let transaction = platform.storage.begin().await?;
    let row = person::Entity::find_by_id(id).filter(is_somebody()).lock_exclusive().one(&transaction).await?.ok_or(Code::NotFound)?;
    check_tag(&headers, &tag(&facts(&transaction, row.clone()).await?))?;
    let is_changed = changes.is_changed();
    let row = if is_changed { changes.update(&transaction).await? } else { row };
    let now = facts(&transaction, row).await?;
    transaction.commit().await?;
    record(&platform, &caller, &[id]).await?;
    Ok((tag_header(&tag(&now)), axum::Json(now)).into_response())
}

/// Notes it for the people whose records are shown; where that fails nothing is.
async fn record(platform: &Platform, caller: &Caller, people: &[PersonId]) -> Result<(), Problem> {
    let seen = Seen::People { list: List::People, manner: Manner::Program, people };
    Ok(privacy::record_access(platform, caller.person(), seen).await?)
}

fn checked(id: PersonId, sent: PersonChanges) -> Result<person::ActiveModel, Problem> {
    let mut row = person::ActiveModel { id: sea_orm::ActiveValue::Unchanged(id), ..Default::default() };
    let mut errors = Vec::new();
    match sent.name.as_deref().map(check_name) {
        Some(Ok(name)) => row.name = Set(name),
        Some(Err(error)) => errors.push(FieldFault::at("/name", error.to_string())),
        None => {}
    }
    match sent.institution.as_deref().map(tidy) {
        Some(institution) if institution.chars().count() > INSTITUTION_CHARS => errors.push(fault(FieldError::Institution)),
        Some(institution) => row.institution = Set(institution),
        None => {}
    }
    if !errors.is_empty() {
        return Err(Problem::invalid(errors));
    }
    row.language = sent.language.map_or(row.language, Set);
    row.country = sent.country.map_or(row.country, |country| Set(country.code().to_owned()));
    row.occupation = sent.occupation.map_or(row.occupation, Set);
    Ok(row)
}

fn refused(error: SignUpError) -> Problem {
    match error {
        SignUpError::Fields(errors) => Problem::invalid(errors.into_iter().map(fault).collect()),
        // No link and no limit stands in the way of an administrator.
        SignUpError::Link | SignUpError::TooMany(_) => Code::Conflict.into(),
        SignUpError::Storage(error) => error.into(),
    }
}

fn fault(error: FieldError) -> FieldFault {
    match error {
        FieldError::Name(error) => FieldFault::at("/name", error.to_string()),
        FieldError::Email(error) => FieldFault::at("/login", error.to_string()),
        FieldError::UserName(error) => FieldFault::at("/login", error.to_string()),
        FieldError::LoginTaken => FieldFault::at("/login", "another account has this user name or address"),
        FieldError::Password(error) => FieldFault::at("/password", error.to_string()),
        FieldError::Institution => FieldFault::at("/institution", "an institution's name is at most 160 characters"),
    }
}

fn url(platform: &Platform, secret: &Secret) -> String {
    format!("{}/password-reset/{}", platform.config.origin(), secret.reveal())
}
