//! A course version in memory.

use std::collections::BTreeMap;
use std::io::Write;

use courses::course::Course;
use courses::id::{CourseId, VersionId};
use courses::language::Language;
use courses::source::Sources;

use super::entity::version;

/// An immutable version of a course, read and rendered.
#[derive(Debug)]
pub struct Published {
    /// The course.
    pub id: CourseId,
    /// This version.
    pub version: VersionId,
    /// Its number, from 1.
    pub number: i32,
    /// What it holds.
    pub course: Course,
    /// Address of the cover.
    pub cover: Option<String>,
    kilobytes: BTreeMap<Language, u64>,
}

impl Published {
    pub(super) fn new(version: &version::Model, course: Course, sources: &Sources) -> Self {
        let kilobytes = course.languages.iter().map(|language| (*language, kilobytes(&course, *language, sources))).collect();
        let cover = course.cover.as_ref().and_then(|path| {
            let bytes = sources.get(path)?;
            Some(courses::source::file_url(path, bytes))
        });
        Self { id: version.course_id, version: version.id, number: version.number, cover, kilobytes, course }
    }

    /// What all lessons and figures of one language cost to download, compressed, in kB of 1,000 bytes, rounded up.
    #[must_use]
    pub fn kilobytes(&self, language: Language) -> u64 {
        let (language, _) = self.course.text(language);
        self.kilobytes.get(&language).copied().unwrap_or_default()
    }
}

fn kilobytes(course: &Course, language: Language, sources: &Sources) -> u64 {
    let mut texts = brotli::CompressorWriter::new(Vec::new(), 4096, 4, 20);
    for lesson in course.lessons() {
        if let Some((_, text)) = course.lesson_text(lesson, language) {
            let _ = texts.write_all(text.body.as_str().as_bytes());
        }
    }
    let elsewhere = |path: &str| course.languages.iter().any(|other| *other != language && path.starts_with(&format!("images/{other}/")));
    let figures: usize =
        sources.iter().filter(|(path, _)| path.starts_with("images/") && !elsewhere(path)).map(|(_, bytes)| bytes.len()).sum();
    let bytes = u64::try_from(texts.into_inner().len() + figures).unwrap_or(u64::MAX);
    bytes.div_ceil(1000)
}
