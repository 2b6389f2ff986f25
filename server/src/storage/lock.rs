//! A lock beside a SQLite file: shared by whoever serves it, taken alone by whoever replaces what is in it. It goes with the process.

use std::fs::{File, OpenOptions, TryLockError};
use std::sync::Arc;

use super::StorageError;

/// Holds the database with others; `None` where there is no file.
pub(super) fn hold(address: &str) -> Result<Option<Arc<File>>, StorageError> {
    let Some(path) = lock_path(address) else { return Ok(None) };
    let file = lock_file(&path)?;
    file.try_lock_shared().map_err(|error| refused(path, error))?;
    Ok(Some(Arc::new(file)))
}

/// Holds the database alone; `None` where there is no file.
pub(crate) fn hold_alone(address: &str) -> Result<Option<File>, StorageError> {
    let Some(path) = lock_path(address) else { return Ok(None) };
    let file = lock_file(&path)?;
    file.try_lock().map_err(|error| refused(path, error))?;
    Ok(Some(file))
}

fn refused(path: String, error: TryLockError) -> StorageError {
    match error {
        TryLockError::WouldBlock => StorageError::InUse(path),
        TryLockError::Error(error) => StorageError::Lock(path, error),
    }
}

fn lock_file(path: &str) -> Result<File, StorageError> {
    OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(|error| StorageError::Lock(path.to_owned(), error))
}

/// `sqlite:PATH?…` → `PATH.lock`.
fn lock_path(address: &str) -> Option<String> {
    let path = address.strip_prefix("sqlite://").or_else(|| address.strip_prefix("sqlite:"))?;
    let path = path.split('?').next().unwrap_or_default();
    (!path.is_empty() && path != ":memory:").then(|| format!("{path}.lock"))
}
