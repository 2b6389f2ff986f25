//! Tables, in a box that scrolls by itself on a narrow screen.

use pulldown_cmark::{Alignment, Tag};

use super::tree::{Kind, Node};
use super::words;
use super::write::Writer;

impl<'a> Writer<'a> {
    pub(super) fn table(&mut self, alignments: &[Alignment], rows: &'a [Node<'a>]) {
        self.tables += 1;
        let label = format!("{} {}", words::table(self.links.language), self.tables);
        self.out.push_str(&format!("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">\n<table>\n"));
        for row in rows {
            match &row.kind {
                Kind::Branch(Tag::TableHead, cells) => {
                    self.out.push_str("<thead>\n<tr>");
                    self.cells("th scope=\"col\"", "th", alignments, cells);
                    self.out.push_str("</tr>\n</thead>\n<tbody>\n");
                }
                Kind::Branch(_, cells) => {
                    self.out.push_str("<tr>");
                    self.cells("td", "td", alignments, cells);
                    self.out.push_str("</tr>\n");
                }
                _ => {}
            }
        }
        self.out.push_str("</tbody>\n</table>\n</div>\n");
    }

    fn cells(&mut self, opening: &str, closing: &str, alignments: &[Alignment], cells: &'a [Node<'a>]) {
        for (at, cell) in cells.iter().enumerate() {
            let class = match alignments.get(at) {
                Some(Alignment::Right) => " class=\"end\"",
                Some(Alignment::Center) => " class=\"middle\"",
                _ => "",
            };
            if let Kind::Branch(_, children) = &cell.kind {
                // An empty head cell heads nothing: the corner above row names.
                let (opening, closing) = if children.is_empty() { ("td", "td") } else { (opening, closing) };
                self.between(&format!("<{opening}{class}>"), children, &format!("</{closing}>"));
                self.count_words(" ");
            }
        }
    }
}
