//! `course.toml`: what a course is made of.

use super::files::Sources;
use super::finding::{Report, Severity};
use super::page::{At, Page};
use super::rule::{self, RuleSource};
use super::table::Section;
use crate::course::Topic;
use crate::id::{CourseCode, LessonKey, ModuleKey, ObjectiveKey, QuizKey};
use crate::language::Language;
use crate::people::Occupation;
use crate::quiz::Purpose;

/// A course without its texts and quizzes.
pub(super) struct Structure {
    pub(super) page: Page,
    pub(super) code: CourseCode,
    pub(super) topics: Vec<Topic>,
    pub(super) audiences: Vec<Occupation>,
    pub(super) minutes: u32,
    /// Source language first.
    pub(super) languages: Vec<Language>,
    pub(super) source: Language,
    pub(super) cover: Option<At<String>>,
    pub(super) certificate_months: Option<u32>,
    pub(super) pre_test: Option<At<QuizKey>>,
    pub(super) post_test: Option<At<QuizKey>>,
    pub(super) has_survey: bool,
    pub(super) completion: Option<RuleSource>,
    pub(super) objectives: Vec<At<ObjectiveKey>>,
    pub(super) modules: Vec<ModuleSource>,
}

/// A module with the places of its parts.
pub(super) struct ModuleSource {
    pub(super) key: At<ModuleKey>,
    pub(super) objectives: Vec<At<ObjectiveKey>>,
    pub(super) lessons: Vec<At<LessonKey>>,
    pub(super) quiz: Option<At<QuizKey>>,
}

/// Reads `course.toml`. `None` when even the code or the languages are missing.
pub(super) fn read(sources: &Sources, report: &mut Report) -> Option<Structure> {
    if sources.get("course.toml").is_none() {
        report.about_file(Severity::Error, "course.toml", "this file is missing: a course begins with it");
    }
    let page = Page::open(sources, "course.toml", report)?;
    let (header, completion, objectives, modules) = {
        let mut section = Section::parse(&page, 0, &page.text, report)?;
        let header = header(&page, &mut section, report);
        let completion = section.value("completion").and_then(|value| rule::read(&page, section.base(), value, report));
        let objectives = section.tables("objectives", report).into_iter().filter_map(|table| objective(table, report)).collect();
        let modules = section.tables("modules", report).into_iter().filter_map(|table| module(&page, table, report)).collect();
        section.finish(report);
        (header, completion, objectives, modules)
    };
    let structure = Structure { page, completion, objectives, modules, ..header? };
    structure.check(report);
    Some(structure)
}

fn header(page: &Page, section: &mut Section<'_>, report: &mut Report) -> Option<Structure> {
    let code: Option<At<CourseCode>> = section.required("code", report);
    let topics: Vec<At<Topic>> = section.list("topics", report);
    let audiences: Vec<At<Occupation>> = section.list("audiences", report);
    let minutes = section.number("minutes", 1, 60_000, report);
    if minutes.is_none() {
        report.error(page, 0, "`minutes` is missing: state the course's length, as on the certificate");
    }
    let languages: Vec<At<Language>> = section.list("languages", report);
    let source: Option<At<Language>> = section.required("source_language", report);
    let cover = section.text("cover", report);
    let certificate_months = section.number("certificate_months", 1, 1200, report);
    let pre_test = section.parsed("pre_test", report);
    let post_test = section.parsed("post_test", report);
    let has_survey = section.flag("survey", report);
    let (code, source) = (code?, source?);
    if !languages.iter().any(|language| language.value == source.value) {
        report.error(page, source.offset, format!("the source language `{}` is not offered: add it to `languages`", source.value));
    }
    let others = languages.iter().map(|language| language.value).filter(|language| *language != source.value);
    Some(Structure {
        page: Page { path: String::new(), text: String::new() },
        code: code.value,
        topics: topics.into_iter().map(|topic| topic.value).collect(),
        audiences: audiences.into_iter().map(|audience| audience.value).collect(),
        minutes: minutes.map_or(1, |minutes| minutes.value),
        languages: std::iter::once(source.value).chain(others).collect(),
        source: source.value,
        cover,
        certificate_months: certificate_months.map(|months| months.value),
        pre_test,
        post_test,
        has_survey: has_survey.is_some_and(|survey| survey.value),
        completion: None,
        objectives: Vec::new(),
        modules: Vec::new(),
    })
}

fn objective(mut table: Section<'_>, report: &mut Report) -> Option<At<ObjectiveKey>> {
    let key = table.required("id", report);
    table.finish(report);
    key
}

fn module(page: &Page, mut table: Section<'_>, report: &mut Report) -> Option<ModuleSource> {
    let key = table.required("id", report);
    let objectives = table.list("objectives", report);
    let lessons: Vec<At<LessonKey>> = table.list("lessons", report);
    if lessons.is_empty() {
        report.error(page, table.offset, "this module has no lessons: add a line `lessons = […]`");
    }
    let quiz = table.parsed("quiz", report);
    table.finish(report);
    Some(ModuleSource { key: key?, objectives, lessons, quiz })
}

impl Structure {
    /// Every quiz that the course refers to, with what it is used for: `None` at the end of a module, where it may be for practice.
    pub(super) fn quizzes(&self) -> impl Iterator<Item = (&At<QuizKey>, Option<Purpose>)> {
        let modules = self.modules.iter().filter_map(|module| module.quiz.as_ref()).map(|quiz| (quiz, None));
        let pre_test = self.pre_test.iter().map(|quiz| (quiz, Some(Purpose::PreTest)));
        pre_test.chain(modules).chain(self.post_test.iter().map(|quiz| (quiz, Some(Purpose::PostTest))))
    }

    /// Every lesson, in reading order.
    pub(super) fn lessons(&self) -> impl Iterator<Item = &At<LessonKey>> {
        self.modules.iter().flat_map(|module| &module.lessons)
    }

    fn check(&self, report: &mut Report) {
        if self.modules.is_empty() {
            report.error(&self.page, 0, "the course has no modules: add one with `[[modules]]`");
        }
        self.check_unique("objective", self.objectives.iter(), report);
        self.check_unique("module", self.modules.iter().map(|module| &module.key), report);
        self.check_unique("lesson", self.lessons(), report);
        self.check_unique("quiz", self.quizzes().map(|(quiz, _)| quiz), report);
        for objective in self.modules.iter().flat_map(|module| &module.objectives) {
            if !self.objectives.iter().any(|known| known.value == objective.value) {
                report.error(
                    &self.page,
                    objective.offset,
                    format!("no objective `{}`: add it with `[[objectives]]` or mend the id", objective.value),
                );
            }
        }
        let names_topic = Topic::ALL.into_iter().find(|topic| self.code.as_str().split('-').any(|word| word == topic.code()));
        if let Some(topic) = names_topic {
            let at = self.page.text.find("code").unwrap_or(0);
            let message = format!(
                "the code names the topic `{}`: it stands in addresses and e-mails, so make it neutral, such as `ec-102`",
                topic.code()
            );
            report.warn(&self.page, at, message);
        }
    }

    fn check_unique<'a, K: PartialEq + std::fmt::Display + 'a>(
        &self,
        what: &str,
        keys: impl Iterator<Item = &'a At<K>>,
        report: &mut Report,
    ) {
        let mut seen: Vec<&K> = Vec::new();
        for key in keys {
            if seen.contains(&&key.value) {
                report.error(&self.page, key.offset, format!("the {what} `{}` is here twice: give each its own id", key.value));
            }
            seen.push(&key.value);
        }
    }
}
