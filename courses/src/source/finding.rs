//! What an author should mend.

use std::collections::BTreeSet;

use super::page::Page;
use crate::course::Course;
use crate::language::Language;

/// What reading a course's sources came to.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The course; `None` if and only if some finding is an error.
    pub course: Option<Course>,
    /// Everything to mend, by file, line and column.
    pub findings: Vec<Finding>,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The course cannot be published.
    Error,
    /// The course can be published, and is the worse for it.
    Warning,
}

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Path of the file among the course's files.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// How much it weighs.
    pub severity: Severity,
    /// What is amiss and how to mend it.
    pub message: String,
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { file, line, column, severity, message } = self;
        write!(f, "{file}:{line}:{column}: {severity}: {message}")
    }
}

/// The language being read, as against the source language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side {
    pub(super) language: Language,
    pub(super) source: Language,
}

impl Side {
    pub(super) fn is_source(self) -> bool {
        self.language == self.source
    }

    /// How much it weighs when a text is missing: a translation falls back to the source language.
    pub(super) fn weight(self) -> Severity {
        if self.is_source() { Severity::Error } else { Severity::Warning }
    }

    /// A path within the folder of the language.
    pub(super) fn path(self, name: &str) -> String {
        format!("{}/{name}", self.language)
    }

    /// The path of the text that one here translates.
    pub(super) fn source_path(self, name: &str) -> String {
        format!("{}/{name}", self.source)
    }
}

/// What is noticed while reading.
#[derive(Debug, Default)]
pub(super) struct Report {
    findings: Vec<Finding>,
    used: BTreeSet<String>,
}

impl Report {
    pub(super) fn error(&mut self, page: &Page, offset: usize, message: impl Into<String>) {
        self.add(Severity::Error, page, offset, message);
    }

    pub(super) fn warn(&mut self, page: &Page, offset: usize, message: impl Into<String>) {
        self.add(Severity::Warning, page, offset, message);
    }

    pub(super) fn add(&mut self, severity: Severity, page: &Page, offset: usize, message: impl Into<String>) {
        let (line, column) = page.position(offset);
        self.findings.push(Finding { file: page.path.clone(), line, column, severity, message: message.into() });
    }

    /// A finding about a file as a whole, which may not exist.
    pub(super) fn about_file(&mut self, severity: Severity, path: &str, message: impl Into<String>) {
        self.findings.push(Finding { file: path.to_owned(), line: 1, column: 1, severity, message: message.into() });
    }

    /// Records that the course refers to a file.
    pub(super) fn uses(&mut self, path: &str) {
        self.used.insert(path.to_owned());
    }

    pub(super) fn is_used(&self, path: &str) -> bool {
        self.used.contains(path)
    }

    pub(super) fn into_reading(mut self, course: Option<Course>) -> Reading {
        let has_error = |findings: &[Finding]| findings.iter().any(|finding| finding.severity == Severity::Error);
        if course.is_none() && !has_error(&self.findings) {
            self.about_file(Severity::Error, "course.toml", "the course cannot be read");
        }
        self.findings.sort();
        self.findings.dedup();
        Reading { course: course.filter(|_| !has_error(&self.findings)), findings: self.findings }
    }
}
