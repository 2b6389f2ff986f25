//! Figures: an image alone in its paragraph, with caption and credit.

use pulldown_cmark::Tag;

use super::fault::Fault;
use super::tree::{Kind, Node, is_blank, words_of};
use super::write::{Writer, escape};

impl<'a> Writer<'a> {
    /// Writes a paragraph that is nothing but an image; whether it was one.
    pub(super) fn figure(&mut self, paragraph: &'a [Node<'a>]) -> bool {
        let mut pieces = paragraph.iter().filter(|node| !is_blank(node));
        let (Some(piece), None) = (pieces.next(), pieces.next()) else { return false };
        let Kind::Branch(Tag::Image { dest_url, title, .. }, alternative) = &piece.kind else { return false };
        let start = self.out.len();
        self.out.push_str("<figure>");
        if self.image(piece.offset, dest_url, alternative) {
            self.caption(piece.offset, title);
            self.out.push_str("</figure>\n");
        } else {
            self.out.truncate(start);
            self.out.push_str("<p>");
            escape(&words_of(alternative), &mut self.out);
            self.out.push_str("</p>\n");
        }
        true
    }

    pub(super) fn image_in_line(&mut self, offset: usize, path: &str, alternative: &'a [Node<'a>]) {
        self.fault(offset, Fault::FigureInLine);
        if !self.image(offset, path, alternative) {
            escape(&words_of(alternative), &mut self.out);
        }
    }

    /// Writes the image itself; whether it exists.
    fn image(&mut self, offset: usize, path: &str, alternative: &[Node<'_>]) -> bool {
        let Some(file) = self.links.files.get(path) else {
            self.fault(offset, Fault::MissingFile(path.to_owned()));
            return false;
        };
        self.uses(path);
        let words = words_of(alternative);
        if words.trim().is_empty() {
            self.fault(offset, Fault::MissingAlternative);
        }
        self.out.push_str("<img src=\"");
        escape(&file.url, &mut self.out);
        self.out.push_str("\" alt=\"");
        escape(words.trim(), &mut self.out);
        self.out.push('"');
        if let Some((width, height)) = file.size {
            self.out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        self.out.push_str(" loading=\"lazy\">");
        true
    }

    fn caption(&mut self, offset: usize, title: &str) {
        let (caption, credit) = title.split_once('|').unwrap_or((title, ""));
        if caption.trim().is_empty() {
            self.fault(offset, Fault::MissingCaption);
        }
        if title.trim().is_empty() {
            return;
        }
        self.out.push_str("<figcaption>");
        escape(caption.trim(), &mut self.out);
        if !credit.trim().is_empty() {
            self.out.push_str(" <small class=\"credit\">");
            escape(credit.trim(), &mut self.out);
            self.out.push_str("</small>");
        }
        self.out.push_str("</figcaption>");
    }
}
