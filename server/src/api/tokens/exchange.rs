//! Exchanging a credential for access, and checking the access on every request.
//!
//! A refresh token works once. One that comes a second time was copied, so its family ends: the thief's token and the owner's stop
//! together. An answer may be lost on its way, though: for ten seconds the same refresh token may be tried again, as long as what
//! it was first exchanged for was not used. The first exchange is dropped then; whoever shows what was dropped ends the family.

use chrono::{DateTime, TimeDelta, Utc};
use courses::id::{FamilyId, PersonId, RefreshId, ServiceTokenId, SessionId};
use courses::language::Language;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::entity::{family, refresh, token};
use super::super::{Caller, Scopes};
use super::service::{forget_old, revoke};
use super::{REFRESH, SERVICE};
use crate::Platform;
use crate::access::key::Purpose;
use crate::access::token::{self as jwt, Use};
use crate::access::{Role, SignedIn, digest};
use crate::accounts::entity::{grant, person};
use crate::accounts::event::{self, By, End, Try};
use crate::config::SecondFactor;
use crate::storage::Write;

/// Access tokens (the type is RFC 9068's).
const ACCESS: Use = Use { purpose: Purpose::Api, kind: "at+jwt", audience: "campus-api" };
/// How long an access token works.
pub(super) const ACCESS_FOR: TimeDelta = TimeDelta::minutes(10);
/// How long a refresh token waits to be used.
const REFRESH_FOR: TimeDelta = TimeDelta::days(30);
/// How long a refresh token may be tried again when the answer was lost.
const RETRY_FOR: TimeDelta = TimeDelta::seconds(10);

/// What an access token says.
#[derive(Serialize, Deserialize)]
struct Claims {
    sub: PersonId,
    jti: Uuid,
    family: FamilyId,
    scope: String,
}

/// What a credential was exchanged for.
#[derive(Debug)]
pub(super) struct Issued {
    pub access: String,
    pub refresh: String,
    pub scopes: Scopes,
}

/// Why a credential was not exchanged.
#[derive(Debug, thiserror::Error)]
pub(super) enum ExchangeError {
    /// It does not work, or not any more: which of the two is not told.
    #[error("the credential does not work")]
    Refused,
    /// A scope that the credential does not have.
    #[error("a scope that the credential does not have")]
    Scope,
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// Exchanges a service token or a refresh token; `narrowed` = the scopes asked for, if not all.
pub(super) async fn exchange(platform: &Platform, credential: &str, narrowed: Option<&Scopes>) -> Result<Issued, ExchangeError> {
    let issued = issue(platform, credential, narrowed).await;
    event::tried(Try::Exchange, By::Token, &issued);
    issued
}

impl From<&ExchangeError> for End {
    fn from(error: &ExchangeError) -> Self {
        match error {
            ExchangeError::Refused | ExchangeError::Scope => Self::Refused,
            ExchangeError::Storage(_) => Self::Failed,
        }
    }
}

async fn issue(platform: &Platform, credential: &str, narrowed: Option<&Scopes>) -> Result<Issued, ExchangeError> {
    let transaction = platform.storage.begin().await?;
    let begun = if credential.starts_with(SERVICE) {
        begin(platform, &transaction, credential).await?
    } else if credential.starts_with(REFRESH) {
        go_on(platform, &transaction, credential).await?
    } else {
        Step::Refused
    };
    let (family, token, parent) = match begun {
        Step::Granted(family, token, parent) => (family, token, parent),
        Step::Refused => return Err(ExchangeError::Refused),
        Step::Reused => {
            transaction.commit().await?;
            tracing::warn!("a refresh token came a second time: its family has ended");
            return Err(ExchangeError::Refused);
        }
    };
    let stands = standing(platform, &transaction, family).await?.ok_or(ExchangeError::Refused)?;
    if narrowed.is_some_and(|narrowed| narrowed.is_empty() || narrowed.within(&stands.scopes) != *narrowed) {
        return Err(ExchangeError::Scope);
    }
    let scopes = narrowed.unwrap_or(&stands.scopes).open_to(&stands.person);
    let refresh = hand_out(platform, &transaction, &token, family, parent).await?;
    let now = platform.clock.now();
    let claims = Claims { sub: stands.person.person, jti: platform.chance.id(now), family, scope: scopes.to_string() };
    let access = jwt::sign(platform, ACCESS, claims, now + ACCESS_FOR)?;
    transaction.commit().await?;
    Ok(Issued { access, refresh, scopes })
}

/// What came of a credential.
enum Step {
    Granted(FamilyId, token::Model, Option<RefreshId>),
    Refused,
    /// It was used before: the family has ended, which must be stored.
    Reused,
}

/// Begins a family with a service token.
async fn begin(platform: &Platform, write: &Write, credential: &str) -> Result<Step, DbErr> {
    let now = platform.clock.now();
    let Some(token) = working(now).filter(token::Column::SecretDigest.eq(digest(credential))).one(write).await? else {
        return Ok(Step::Refused);
    };
    forget_old(platform, write).await?;
    let id = FamilyId(platform.chance.id(now));
    let row = family::ActiveModel {
        id: Set(id),
        token_id: Set(token.id),
        started_at: Set(now),
        expires_at: Set(token.expires_at.min(now + REFRESH_FOR)),
        ended_at: Set(None),
    };
    family::Entity::insert(row).exec_without_returning(write).await?;
    Ok(Step::Granted(id, token, None))
}

/// Goes on in a family with its refresh token.
async fn go_on(platform: &Platform, write: &Write, credential: &str) -> Result<Step, DbErr> {
    let now = platform.clock.now();
    let found = refresh::Entity::find().filter(refresh::Column::SecretDigest.eq(digest(credential)));
    let Some(row) = found.lock_exclusive().one(write).await? else { return Ok(Step::Refused) };
    let family = family::Entity::find_by_id(row.family_id).filter(family::Column::EndedAt.is_null()).one(write).await?;
    let Some(family) = family.filter(|_| row.expires_at > now) else { return Ok(Step::Refused) };
    let Some(token) = working(now).filter(token::Column::Id.eq(family.token_id)).one(write).await? else { return Ok(Step::Refused) };
    let may_go_on = match (row.dropped_at, row.used_at) {
        (Some(_), _) => false,
        (None, None) => {
            mark(write, refresh::Column::UsedAt, refresh::Column::Id.eq(row.id), now).await?;
            true
        }
        (None, Some(used_at)) => now - used_at <= RETRY_FOR && drop_unused(write, row.id, now).await?,
    };
    if may_go_on {
        return Ok(Step::Granted(family.id, token, Some(row.id)));
    }
    end(platform, write, family.id).await?;
    Ok(Step::Reused)
}

/// Drops what `parent` was exchanged for; false if that was used already.
async fn drop_unused(write: &Write, parent: RefreshId, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let children = refresh::Entity::find().filter(refresh::Column::ParentId.eq(parent)).lock_exclusive().all(write).await?;
    if children.iter().any(|child| child.used_at.is_some()) {
        return Ok(false);
    }
    mark(write, refresh::Column::DroppedAt, refresh::Column::ParentId.eq(parent), now).await?;
    Ok(true)
}

async fn mark(write: &Write, column: refresh::Column, which: sea_orm::sea_query::SimpleExpr, now: DateTime<Utc>) -> Result<(), DbErr> {
    refresh::Entity::update_many().col_expr(column, Expr::value(now)).filter(which).filter(column.is_null()).exec(write).await?;
    Ok(())
}

async fn end(platform: &Platform, database: &impl ConnectionTrait, id: FamilyId) -> Result<(), DbErr> {
    let done = family::Entity::update_many()
        .col_expr(family::Column::EndedAt, Expr::value(platform.clock.now()))
        .filter(family::Column::Id.eq(id))
        .filter(family::Column::EndedAt.is_null())
        .exec(database)
        .await?;
    if done.rows_affected > 0 {
        event::happened("tokens-revoked");
    }
    Ok(())
}

/// The next refresh token of a family; it lives no longer than the service token.
async fn hand_out(
    platform: &Platform,
    write: &Write,
    token: &token::Model,
    family: FamilyId,
    parent: Option<RefreshId>,
) -> Result<String, DbErr> {
    let now = platform.clock.now();
    let expires_at = token.expires_at.min(now + REFRESH_FOR);
    let secret = format!("{REFRESH}{}", platform.chance.secret());
    let row = refresh::ActiveModel {
        id: Set(RefreshId(platform.chance.id(now))),
        family_id: Set(family),
        parent_id: Set(parent),
        secret_digest: Set(digest(&secret)),
        created_at: Set(now),
        expires_at: Set(expires_at),
        used_at: Set(None),
        dropped_at: Set(None),
    };
    refresh::Entity::insert(row).exec_without_returning(write).await?;
    family::Entity::update_many()
        .col_expr(family::Column::ExpiresAt, Expr::value(expires_at))
        .filter(family::Column::Id.eq(family))
        .exec(write)
        .await?;
    token::Entity::update_many()
        .col_expr(token::Column::LastUsedAt, Expr::value(now))
        .filter(token::Column::Id.eq(token.id))
        .exec(write)
        .await?;
    Ok(secret)
}

/// Revokes whatever `credential` is: a service token, or the family of a refresh token or an access token. One that is nothing
/// changes nothing (RFC 7009, section 2.2).
pub(super) async fn revoke_credential(platform: &Platform, credential: &str) -> Result<(), DbErr> {
    let access = jwt::read::<Claims>(platform, ACCESS, credential).await?;
    let transaction = platform.storage.begin().await?;
    if credential.starts_with(SERVICE) {
        revoke(platform, &transaction, token::Column::SecretDigest.eq(digest(credential))).await?;
    } else if credential.starts_with(REFRESH) {
        let row = refresh::Entity::find().filter(refresh::Column::SecretDigest.eq(digest(credential))).one(&transaction).await?;
        if let Some(row) = row {
            end(platform, &transaction, row.family_id).await?;
        }
    } else if let Some(claims) = access {
        end(platform, &transaction, claims.family).await?;
    }
    transaction.commit().await
}

/// Who is behind an access token, checked against the database now: its family and service token, the person and their roles.
pub(in crate::api) async fn authenticate(platform: &Platform, access: &str) -> Result<Option<Caller>, DbErr> {
    let Some(claims) = jwt::read::<Claims>(platform, ACCESS, access).await? else { return Ok(None) };
    let Some(stands) = standing(platform, platform.storage.reader(), claims.family).await? else { return Ok(None) };
    if stands.person.person != claims.sub {
        return Ok(None);
    }
    let scopes = Scopes::read(&claims.scope).within(&stands.scopes);
    Ok(Some(Caller { person: stands.person, family: claims.family, scopes }))
}

/// What a family stands for now.
struct Standing {
    person: SignedIn,
    scopes: Scopes,
}

async fn standing(platform: &Platform, database: &impl ConnectionTrait, id: FamilyId) -> Result<Option<Standing>, DbErr> {
    let now = platform.clock.now();
    let tokens = family::Entity::belongs_to(token::Entity).from(family::Column::TokenId).to(token::Column::Id);
    let people = token::Entity::belongs_to(person::Entity).from(token::Column::PersonId).to(person::Column::Id);
    let grants = person::Entity::belongs_to(grant::Entity).from(person::Column::Id).to(grant::Column::PersonId);
    let rows = family::Entity::find_by_id(id)
        .filter(family::Column::EndedAt.is_null())
        .filter(token::Column::RevokedAt.is_null())
        .filter(token::Column::ExpiresAt.gt(now))
        .filter(person::Column::DisabledAt.is_null())
        .select_only()
        .columns([token::Column::Scopes, token::Column::HasSecondFactor])
        .column_as(token::Column::Id, "token")
        .column_as(person::Column::Id, "person")
        .columns([person::Column::Name, person::Column::Language, person::Column::Country])
        .column(grant::Column::Role)
        .column_as(grant::Column::Country, "role_country")
        .join(JoinType::InnerJoin, tokens.into())
        .join(JoinType::InnerJoin, people.into())
        .join(JoinType::LeftJoin, grants.into())
        .into_model::<Known>()
        .all(database)
        .await?;
    let grants = rows.iter().filter_map(|row| row.role.map(|role| (role, row.role_country.clone()))).collect();
    Ok(rows.into_iter().next().map(|known| Standing {
        scopes: Scopes::read(&known.scopes),
        person: SignedIn {
            person: known.person,
            // No browser session: nothing there is to end, and nobody is there to confirm anything.
            session: SessionId(known.token.0),
            confirmed_at: None,
            last_seen_at: None,
            has_second_factor: known.has_second_factor,
            is_held_back: platform.config.second_factor == SecondFactor::Required && !known.has_second_factor,
            grants,
            name: known.name,
            language: known.language,
            country: known.country,
            must_verify_email: false,
        },
    }))
}

/// One row for each role of the person, or one without a role.
#[derive(FromQueryResult)]
struct Known {
    token: ServiceTokenId,
    scopes: String,
    has_second_factor: bool,
    person: PersonId,
    name: String,
    language: Language,
    country: String,
    role: Option<Role>,
    role_country: Option<String>,
}

fn working(now: DateTime<Utc>) -> sea_orm::Select<token::Entity> {
    token::Entity::find().filter(token::Column::RevokedAt.is_null()).filter(token::Column::ExpiresAt.gt(now))
}
