//! Opening: connection options of both databases, migrations, and the refusal of a newer schema.

use std::collections::BTreeSet;
use std::time::Duration;

use migrations::{Migrator, MigratorTrait};
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr};

use super::{Storage, StorageError, Writer, lock};
use crate::metrics;

/// Connections that read on SQLite, and all connections on PostgreSQL.
const POOL: u32 = 8;
/// Name by which PostgreSQL knows the connections of a server.
pub(crate) const SERVING: &str = "campus";
/// Takes, until the transaction or the connection ends, the right to change the schema.
pub(crate) const MIGRATING: i32 = 70_267;

impl Storage {
    /// Opens `address` (`sqlite:PATH` or `postgres://…`) and brings its schema up to date.
    ///
    /// # Errors
    /// See [`StorageError`].
    pub async fn open(address: &str) -> Result<Self, StorageError> {
        let storage = if address.starts_with("sqlite:") {
            let lock = lock::hold(address)?;
            let writer = sqlite(address, 1, true).await?;
            migrate(&writer).await?;
            Self { reader: sqlite(address, POOL, true).await?, writer: Some(Writer::new(writer)), lock }
        } else if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            let pool = postgres(address, POOL, SERVING).await?;
            migrate_alone(address).await?;
            Self { reader: pool, writer: None, lock: None }
        } else {
            return Err(StorageError::Address(address.to_owned()));
        };
        Ok(storage)
    }
}

/// One connection to `address`, which is not migrated; a file that is missing is made if asked.
pub(crate) async fn connect_alone(address: &str, makes: bool) -> Result<DatabaseConnection, StorageError> {
    if address.starts_with("sqlite:") {
        Ok(sqlite(address, 1, makes).await?)
    } else if address.starts_with("postgres:") || address.starts_with("postgresql:") {
        Ok(postgres(address, 1, "campus alone").await?)
    } else {
        Err(StorageError::Address(address.to_owned()))
    }
}

async fn sqlite(address: &str, connections: u32, makes: bool) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(address);
    options.max_connections(connections).min_connections(1).test_before_acquire(false).sqlx_logging(false);
    // `FULL`: with `NORMAL` a power cut loses commits that were already confirmed to people.
    options.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .create_if_missing(makes)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .statement_cache_capacity(200)
    });
    connect(options).await
}

async fn postgres(address: &str, connections: u32, name: &'static str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(address);
    options.max_connections(connections).min_connections(1).acquire_timeout(Duration::from_secs(5)).sqlx_logging(false);
    options.map_sqlx_postgres_opts(move |postgres| postgres.application_name(name));
    connect(options).await
}

async fn connect(options: ConnectOptions) -> Result<DatabaseConnection, DbErr> {
    let mut connection = Database::connect(options).await?;
    connection.set_metric_callback(metrics::statement);
    Ok(connection)
}

/// Migrates while no other server does: the second one waits, then finds nothing left to do.
async fn migrate_alone(address: &str) -> Result<(), StorageError> {
    let connection = postgres(address, 1, SERVING).await?;
    connection.execute_unprepared(&format!("SELECT pg_advisory_lock({MIGRATING})")).await?;
    let migrating = postgres(address, 1, SERVING).await?;
    let outcome = migrate(&migrating).await;
    migrating.close().await?;
    // Closing the connection gives the lock back.
    connection.close().await?;
    outcome
}

async fn migrate(database: &DatabaseConnection) -> Result<(), StorageError> {
    let known: BTreeSet<String> = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    Migrator::install(database).await?;
    let applied = Migrator::get_migration_models(database).await?;
    if let Some(newer) = applied.into_iter().map(|model| model.version).find(|name| !known.contains(name)) {
        return Err(StorageError::Newer(newer));
    }
    Migrator::up(database, None).await?;
    Ok(())
}
