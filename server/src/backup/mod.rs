//! One file that holds a whole campus, made while it runs, and the way back from it into either database.
//!
//! An archive is a ZIP file: `manifest.json` ([`Manifest`]) and, for each table, `tables/NAME.jsonl` with one row a line, an array
//! of its columns in the order of their names. The rows stand in the order of the primary key, and the manifest holds their
//! number and the SHA-256 of their lines: two databases with the same digests hold the same, whichever kind they are.

mod after;
mod archive;
mod manifest;
mod outlive;
mod restore;
mod row;
mod table;
mod write;

pub use archive::{Archive, ArchiveError};
pub use manifest::{Contents, Manifest};
pub use restore::{How, RestoreError, restore};
pub use write::{BackupError, back_up};
