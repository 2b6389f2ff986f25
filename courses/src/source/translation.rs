//! Which translations are still translations of what the source language says.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::files::Sources;
use super::finding::{Report, Side};
use super::page::{At, Page, decode};
use super::structure;
use crate::language::Language;

/// Hexadecimal digits of a stamp.
const STAMP_DIGITS: usize = 12;

/// The stamp of a source text: the first twelve hexadecimal digits of the SHA-256 of it with line feeds between lines.
fn stamp_of(content: &[u8]) -> String {
    let text = decode(content);
    let mut stamp = hex::encode(Sha256::digest(text.as_deref().map_or(content, str::as_bytes)));
    stamp.truncate(STAMP_DIGITS);
    stamp
}

/// Reports a translation whose source text has changed since, or that does not say what it translates.
pub(super) fn check(page: &Page, side: Side, name: &str, translates: Option<&At<String>>, sources: &Sources, report: &mut Report) {
    let source_path = side.source_path(name);
    let Some(stamp) = sources.get(&source_path).map(stamp_of) else { return };
    match translates {
        Some(at) if side.is_source() => report.warn(page, at.offset, "the source language translates nothing: take `translates` out"),
        Some(at) if at.value != stamp => {
            report.warn(
                page,
                at.offset,
                format!("{source_path} has changed since: look at what changed, then set the mark anew with `campus check --stamp`"),
            );
        }
        None if !side.is_source() => {
            report.warn(
                page,
                0,
                format!("this does not say which text it translates: if it is {source_path} as it is now, run `campus check --stamp`"),
            );
        }
        _ => {}
    }
}

/// The files to write so that every translation there is counts as current. Empty if nothing is to be written.
#[must_use]
pub fn stamp(sources: &Sources) -> BTreeMap<String, Vec<u8>> {
    let Some(structure) = structure::read(sources, &mut Report::default()) else { return BTreeMap::new() };
    let others: Vec<Language> = structure.languages.iter().copied().filter(|language| *language != structure.source).collect();
    let translated = |path: &str| {
        let (language, name) = path.split_once('/')?;
        let language = language.parse().ok().filter(|language| others.contains(language))?;
        Some(Side { language, source: structure.source }.source_path(name))
    };
    let stamped = |(path, content): (&str, &[u8])| {
        let stamp = stamp_of(sources.get(&translated(path)?)?);
        let text = std::str::from_utf8(content).ok()?;
        let new = if path.ends_with(".toml") { stamp_table(text, &stamp) } else { stamp_page(text, &stamp) };
        (new.as_bytes() != content).then(|| (path.to_owned(), new.into_bytes()))
    };
    sources.iter().filter_map(stamped).collect()
}

fn stamp_table(text: &str, stamp: &str) -> String {
    let (mark, text) = text.strip_prefix('\u{feff}').map_or(("", text), |rest| ("\u{feff}", rest));
    let end = line_starts(text).find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with('['))).unwrap_or(text.len());
    let (head, tail) = text.split_at_checked(end).unwrap_or((text, ""));
    format!("{mark}{}{tail}", with_stamp(head, stamp, line_ending(text)))
}

fn stamp_page(text: &str, stamp: &str) -> String {
    let (mark, text) = text.strip_prefix('\u{feff}').map_or(("", text), |rest| ("\u{feff}", rest));
    let ending = line_ending(text);
    let fence = format!("+++{ending}");
    let Some(after) = text.strip_prefix(&fence) else {
        return format!("{mark}{fence}translates = \"{stamp}\"{ending}{fence}{ending}{text}");
    };
    let end = line_starts(after).find(|at| after.get(*at..).is_some_and(|rest| rest.starts_with("+++"))).unwrap_or(after.len());
    let (head, tail) = after.split_at_checked(end).unwrap_or((after, ""));
    format!("{mark}{fence}{}{tail}", with_stamp(head, stamp, ending))
}

/// The lines of a table with their `translates` replaced, or added before the first.
fn with_stamp(head: &str, stamp: &str, ending: &str) -> String {
    let line = format!("translates = \"{stamp}\"{ending}");
    let is_stamp = |old: &str| old.trim_start().strip_prefix("translates").is_some_and(|rest| rest.trim_start().starts_with('='));
    if head.lines().any(is_stamp) {
        head.split_inclusive('\n').map(|old| if is_stamp(old) { line.as_str() } else { old }).collect()
    } else {
        format!("{line}{head}")
    }
}

fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1))
}

fn line_ending(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
