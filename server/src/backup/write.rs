//! Making an archive of a campus that runs.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use futures_util::TryStreamExt;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, IsolationLevel, StreamTrait, TransactionTrait,
};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::archive::{Archive, ArchiveError, MANIFEST, entry_name};
use super::manifest::{Contents, FORMAT, Manifest, Tally};
use super::row;
use super::table::{self, Table};
use crate::storage::{StorageError, connect_alone};
use crate::world::Clock;

/// Why no archive was made.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something stands there already.
    #[error("{} exists already: a backup overwrites nothing", .0.display())]
    Exists(PathBuf),
    /// There is no campus in the database.
    #[error("there is no campus in this database")]
    NoCampus,
    /// The database could not be opened.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The database did not answer.
    #[error("the database answered: {0}")]
    Database(#[from] DbErr),
    /// The file could not be written.
    #[error("the archive could not be written: {0}")]
    File(#[from] std::io::Error),
    /// What was written could not be read again.
    #[error("the archive was written, but does not hold what it should, and was removed: {0}")]
    Unverified(#[from] ArchiveError),
    /// The archive could not be put together.
    #[error("the archive could not be put together: {0}")]
    Zip(#[from] zip::result::ZipError),
}

/// An archive that is being written: it goes away unless it is kept.
struct Part {
    path: PathBuf,
    is_kept: bool,
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_kept {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Writes everything in the database at `address` into the new file `to`, as it is at one moment, while others go on writing. The
/// file is read again and compared before it gets its name.
///
/// # Errors
/// See [`BackupError`]; then there is no file.
pub async fn back_up(address: &str, to: &Path, clock: &dyn Clock) -> Result<Manifest, BackupError> {
    if to.exists() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    let connection = connect_alone(address, false).await?;
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(format!(".part-{}", std::process::id()));
    let mut part = Part { path: to.with_file_name(name), is_kept: false };
    // The keys of the campus are in it: nobody else may read it.
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part.path)?;
    let snapshot = begin(&connection).await?;
    let manifest = write(&snapshot, file, clock).await?;
    snapshot.rollback().await?;
    connection.close().await?;
    let mut archive = Archive::open(&part.path)?;
    archive.verify()?;
    if *archive.manifest() != manifest {
        return Err(ArchiveError::Manifest("it is not the one that was written".to_owned()).into());
    }
    if to.exists() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    std::fs::rename(&part.path, to)?;
    part.is_kept = true;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()?;
    Ok(manifest)
}

/// A view of the database that stands still.
async fn begin(connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    match connection.get_database_backend() {
        // SQLite's readers see what was there when they began.
        DbBackend::Sqlite => connection.begin().await,
        _ => connection.begin_with_config(Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly)).await,
    }
}

async fn write(snapshot: &DatabaseTransaction, file: File, clock: &dyn Clock) -> Result<Manifest, BackupError> {
    let schema = table::schema(snapshot).await?;
    if schema.is_empty() {
        return Err(BackupError::NoCampus);
    }
    let made_at = clock.now();
    let mut zip = ZipWriter::new(BufWriter::new(file));
    let options = SimpleFileOptions::default().large_file(true).unix_permissions(0o600);
    let mut manifest = Manifest {
        format: FORMAT,
        campus: env!("CARGO_PKG_VERSION").to_owned(),
        made_at,
        schema,
        tables: std::collections::BTreeMap::new(),
    };
    for table in table::tables(snapshot).await? {
        zip.start_file(entry_name(&table.name), options)?;
        let contents = copy(snapshot, &table, |line| zip.write_all(line).map_err(BackupError::File)).await?;
        manifest.tables.insert(table.name, contents);
    }
    zip.start_file(MANIFEST, options)?;
    serde_json::to_writer_pretty(&mut zip, &manifest).map_err(std::io::Error::from)?;
    let mut file = zip.finish()?;
    file.flush()?;
    file.get_ref().sync_all()?;
    Ok(manifest)
}

/// Gives every row of a table, as a line, to `take`.
pub(super) async fn copy<E: From<DbErr>>(
    database: &DatabaseTransaction,
    table: &Table,
    mut take: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<Contents, E> {
    let mut tally = Tally::default();
    let mut rows = database.stream_raw(table.select(ConnectionTrait::get_database_backend(database))).await?;
    while let Some(row) = rows.try_next().await? {
        let line = row::line(table, &row)?;
        tally.add(&line);
        take(&line)?;
    }
    Ok(tally.contents(table.described()))
}
