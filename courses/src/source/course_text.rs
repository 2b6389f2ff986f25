//! `<language>/course.toml` and everything else that a language has of a course.

use std::collections::BTreeMap;

use super::finding::Report;
use super::page::{At, Excerpt, Page};
use super::question_text::Desk;
use super::structure::Structure;
use super::table::Section;
use super::{card, glossary, lesson, translation};
use crate::course::{CourseText, ModuleText};
use crate::id::{ModuleKey, ObjectiveKey};
use crate::markdown;

const NAME: &str = "course.toml";

/// Reads a language's texts, quizzes and survey aside.
pub(super) fn read(desk: &Desk<'_>, structure: &Structure, report: &mut Report) -> Option<CourseText> {
    let glossary = glossary::read(desk, report);
    let lessons = structure.lessons().filter_map(|key| lesson::read(desk, &key.value, report).map(|text| (key.value.clone(), text)));
    let mut lessons: BTreeMap<_, _> = lessons.collect();
    for lesson in lessons.values_mut() {
        glossary::close(&mut lesson.terms, &glossary);
    }
    let cards =
        structure.modules.iter().map(|module| &module.key.value).filter_map(|key| Some((key.clone(), card::read(desk, key, report)?)));
    let cards = cards.collect();
    let text = titles(desk, structure, report)?;
    Some(CourseText { lessons, cards, glossary: glossary.into_iter().map(|(key, (term, _))| (key, term)).collect(), ..text })
}

/// Reads `course.toml` of the language. Without it a language cannot be offered, since nothing says what the course is called.
fn titles(desk: &Desk<'_>, structure: &Structure, report: &mut Report) -> Option<CourseText> {
    let path = desk.side.path(NAME);
    if desk.sources.get(&path).is_none() {
        let message = format!("this file is missing: write it, or take `{}` out of `languages` in course.toml", desk.side.language);
        report.about_file(super::Severity::Error, &path, message);
    }
    let page = Page::open(desk.sources, &path, report)?;
    let mut section = Section::parse(&page, 0, &page.text, report)?;
    let translates = section.text("translates", report);
    let title = section.required_text("title", report);
    let summary = section.required_text("summary", report);
    let description = section.text("description", report);
    let objectives = section.table("objectives", report).map(|table| table.into_texts(report)).unwrap_or_default();
    let modules = section.table("modules", report).map(|table| table.into_tables(report)).unwrap_or_default();
    section.finish(report);
    translation::check(&page, desk.side, NAME, translates.as_ref(), desk.sources, report);
    let known: Vec<&ObjectiveKey> = structure.objectives.iter().map(|objective| &objective.value).collect();
    let objectives = keyed(desk, &page, "objective", &known, objectives, report);
    let known: Vec<&ModuleKey> = structure.modules.iter().map(|module| &module.key.value).collect();
    let modules = keyed(desk, &page, "module", &known, modules, report);
    let description = description.map(|text| rendered(desk, &page, &text, report)).unwrap_or_default();
    let modules = modules.into_iter().filter_map(|(key, table)| Some((key, module(desk, &page, table, report)?))).collect();
    Some(CourseText {
        title: title?.value,
        summary: summary?.value,
        description,
        objectives: objectives.into_iter().map(|(key, text)| (key, text.value)).collect(),
        modules,
        lessons: BTreeMap::new(),
        cards: BTreeMap::new(),
        glossary: BTreeMap::new(),
    })
}

fn module(desk: &Desk<'_>, page: &Page, mut table: Section<'_>, report: &mut Report) -> Option<ModuleText> {
    let title = table.required_text("title", report);
    let take_to_work = table.text("take_to_work", report);
    table.finish(report);
    Some(ModuleText { title: title?.value, take_to_work: take_to_work.map(|text| rendered(desk, page, &text, report)) })
}

/// Renders a text of a TOML file. What is to be mended is reported where the text begins: within it, escapes shift the places.
fn rendered(desk: &Desk<'_>, page: &Page, text: &At<String>, report: &mut Report) -> crate::course::Html {
    let mut excerpt = Excerpt::default();
    for line in text.value.lines() {
        excerpt.push_line(line, text.offset);
    }
    page.render(&excerpt, markdown::fragment, desk.links, report).html
}

/// Matches what is written with what the course has, and reports the difference.
fn keyed<K: Ord + Clone + std::fmt::Display, T>(
    desk: &Desk<'_>,
    page: &Page,
    what: &str,
    known: &[&K],
    written: Vec<(At<String>, T)>,
    report: &mut Report,
) -> BTreeMap<K, T> {
    let mut keyed = BTreeMap::new();
    for (key, text) in written {
        match known.iter().find(|known| known.to_string() == key.value) {
            Some(known) => {
                keyed.insert((*known).clone(), text);
            }
            None => report.add(
                desk.side.weight(),
                page,
                key.offset,
                format!("the course has no {what} `{}`: mend the id, or take it out", key.value),
            ),
        }
    }
    for key in known.iter().filter(|key| !keyed.contains_key(**key)) {
        report.add(desk.side.weight(), page, 0, format!("the {what} `{key}` has no text: add it under `[{what}s]`"));
    }
    keyed
}
