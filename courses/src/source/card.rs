//! `<language>/facilitation/<module>.md`: how to hold a group session on a module. A module may have none.

use super::finding::Report;
use super::page::Page;
use super::question_text::Desk;
use super::translation;
use crate::course::CardText;
use crate::id::ModuleKey;
use crate::markdown;

/// Reads the card of a module.
pub(super) fn read(desk: &Desk<'_>, module: &ModuleKey, report: &mut Report) -> Option<CardText> {
    let name = format!("facilitation/{module}.md");
    let path = desk.side.path(&name);
    if desk.sources.get(&path).is_none() {
        if desk.sources.get(&desk.side.source_path(&name)).is_some() {
            report.about_file(desk.side.weight(), &path, format!("this file is missing: translate {}", desk.side.source_path(&name)));
        }
        return None;
    }
    let page = Page::open(desk.sources, &path, report)?;
    let (front, body) = page.front_matter(report);
    let mut front = front?;
    let translates = front.text("translates", report);
    let title = front.required_text("title", report);
    front.finish(report);
    translation::check(&page, desk.side, &name, translates.as_ref(), desk.sources, report);
    if body.is_blank() {
        report.error(&page, page.text.len(), "the card is empty: write it after the front matter");
    }
    let rendered = page.render(&body, markdown::render, desk.links, report);
    Some(CardText { title: title?.value, body: rendered.html })
}
