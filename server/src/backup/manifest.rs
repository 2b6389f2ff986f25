//! What an archive says of itself.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The format written and read here.
pub(super) const FORMAT: u32 = 1;

/// What is in an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the archive's format.
    pub format: u32,
    /// Version of the program that made it.
    pub campus: String,
    /// When its rows were read: all of them are of one moment.
    pub made_at: DateTime<Utc>,
    /// Changes of the schema that the database had, in order.
    pub schema: Vec<String>,
    /// Every table.
    pub tables: BTreeMap<String, Contents>,
}

/// What is in one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    /// Columns by name, with their kind.
    pub columns: BTreeMap<String, String>,
    /// How many rows.
    pub rows: u64,
    /// How many bytes their lines have.
    pub bytes: u64,
    /// SHA-256 of their lines, in hexadecimal digits.
    pub sha256: String,
}

impl Manifest {
    /// How many rows all tables have.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.values().map(|contents| contents.rows).sum()
    }
}

/// Counts and digests lines as they go by.
#[derive(Default)]
pub(super) struct Tally {
    rows: u64,
    bytes: u64,
    digest: Sha256,
}

impl Tally {
    /// Takes note of a line, with its end.
    pub(super) fn add(&mut self, line: &[u8]) {
        self.rows += 1;
        self.bytes += u64::try_from(line.len()).unwrap_or_default();
        self.digest.update(line);
    }

    /// What went by, as a table with these columns.
    pub(super) fn contents(self, columns: BTreeMap<String, String>) -> Contents {
        Contents { columns, rows: self.rows, bytes: self.bytes, sha256: hex::encode(self.digest.finalize()) }
    }
}
