//! `<language>/quizzes/<quiz>.md` and `<language>/survey.md`: stems, options and feedback.

use std::collections::BTreeMap;

use super::files::Sources;
use super::finding::{Report, Severity, Side};
use super::page::Page;
use super::quiz::{Outline, QuestionOutline, Slot};
use super::sections::{OptionSource, SectionText, divide};
use super::translation;
use crate::course::Html;
use crate::id::{OptionKey, QuestionKey};
use crate::markdown::{self, Links};
use crate::quiz::{OptionText, QuestionText, QuizText};
use crate::survey::{SurveyQuestionText, SurveyText};

/// Whether options have feedback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feedback {
    /// Each should have it.
    Wanted,
    /// It is never shown.
    Unseen,
    /// There is no place for it.
    None,
}

/// What reading the texts of questions needs to know.
pub(super) struct Desk<'d> {
    pub(super) sources: &'d Sources,
    pub(super) side: Side,
    pub(super) links: &'d Links,
}

/// Reads the texts of a quiz or a survey: `name` within the language's folder, titled `title` unless it says otherwise.
pub(super) fn read(
    desk: &Desk<'_>,
    name: &str,
    title: &str,
    outline: &Outline,
    feedback: Feedback,
    report: &mut Report,
) -> Option<QuizText> {
    let path = desk.side.path(name);
    if desk.sources.get(&path).is_none() {
        report.about_file(desk.side.weight(), &path, format!("this file is missing: it holds the texts of {}", outline.page.path));
    }
    let page = Page::open(desk.sources, &path, report)?;
    let (front, body) = page.front_matter(report);
    let mut front = front?;
    let translates = front.text("translates", report);
    let title = front.text("title", report).map_or_else(|| title.to_owned(), |title| title.value);
    front.finish(report);
    translation::check(&page, desk.side, name, translates.as_ref(), desk.sources, report);
    let divided = divide(&body.text, page.text.len() - body.text.len());
    let introduction = page.render(&divided.introduction, markdown::fragment, desk.links, report).html;
    let mut questions = BTreeMap::new();
    for section in &divided.sections {
        if let Some((key, text)) = question(desk, &page, section, outline, feedback, report)
            && questions.insert(key.clone(), text).is_some()
        {
            report.error(&page, section.heading.offset, format!("the question `{key}` is here twice: take one out"));
        }
    }
    for key in outline.questions.iter().map(|question| &question.key) {
        let is_written = divided.sections.iter().any(|section| section.heading.value == key.value.as_str());
        if !is_written {
            report.add(desk.side.weight(), &page, 0, format!("the question `{}` has no text: add a section `## {}`", key.value, key.value));
        }
    }
    Some(QuizText { title, introduction, questions })
}

fn question(
    desk: &Desk<'_>,
    page: &Page,
    section: &SectionText,
    outline: &Outline,
    feedback: Feedback,
    report: &mut Report,
) -> Option<(QuestionKey, QuestionText)> {
    let heading = &section.heading;
    let known = outline.questions.iter().find(|question| question.key.value.as_str() == heading.value);
    let (stem, written) = section.options(page, report);
    let Some(QuestionOutline { key, slots, gaps }) = known else {
        report.add(
            desk.side.weight(),
            page,
            heading.offset,
            format!("{} has no question `{}`: mend the id, or take it out", outline.page.path, heading.value),
        );
        return None;
    };
    if stem.is_blank() {
        report.add(
            desk.side.weight(),
            page,
            heading.offset,
            format!("the question `{}` is empty: write the situation and what is asked", key.value),
        );
    }
    let mut texts: BTreeMap<OptionKey, OptionText> = BTreeMap::new();
    for option in &written {
        let Some(slot) = slots.iter().find(|slot| slot.key.as_str() == option.key.value) else {
            let message =
                format!("{} has no option `{}` for `{}`: mend the id, or take it out", outline.page.path, option.key.value, key.value);
            report.add(desk.side.weight(), page, option.key.offset, message);
            continue;
        };
        if texts.insert(slot.key.clone(), option_text(desk, page, option, slot, feedback, report)).is_some() {
            report.error(page, option.key.offset, format!("the option `{}` is here twice: take one out", slot.key));
        }
    }
    // What has feedback only may be left out where feedback is never seen.
    let may_lack = |slot: &Slot| !slot.has_label && feedback != Feedback::Wanted;
    for slot in slots.iter().filter(|slot| !texts.contains_key(&slot.key) && !may_lack(slot)) {
        let weight = if slot.has_label { desk.side.weight() } else { Severity::Warning };
        let line = if slot.has_label { format!("- [{}] …", slot.key) } else { format!("- [{}]` and under it `  > …", slot.key) };
        report.add(weight, page, heading.offset, format!("`{}` of `{}` has no text: add a line `{line}`", slot.key, key.value));
    }
    let stem_html = page.render(&stem, markdown::fragment, desk.links, report).html;
    let is_missing = |gap: &&OptionKey| stem_html.as_str().matches(&format!("{{{gap}}}")).count() != 1;
    if let Some(gap) = gaps.iter().find(is_missing) {
        let message = format!("the gap `{gap}` of `{}` must stand once in the text: write `{{{gap}}}` where it is filled in", key.value);
        report.add(desk.side.weight(), page, heading.offset, message);
        return None;
    }
    let is_whole = slots.iter().all(|slot| !slot.has_label || texts.contains_key(&slot.key));
    is_whole.then(|| (key.value.clone(), QuestionText { stem: stem_html, options: texts }))
}

fn option_text(desk: &Desk<'_>, page: &Page, option: &OptionSource, slot: &Slot, feedback: Feedback, report: &mut Report) -> OptionText {
    if slot.has_label && option.label.is_blank() {
        report.add(
            desk.side.weight(),
            page,
            option.key.offset,
            format!("the option `{}` is empty: write it after the bracket", option.key.value),
        );
    }
    match (feedback, option.feedback.is_blank()) {
        (Feedback::Wanted, true) if slot.has_feedback => {
            report.warn(page, option.key.offset, format!("the option `{}` has no feedback: add a line `  > …` after it", option.key.value));
        }
        (Feedback::None, false) => report.warn(page, option.key.offset, "a survey has no feedback: take the lines with `>` out"),
        _ => {}
    }
    let label = page.render(&option.label, markdown::inline, desk.links, report).html;
    let text = page.render(&option.feedback, markdown::fragment, desk.links, report).html;
    OptionText { label, feedback: (!text.as_str().trim().is_empty()).then_some(text) }
}

/// The texts of a survey, which are those of a quiz without feedback.
pub(super) fn into_survey(text: QuizText) -> SurveyText {
    let labels = |options: BTreeMap<OptionKey, OptionText>| -> BTreeMap<OptionKey, Html> {
        options.into_iter().map(|(key, option)| (key, option.label)).collect()
    };
    let questions = text.questions.into_iter();
    SurveyText {
        title: text.title,
        introduction: text.introduction,
        questions: questions
            .map(|(key, question)| (key, SurveyQuestionText { stem: question.stem, options: labels(question.options) }))
            .collect(),
    }
}
