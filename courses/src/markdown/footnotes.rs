//! Sources: numbered where they are referred to, listed at the end, with a way back.

use std::collections::BTreeMap;

use pulldown_cmark::Tag;

use super::fault::Fault;
use super::tree::{Kind, Node};
use super::words;
use super::write::{Scope, Writer};

/// The sources of a text.
pub(super) struct Footnotes<'a> {
    /// Where each begins, and its text.
    defined: BTreeMap<&'a str, (usize, &'a [Node<'a>])>,
    /// Labels in order of first reference, with the number of references to each.
    referred: Vec<(&'a str, u32)>,
}

impl<'a> Footnotes<'a> {
    pub(super) fn defined_in(tree: &'a [Node<'a>]) -> Self {
        let mut footnotes = Self { defined: BTreeMap::new(), referred: Vec::new() };
        footnotes.collect(tree);
        footnotes
    }

    fn collect(&mut self, nodes: &'a [Node<'a>]) {
        for node in nodes {
            if let Kind::Branch(tag, children) = &node.kind {
                if let Tag::FootnoteDefinition(label) = tag {
                    self.defined.entry(label).or_insert((node.offset, children));
                }
                self.collect(children);
            }
        }
    }

    /// Number of the source, and how many times it has been referred to now.
    fn refer(&mut self, label: &str) -> Option<(usize, u32)> {
        let (known, _) = self.defined.get_key_value(label)?;
        let at = match self.referred.iter().position(|(other, _)| other == known) {
            Some(at) => at,
            None => {
                self.referred.push((known, 0));
                self.referred.len() - 1
            }
        };
        let (_, times) = self.referred.get_mut(at)?;
        *times += 1;
        Some((at + 1, *times))
    }
}

impl Writer<'_> {
    pub(super) fn reference(&mut self, label: &str, offset: usize) {
        if self.scope != Scope::Lesson {
            return self.fault(offset, Fault::SourceOutsideLesson);
        }
        match self.footnotes.refer(label) {
            Some((number, 1)) => self.out.push_str(&format!("<sup><a href=\"#source-{number}\" id=\"ref-{number}\">{number}</a></sup>")),
            Some((number, times)) => {
                self.out.push_str(&format!("<sup><a href=\"#source-{number}\" id=\"ref-{number}-{times}\">{number}</a></sup>"));
            }
            None => self.fault(offset, Fault::UnknownSource(label.to_owned())),
        }
    }

    /// Reports references to sources that are not named: the parser takes them for plain words.
    pub(super) fn note_unknown_sources(&mut self, nodes: &[Node<'_>]) {
        for three in nodes.windows(3) {
            if let [Node { kind: Kind::Text(open), offset }, Node { kind: Kind::Text(label), .. }, Node { kind: Kind::Text(close), .. }] =
                three
                && let Some(label) = label.strip_prefix('^').filter(|_| open.ends_with('[') && close.starts_with(']'))
            {
                self.fault(*offset, Fault::UnknownSource(label.to_owned()));
            }
        }
    }

    /// Lists the sources referred to. A source may refer to others, which then follow.
    pub(super) fn write_footnotes(&mut self) {
        let mut listed = 0;
        while let Some((label, _)) = self.footnotes.referred.get(listed).copied() {
            listed += 1;
            if listed == 1 {
                self.out.push_str(&format!(
                    "<section class=\"sources\">\n<h2 id=\"sources\">{}</h2>\n<ol>\n",
                    words::sources(self.links.language)
                ));
            }
            let text = self.footnotes.defined.get(label).map_or(&[][..], |(_, text)| text);
            self.out.push_str(&format!("<li id=\"source-{listed}\">"));
            self.write_all(text);
            let back = words::back_to_text(self.links.language);
            self.out.push_str(&format!("<a class=\"back\" href=\"#ref-{listed}\" aria-label=\"{back}: {listed}\">\u{2191}</a></li>\n"));
        }
        if listed > 0 {
            self.out.push_str("</ol>\n</section>\n");
        }
        self.noticed.sources = u32::try_from(listed).unwrap_or(u32::MAX);
        self.note_unused();
    }

    fn note_unused(&mut self) {
        let is_referred = |label: &str| self.footnotes.referred.iter().any(|(other, _)| *other == label);
        let unused: Vec<_> = self
            .footnotes
            .defined
            .iter()
            .filter(|(label, _)| !is_referred(label))
            .map(|(label, (offset, _))| (*offset, (*label).to_owned()))
            .collect();
        for (offset, label) in unused {
            let fault = if self.scope == Scope::Lesson { Fault::UnusedSource(label) } else { Fault::SourceOutsideLesson };
            self.fault(offset, fault);
        }
    }
}
