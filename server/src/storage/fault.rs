//! Which errors of a database will pass without anybody changing the request.

use sea_orm::{DbErr, RuntimeErr, SqlxError};

/// Result codes of SQLite, without their extension: busy, read only, input and output, full, cannot open.
const SQLITE: [i32; 5] = [5, 8, 10, 13, 14];
/// Classes of PostgreSQL's error codes: connections, resources (also a full disk), an operator who intervenes, the system; and one
/// that cannot write for now.
const POSTGRES: [&str; 5] = ["08", "53", "57", "58", "25006"];

/// Whether the same request may succeed later: the disk is full, the database busy, gone or coming up.
#[must_use]
pub fn is_passing(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) => true,
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => of_driver(error),
        _ => false,
    }
}

fn of_driver(error: &SqlxError) -> bool {
    match error {
        SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed | SqlxError::WorkerCrashed => true,
        SqlxError::Database(error) => error.code().is_some_and(|code| match code.len() {
            5 => POSTGRES.iter().any(|class| code.starts_with(class)),
            _ => code.parse::<i32>().is_ok_and(|code| SQLITE.contains(&(code & 0xff))),
        }),
        _ => false,
    }
}
