//! What works once, on any server.

use chrono::{DateTime, Utc};
use courses::id::TokenId;
use sea_orm::DbErr;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::Platform;
use crate::access::token;

/// Spends `what`, a name that whoever `by` is gave to something; false if it was spent before. It is kept in mind until `expires_at`.
pub(super) async fn spend(platform: &Platform, by: &str, what: &str, expires_at: DateTime<Utc>) -> Result<bool, DbErr> {
    let mut id = [0; 16];
    id.iter_mut().zip(Sha256::digest(format!("{by}\0{what}"))).for_each(|(byte, of_digest)| *byte = of_digest);
    let transaction = platform.storage.begin().await?;
    let is_first = token::spend(&transaction, TokenId(Uuid::from_bytes(id)), expires_at).await?;
    transaction.commit().await?;
    Ok(is_first)
}
