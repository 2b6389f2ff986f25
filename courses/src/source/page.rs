//! A text file, its front matter, and pieces of it that remember where they stood.

use super::files::Sources;
use super::finding::{Report, Severity};
use super::table::Section;
use crate::markdown::{Links, Rendered};

/// A text file: without a byte order mark, with line feeds between lines.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) path: String,
    pub(super) text: String,
}

/// A value and where it stands in its file, in bytes.
#[derive(Clone, Debug)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) offset: usize,
}

/// Lines of a file put together, perhaps without their indentation.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    pub(super) text: String,
    /// Where each line begins: in `text`, and in the file.
    begins: Vec<(usize, usize)>,
}

/// The text of a file as it is read and stamped.
pub(super) fn decode(content: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(content).ok()?;
    Some(text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n"))
}

impl Page {
    /// Opens a file, if there is one.
    pub(super) fn open(sources: &Sources, path: &str, report: &mut Report) -> Option<Self> {
        let content = sources.get(path)?;
        report.uses(path);
        let text = decode(content);
        if text.is_none() {
            report.about_file(Severity::Error, path, "this file is not UTF-8 text: save it again as UTF-8");
        }
        Some(Self { path: path.to_owned(), text: text? })
    }

    /// Line and column of an offset, both from 1, the column in characters.
    pub(super) fn position(&self, offset: usize) -> (u32, u32) {
        let before = self.text.get(..offset).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).saturating_add(1);
        (count(before.matches('\n').count()), count(before.get(line_start..).unwrap_or_default().chars().count()))
    }

    /// The front matter between two lines `+++`, and what follows it. Without any: an empty table and the whole text.
    pub(super) fn front_matter(&self, report: &mut Report) -> (Option<Section<'_>>, Excerpt) {
        let Some(after) = self.text.strip_prefix("+++\n") else {
            return (Some(Section::empty(self)), Excerpt::whole(&self.text, 0));
        };
        let start = "+++\n".len();
        let end = std::iter::once(0).chain(after.match_indices('\n').map(|(at, _)| at + 1)).find(|at| is_fence(after, *at));
        let Some(end) = end else {
            report.error(self, 0, "the front matter has no end: add a line `+++` after it");
            return (None, Excerpt::default());
        };
        let body = after.get(end..).and_then(|rest| rest.find('\n')).map_or(self.text.len(), |at| start + end + at + 1);
        let section = Section::parse(self, start, after.get(..end).unwrap_or_default(), report);
        (section, Excerpt::whole(self.text.get(body..).unwrap_or_default(), body))
    }

    /// Renders a piece of this file and reports what is to be mended in it.
    pub(super) fn render(&self, excerpt: &Excerpt, how: fn(&str, &Links) -> Rendered, links: &Links, report: &mut Report) -> Rendered {
        let rendered = how(&excerpt.text, links);
        for problem in &rendered.problems {
            report.warn(self, excerpt.offset_in_file(problem.offset), problem.fault.to_string());
        }
        for file in &rendered.files {
            report.uses(file);
        }
        rendered
    }
}

fn is_fence(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.strip_prefix("+++")).is_some_and(|rest| rest.is_empty() || rest.starts_with('\n'))
}

impl Excerpt {
    pub(super) fn whole(text: &str, offset: usize) -> Self {
        Self { text: text.to_owned(), begins: vec![(0, offset)] }
    }

    pub(super) fn push_line(&mut self, line: &str, offset: usize) {
        self.begins.push((self.text.len(), offset));
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    fn offset_in_file(&self, offset: usize) -> usize {
        let begin = self.begins.iter().rev().find(|(start, _)| *start <= offset).or(self.begins.first());
        begin.map_or(0, |(start, in_file)| in_file + offset.saturating_sub(*start))
    }
}
