//! The files of a course, by path.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

/// A course's files: path relative to the course's folder, with `/` between names, and content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources(BTreeMap<String, Vec<u8>>);

impl Sources {
    /// Reads a folder. Left out are files and folders whose name begins with a full stop, and Markdown files right in the folder,
    /// which are notes to authors.
    ///
    /// # Errors
    /// When a file cannot be read, has a name that is not UTF-8, or is a link that leads out of the folder or to a folder.
    pub fn from_dir(folder: &Path) -> io::Result<Self> {
        let mut sources = Self::default();
        sources.collect(&folder.canonicalize()?, folder, "")?;
        Ok(sources)
    }

    fn collect(&mut self, root: &Path, folder: &Path, prefix: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().into_string().map_err(|name| refused(format!("{} is not a UTF-8 name", name.display())))?;
            let path = format!("{prefix}{name}");
            if !Self::holds(&path) {
                continue;
            }
            if entry.file_type()?.is_symlink() {
                let target = entry.path().canonicalize()?;
                if !target.starts_with(root) || target.is_dir() {
                    return Err(refused(format!("{path} is a link that leads out of the course's folder or to a folder")));
                }
            }
            if entry.file_type()?.is_dir() {
                self.collect(root, &entry.path(), &format!("{path}/"))?;
            } else {
                self.insert(path, fs::read(entry.path())?);
            }
        }
        Ok(())
    }

    /// Whether the file at `path` belongs to a course: not a hidden one, nor a note for reviewers at the top of the folder.
    #[must_use]
    pub fn holds(path: &str) -> bool {
        let is_hidden = path.split('/').any(|name| name.starts_with('.'));
        let is_note = !path.contains('/') && path.ends_with(".md");
        !is_hidden && !is_note
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), content.into());
    }

    /// Takes a file away; whether it was there.
    pub fn remove(&mut self, path: &str) -> bool {
        self.0.remove(path).is_some()
    }

    /// A file's content.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// Every file, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, content)| (path.as_str(), content.as_slice()))
    }

    /// SHA-256, in hexadecimal, of every path and content with their lengths: equal exactly for equal files.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for (path, content) in &self.0 {
            for part in [path.as_bytes(), content] {
                hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
                hash.update(part);
            }
        }
        hex::encode(hash.finalize())
    }
}

impl<P: Into<String>, C: Into<Vec<u8>>> FromIterator<(P, C)> for Sources {
    fn from_iter<I: IntoIterator<Item = (P, C)>>(files: I) -> Self {
        Self(files.into_iter().map(|(path, content)| (path.into(), content.into())).collect())
    }
}

fn refused(reason: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, reason)
}
