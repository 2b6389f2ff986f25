//! The campus's signing keys: made once, kept in the database so that every server has the same.

use courses::id::KeyId;
use sea_orm::{ActiveValue::Set, DbErr, EntityTrait};

use super::entity::key;
use crate::OpenError;
use crate::storage::{Storage, StorageError};
use crate::world::{Chance, Clock};

/// Secrets of the campus, 32 bytes each.
pub(crate) struct Keys {
    /// Signs session tokens.
    pub session: [u8; 32],
    /// Signs certificates.
    pub seal: [u8; 32],
}

/// Reads the keys, making those that are missing. Two servers that start at once end with the same keys.
pub(crate) async fn read_or_make(storage: &Storage, clock: &dyn Clock, chance: &Chance) -> Result<Keys, OpenError> {
    for purpose in ["session", "seal"] {
        make_if_missing(storage, clock, chance, purpose).await.map_err(StorageError::from)?;
    }
    let rows = key::Entity::find().all(storage.reader()).await.map_err(StorageError::from)?;
    let secret = |purpose: &str| -> Result<[u8; 32], OpenError> {
        let row = rows.iter().find(|row| row.purpose == purpose).ok_or_else(|| OpenError::Keys(format!("no {purpose} key")))?;
        let bytes = hex::decode(&row.secret).map_err(|error| OpenError::Keys(error.to_string()))?;
        bytes.try_into().map_err(|_| OpenError::Keys(format!("the {purpose} key is not 32 bytes")))
    };
    Ok(Keys { session: secret("session")?, seal: secret("seal")? })
}

async fn make_if_missing(storage: &Storage, clock: &dyn Clock, chance: &Chance, purpose: &str) -> Result<(), DbErr> {
    let now = clock.now();
    let made = key::ActiveModel {
        id: Set(KeyId(chance.id(now))),
        purpose: Set(purpose.to_owned()),
        secret: Set(hex::encode(chance.bytes::<32>())),
        created_at: Set(now),
    };
    let transaction = storage.begin().await?;
    key::Entity::insert(made).on_conflict_do_nothing_on([key::Column::Purpose]).exec_without_returning(&transaction).await?;
    transaction.commit().await
}
