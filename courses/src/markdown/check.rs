//! Self-checks: a question without a score, whose options open to their feedback without any script.

use pulldown_cmark::Tag;

use super::callout::Opening;
use super::fault::Fault;
use super::tree::{Kind, Node, is_blank};
use super::write::Writer;

impl<'a> Writer<'a> {
    pub(super) fn check(&mut self, offset: usize, opening: &Opening<'a>) {
        self.noticed.checks += 1;
        self.out.push_str("<section class=\"check\">\n");
        if opening.has_title() {
            self.out.push_str("<h3 class=\"check-question\">");
            self.title(opening);
            self.out.push_str("</h3>\n");
            self.count_words(" ");
        } else {
            self.fault(offset, Fault::MalformedCheck("the question is missing after `[!check]`"));
        }
        if !opening.paragraph.is_empty() {
            self.between("<p>", opening.paragraph, "</p>\n");
        }
        let mut has_options = false;
        for node in opening.rest {
            match &node.kind {
                Kind::Branch(Tag::List(_), items) if !has_options => {
                    has_options = true;
                    self.options(items);
                }
                _ => self.write_all(std::slice::from_ref(node)),
            }
        }
        if !has_options {
            self.fault(offset, Fault::MalformedCheck("the list of options is missing"));
        }
        self.out.push_str("</section>\n");
    }

    fn options(&mut self, items: &'a [Node<'a>]) {
        self.out.push_str("<ul class=\"check-options\">\n");
        for item in items {
            let Kind::Branch(_, children) = &item.kind else { continue };
            let (label, feedback) = split(children);
            self.out.push_str("<li><details><summary>");
            self.write_all(label);
            self.out.push_str("</summary>\n");
            self.count_words(" ");
            if feedback.iter().all(is_blank) {
                self.fault(item.offset, Fault::MalformedCheck("this option has no feedback"));
            }
            self.write_all(feedback);
            self.out.push_str("</details></li>\n");
        }
        self.out.push_str("</ul>\n");
    }
}

/// The option itself, and its feedback: after the first paragraph, or after the first line where there are no paragraphs.
fn split<'a>(children: &'a [Node<'a>]) -> (&'a [Node<'a>], &'a [Node<'a>]) {
    if let Some((Node { kind: Kind::Branch(Tag::Paragraph, label), .. }, feedback)) = children.split_first() {
        return (label, feedback);
    }
    let is_block = |node: &Node<'_>| {
        matches!(&node.kind, Kind::Branch(Tag::Paragraph | Tag::List(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::Table(_), _))
    };
    let end = children.iter().position(is_block).unwrap_or(children.len());
    children.split_at_checked(end).unwrap_or((children, &[]))
}
