//! Where links lead.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::Fault;
use crate::id::{CourseCode, LessonKey, TermKey};
use crate::language::Language;

/// What a text may link to, and the language that its own words (titles of callouts, "Sources") are in.
#[derive(Clone, Debug)]
pub struct Links {
    /// The course.
    pub course: CourseCode,
    /// Language of the text.
    pub language: Language,
    /// The course's lessons.
    pub lessons: BTreeSet<LessonKey>,
    /// The glossary's terms.
    pub terms: BTreeSet<TermKey>,
    /// The course's files by path, `images/cover.svg`.
    pub files: BTreeMap<String, FileLink>,
}

/// A file of the course as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLink {
    /// Its address.
    pub url: String,
    /// Width and height in CSS pixels, where they are known.
    pub size: Option<(u32, u32)>,
}

/// Where one link leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// An entry of the glossary.
    Term(TermKey),
    /// A file of the course: path and address.
    File(String, String),
    /// Any other address.
    Address(String),
}

impl Links {
    /// Links of a text that is not part of a course yet: none resolve.
    #[must_use]
    pub const fn none(course: CourseCode, language: Language) -> Self {
        Self { course, language, lessons: BTreeSet::new(), terms: BTreeSet::new(), files: BTreeMap::new() }
    }

    pub(super) fn resolve(&self, destination: &str) -> Result<Target, Fault> {
        if let Some(key) = destination.strip_prefix("term:") {
            let known = key.parse().ok().filter(|key| self.terms.contains(key));
            return known.map(Target::Term).ok_or_else(|| Fault::UnknownTerm(key.to_owned()));
        }
        if let Some(key) = destination.strip_prefix("lesson:") {
            let known = key.parse().ok().filter(|key| self.lessons.contains::<LessonKey>(key));
            let address = |key| Target::Address(format!("/courses/{}/lessons/{key}", self.course));
            return known.map(address).ok_or_else(|| Fault::UnknownLesson(key.to_owned()));
        }
        if let Some(file) = self.files.get(destination) {
            return Ok(Target::File(destination.to_owned(), file.url.clone()));
        }
        if destination.starts_with("images/") {
            return Err(Fault::MissingFile(destination.to_owned()));
        }
        if is_allowed(destination) {
            Ok(Target::Address(destination.to_owned()))
        } else {
            Err(Fault::ForbiddenLink(destination.to_owned()))
        }
    }
}

fn is_allowed(destination: &str) -> bool {
    let lower = destination.to_ascii_lowercase();
    let has_rest = |scheme: &str| lower.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty());
    let is_own_path = lower.starts_with('/') && !lower.starts_with("//") && !lower.starts_with("/\\");
    let is_clean = !lower.chars().any(|c| c.is_control() || c == '\\');
    is_clean && (["https://", "http://", "mailto:", "tel:", "#"].into_iter().any(has_rest) || is_own_path)
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn only_web_mail_telephone_and_own_paths_are_linked_to() {
        for good in ["https://example.org/a?b=c#d", "HTTP://example.org", "mailto:ana@example.org", "tel:+5255", "/help", "#here"] {
            assert!(is_allowed(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:1",
            " javascript:1",
            "data:text/html,x",
            "vbscript:x",
            "//example.org",
            "/\\example.org",
            "file:///etc",
            "x",
            "",
            "https://",
            "blob:x",
        ] {
            assert!(!is_allowed(bad), "{bad}");
        }
    }
}
