//! `quizzes/<quiz>.toml`: a quiz's questions, keys and rules.

use super::files::Sources;
use super::finding::{Report, Severity};
use super::page::{At, Page};
use super::structure::Structure;
use super::table::Section;
use crate::id::{LessonKey, ObjectiveKey, OptionKey, QuestionKey, QuizKey};
use crate::quiz::{Feedback, Kind, Purpose, Question};

/// Most options of a question.
const MOST_OPTIONS: usize = 20;

/// A quiz without its texts.
pub(super) struct QuizSource {
    pub(super) outline: Outline,
    pub(super) purpose: Purpose,
    pub(super) pass_permille: u16,
    pub(super) attempts: Option<u16>,
    pub(super) feedback: Feedback,
    pub(super) shuffle: bool,
    pub(super) questions: Vec<Question>,
}

/// The ids that a quiz's or a survey's texts must have.
pub(super) struct Outline {
    pub(super) page: Page,
    pub(super) questions: Vec<(At<QuestionKey>, Vec<OptionKey>)>,
}

/// Reads a quiz used for `use_as`, or at the end of a module.
pub(super) fn read(
    sources: &Sources,
    key: &At<QuizKey>,
    use_as: Option<Purpose>,
    structure: &Structure,
    report: &mut Report,
) -> Option<QuizSource> {
    let path = format!("quizzes/{}.toml", key.value);
    if sources.get(&path).is_none() {
        report.error(&structure.page, key.offset, format!("the quiz `{}` does not exist: write {path}", key.value));
        report.about_file(Severity::Error, &path, "this file is missing: course.toml refers to it");
    }
    let page = Page::open(sources, &path, report)?;
    let mut read = Vec::new();
    let mut quiz = {
        let mut section = Section::parse(&page, 0, &page.text, report)?;
        let quiz = header(&page, &mut section, use_as, report);
        for table in section.tables("questions", report) {
            read.extend(question(&page, table, structure, report));
        }
        section.finish(report);
        quiz
    };
    if read.is_empty() {
        report.error(&page, 0, "this quiz has no questions: add one with `[[questions]]`");
    }
    let mut outline = Outline { page, questions: Vec::new() };
    for (key, question) in read {
        outline.push(key, question.options.clone(), report);
        quiz.questions.push(question);
    }
    Some(QuizSource { outline, ..quiz })
}

fn header(page: &Page, section: &mut Section<'_>, use_as: Option<Purpose>, report: &mut Report) -> QuizSource {
    let purposes =
        [("practice", Purpose::Practice), ("pre-test", Purpose::PreTest), ("module", Purpose::Module), ("post-test", Purpose::PostTest)];
    let purpose = section.choice("purpose", &purposes, report);
    let fits = |purpose: Purpose| use_as.map_or(matches!(purpose, Purpose::Module | Purpose::Practice), |expected| purpose == expected);
    match &purpose {
        None => report.error(page, 0, "`purpose` is missing: use `practice`, `pre-test`, `module` or `post-test`"),
        Some(purpose) if !fits(purpose.value) => {
            report.error(page, purpose.offset, "this purpose is not what course.toml uses the quiz for: mend one of them");
        }
        Some(_) => {}
    }
    let pass_percent = section.number("pass_percent", 0, 100, report).map_or(70, |percent| percent.value);
    let attempts = section.number("attempts", 0, 1000, report).map_or(3, |attempts| attempts.value);
    let when =
        [("after-submitting", Feedback::AfterSubmitting), ("after-last-attempt", Feedback::AfterLastAttempt), ("never", Feedback::Never)];
    let feedback = section.choice("feedback", &when, report);
    let shuffle = section.flag("shuffle", report);
    QuizSource {
        outline: Outline { page: Page { path: String::new(), text: String::new() }, questions: Vec::new() },
        purpose: purpose.map_or(Purpose::Module, |purpose| purpose.value),
        pass_permille: u16::try_from(pass_percent.saturating_mul(10)).unwrap_or(1000),
        attempts: u16::try_from(attempts).ok().filter(|attempts| *attempts > 0),
        feedback: feedback.map(|feedback| feedback.value).unwrap_or_default(),
        shuffle: shuffle.is_none_or(|shuffle| shuffle.value),
        questions: Vec::new(),
    }
}

fn question(page: &Page, mut table: Section<'_>, structure: &Structure, report: &mut Report) -> Option<(At<QuestionKey>, Question)> {
    let place = table.offset;
    let key: Option<At<QuestionKey>> = table.required("id", report);
    let kind = table.choice("kind", &[("single", Kind::Single), ("multiple", Kind::Multiple)], report);
    if kind.is_none() {
        report.error(page, place, "this question has no valid `kind`: use `single` or `multiple`");
    }
    let objective: Option<At<ObjectiveKey>> = table.required("objective", report);
    let options: Vec<At<OptionKey>> = table.list("options", report);
    let right: Vec<At<OptionKey>> = table.list("key", report);
    let lesson: Option<At<LessonKey>> = table.parsed("lesson", report);
    table.finish(report);
    check_options(page, place, &options, report);
    check_key(page, place, kind.as_ref().map(|kind| kind.value), &options, &right, report);
    if let Some(objective) = objective.as_ref().filter(|objective| !structure.objectives.iter().any(|known| known.value == objective.value))
    {
        report.error(page, objective.offset, format!("no objective `{}`: add it to course.toml or mend the id", objective.value));
    }
    if let Some(lesson) = lesson.as_ref().filter(|lesson| !structure.lessons().any(|known| known.value == lesson.value)) {
        report.error(page, lesson.offset, format!("no lesson `{}`: add it to course.toml or mend the id", lesson.value));
    }
    let key = key?;
    let question = Question {
        key: key.value.clone(),
        objective: objective?.value,
        lesson: lesson.map(|lesson| lesson.value),
        kind: kind?.value,
        options: options.into_iter().map(|option| option.value).collect(),
        right: right.into_iter().map(|option| option.value).collect(),
    };
    Some((key, question))
}

/// Reports a question with too few or too many options.
pub(super) fn check_options(page: &Page, place: usize, options: &[At<OptionKey>], report: &mut Report) {
    if options.len() < 2 || options.len() > MOST_OPTIONS {
        report.error(page, place, format!("a question has 2 to {MOST_OPTIONS} options; this one has {}", options.len()));
    }
}

fn check_key(page: &Page, place: usize, kind: Option<Kind>, options: &[At<OptionKey>], right: &[At<OptionKey>], report: &mut Report) {
    for option in right.iter().filter(|right| !options.iter().any(|option| option.value == right.value)) {
        report.error(page, option.offset, format!("the key `{}` is not among the options: mend one of them", option.value));
    }
    match (kind, right.len()) {
        (_, 0) => report.error(page, place, "this question has no key: add a line `key = [\"…\"]` with what is right"),
        (Some(Kind::Single), 2..) => {
            report.error(page, place, "a `single` question has one right option: leave one in `key`, or make it `multiple`")
        }
        _ => {}
    }
}

impl Outline {
    /// Adds a question; reports an id that is taken.
    pub(super) fn push(&mut self, key: At<QuestionKey>, options: Vec<OptionKey>, report: &mut Report) {
        if self.questions.iter().any(|(other, _)| other.value == key.value) {
            report.error(&self.page, key.offset, format!("the question `{}` is here twice: give each its own id", key.value));
        }
        self.questions.push((key, options));
    }
}
