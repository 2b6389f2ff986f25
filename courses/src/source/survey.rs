//! `survey.toml`: the questions of the closing survey.

use super::files::Sources;
use super::finding::{Report, Severity};
use super::page::{At, Page};
use super::quiz::{Outline, QuestionOutline, Slot, check_options};
use super::table::Section;
use crate::id::{OptionKey, QuestionKey};
use crate::survey::{SurveyKind, SurveyQuestion};

/// A survey without its texts.
pub(super) struct SurveySource {
    pub(super) outline: Outline,
    pub(super) questions: Vec<SurveyQuestion>,
}

/// Reads the survey that `course.toml` announces.
pub(super) fn read(sources: &Sources, report: &mut Report) -> Option<SurveySource> {
    if sources.get("survey.toml").is_none() {
        report.about_file(Severity::Error, "survey.toml", "this file is missing: write it, or `survey = false` in course.toml");
    }
    let page = Page::open(sources, "survey.toml", report)?;
    let mut read = Vec::new();
    let mut section = Section::parse(&page, 0, &page.text, report)?;
    for table in section.tables("questions", report) {
        read.extend(question(&page, table, report));
    }
    section.finish(report);
    if read.is_empty() {
        report.error(&page, 0, "the survey has no questions: add one with `[[questions]]`");
    }
    let mut survey = SurveySource { outline: Outline { page, questions: Vec::new() }, questions: Vec::new() };
    for (key, question) in read {
        let slots = question.options.iter().cloned().map(Slot::label).collect();
        survey.outline.push(QuestionOutline { key, slots, gaps: Vec::new() }, report);
        survey.questions.push(question);
    }
    Some(survey)
}

fn question(page: &Page, mut table: Section<'_>, report: &mut Report) -> Option<(At<QuestionKey>, SurveyQuestion)> {
    let place = table.offset;
    let key: Option<At<QuestionKey>> = table.required("id", report);
    let kinds = [("scale", SurveyKind::Scale), ("choice", SurveyKind::Choice), ("text", SurveyKind::Text)];
    let kind = table.choice("kind", &kinds, report);
    let is_required = table.flag("required", report);
    let options: Vec<At<OptionKey>> = table.list("options", report);
    table.finish(report);
    match kind.as_ref().map(|kind| kind.value) {
        None => report.error(page, place, "this question has no valid `kind`: use `scale`, `choice` or `text`"),
        Some(SurveyKind::Choice) => check_options(page, place, &options, report),
        Some(_) if !options.is_empty() => report.error(page, place, "only a `choice` has options: take them out, or make it a `choice`"),
        Some(_) => {}
    }
    let (key, kind) = (key?, kind?.value);
    let is_text = kind == SurveyKind::Text;
    if is_text && is_required.as_ref().is_some_and(|required| required.value) {
        report.error(page, place, "a `text` is never required: take `required` out");
    }
    let question = SurveyQuestion {
        key: key.value.clone(),
        kind,
        is_required: !is_text && is_required.is_none_or(|required| required.value),
        options: options.into_iter().map(|option| option.value).collect(),
    };
    Some((key, question))
}
