//! Reading an archive that anybody may have made: nothing in it is believed before it was counted.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use super::manifest::{FORMAT, Manifest, Tally};

/// Name of the manifest in the archive.
pub(super) const MANIFEST: &str = "manifest.json";
/// Largest manifest, in bytes.
const MANIFEST_BYTES: u64 = 4 << 20;
/// Most tables.
const TABLES: usize = 1_000;
/// Longest line, in bytes.
const LINE_BYTES: u64 = 64 << 20;
/// Most bytes of all lines.
const BYTES: u64 = 1 << 38;
/// How many times larger than its compressed form a table may be, and from which size on that is asked.
const RATIO: (u64, u64) = (300, 16 << 20);

/// An archive, and what it says is in it.
#[derive(Debug)]
pub struct Archive {
    zip: ZipArchive<BufReader<File>>,
    manifest: Manifest,
}

/// Why a file is not taken for an archive.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The file cannot be read.
    #[error("the archive cannot be read: {0}")]
    File(#[from] std::io::Error),
    /// It is no ZIP file, or a damaged one.
    #[error("this is no backup of a campus: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// The manifest says what cannot be.
    #[error("the archive's manifest cannot be used: {0}")]
    Manifest(String),
    /// It was made by a newer program.
    #[error("the archive has format {0}, and this program reads {FORMAT}: use a newer one")]
    Newer(u32),
    /// A table is not what the manifest says, or not a table at all.
    #[error("the archive is damaged: {table} {what}")]
    Damaged {
        /// Which table.
        table: String,
        /// What is the matter with it.
        what: &'static str,
    },
}

impl Archive {
    /// Opens `path` and reads its manifest.
    ///
    /// # Errors
    /// See [`ArchiveError`].
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        let mut zip = ZipArchive::new(BufReader::new(File::open(path)?))?;
        let mut text = String::new();
        zip.by_name(MANIFEST)?.take(MANIFEST_BYTES).read_to_string(&mut text)?;
        let version: Version = serde_json::from_str(&text).map_err(malformed)?;
        if version.format > FORMAT {
            return Err(ArchiveError::Newer(version.format));
        }
        let manifest: Manifest = serde_json::from_str(&text).map_err(malformed)?;
        let mut archive = Self { zip, manifest };
        archive.bound()?;
        Ok(archive)
    }

    /// What it says is in it.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Refuses what is too large, too small for what it becomes, not announced, or there twice.
    fn bound(&mut self) -> Result<(), ArchiveError> {
        let tables = &self.manifest.tables;
        if tables.len() > TABLES || self.zip.len() != tables.len() + 1 || self.zip.has_duplicate_names() {
            return Err(ArchiveError::Manifest("it does not name the files that are there".to_owned()));
        }
        let total = tables.values().try_fold(0_u64, |sum, contents| sum.checked_add(contents.bytes));
        if total.is_none_or(|total| total > BYTES) {
            return Err(ArchiveError::Manifest("it announces more than any campus has".to_owned()));
        }
        for (name, contents) in tables {
            // Names become statements, and never files.
            let is_name = name.starts_with(|letter: char| letter.is_ascii_lowercase())
                && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
            if !is_name || name.len() > 63 {
                return Err(ArchiveError::Manifest("a table has a name that no table has".to_owned()));
            }
            let entry = self.zip.by_name(&entry_name(name))?;
            let damaged = |what| ArchiveError::Damaged { table: name.clone(), what };
            if entry.size() != contents.bytes {
                return Err(damaged("is not as long as announced"));
            }
            if contents.bytes > RATIO.1 && contents.bytes / RATIO.0 > entry.compressed_size() {
                return Err(damaged("is larger than anything so small can be"));
            }
        }
        Ok(())
    }

    /// Reads everything, and compares it with the manifest.
    ///
    /// # Errors
    /// [`ArchiveError::Damaged`], or when the file cannot be read.
    pub fn verify(&mut self) -> Result<(), ArchiveError> {
        let names: Vec<String> = self.manifest.tables.keys().cloned().collect();
        for name in names {
            let mut lines = self.lines(&name)?;
            while lines.next_line()?.is_some() {}
        }
        Ok(())
    }

    /// The lines of a table.
    pub(super) fn lines(&mut self, table: &str) -> Result<Lines<'_>, ArchiveError> {
        let contents = self.manifest.tables.get(table).cloned();
        let contents = contents.ok_or_else(|| ArchiveError::Damaged { table: table.to_owned(), what: "is missing" })?;
        let announced = contents.bytes;
        let entry: Box<dyn Read + '_> = Box::new(self.zip.by_name(&entry_name(table))?);
        Ok(Lines {
            table: table.to_owned(),
            contents,
            tally: Tally::default(),
            line: Vec::new(),
            reader: BufReader::new(entry.take(announced)),
        })
    }
}

/// The lines of a table, counted as they are read; the end comes only if they were what the manifest says.
pub(super) struct Lines<'a> {
    table: String,
    contents: super::Contents,
    tally: Tally,
    line: Vec<u8>,
    reader: BufReader<std::io::Take<Box<dyn Read + 'a>>>,
}

impl Lines<'_> {
    /// The next line, without its end.
    pub(super) fn next_line(&mut self) -> Result<Option<&[u8]>, ArchiveError> {
        let damaged = |what| ArchiveError::Damaged { table: self.table.clone(), what };
        self.line.clear();
        let read = (&mut self.reader).take(LINE_BYTES).read_until(b'\n', &mut self.line)?;
        if read == 0 {
            let seen = std::mem::take(&mut self.tally).contents(self.contents.columns.clone());
            return if seen == self.contents { Ok(None) } else { Err(damaged("does not hold what was put into it")) };
        }
        self.tally.add(&self.line);
        self.line.strip_suffix(b"\n").map(Some).ok_or_else(|| damaged("has a line without an end"))
    }
}

/// What is read of a manifest before its form is known.
#[derive(serde::Deserialize)]
struct Version {
    format: u32,
}

/// Name of a table's file in the archive.
pub(super) fn entry_name(table: &str) -> String {
    format!("tables/{table}.jsonl")
}

fn malformed(error: serde_json::Error) -> ArchiveError {
    ArchiveError::Manifest(error.to_string())
}
