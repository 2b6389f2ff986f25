//! Tables of TOML, read key by key, so that every mistake in a file is found and has its place.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::finding::Report;
use super::page::{At, Page};

/// A table: the keys not read yet, and the names of those read.
pub(super) struct Section<'p> {
    page: &'p Page,
    /// Where the TOML begins in its file.
    base: usize,
    /// Where the table begins in its file.
    pub(super) offset: usize,
    entries: BTreeMap<String, (usize, Spanned<DeValue<'p>>)>,
    known: Vec<&'static str>,
}

impl<'p> Section<'p> {
    /// Parses a file, or the front matter that begins at `base`. `None` when it is not TOML: then every fault is reported.
    pub(super) fn parse(page: &'p Page, base: usize, text: &'p str, report: &mut Report) -> Option<Self> {
        let (table, faults) = DeTable::parse_recoverable(text);
        for fault in &faults {
            let at = fault.span().map_or(0, |span| span.start);
            report.error(page, base + at, format!("this is not TOML: {}", fault.message()));
        }
        faults.is_empty().then(|| Self::new(page, base, base, table.into_inner()))
    }

    pub(super) const fn empty(page: &'p Page) -> Self {
        Self { page, base: 0, offset: 0, entries: BTreeMap::new(), known: Vec::new() }
    }

    fn new(page: &'p Page, base: usize, offset: usize, table: DeTable<'p>) -> Self {
        let entries = table.into_iter().map(|(key, value)| (key.get_ref().to_string(), (base + key.span().start, value))).collect();
        Self { page, base, offset, entries, known: Vec::new() }
    }

    fn take(&mut self, key: &'static str) -> Option<At<DeValue<'p>>> {
        self.known.push(key);
        self.entries.remove(key).map(|(_, value)| At { offset: self.base + value.span().start, value: value.into_inner() })
    }

    /// Any value, as it is.
    pub(super) fn value(&mut self, key: &'static str) -> Option<At<DeValue<'p>>> {
        self.take(key)
    }

    /// Where the values of this table are counted from.
    pub(super) const fn base(&self) -> usize {
        self.base
    }

    /// A text that is not blank.
    pub(super) fn text(&mut self, key: &'static str, report: &mut Report) -> Option<At<String>> {
        let At { value, offset } = self.take(key)?;
        let text = self.as_text(key, &value, offset, report)?;
        if text.trim().is_empty() {
            report.error(self.page, offset, format!("`{key}` is empty: write it, or take the line out"));
        }
        Some(At { value: text.trim().to_owned(), offset })
    }

    /// A text that must be there.
    pub(super) fn required_text(&mut self, key: &'static str, report: &mut Report) -> Option<At<String>> {
        self.report_missing(key, report);
        self.text(key, report)
    }

    /// Something written as a text, such as an id.
    pub(super) fn parsed<T: FromStr<Err: Display>>(&mut self, key: &'static str, report: &mut Report) -> Option<At<T>> {
        let At { value, offset } = self.take(key)?;
        let text = self.as_text(key, &value, offset, report)?;
        self.parse_text(&text, offset, report)
    }

    /// Something written as a text that must be there.
    pub(super) fn required<T: FromStr<Err: Display>>(&mut self, key: &'static str, report: &mut Report) -> Option<At<T>> {
        self.report_missing(key, report);
        self.parsed(key, report)
    }

    /// A list of things written as texts; empty if it is not there.
    pub(super) fn list<T: FromStr<Err: Display> + PartialEq>(&mut self, key: &'static str, report: &mut Report) -> Vec<At<T>> {
        let Some(At { value, offset }) = self.take(key) else { return Vec::new() };
        let DeValue::Array(items) = value else {
            report.error(self.page, offset, format!("`{key}` is a list: write it between square brackets"));
            return Vec::new();
        };
        let mut list: Vec<At<T>> = Vec::new();
        for item in items {
            let offset = self.base + item.span().start;
            let Some(text) = self.as_text(key, item.get_ref(), offset, report) else { continue };
            let Some(parsed) = self.parse_text(&text, offset, report) else { continue };
            if list.iter().any(|other| other.value == parsed.value) {
                report.error(self.page, offset, format!("`{text}` is here twice: take one out"));
            } else {
                list.push(parsed);
            }
        }
        list
    }

    /// A whole number within a range.
    pub(super) fn number(&mut self, key: &'static str, from: u32, to: u32, report: &mut Report) -> Option<At<u32>> {
        let At { value, offset } = self.take(key)?;
        let number = match &value {
            DeValue::Integer(digits) if digits.radix() == 10 => digits.as_str().parse().ok(),
            _ => None,
        };
        let value = number.filter(|number| (from..=to).contains(number));
        if value.is_none() {
            report.error(self.page, offset, format!("`{key}` is a whole number from {from} to {to}"));
        }
        value.map(|value| At { value, offset })
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, key: &'static str, report: &mut Report) -> Option<At<bool>> {
        let At { value, offset } = self.take(key)?;
        if let DeValue::Boolean(value) = value {
            return Some(At { value, offset });
        }
        report.error(self.page, offset, format!("`{key}` is true or false, without quotation marks"));
        None
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)], report: &mut Report) -> Option<At<T>> {
        let At { value, offset } = self.take(key)?;
        let text = self.as_text(key, &value, offset, report)?;
        let chosen = words.iter().find(|(word, _)| *word == text).map(|(_, chosen)| *chosen);
        if chosen.is_none() {
            let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            report.error(self.page, offset, format!("`{text}` is not a `{key}`: use {}", listed(&known)));
        }
        chosen.map(|value| At { value, offset })
    }

    /// A table within this one.
    pub(super) fn table(&mut self, key: &'static str, report: &mut Report) -> Option<Self> {
        let At { value, offset } = self.take(key)?;
        self.as_table(key, value, offset, report)
    }

    /// The tables written under `[[key]]`.
    pub(super) fn tables(&mut self, key: &'static str, report: &mut Report) -> Vec<Self> {
        let Some(At { value, offset }) = self.take(key) else { return Vec::new() };
        let DeValue::Array(items) = value else {
            report.error(self.page, offset, format!("`{key}` is a list of tables: begin each with a line `[[{key}]]`"));
            return Vec::new();
        };
        items
            .into_iter()
            .filter_map(|item| {
                let offset = self.base + item.span().start;
                self.as_table(key, item.into_inner(), offset, report)
            })
            .collect()
    }

    /// Everything in a table whose keys are the author's own.
    pub(super) fn into_texts(self, report: &mut Report) -> Vec<(At<String>, At<String>)> {
        let (page, base) = (self.page, self.base);
        let text = |(key, (at, value)): (String, (usize, Spanned<DeValue<'p>>))| {
            let offset = base + value.span().start;
            let DeValue::String(text) = value.into_inner() else {
                report.error(page, offset, format!("`{key}` is a text: write it between quotation marks"));
                return None;
            };
            Some((At { value: key, offset: at }, At { value: text.trim().to_owned(), offset }))
        };
        self.entries.into_iter().filter_map(text).collect()
    }

    /// Every whole number in a table whose keys are the author's own.
    pub(super) fn into_numbers(self, report: &mut Report) -> Vec<(At<String>, At<u32>)> {
        let (page, base) = (self.page, self.base);
        let number = |(key, (at, value)): (String, (usize, Spanned<DeValue<'p>>))| {
            let offset = base + value.span().start;
            let number = match value.get_ref() {
                DeValue::Integer(digits) if digits.radix() == 10 => digits.as_str().parse().ok(),
                _ => None,
            };
            if number.is_none() {
                report.error(page, offset, format!("`{key}` is a whole number"));
            }
            Some((At { value: key, offset: at }, At { value: number?, offset }))
        };
        self.entries.into_iter().filter_map(number).collect()
    }

    /// The tables within a table whose keys are the author's own.
    pub(super) fn into_tables(self, report: &mut Report) -> Vec<(At<String>, Self)> {
        let (page, base) = (self.page, self.base);
        let table = |(key, (at, value)): (String, (usize, Spanned<DeValue<'p>>))| {
            let offset = base + value.span().start;
            let DeValue::Table(table) = value.into_inner() else {
                report.error(page, at, format!("`{key}` is a table: give it a heading of its own in square brackets"));
                return None;
            };
            Some((At { value: key, offset: at }, Self::new(page, base, offset, table)))
        };
        self.entries.into_iter().filter_map(table).collect()
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(self, report: &mut Report) {
        for (key, (offset, _)) in &self.entries {
            report.error(self.page, *offset, format!("`{key}` is not known here: use {}", listed(&self.known)));
        }
    }

    fn as_text(&self, key: &str, value: &DeValue<'_>, offset: usize, report: &mut Report) -> Option<String> {
        if let DeValue::String(text) = value {
            return Some(text.to_string());
        }
        report.error(self.page, offset, format!("`{key}` is a text: write it between quotation marks"));
        None
    }

    fn as_table(&self, key: &str, value: DeValue<'p>, offset: usize, report: &mut Report) -> Option<Self> {
        if let DeValue::Table(table) = value {
            return Some(Self::new(self.page, self.base, offset, table));
        }
        report.error(self.page, offset, format!("`{key}` is a table: begin it with a line `[{key}]`"));
        None
    }

    fn parse_text<T: FromStr<Err: Display>>(&self, text: &str, offset: usize, report: &mut Report) -> Option<At<T>> {
        text.parse().map(|value| At { value, offset }).map_err(|fault: T::Err| report.error(self.page, offset, fault.to_string())).ok()
    }

    fn report_missing(&self, key: &str, report: &mut Report) {
        if !self.entries.contains_key(key) {
            report.error(self.page, self.offset, format!("`{key}` is missing: add a line `{key} = …`"));
        }
    }
}

/// Words in a sentence: `a`, `b` or `c`.
pub(super) fn listed(words: &[&str]) -> String {
    let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => "nothing".to_owned(),
    }
}
