//! `<language>/glossary.md`: the words a course explains.

use std::collections::{BTreeMap, BTreeSet};

use super::files::Sources;
use super::finding::{Report, Side};
use super::page::Page;
use super::question_text::Desk;
use super::sections::divide;
use super::translation;
use crate::course::Term;
use crate::id::TermKey;
use crate::markdown;

const NAME: &str = "glossary.md";

/// Entries, and the terms that each definition links to.
pub(super) type Glossary = BTreeMap<TermKey, (Term, Vec<TermKey>)>;

/// The terms of the source language: those that every text may link to.
pub(super) fn terms(sources: &Sources, side: Side) -> BTreeSet<TermKey> {
    let path = side.source_path(NAME);
    let Some(page) = Page::open(sources, &path, &mut Report::default()) else { return BTreeSet::new() };
    let headings = divide(&page.text, 0).sections.into_iter().map(|section| section.heading.value);
    headings.filter_map(|heading| heading.split_once('|').and_then(|(key, _)| key.trim().parse().ok())).collect()
}

/// Reads a glossary; empty if there is none.
pub(super) fn read(desk: &Desk<'_>, report: &mut Report) -> Glossary {
    let path = desk.side.path(NAME);
    let mut glossary = Glossary::new();
    let Some(page) = Page::open(desk.sources, &path, report) else {
        if !desk.links.terms.is_empty() {
            report.about_file(desk.side.weight(), &path, format!("this file is missing: translate {}", desk.side.source_path(NAME)));
        }
        return glossary;
    };
    let (front, body) = page.front_matter(report);
    let Some(mut front) = front else { return glossary };
    let translates = front.text("translates", report);
    front.finish(report);
    translation::check(&page, desk.side, NAME, translates.as_ref(), desk.sources, report);
    let divided = divide(&body.text, page.text.len() - body.text.len());
    for section in &divided.sections {
        let at = section.heading.offset;
        let Some((key, term)) = section.heading.value.split_once('|') else {
            report.error(&page, at, "a term is written `## id | term`");
            continue;
        };
        let key: TermKey = match key.trim().parse() {
            Ok(key) => key,
            Err(fault) => {
                report.error(&page, at, format!("{fault}"));
                continue;
            }
        };
        if !desk.links.terms.contains(&key) {
            report.warn(&page, at, format!("{} has no term `{key}`: mend the id, or take it out", desk.side.source_path(NAME)));
        }
        let (term, body) = (term.trim().to_owned(), section.body());
        if term.is_empty() || body.is_blank() {
            report.error(&page, at, format!("`{key}` has no term or no definition: write `## {key} | term`, then its definition"));
        }
        let rendered = page.render(&body, markdown::definition, desk.links, report);
        if glossary.insert(key.clone(), (Term { term, definition: rendered.html }, rendered.terms)).is_some() {
            report.error(&page, at, format!("the term `{key}` is here twice: take one out"));
        }
    }
    for key in desk.links.terms.iter().filter(|key| !glossary.contains_key(key)) {
        report.warn(&page, 0, format!("the term `{key}` is missing: add a section `## {key} | …`"));
    }
    glossary
}

/// Adds to `terms` those that their definitions link to, and so on.
pub(super) fn close(terms: &mut Vec<TermKey>, glossary: &Glossary) {
    let mut at = 0;
    while let Some(term) = terms.get(at) {
        let more = glossary.get(term).map(|(_, linked)| linked.as_slice()).unwrap_or_default();
        let more: Vec<_> = more.iter().filter(|term| !terms.contains(term)).cloned().collect();
        terms.extend(more);
        at += 1;
    }
}
