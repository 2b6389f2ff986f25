//! The journal of erasures: a file beside the database, so that a backup from before an erasure cannot undo it.
//!
//! A line is on disk before the erasure is committed. It holds an id and a time, no name. Every server's file comes to hold every
//! erasure, for each copies what the database knows.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use courses::id::PersonId;
use serde::{Deserialize, Serialize};

use super::entity::erasure;

/// Its name in the data folder.
const NAME: &str = "erasures.log";

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub person: PersonId,
    pub keeps_certificates: bool,
    pub erased_at: DateTime<Utc>,
    /// The database refused the erasure that an earlier line announced.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_withdrawn: bool,
}

impl From<&erasure::Model> for Entry {
    fn from(row: &erasure::Model) -> Self {
        Self { person: row.id, keeps_certificates: row.keeps_certificates, erased_at: row.erased_at, is_withdrawn: false }
    }
}

/// Every erasure in the journal of the folder `data`. A line that a power cut tore was never committed, and is passed over.
pub(super) fn read(data: &Path) -> io::Result<Vec<Entry>> {
    match std::fs::read_to_string(path(data)) {
        Ok(text) => Ok(parse(&text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Adds `entries` and waits for the disk.
pub(super) fn append(data: &Path, entries: &[Entry]) -> io::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let is_new = !path(data).exists();
    let mut file = OpenOptions::new().create(true).read(true).append(true).open(path(data))?;
    let mut lines = if ends_within_a_line(&mut file)? { "\n".to_owned() } else { String::new() };
    for entry in entries {
        lines.push_str(&serde_json::to_string(entry)?);
        lines.push('\n');
    }
    file.write_all(lines.as_bytes())?;
    file.sync_all()?;
    if is_new { File::open(data)?.sync_all() } else { Ok(()) }
}

/// Adds to the journal in the folder `data` what the journal of a backup holds and it does not. What was restored is then erased again
/// when the campus opens.
///
/// # Errors
/// When the file cannot be read or written.
pub fn merge_journal(data: &Path, of_backup: &str) -> io::Result<()> {
    let known = read(data)?;
    let missing: Vec<Entry> = parse(of_backup).into_iter().filter(|entry| !known.iter().any(|own| own.person == entry.person)).collect();
    append(data, &missing)
}

fn path(data: &Path) -> PathBuf {
    data.join(NAME)
}

/// The erasures of a journal's text: of each person the last line counts.
fn parse(text: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut places = HashMap::new();
    for entry in text.lines().filter_map(|line| serde_json::from_str::<Entry>(line).ok()) {
        let place = *places.entry(entry.person).or_insert(entries.len());
        match entries.get_mut(place) {
            Some(earlier) => *earlier = entry,
            None => entries.push(entry),
        }
    }
    entries.retain(|entry| !entry.is_withdrawn);
    entries
}

fn ends_within_a_line(file: &mut File) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(number: u128) -> Entry {
        let erased_at = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        Entry { person: PersonId(uuid::Uuid::from_u128(number)), keeps_certificates: true, erased_at, is_withdrawn: false }
    }

    #[test]
    fn what_is_added_is_read_again_after_a_torn_line_too() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()).unwrap(), []);
        append(folder.path(), &[entry(1)]).unwrap();
        let torn = std::fs::read_to_string(path(folder.path())).unwrap() + "{\"person\":\"0000";
        std::fs::write(path(folder.path()), torn).unwrap();
        append(folder.path(), &[entry(2)]).unwrap();
        assert_eq!(read(folder.path()).unwrap(), [entry(1), entry(2)]);
    }

    #[test]
    fn of_each_person_the_last_line_counts() {
        let folder = tempfile::tempdir().unwrap();
        let destroyed = Entry { keeps_certificates: false, ..entry(1) };
        let withdrawn = Entry { is_withdrawn: true, ..entry(2) };
        append(folder.path(), &[entry(1), entry(2), entry(3), destroyed.clone(), withdrawn.clone()]).unwrap();
        assert_eq!(read(folder.path()).unwrap(), [destroyed.clone(), entry(3)]);
        append(folder.path(), &[entry(2)]).unwrap();
        assert_eq!(read(folder.path()).unwrap(), [destroyed, entry(2), entry(3)]);
    }

    #[test]
    fn the_journal_of_a_backup_adds_what_is_missing_and_takes_nothing_away() {
        let (here, backup) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        append(here.path(), &[entry(1), entry(2)]).unwrap();
        append(backup.path(), &[entry(2), entry(3)]).unwrap();
        let of_backup = std::fs::read_to_string(path(backup.path())).unwrap();
        merge_journal(here.path(), &of_backup).unwrap();
        merge_journal(here.path(), &of_backup).unwrap();
        assert_eq!(read(here.path()).unwrap(), [entry(1), entry(2), entry(3)]);
    }
}
