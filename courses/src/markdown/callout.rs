//! Quotations that begin with `[!kind]`: callouts and self-checks.

use pulldown_cmark::Tag;

use super::fault::Fault;
use super::tree::{Kind, Node, is_blank};
use super::words::Callout;
use super::write::Writer;

/// The first lines of a callout.
pub(super) struct Opening<'a> {
    /// What stands between `[!` and `]`.
    kind: String,
    /// Plain words of the title that stand right after the bracket.
    pub(super) title_start: String,
    /// The rest of the title.
    pub(super) title: &'a [Node<'a>],
    /// What follows the title in the same paragraph.
    pub(super) paragraph: &'a [Node<'a>],
    /// The paragraphs, lists and so on after that.
    pub(super) rest: &'a [Node<'a>],
}

impl<'a> Writer<'a> {
    pub(super) fn quotation(&mut self, offset: usize, children: &'a [Node<'a>]) {
        let Some(opening) = opening(children) else {
            return self.between("<blockquote>\n", children, "</blockquote>\n");
        };
        match (opening.kind.as_str(), Callout::named(&opening.kind)) {
            ("check", _) => self.check(offset, &opening),
            (_, Some(callout)) => self.callout(callout, &opening),
            (kind, None) => {
                self.fault(offset, Fault::UnknownCallout(kind.to_owned()));
                self.between("<blockquote>\n", children, "</blockquote>\n");
            }
        }
    }

    fn callout(&mut self, callout: Callout, opening: &Opening<'a>) {
        if callout == Callout::Content && self.out.is_empty() {
            self.noticed.opens_with_content_note = true;
        }
        self.out.push_str(&format!("<aside class=\"callout callout-{}\">\n<p class=\"callout-title\">", callout.name()));
        if opening.has_title() {
            self.title(opening);
        } else {
            self.text(callout.title(self.links.language));
        }
        self.out.push_str("</p>\n");
        self.count_words(" ");
        self.after_title(opening);
        self.out.push_str("</aside>\n");
    }

    pub(super) fn title(&mut self, opening: &Opening<'a>) {
        self.text(opening.title_start.trim_start());
        match opening.title {
            [Node { kind: Kind::Text(first), .. }, rest @ ..] if opening.title_start.trim().is_empty() => {
                self.text(first.trim_start());
                self.write_all(rest);
            }
            title => self.write_all(title),
        }
    }

    pub(super) fn after_title(&mut self, opening: &Opening<'a>) {
        if !opening.paragraph.is_empty() && !self.figure(opening.paragraph) {
            self.between("<p>", opening.paragraph, "</p>\n");
        }
        self.write_all(opening.rest);
    }
}

impl Opening<'_> {
    pub(super) fn has_title(&self) -> bool {
        !self.title_start.trim().is_empty() || !self.title.iter().all(is_blank)
    }
}

/// The opening of a quotation that begins with `[!kind]`.
fn opening<'a>(children: &'a [Node<'a>]) -> Option<Opening<'a>> {
    let (first, rest) = children.split_first()?;
    let Kind::Branch(Tag::Paragraph, line) = &first.kind else { return None };
    let mut begun = String::new();
    for (at, node) in line.iter().enumerate() {
        let Kind::Text(text) = &node.kind else { return None };
        begun.push_str(text);
        let Some((kind, title_start)) = begun.split_once(']') else { continue };
        let kind = kind.strip_prefix("[!")?.to_owned();
        let after = line.get(at + 1..)?;
        let is_line_end = |node: &Node<'_>| matches!(node.kind, Kind::LineEnd | Kind::Break);
        let end = after.iter().position(is_line_end).unwrap_or(after.len());
        let (title, paragraph) = (after.get(..end)?, after.get(end + 1..).unwrap_or_default());
        return Some(Opening { kind, title_start: title_start.to_owned(), title, paragraph, rest });
    }
    None
}
