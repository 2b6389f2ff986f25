//! Markdown as authors write it, out as HTML that is safe to put on a page.
//!
//! The only place that calls the parser and the only one that makes [`Html`]. What an author writes as HTML is shown as text;
//! what is written here passes an allow-list once more.

mod callout;
mod check;
mod fault;
mod figure;
mod footnotes;
mod inline;
mod links;
mod sanitise;
mod table;
mod tree;
mod words;
mod write;

use std::collections::BTreeSet;

pub use fault::{Fault, Problem};
pub use links::{FileLink, Links};

use crate::course::Html;
use crate::id::TermKey;
use write::{Scope, Writer};

/// What became of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The markup, sanitised.
    pub html: Html,
    /// Glossary terms linked to, in order of first use.
    pub terms: Vec<TermKey>,
    /// Running words, without sources, captions and alternative texts.
    pub words: u32,
    /// Self-checks: questions without a score.
    pub checks: u32,
    /// Sources listed at the end.
    pub sources: u32,
    /// Files of the course that it shows or links to.
    pub files: BTreeSet<String>,
    /// Whether it begins with a content note.
    pub opens_with_content_note: bool,
    /// What an author should mend, in the order found.
    pub problems: Vec<Problem>,
}

/// A whole lesson: headings from the second level with anchors, sources listed at the end.
#[must_use]
pub fn render(text: &str, links: &Links) -> Rendered {
    rendered(text, links, Scope::Lesson)
}

/// An entry of the glossary: like [`fragment`], and it may link to other terms.
#[must_use]
pub fn definition(text: &str, links: &Links) -> Rendered {
    rendered(text, links, Scope::Definition)
}

/// A part of a page that has its own headings: a question, feedback. Headings without anchors; no sources, no links to terms.
#[must_use]
pub fn fragment(text: &str, links: &Links) -> Rendered {
    rendered(text, links, Scope::Fragment)
}

/// One line without a paragraph around it: an option's label.
#[must_use]
pub fn inline(text: &str, links: &Links) -> Rendered {
    rendered(text, links, Scope::Line)
}

fn rendered(text: &str, links: &Links, scope: Scope) -> Rendered {
    let tree = tree::parse(text);
    Writer::new(links, scope, &tree).finish(&tree)
}

#[cfg(test)]
mod harm;
#[cfg(test)]
mod tests;
