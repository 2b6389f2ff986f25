//! How often something may be tried: counted in the database, so that every server counts together and a restart forgets nothing.
//!
//! The generic cell rate algorithm (ITU-T I.371, 1996): of each subject one instant is kept, up to which its allowance is spent.
//! So many tries pass at once, then one each so often; nobody is shut out for longer than that.

use chrono::{DateTime, TimeDelta, Utc};
use courses::id::LimitId;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use sha2::{Digest as _, Sha256};

use super::entity::limit;
use super::key::Purpose;
use crate::Platform;

/// Something limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Its name in the database: at most 20 characters.
    pub kind: &'static str,
    /// How many pass at once.
    pub burst: i32,
    /// How long each one takes to be given back.
    pub every: TimeDelta,
}

/// The allowance is spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many tries; the next one passes in {} s", .retry_after.num_seconds())]
pub struct TooMany {
    /// How long until the next one passes.
    pub retry_after: TimeDelta,
}

/// Why something limited may not go on.
#[derive(Debug, thiserror::Error)]
pub enum LimitError {
    /// The allowance is spent.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// Takes one of what `subject` is allowed of `limit`. Atomic, also among servers.
///
/// # Errors
/// [`LimitError`].
pub async fn take(platform: &Platform, limit: Limit, subject: &str) -> Result<(), LimitError> {
    take_many(platform, limit, subject, 1).await.map(|_| ())
}

/// Takes `count` of what `subject` is allowed of `limit`, or none of it. Returns when all that is spent will be given back. Atomic,
/// also among servers.
///
/// # Errors
/// [`LimitError`].
pub async fn take_many(platform: &Platform, limit: Limit, subject: &str, count: i64) -> Result<DateTime<Utc>, LimitError> {
    let now = platform.clock.now();
    let now_micros = now.timestamp_micros();
    let every = limit.every.num_microseconds().unwrap_or(i64::MAX / 1000);
    let most = now_micros.saturating_add(every.saturating_mul(limit.burst.into()));
    let wanted = every.saturating_mul(count);
    let digest = digest(platform, limit, subject);
    let is_this = || limit::Column::Kind.eq(limit.kind).and(limit::Column::SubjectDigest.eq(&digest));
    let transaction = platform.storage.begin().await?;
    let row = limit::ActiveModel {
        id: Set(LimitId(platform.chance.id(now))),
        kind: Set(limit.kind.to_owned()),
        subject_digest: Set(digest.clone()),
        spent_until_micros: Set(now_micros),
    };
    limit::Entity::insert(row)
        .on_conflict_do_nothing_on([limit::Column::Kind, limit::Column::SubjectDigest])
        .exec_without_returning(&transaction)
        .await?;
    let spent = Expr::col(limit::Column::SpentUntilMicros);
    let from: SimpleExpr = CaseStatement::new().case(spent.clone().lt(now_micros), now_micros).finally(spent).into();
    let after = from.add(wanted);
    let taken = limit::Entity::update_many()
        .col_expr(limit::Column::SpentUntilMicros, after.clone())
        .filter(is_this())
        .filter(after.lte(most))
        .exec(&transaction)
        .await?;
    let until = limit::Entity::find().filter(is_this()).one(&transaction).await?.map_or(now_micros, |row| row.spent_until_micros);
    transaction.commit().await?;
    if taken.rows_affected == 0 {
        return Err(TooMany { retry_after: TimeDelta::microseconds(until.saturating_add(wanted).saturating_sub(most)) }.into());
    }
    Ok(DateTime::from_timestamp_micros(until).unwrap_or(now))
}

/// Gives back everything `subject` has spent of `limit`: after a success.
///
/// # Errors
/// When the database does not answer.
pub async fn give_back(platform: &Platform, limit: Limit, subject: &str) -> Result<(), DbErr> {
    let digest = digest(platform, limit, subject);
    let transaction = platform.storage.begin().await?;
    limit::Entity::delete_many()
        .filter(limit::Column::Kind.eq(limit.kind))
        .filter(limit::Column::SubjectDigest.eq(digest))
        .exec(&transaction)
        .await?;
    transaction.commit().await
}

/// Forgets what has been given back by now.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_old(platform: &Platform) -> Result<(), DbErr> {
    let now = platform.clock.now().timestamp_micros();
    let transaction = platform.storage.begin().await?;
    limit::Entity::delete_many().filter(limit::Column::SpentUntilMicros.lt(now)).exec(&transaction).await?;
    transaction.commit().await
}

/// Whom a row is about, so that the table alone does not tell.
fn digest(platform: &Platform, limit: Limit, subject: &str) -> String {
    let secret = platform.keys.oldest(Purpose::Digest).map(|key| key.secret).unwrap_or_default();
    let mut hash = Sha256::new();
    hash.update(secret);
    hash.update(limit.kind.as_bytes());
    hash.update([0]);
    hash.update(subject.as_bytes());
    hex::encode(hash.finalize())
}
