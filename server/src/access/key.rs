//! The campus's signing keys: kept in the database so that every server has the same, and rotated by name.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use courses::id::KeyId;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::entity::key;
use crate::storage::{Storage, StorageError};
use crate::world::{Chance, Clock};
use crate::{OpenError, Platform};

/// Shortest time between two readings of the keys on behalf of tokens whose key is unknown.
const PATIENCE: TimeDelta = TimeDelta::seconds(5);
/// How long a key that was retired elsewhere may still open something here.
const FRESH: TimeDelta = TimeDelta::minutes(1);

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sea_orm::EnumIter, sea_orm::DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(sea_orm::prelude::StringLen::N(20))", rename_all = "kebab-case")]
pub enum Purpose {
    /// Signs browser sessions.
    Session,
    /// Signs tokens of other programs.
    Api,
    /// Seals certificates.
    Seal,
    /// Hides whom a limit is about, and secrets that must be found again.
    Digest,
}

impl Purpose {
    const ALL: [Self; 4] = [Self::Session, Self::Api, Self::Seal, Self::Digest];

    /// Id of the first key: the same on every server, so that two that start at once make one.
    const fn first_id(self) -> KeyId {
        let number = match self {
            Self::Session => 1,
            Self::Api => 2,
            Self::Seal => 3,
            Self::Digest => 4,
        };
        KeyId(Uuid::from_u128(number))
    }
}

/// A key and its secret, 32 bytes.
#[derive(Clone)]
pub(crate) struct Key {
    pub id: KeyId,
    pub purpose: Purpose,
    pub secret: [u8; 32],
    is_retired: bool,
}

/// The keys as last read.
pub(crate) struct KeyRing {
    read: RwLock<Read>,
}

struct Read {
    /// Newest first.
    keys: Arc<[Key]>,
    at: DateTime<Utc>,
}

impl KeyRing {
    /// Reads the keys, making the first one of each purpose where it is missing.
    pub(crate) async fn open(storage: &Storage, clock: &dyn Clock, chance: &Chance) -> Result<Self, OpenError> {
        let keys = read(storage).await?;
        let missing: Vec<Purpose> = Purpose::ALL.into_iter().filter(|purpose| !keys.iter().any(|key| key.purpose == *purpose)).collect();
        for purpose in &missing {
            make_first(storage, clock, chance, *purpose).await.map_err(StorageError::from)?;
        }
        let keys = if missing.is_empty() { keys } else { read(storage).await? };
        Ok(Self { read: RwLock::new(Read { keys: keys.into(), at: clock.now() }) })
    }

    fn read_at(&self) -> DateTime<Utc> {
        self.read.read().unwrap_or_else(PoisonError::into_inner).at
    }

    fn known(&self) -> Arc<[Key]> {
        Arc::clone(&self.read.read().unwrap_or_else(PoisonError::into_inner).keys)
    }

    /// The key that signs now.
    pub(crate) fn newest(&self, purpose: Purpose) -> Option<Key> {
        self.known().iter().find(|key| key.purpose == purpose && !key.is_retired).cloned()
    }

    /// The oldest key that is not retired: for what must not change when others do.
    pub(crate) fn oldest(&self, purpose: Purpose) -> Option<Key> {
        self.known().iter().rev().find(|key| key.purpose == purpose && !key.is_retired).cloned()
    }

    fn find(&self, purpose: Purpose, id: KeyId) -> Option<Key> {
        self.known().iter().find(|key| key.purpose == purpose && key.id == id).cloned()
    }
}

/// The key `id`, if it is for `purpose` and not retired. Another server may have made it, or retired it, since the keys were read.
pub(crate) async fn find(platform: &Platform, purpose: Purpose, id: KeyId) -> Result<Option<Key>, DbErr> {
    let lasts = if platform.keys.find(purpose, id).is_some() { FRESH } else { PATIENCE };
    if platform.clock.now() - platform.keys.read_at() >= lasts {
        refresh(platform).await?;
    }
    Ok(platform.keys.find(purpose, id).filter(|key| !key.is_retired))
}

/// Reads the keys again.
async fn refresh(platform: &Platform) -> Result<(), DbErr> {
    let at = platform.clock.now();
    let keys = read(&platform.storage).await.map_err(|error| DbErr::Custom(error.to_string()))?;
    *platform.keys.read.write().unwrap_or_else(PoisonError::into_inner) = Read { keys: keys.into(), at };
    Ok(())
}

/// Makes a new key that signs from now on. What older ones signed stays valid, unless `retires_older`.
///
/// # Errors
/// When the database does not answer.
pub async fn rotate(platform: &Platform, purpose: Purpose, retires_older: bool) -> Result<KeyId, DbErr> {
    let now = platform.clock.now();
    let id = KeyId(platform.chance.id(now));
    let transaction = platform.storage.begin().await?;
    if retires_older {
        key::Entity::update_many()
            .col_expr(key::Column::RetiredAt, Expr::value(now))
            .filter(key::Column::Purpose.eq(purpose))
            .filter(key::Column::RetiredAt.is_null())
            .exec(&transaction)
            .await?;
    }
    key::Entity::insert(fresh(id, purpose, now, &platform.chance)).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    refresh(platform).await?;
    Ok(id)
}

async fn read(storage: &Storage) -> Result<Vec<Key>, OpenError> {
    let newest_first = key::Entity::find().order_by_desc(key::Column::CreatedAt).order_by_desc(key::Column::Id);
    let rows = newest_first.all(storage.reader()).await.map_err(StorageError::from)?;
    rows.into_iter()
        .map(|row| {
            let bytes = hex::decode(&row.secret).map_err(|error| OpenError::Keys(error.to_string()))?;
            let secret = bytes.try_into().map_err(|_| OpenError::Keys(format!("the key {} is not 32 bytes", row.id)))?;
            Ok(Key { id: row.id, purpose: row.purpose, secret, is_retired: row.retired_at.is_some() })
        })
        .collect()
}

async fn make_first(storage: &Storage, clock: &dyn Clock, chance: &Chance, purpose: Purpose) -> Result<(), DbErr> {
    let transaction = storage.begin().await?;
    key::Entity::insert(fresh(purpose.first_id(), purpose, clock.now(), chance))
        .on_conflict_do_nothing_on([key::Column::Id])
        .exec_without_returning(&transaction)
        .await?;
    transaction.commit().await
}

fn fresh(id: KeyId, purpose: Purpose, now: DateTime<Utc>, chance: &Chance) -> key::ActiveModel {
    key::ActiveModel {
        id: Set(id),
        purpose: Set(purpose),
        secret: Set(hex::encode(chance.bytes::<32>())),
        created_at: Set(now),
        retired_at: Set(None),
    }
}
