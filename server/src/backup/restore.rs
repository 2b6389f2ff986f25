//! Putting an archive back, into either database: all of it or nothing.

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use migrations::{Migrator, MigratorTrait};
use sea_orm::sea_query::{Alias, InsertStatement, Query};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait, Value,
};

use super::after::after_restore;
use super::archive::{Archive, ArchiveError};
use super::outlive::{add, outliving};
use super::row;
use super::table::{self, Table, quoted};
use super::write::copy;
use super::{Contents, Manifest};
use crate::privacy::{self, EraseError};
use crate::storage::{MIGRATING, SERVING, StorageError, connect_alone, hold_alone};
use crate::world::Clock;

/// Most parameters of a statement, and most bytes of the lines it is made of.
const PARAMETERS: usize = 20_000;
const BYTES: usize = 1 << 20;
/// How often, and how far apart, it is looked whether a server has left PostgreSQL.
const LEAVING: u32 = 10;
const MOMENT: Duration = Duration::from_millis(100);

/// How an archive is put back.
#[derive(Clone, Copy, Debug)]
pub struct How<'a> {
    /// Folder of the campus: what is kept outside the database stands there.
    pub data: &'a Path,
    /// Puts it in the place of what is there.
    pub replaces: bool,
    /// Leaves sessions and links as they were, for a move from one database to another.
    pub keeps_sessions: bool,
}

/// Why an archive was not put back. Then the database is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The archive cannot be used.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The archive or the database is of a newer program.
    #[error("{0} was written by a newer version, which knows the change {1}: use that one")]
    Newer(&'static str, String),
    /// The archive has changes of the schema without those before them.
    #[error("the archive's schema is of no version of this program")]
    Unknown,
    /// A server uses the database.
    #[error("a server uses this database: stop it first")]
    InUse,
    /// There is something in the database.
    #[error("the database is not empty: --replace puts the archive in its place")]
    NotEmpty,
    /// After everything was put back, a table did not hold what the archive does.
    #[error("{0} did not come back as it was")]
    Different(String),
    /// Who was erased could not be noted.
    #[error(transparent)]
    Erasures(#[from] EraseError),
    /// The database could not be opened.
    #[error(transparent)]
    Storage(StorageError),
    /// The database did not answer.
    #[error("the database answered: {0}")]
    Database(#[from] DbErr),
}

impl From<StorageError> for RestoreError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::InUse(_) => Self::InUse,
            other => Self::Storage(other),
        }
    }
}

/// Puts the archive `from` into the database at `address`, brings it to the schema of this program, and does again what must not
/// come back.
///
/// # Errors
/// See [`RestoreError`].
pub async fn restore(address: &str, from: &Path, how: How<'_>, clock: &dyn Clock) -> Result<Manifest, RestoreError> {
    let mut archive = Archive::open(from)?;
    archive.verify()?;
    newer(&archive.manifest().schema, "the archive")?;
    let _lock = hold_alone(address)?;
    let connection = connect_alone(address, true).await?;
    let outcome = put_back(&connection, &mut archive, how, clock.now()).await;
    connection.close().await?;
    outcome?;
    Ok(archive.manifest().clone())
}

async fn put_back(connection: &DatabaseConnection, archive: &mut Archive, how: How<'_>, now: DateTime<Utc>) -> Result<(), RestoreError> {
    let transaction = begin(connection).await?;
    newer(&table::schema(&transaction).await?, "the database")?;
    let tables = table::tables(&transaction).await?;
    if !how.replaces && !are_empty(&transaction, &tables).await? {
        return Err(RestoreError::NotEmpty);
    }
    // Who was erased since the backup is erased again when the campus opens.
    if tables.iter().any(|table| table.name == "privacy_erasures") {
        privacy::note_erasures(&transaction, how.data).await?;
    }
    let kept = outliving(&transaction, &tables).await?;
    empty(&transaction, &tables).await?;
    let schema = archive.manifest().schema.clone();
    Migrator::down(&transaction, None).await?;
    Migrator::up(&transaction, Some(u32::try_from(schema.len()).unwrap_or(u32::MAX))).await?;
    if table::schema(&transaction).await? != schema {
        return Err(RestoreError::Unknown);
    }
    let tables = table::tables(&transaction).await?;
    let references = loosen(&transaction).await?;
    for table in &tables {
        fill(&transaction, table, archive).await?;
    }
    for table in &tables {
        let contents = copy(&transaction, table, |_| Ok::<(), DbErr>(())).await?;
        if archive.manifest().tables.get(&table.name) != Some(&contents) {
            return Err(RestoreError::Different(table.name.clone()));
        }
    }
    tighten(&transaction, &references).await?;
    Migrator::up(&transaction, None).await?;
    add(&transaction, kept).await?;
    after_restore(&transaction, &how, now).await?;
    Ok(transaction.commit().await?)
}

/// An error if `schema` has a change that this program does not know.
fn newer(schema: &[String], whose: &'static str) -> Result<(), RestoreError> {
    let known = Migrator::migrations();
    let unknown = schema.iter().find(|change| !known.iter().any(|known| known.name() == *change));
    unknown.map_or(Ok(()), |change| Err(RestoreError::Newer(whose, change.clone())))
}

/// Begins, with nobody else at work: on SQLite the lock beside the file was taken, on PostgreSQL servers say who they are.
async fn begin(connection: &DatabaseConnection) -> Result<DatabaseTransaction, RestoreError> {
    if connection.get_database_backend() == DbBackend::Sqlite {
        // Cannot be done within a transaction. References are checked at its end.
        connection.execute_unprepared("PRAGMA foreign_keys = OFF").await?;
        let sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
        return Ok(connection.begin_with_options(TransactionOptions { sqlite_transaction_mode, ..Default::default() }).await?);
    }
    let transaction = connection.begin().await?;
    // A server that starts now waits here, and then finds the restored campus.
    transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATING})")).await?;
    // One that was stopped takes a moment to be gone.
    for _ in 0..LEAVING {
        if !is_served(&transaction).await? {
            return Ok(transaction);
        }
        tokio::time::sleep(MOMENT).await;
    }
    Err(RestoreError::InUse)
}

async fn is_served(database: &DatabaseTransaction) -> Result<bool, DbErr> {
    database.execute_unprepared("SELECT pg_stat_clear_snapshot()").await?;
    let sql = format!("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = '{SERVING}' LIMIT 1");
    Ok(database.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?.is_some())
}

async fn are_empty(database: &DatabaseTransaction, tables: &[Table]) -> Result<bool, DbErr> {
    let backend = database.get_database_backend();
    for table in tables {
        let sql = format!("SELECT 1 FROM {} LIMIT 1", quoted(&table.name));
        if database.query_one_raw(Statement::from_string(backend, sql)).await?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn empty(database: &DatabaseTransaction, tables: &[Table]) -> Result<(), DbErr> {
    let names: Vec<String> = tables.iter().map(|table| quoted(&table.name)).collect();
    if database.get_database_backend() == DbBackend::Sqlite {
        for name in names {
            database.execute_unprepared(&format!("DELETE FROM {name}")).await?;
        }
    } else if !names.is_empty() {
        database.execute_unprepared(&format!("TRUNCATE {}", names.join(", "))).await?;
    }
    Ok(())
}

/// Lets rows come in any order: what they refer to may come later.
async fn loosen(database: &DatabaseTransaction) -> Result<Vec<(String, String)>, DbErr> {
    if database.get_database_backend() == DbBackend::Sqlite {
        return Ok(Vec::new());
    }
    let sql = "SELECT conrelid::regclass::text AS of_table, conname::text AS name FROM pg_constraint \
               WHERE contype = 'f' AND connamespace = current_schema()::regnamespace";
    let rows = database.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    let mut references = Vec::with_capacity(rows.len());
    for row in rows {
        let (table, name): (String, String) = (row.try_get("", "of_table")?, row.try_get("", "name")?);
        let change = format!("ALTER TABLE {table} ALTER CONSTRAINT {} DEFERRABLE INITIALLY DEFERRED", quoted(&name));
        database.execute_unprepared(&change).await?;
        references.push((table, name));
    }
    Ok(references)
}

/// Sees that every row refers to one that is there, and makes the database see to it from now on.
async fn tighten(database: &DatabaseTransaction, references: &[(String, String)]) -> Result<(), RestoreError> {
    if database.get_database_backend() == DbBackend::Sqlite {
        let dangling = database.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA foreign_key_check")).await?;
        return match dangling {
            Some(row) => Err(RestoreError::Different(row.try_get_by_index(0)?)),
            None => Ok(()),
        };
    }
    database.execute_unprepared("SET CONSTRAINTS ALL IMMEDIATE").await?;
    for (table, name) in references {
        database.execute_unprepared(&format!("ALTER TABLE {table} ALTER CONSTRAINT {} NOT DEFERRABLE", quoted(name))).await?;
    }
    Ok(())
}

/// Puts the rows of a table back.
async fn fill(database: &DatabaseTransaction, table: &Table, archive: &mut Archive) -> Result<(), RestoreError> {
    let announced = archive.manifest().tables.get(&table.name).map(|Contents { columns, .. }| columns);
    if announced != Some(&table.described()) {
        return Err(RestoreError::Unknown);
    }
    let damaged = || ArchiveError::Damaged { table: table.name.clone(), what: "has a line that is no row of it" };
    let mut lines = archive.lines(&table.name)?;
    let (mut rows, mut bytes) = (Vec::new(), 0);
    while let Some(line) = lines.next_line()? {
        bytes += line.len();
        rows.push(row::values(table, line).ok_or_else(damaged)?);
        if bytes > BYTES || (rows.len() + 1) * table.columns.len() > PARAMETERS {
            insert(database, table, std::mem::take(&mut rows)).await?;
            bytes = 0;
        }
    }
    if !rows.is_empty() {
        insert(database, table, rows).await?;
    }
    Ok(())
}

async fn insert(database: &DatabaseTransaction, table: &Table, rows: Vec<Vec<Value>>) -> Result<(), DbErr> {
    database.execute(&insertion(table, rows)?).await?;
    Ok(())
}

/// Puts `rows` into `table`.
pub(super) fn insertion(table: &Table, rows: Vec<Vec<Value>>) -> Result<InsertStatement, DbErr> {
    let mut statement = Query::insert();
    statement.into_table(Alias::new(&table.name)).columns(table.columns.iter().map(|column| Alias::new(&column.name)));
    for row in rows {
        statement.values(row.into_iter().map(Into::into)).map_err(|error| DbErr::Custom(error.to_string()))?;
    }
    Ok(statement)
}
