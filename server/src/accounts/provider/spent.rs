//! What works once, on any server.

use chrono::{DateTime, Utc};
use courses::id::SpentId;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, TryInsertResult};
use sha2::{Digest, Sha256};

use super::entity::spent;
use crate::Platform;

/// Spends `what`, of one kind of things; false if it was spent before. It is kept in mind until it works no more anyway.
pub(super) async fn spend(platform: &Platform, kind: &str, what: &str, expires_at: DateTime<Utc>) -> Result<bool, DbErr> {
    let now = platform.clock.now();
    let row = spent::ActiveModel {
        id: Set(SpentId(platform.chance.id(now))),
        digest: Set(hex::encode(Sha256::digest(format!("{kind}\0{what}")))),
        expires_at: Set(expires_at),
    };
    let transaction = platform.storage.begin().await?;
    let done = spent::Entity::insert(row).on_conflict_do_nothing_on([spent::Column::Digest]).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    Ok(matches!(done, TryInsertResult::Inserted(1)))
}

/// Forgets what works no more anyway.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_spent(platform: &Platform) -> Result<(), DbErr> {
    let transaction = platform.storage.begin().await?;
    spent::Entity::delete_many().filter(spent::Column::ExpiresAt.lt(platform.clock.now())).exec(&transaction).await?;
    transaction.commit().await
}
