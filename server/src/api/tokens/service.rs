//! Service tokens as their owner sees them.

use chrono::{DateTime, TimeDelta, Utc};
use courses::id::{PersonId, ServiceTokenId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use super::super::entity::{family, token, write};
use super::super::write::REMEMBERED_FOR;
use super::super::{Scope, Scopes};
use super::SERVICE;
use crate::Platform;
use crate::access::{Confirmed, Learner, SignedIn, digest};
use crate::accounts::event;

/// Most days a service token may live.
pub const LONGEST_DAYS: u32 = 365;
/// Most service tokens of a person that work at the same time.
const MOST: u64 = 20;
const NAME_CHARS: usize = 60;

/// A service token, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceToken {
    /// Its id.
    pub id: ServiceTokenId,
    /// What its owner calls it.
    pub name: String,
    /// What it was made for.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
    /// When it was last exchanged, itself or what grew out of it.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A service token that was just made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeToken {
    /// Its id.
    pub id: ServiceTokenId,
    /// Its secret: shown to its owner now and never again.
    pub secret: String,
}

/// Why a service token was not made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// Without a name, or one of more than 60 characters.
    #[error("a token has a name of 1 to 60 characters")]
    Name,
    /// Without scopes.
    #[error("a token is for something")]
    NoScope,
    /// A scope that the person's roles do not give.
    #[error("`{}` is not open to this person", .0.name())]
    Scope(Scope),
    /// Not 1 to 365 days.
    #[error("a token lives 1 to 365 days")]
    Days,
    /// As many work already as one person may have.
    #[error("there are twenty tokens already")]
    TooMany,
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// Makes a service token for the person who is there.
///
/// # Errors
/// [`MakeError`]; nothing is made then.
pub async fn make_token(
    platform: &Platform,
    confirmed: Confirmed,
    person: &SignedIn,
    name: &str,
    scopes: &Scopes,
    days: u32,
) -> Result<MadeToken, MakeError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > NAME_CHARS || name.chars().any(char::is_control) {
        return Err(MakeError::Name);
    }
    if scopes.is_empty() {
        return Err(MakeError::NoScope);
    }
    if let Some(closed) = scopes.iter().find(|scope| !scope.is_open_to(person)) {
        return Err(MakeError::Scope(closed));
    }
    if !(1..=LONGEST_DAYS).contains(&days) {
        return Err(MakeError::Days);
    }
    let now = platform.clock.now();
    let transaction = platform.storage.begin().await?;
    if open(confirmed.person(), now).count(&transaction).await? >= MOST {
        return Err(MakeError::TooMany);
    }
    let made = MadeToken { id: ServiceTokenId(platform.chance.id(now)), secret: format!("{SERVICE}{}", platform.chance.secret()) };
    let row = token::ActiveModel {
        id: Set(made.id),
        person_id: Set(confirmed.person()),
        name: Set(name),
        scopes: Set(scopes.to_string()),
        secret_digest: Set(digest(&made.secret)),
        has_second_factor: Set(person.has_second_factor()),
        created_at: Set(now),
        expires_at: Set(now + TimeDelta::days(days.into())),
        last_used_at: Set(None),
        revoked_at: Set(None),
    };
    token::Entity::insert(row).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    event::happened("token-made");
    Ok(made)
}

/// The person's service tokens that work, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn own_tokens(platform: &Platform, learner: Learner) -> Result<Vec<ServiceToken>, DbErr> {
    let rows = open(learner.person(), platform.clock.now())
        .order_by_desc(token::Column::CreatedAt)
        .order_by_desc(token::Column::Id)
        .all(platform.storage.reader())
        .await?;
    let shown = rows.into_iter().map(|row| ServiceToken {
        id: row.id,
        name: row.name,
        scopes: Scopes::read(&row.scopes),
        created_at: row.created_at,
        expires_at: row.expires_at,
        last_used_at: row.last_used_at,
    });
    Ok(shown.collect())
}

/// Revokes the person's own service token: what grew out of it stops at once. False if they have no such token.
///
/// # Errors
/// When the database does not answer.
pub async fn revoke_token(platform: &Platform, learner: Learner, id: ServiceTokenId) -> Result<bool, DbErr> {
    let transaction = platform.storage.begin().await?;
    let count = revoke(platform, &transaction, token::Column::PersonId.eq(learner.person()).and(token::Column::Id.eq(id))).await?;
    transaction.commit().await?;
    Ok(count == 1)
}

/// Revokes every service token of the person; how many there were.
///
/// # Errors
/// When the database does not answer.
pub async fn revoke_all_tokens(platform: &Platform, learner: Learner) -> Result<u64, DbErr> {
    let transaction = platform.storage.begin().await?;
    let count = revoke_of(platform, &transaction, learner.person()).await?;
    transaction.commit().await?;
    Ok(count)
}

/// Revokes every service token of `person`, as part of a write; how many there were.
pub(crate) async fn revoke_of(platform: &Platform, database: &impl ConnectionTrait, person: PersonId) -> Result<u64, DbErr> {
    revoke(platform, database, token::Column::PersonId.eq(person)).await
}

/// Tokens of `person` count as made without a second factor from now on: there is none any more.
pub(crate) async fn without_second_factor(database: &impl ConnectionTrait, person: PersonId) -> Result<(), DbErr> {
    token::Entity::update_many()
        .col_expr(token::Column::HasSecondFactor, Expr::value(false))
        .filter(token::Column::PersonId.eq(person))
        .exec(database)
        .await?;
    Ok(())
}

/// Revokes the tokens that `which` picks.
pub(super) async fn revoke(
    platform: &Platform,
    database: &impl ConnectionTrait,
    which: sea_orm::sea_query::SimpleExpr,
) -> Result<u64, DbErr> {
    let done = token::Entity::update_many()
        .col_expr(token::Column::RevokedAt, Expr::value(platform.clock.now()))
        .filter(which)
        .filter(token::Column::RevokedAt.is_null())
        .exec(database)
        .await?;
    if done.rows_affected > 0 {
        event::happened("tokens-revoked");
    }
    Ok(done.rows_affected)
}

/// Revokes every service token: some had been revoked when the database was put back to an earlier moment.
pub(crate) async fn let_nobody_in(database: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    token::Entity::update_many()
        .col_expr(token::Column::RevokedAt, Expr::value(now))
        .filter(token::Column::RevokedAt.is_null())
        .exec(database)
        .await?;
    Ok(())
}

/// Forgets what cannot work any more: families and their refresh tokens whose time is over, and writes of more than a day ago.
pub(crate) async fn forget_old(platform: &Platform, database: &impl ConnectionTrait) -> Result<(), DbErr> {
    let now = platform.clock.now();
    family::Entity::delete_many().filter(family::Column::ExpiresAt.lte(now)).exec(database).await?;
    write::Entity::delete_many().filter(write::Column::CreatedAt.lte(now - REMEMBERED_FOR)).exec(database).await?;
    Ok(())
}

/// Forgets remembered answers that tell of `person`: an administrator's program got them.
pub(crate) async fn forget_answers_about(database: &impl ConnectionTrait, person: PersonId) -> Result<(), DbErr> {
    write::Entity::delete_many().filter(write::Column::Response.contains(person.to_string())).exec(database).await?;
    Ok(())
}

fn open(person: PersonId, now: DateTime<Utc>) -> sea_orm::Select<token::Entity> {
    token::Entity::find()
        .filter(token::Column::PersonId.eq(person))
        .filter(token::Column::RevokedAt.is_null())
        .filter(token::Column::ExpiresAt.gt(now))
}
