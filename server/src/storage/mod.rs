//! The database: opening it, reading, and the one way to begin a write.

mod open;
mod write;

pub use sea_orm::DbErr;
use sea_orm::{DatabaseConnection, TransactionTrait};
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

    /// Whether the database answers.
    pub async fn is_reachable(&self) -> bool {
        self.reader.ping().await.is_ok()
    }

    /// Closes every connection, after what is under way.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn close(self) -> Result<(), DbErr> {
        self.reader.close().await?;
        match self.writer {
            Some(writer) => writer.close().await,
            None => Ok(()),
        }
    }
}
