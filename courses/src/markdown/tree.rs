//! The parser's events as a tree, so that a quotation can be looked at before it is written.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag};

/// Containers nested deeper than this are read as if they were not there: no author means them, and they would exhaust the stack.
const DEEPEST: usize = 24;

/// A piece of a text.
#[derive(Debug)]
pub(super) struct Node<'a> {
    /// Bytes from the beginning of the text.
    pub(super) offset: usize,
    /// What it is.
    pub(super) kind: Kind<'a>,
}

/// What a piece of a text is.
#[derive(Debug)]
pub(super) enum Kind<'a> {
    /// Words.
    Text(CowStr<'a>),
    /// Words between backquotes.
    Code(CowStr<'a>),
    /// HTML, to be shown as text.
    Html(CowStr<'a>),
    /// A reference to a source.
    Reference(CowStr<'a>),
    /// The end of a written line.
    LineEnd,
    /// A line break that is meant.
    Break,
    /// A line across.
    Rule,
    /// Something that holds other pieces.
    Branch(Tag<'a>, Vec<Node<'a>>),
}

/// Parses a text. The only caller of the parser.
pub(super) fn parse(text: &str) -> Vec<Node<'_>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut open: Vec<(Tag<'_>, usize, Vec<Node<'_>>)> = Vec::new();
    let mut is_kept: Vec<bool> = Vec::new();
    let mut top = Vec::new();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let node = match event {
            Event::Start(tag) => {
                is_kept.push(open.len() < DEEPEST);
                if open.len() < DEEPEST {
                    open.push((tag, range.start, Vec::new()));
                }
                continue;
            }
            Event::End(_) => match is_kept.pop().filter(|kept| *kept).and_then(|_| open.pop()) {
                Some((tag, offset, children)) => Node { offset, kind: Kind::Branch(tag, children) },
                None => continue,
            },
            leaf => Node { offset: range.start, kind: leaf_kind(leaf) },
        };
        open.last_mut().map_or(&mut top, |(_, _, children)| children).push(node);
    }
    top
}

fn leaf_kind(event: Event<'_>) -> Kind<'_> {
    match event {
        Event::Code(text) => Kind::Code(text),
        Event::Html(text) | Event::InlineHtml(text) => Kind::Html(text),
        Event::FootnoteReference(label) => Kind::Reference(label),
        Event::SoftBreak => Kind::LineEnd,
        Event::HardBreak => Kind::Break,
        Event::Rule => Kind::Rule,
        Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => Kind::Text(text),
        Event::TaskListMarker(_) | Event::Start(_) | Event::End(_) => Kind::LineEnd,
    }
}

/// The words of these pieces, without markup.
pub(super) fn words_of(nodes: &[Node<'_>]) -> String {
    let mut words = String::new();
    collect_words(nodes, &mut words);
    words
}

fn collect_words(nodes: &[Node<'_>], words: &mut String) {
    for node in nodes {
        match &node.kind {
            Kind::Text(text) | Kind::Code(text) | Kind::Html(text) => words.push_str(text),
            Kind::LineEnd | Kind::Break | Kind::Rule => words.push(' '),
            Kind::Reference(_) => {}
            Kind::Branch(_, children) => collect_words(children, words),
        }
    }
}

/// Whether it is only white space between pieces.
pub(super) fn is_blank(node: &Node<'_>) -> bool {
    match &node.kind {
        Kind::LineEnd | Kind::Break => true,
        Kind::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}
