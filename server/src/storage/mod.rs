//! The database: opening it, reading, and the one way to begin a write.

mod fault;
mod lock;
mod open;
mod write;

use std::fs::File;
use std::sync::Arc;

pub use fault::is_passing;
pub(crate) use lock::hold_alone;
pub(crate) use open::{MIGRATING, SERVING, connect_alone};
pub use sea_orm::DbErr;
use sea_orm::{ConnectionTrait, DatabaseConnection, TransactionTrait};
pub use write::Write;
use write::Writer;

/// A database with its schema in place.
///
/// On SQLite all writes share one connection and reads have their own, so that a long report never holds up an answer.
#[derive(Clone, Debug)]
pub struct Storage {
    reader: DatabaseConnection,
    /// On SQLite; on PostgreSQL every connection may write.
    writer: Option<Writer>,
    /// On SQLite: keeps others from putting another database in this one's place.
    lock: Option<Arc<File>>,
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database answered with an error.
    #[error("the database answered: {0}")]
    Database(#[from] DbErr),
    /// The database was written by a newer program.
    #[error("the database has changes this program does not know ({0}): it was written by a newer version; use that one")]
    Newer(String),
    /// A restore is under way.
    #[error("{0} is being restored, or is in use elsewhere: wait until that has ended")]
    InUse(String),
    /// The lock beside the database could not be taken.
    #[error("{0} could not be locked: {1}")]
    Lock(String, std::io::Error),
    /// Neither `sqlite:` nor `postgres:`.
    #[error("`{0}` is not a database address: use sqlite:PATH or postgres://USER@HOST/NAME")]
    Address(String),
}

impl Storage {
    /// For reads outside a transaction.
    #[must_use]
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Begins a write transaction.
    ///
    /// # Errors
    /// When the database is unreachable or its write lock is not free within five seconds.
    pub async fn begin(&self) -> Result<Write, DbErr> {
        match &self.writer {
            Some(writer) => writer.begin().await,
            None => self.reader.begin().await.map(Write::alone),
        }
    }

    /// Whether the database answers and lets a write begin. Nothing is written.
    ///
    /// # Errors
    /// When it does not answer, or its write lock is not free within five seconds.
    pub async fn takes_writes(&self) -> Result<bool, DbErr> {
        if let Some(writer) = &self.writer {
            return writer.begin().await.map(|_| true);
        }
        let read_only = sea_orm::Statement::from_string(self.reader.get_database_backend(), "SHOW transaction_read_only");
        let row = self.reader.query_one_raw(read_only).await?;
        row.map_or(Ok(false), |row| row.try_get_by_index::<String>(0).map(|value| value == "off"))
    }

    /// How many writes wait for their turn; on PostgreSQL none does.
    #[must_use]
    pub fn writes_waiting(&self) -> usize {
        self.writer.as_ref().map_or(0, Writer::waiting)
    }

    /// Closes every connection, after what is under way.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn close(self) -> Result<(), DbErr> {
        self.reader.close().await?;
        if let Some(writer) = self.writer {
            writer.close().await?;
        }
        // Others may hold on to it, but nothing can be done with it any more.
        self.lock.map_or(Ok(()), |lock| lock.unlock()).map_err(|error| DbErr::Custom(error.to_string()))
    }
}
