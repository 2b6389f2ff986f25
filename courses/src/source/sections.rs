//! Texts in sections: `## heading`, then text, then perhaps options with their feedback.

use super::finding::Report;
use super::page::{At, Excerpt, Page};

/// A text divided by its headings of the second level.
pub(super) struct Sections {
    /// What stands before the first heading.
    pub(super) introduction: Excerpt,
    pub(super) sections: Vec<SectionText>,
}

/// A heading and what follows it.
pub(super) struct SectionText {
    pub(super) heading: At<String>,
    pub(super) lines: Vec<At<String>>,
}

/// An option with its feedback.
pub(super) struct OptionSource {
    pub(super) key: At<String>,
    pub(super) label: Excerpt,
    pub(super) feedback: Excerpt,
}

/// Divides a text that begins at `offset` of its file.
pub(super) fn divide(text: &str, offset: usize) -> Sections {
    let mut divided = Sections { introduction: Excerpt::default(), sections: Vec::new() };
    let (mut at, mut is_code) = (offset, false);
    for line in text.split('\n') {
        is_code ^= line.trim_start().starts_with("```");
        match (line.strip_prefix("## ").filter(|_| !is_code), divided.sections.last_mut()) {
            (Some(heading), _) => {
                let heading = At { value: heading.trim().to_owned(), offset: at + "## ".len() };
                divided.sections.push(SectionText { heading, lines: Vec::new() });
            }
            (None, Some(section)) => section.lines.push(At { value: line.to_owned(), offset: at }),
            (None, None) => divided.introduction.push_line(line, at),
        }
        at += line.len() + 1;
    }
    divided
}

impl SectionText {
    /// Everything after the heading.
    pub(super) fn body(&self) -> Excerpt {
        let mut body = Excerpt::default();
        for line in &self.lines {
            body.push_line(&line.value, line.offset);
        }
        body
    }

    /// The question, and the options after it.
    pub(super) fn options(&self, page: &Page, report: &mut Report) -> (Excerpt, Vec<OptionSource>) {
        let (mut stem, mut options) = (Excerpt::default(), Vec::<OptionSource>::new());
        for line in &self.lines {
            if let Some((key, label)) = option_line(&line.value) {
                let mut option = OptionSource {
                    key: At { value: key.to_owned(), offset: line.offset + "- [".len() },
                    label: Excerpt::default(),
                    feedback: Excerpt::default(),
                };
                option.label.push_line(label.trim(), line.offset + (line.value.len() - label.trim_start().len()));
                options.push(option);
                continue;
            }
            match options.last_mut() {
                None => stem.push_line(&line.value, line.offset),
                Some(option) => option.push(line, page, report),
            }
        }
        (stem, options)
    }
}

impl OptionSource {
    fn push(&mut self, line: &At<String>, page: &Page, report: &mut Report) {
        let text = line.value.trim_start();
        let indent = line.value.len() - text.len();
        let offset = line.offset + indent;
        if text.is_empty() {
            if !self.feedback.is_blank() {
                self.feedback.push_line("", offset);
            }
        } else if indent == 0 {
            report.error(
                page,
                offset,
                "this stands after the options: put it before them, or indent it by two spaces to make it part of an option",
            );
        } else if let Some(feedback) = text.strip_prefix('>') {
            let spaces = usize::from(feedback.starts_with(' '));
            self.feedback.push_line(feedback.get(spaces..).unwrap_or_default(), offset + 1 + spaces);
        } else if self.feedback.is_blank() {
            self.label.push_line(text, offset);
        } else {
            report.error(page, offset, "feedback begins with `>` on every line: add it here");
        }
    }
}

/// The key and the label of a line `- [key] label`.
fn option_line(line: &str) -> Option<(&str, &str)> {
    let (key, label) = line.strip_prefix("- [").or_else(|| line.strip_prefix("* ["))?.split_once(']')?;
    let is_link = label.starts_with('(') || label.starts_with('[') || label.starts_with(':');
    (!is_link && !key.contains(' ')).then_some((key, label))
}
