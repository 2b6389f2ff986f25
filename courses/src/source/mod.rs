//! Course sources: a folder of text files in, a [`Course`] or a list of what to mend out.
//!
//! The format is described in `docs/COURSES.md`. Reading goes on after a mistake, so that an author sees all of them at once.

mod assemble;
mod card;
mod course_text;
mod files;
mod finding;
mod glossary;
mod images;
mod lesson;
mod page;
mod question;
mod question_text;
mod quiz;
mod rule;
mod sections;
mod stats;
mod structure;
mod survey;
mod table;
mod translation;
mod unused;

pub use files::Sources;
pub use finding::{Finding, Reading, Severity};
pub use images::{file_digest, file_url};
pub use stats::{LONG_SENTENCE, LanguageStats, Stats, stats};
pub use translation::stamp;

use finding::Report;

/// Reads a course. `course` is `None` if and only if some finding is an error.
#[must_use]
pub fn read(sources: &Sources) -> Reading {
    let mut report = Report::default();
    let course = assemble::assemble(sources, &mut report);
    report.into_reading(course)
}

#[cfg(test)]
mod tests;
