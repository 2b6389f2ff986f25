//! Writes the tree as HTML.

use std::collections::BTreeMap;

use pulldown_cmark::{HeadingLevel, Tag};

use super::Rendered;
use super::fault::{Fault, Problem};
use super::footnotes::Footnotes;
use super::links::Links;
use super::sanitise::sanitise;
use super::tree::{Kind, Node, words_of};
use crate::letters::plain;

/// What kind of text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// A lesson.
    Lesson,
    /// An entry of the glossary.
    Definition,
    /// Part of a page with headings of its own.
    Fragment,
    /// One line.
    Line,
}

/// What is written so far, and what was noticed on the way.
pub(super) struct Writer<'a> {
    pub(super) links: &'a Links,
    pub(super) scope: Scope,
    pub(super) out: String,
    pub(super) noticed: Rendered,
    pub(super) footnotes: Footnotes<'a>,
    /// Running words so far; `None` while what is written is not counted.
    pub(super) running: Option<String>,
    pub(super) tables: u32,
    anchors: BTreeMap<String, u32>,
    level: u8,
}

impl<'a> Writer<'a> {
    pub(super) fn new(links: &'a Links, scope: Scope, tree: &'a [Node<'a>]) -> Self {
        Self {
            links,
            scope,
            out: String::new(),
            noticed: Rendered::default(),
            footnotes: Footnotes::defined_in(tree),
            running: Some(String::new()),
            tables: 0,
            anchors: BTreeMap::new(),
            level: 1,
        }
    }

    pub(super) fn finish(mut self, tree: &'a [Node<'a>]) -> Rendered {
        self.write_all(tree);
        let running = self.running.take().unwrap_or_default();
        let words = running.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
        self.write_footnotes();
        let markup = if self.scope == Scope::Line { self.out.trim() } else { &self.out };
        Rendered { html: sanitise(markup), words: u32::try_from(words).unwrap_or(u32::MAX), ..self.noticed }
    }

    pub(super) fn fault(&mut self, offset: usize, fault: Fault) {
        self.noticed.problems.push(Problem { offset, fault });
    }

    pub(super) fn write_all(&mut self, nodes: &'a [Node<'a>]) {
        for node in nodes {
            self.write(node);
        }
        self.note_unknown_sources(nodes);
    }

    fn write(&mut self, node: &'a Node<'a>) {
        match &node.kind {
            Kind::Text(text) => self.text(text),
            Kind::Code(text) => {
                self.out.push_str("<code>");
                self.text(text);
                self.out.push_str("</code>");
            }
            Kind::Html(text) => {
                self.fault(node.offset, Fault::RawHtml);
                self.text(text);
            }
            Kind::Reference(label) => self.reference(label, node.offset),
            Kind::LineEnd => self.text("\n"),
            Kind::Break => {
                self.out.push_str("<br>");
                self.text("\n");
            }
            Kind::Rule => self.out.push_str("<hr>\n"),
            Kind::Branch(tag, children) => self.branch(node.offset, tag, children),
        }
    }

    fn branch(&mut self, offset: usize, tag: &'a Tag<'a>, children: &'a [Node<'a>]) {
        if self.scope == Scope::Line && !matches!(tag, Tag::Paragraph | Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
        {
            self.fault(offset, Fault::NotOneLine);
            return self.between("", children, " ");
        }
        match tag {
            Tag::Paragraph if self.scope == Scope::Line => self.between("", children, " "),
            Tag::Paragraph => self.paragraph(children),
            Tag::HtmlBlock => self.html_block(offset, children),
            Tag::Heading { level, .. } => self.heading(offset, *level, children),
            Tag::BlockQuote(_) => self.quotation(offset, children),
            Tag::CodeBlock(_) => self.between("<pre><code>", children, "</code></pre>\n"),
            Tag::List(None) => self.between("<ul>\n", children, "</ul>\n"),
            Tag::List(Some(1)) => self.between("<ol>\n", children, "</ol>\n"),
            Tag::List(Some(start)) => self.between(&format!("<ol start=\"{start}\">\n"), children, "</ol>\n"),
            Tag::Item => self.between("<li>", children, "</li>\n"),
            Tag::Table(alignments) => self.table(alignments, children),
            Tag::Emphasis => self.between("<em>", children, "</em>"),
            Tag::Strong => self.between("<strong>", children, "</strong>"),
            Tag::Strikethrough => self.between("<del>", children, "</del>"),
            Tag::Link { link_type, dest_url, .. } => self.link(offset, *link_type, dest_url, children),
            Tag::Image { dest_url, .. } => self.image_in_line(offset, dest_url, children),
            Tag::FootnoteDefinition(_) => {}
            _ => self.write_all(children),
        }
    }

    /// Writes `children` between two pieces of markup.
    pub(super) fn between(&mut self, before: &str, children: &'a [Node<'a>], after: &str) {
        self.out.push_str(before);
        self.write_all(children);
        self.out.push_str(after);
        if after.ends_with(['\n', ' ']) {
            self.count_words(" ");
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        escape(text, &mut self.out);
        self.count_words(text);
    }

    pub(super) fn count_words(&mut self, text: &str) {
        if let Some(running) = &mut self.running {
            running.push_str(text);
        }
    }

    fn html_block(&mut self, offset: usize, lines: &[Node<'_>]) {
        self.fault(offset, Fault::RawHtml);
        self.out.push_str("<p>");
        self.text(words_of(lines).trim_end());
        self.out.push_str("</p>\n");
        self.count_words(" ");
    }

    fn paragraph(&mut self, children: &'a [Node<'a>]) {
        if !self.figure(children) {
            self.between("<p>", children, "</p>\n");
        }
    }

    fn heading(&mut self, offset: usize, level: HeadingLevel, children: &'a [Node<'a>]) {
        let written = rank(level);
        if self.scope != Scope::Lesson {
            let tag = written.saturating_add(1).clamp(3, 6);
            return self.between(&format!("<h{tag}>"), children, &format!("</h{tag}>\n"));
        }
        if written == 1 {
            self.fault(offset, Fault::HeadingTooHigh);
        } else if written > self.level.saturating_add(1) {
            self.fault(offset, Fault::HeadingSkipsLevel);
        }
        let tag = written.max(2);
        self.level = tag;
        let anchor = self.anchor(&words_of(children));
        self.between(&format!("<h{tag} id=\"{anchor}\">"), children, &format!("</h{tag}>\n"));
    }

    fn anchor(&mut self, words: &str) -> String {
        let name = plain(words).split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
        let count = self.anchors.entry(name.clone()).or_default();
        *count += 1;
        // A full stop never occurs in a name, so a numbered anchor never meets a heading that ends in a number.
        if *count == 1 { format!("section-{name}") } else { format!("section-{name}.{count}") }
    }

    /// Records that a file of the course is used.
    pub(super) fn uses(&mut self, path: &str) {
        self.noticed.files.insert(path.to_owned());
    }
}

const fn rank(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Appends `text` so that it stands for itself in an element or between an attribute's double quotes.
pub(super) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}
