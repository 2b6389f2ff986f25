//! `<language>/lessons/<lesson>.md`: one lesson.

use super::finding::Report;
use super::page::Page;
use super::question_text::Desk;
use super::{stats, translation};
use crate::course::LessonText;
use crate::id::LessonKey;
use crate::markdown;

/// One long sentence in so many is too much.
const MOST_LONG: usize = 6;

/// Reads a lesson.
pub(super) fn read(desk: &Desk<'_>, lesson: &LessonKey, report: &mut Report) -> Option<LessonText> {
    let name = format!("lessons/{lesson}.md");
    let path = desk.side.path(&name);
    if desk.sources.get(&path).is_none() {
        report.about_file(desk.side.weight(), &path, "this file is missing: course.toml lists the lesson");
    }
    let page = Page::open(desk.sources, &path, report)?;
    let (front, body) = page.front_matter(report);
    let mut front = front?;
    let translates = front.text("translates", report);
    let title = front.required_text("title", report);
    let why = front.required_text("why", report);
    let key_idea = front.required_text("key_idea", report);
    front.finish(report);
    translation::check(&page, desk.side, &name, translates.as_ref(), desk.sources, report);
    if body.is_blank() {
        report.error(&page, page.text.len(), "the lesson is empty: write it after the front matter");
    }
    let rendered = page.render(&body, markdown::render, desk.links, report);
    let sentences = stats::sentences(&rendered.html);
    let long = sentences.iter().filter(|words| **words > stats::LONG_SENTENCE).count();
    if long * MOST_LONG > sentences.len() {
        let (all, most) = (sentences.len(), stats::LONG_SENTENCE);
        report.warn(
            &page,
            0,
            format!("{long} of {all} sentences have more than {most} words: divide them, so that they read well on a bus"),
        );
    }
    Some(LessonText {
        title: title?.value,
        why: why?.value,
        body: rendered.html,
        key_idea: key_idea?.value,
        terms: rendered.terms,
        words: rendered.words,
        checks: rendered.checks,
        sources: rendered.sources,
        has_content_note: rendered.opens_with_content_note,
    })
}
