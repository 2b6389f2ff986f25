//! `quizzes/<quiz>.toml`: a quiz's questions, keys and rules.

use std::collections::{BTreeMap, BTreeSet};

use super::files::Sources;
use super::finding::{Report, Severity};
use super::page::{At, Page};
use super::question;
use super::structure::Structure;
use super::table::Section;
use crate::id::{OptionKey, PoolKey, QuestionKey, QuizKey};
use crate::quiz::{Feedback, Purpose, Question, Rules};

/// Most options of a question.
pub(super) const MOST_OPTIONS: usize = 20;

/// A quiz without its texts.
pub(super) struct QuizSource {
    pub(super) outline: Outline,
    pub(super) rules: Rules,
    pub(super) questions: Vec<Question>,
}

/// The ids that a quiz's or a survey's texts must have.
pub(super) struct Outline {
    pub(super) page: Page,
    pub(super) questions: Vec<QuestionOutline>,
}

/// The texts that a question must have.
pub(super) struct QuestionOutline {
    pub(super) key: At<QuestionKey>,
    pub(super) slots: Vec<Slot>,
    /// Gaps that must stand in the stem.
    pub(super) gaps: Vec<OptionKey>,
}

/// A text of a question besides its stem.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) key: OptionKey,
    pub(super) has_label: bool,
    pub(super) has_feedback: bool,
}

impl Slot {
    pub(super) const fn label(key: OptionKey) -> Self {
        Self { key, has_label: true, has_feedback: false }
    }

    pub(super) const fn with_feedback(key: OptionKey) -> Self {
        Self { key, has_label: true, has_feedback: true }
    }

    pub(super) const fn feedback(key: OptionKey) -> Self {
        Self { key, has_label: false, has_feedback: true }
    }
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
    let mut outline = Outline { page, questions: Vec::new() };
    let mut read = Vec::new();
    let rules = {
        let page = &outline.page;
        let mut section = Section::parse(page, 0, &page.text, report)?;
        let rules = rules(page, &mut section, use_as, report);
        for table in section.tables("questions", report) {
            read.extend(question::read(page, table, structure, report));
        }
        section.finish(report);
        rules
    };
    if !read.iter().any(|(_, question)| question.kind.is_marked()) {
        report.error(&outline.page, 0, "this quiz has no question that is marked: add one with `[[questions]]`");
    }
    let mut questions = Vec::new();
    for (texts, question) in read {
        outline.push(texts, report);
        questions.push(question);
    }
    check_pools(&outline, &rules, &questions, report);
    Some(QuizSource { outline, rules, questions })
}

fn rules(page: &Page, section: &mut Section<'_>, use_as: Option<Purpose>, report: &mut Report) -> Rules {
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
    let usual = Rules::default();
    let mut small = |key, to, otherwise, report: &mut Report| {
        section.number(key, 0, to, report).and_then(|number| u16::try_from(number.value).ok()).unwrap_or(otherwise)
    };
    let pass_percent = small("pass_percent", 100, usual.pass_permille / 10, report);
    let attempts = small("attempts", 1_000, usual.attempts.unwrap_or_default(), report);
    let pause_hours = small("pause_hours", 720, usual.pause_hours, report);
    let minutes = small("minutes", 1_440, 0, report);
    let grace_seconds = small("grace_seconds", 3_600, usual.grace_seconds, report);
    let when = [
        ("at-once", Feedback::AtOnce),
        ("after-submitting", Feedback::AfterSubmitting),
        ("after-last-attempt", Feedback::AfterLastAttempt),
        ("never", Feedback::Never),
    ];
    let feedback = section.choice("feedback", &when, report).map_or(usual.feedback, |feedback| feedback.value);
    let mut flag = |key, otherwise, report: &mut Report| section.flag(key, report).map_or(otherwise, |flag| flag.value);
    let shows_key = flag("show_key", usual.shows_key, report);
    let shuffle = flag("shuffle", usual.shuffle, report);
    let shuffle_questions = flag("shuffle_questions", usual.shuffle_questions, report);
    let one_at_a_time = flag("one_at_a_time", usual.one_at_a_time, report);
    Rules {
        purpose: purpose.map_or(usual.purpose, |purpose| purpose.value),
        pass_permille: pass_percent.saturating_mul(10),
        attempts: Some(attempts).filter(|attempts| *attempts > 0),
        pause_hours,
        minutes: Some(minutes).filter(|minutes| *minutes > 0),
        grace_seconds,
        one_at_a_time,
        shuffle,
        shuffle_questions,
        draw: draw(page, section, report),
        feedback,
        shows_key,
    }
}

fn draw(page: &Page, section: &mut Section<'_>, report: &mut Report) -> BTreeMap<PoolKey, u16> {
    let Some(table) = section.table("draw", report) else { return BTreeMap::new() };
    let mut draw = BTreeMap::new();
    for (key, count) in table.into_numbers(report) {
        match (key.value.parse::<PoolKey>(), u16::try_from(count.value)) {
            (Ok(pool), Ok(count @ 1..)) => {
                draw.insert(pool, count);
            }
            (Err(fault), _) => report.error(page, key.offset, fault.to_string()),
            (_, _) => report.error(page, count.offset, "how many questions to draw is a whole number from 1"),
        }
    }
    draw
}

/// Reports pools that nothing draws from, and draws that no pool can fill.
fn check_pools(outline: &Outline, rules: &Rules, questions: &[Question], report: &mut Report) {
    let place =
        |question: &Question| outline.questions.iter().find(|known| known.key.value == question.key).map_or(0, |known| known.key.offset);
    let mut unknown = BTreeSet::new();
    for question in questions {
        if let Some(pool) = question.pool.as_ref().filter(|pool| !rules.draw.contains_key(*pool))
            && unknown.insert(pool)
        {
            let message = format!("nothing says how many questions to draw from `{pool}`: add `{pool} = …` under `[draw]`");
            report.error(&outline.page, place(question), message);
        }
    }
    for (pool, count) in &rules.draw {
        let held = questions.iter().filter(|question| question.pool.as_ref() == Some(pool)).count();
        if held < usize::from(*count) {
            report.error(
                &outline.page,
                0,
                format!("`[draw]` wants {count} questions from `{pool}`, which has {held}: add some, or draw fewer"),
            );
        }
    }
}

/// Reports a question with too few or too many options.
pub(super) fn check_options(page: &Page, place: usize, options: &[At<OptionKey>], report: &mut Report) {
    if options.len() < 2 || options.len() > MOST_OPTIONS {
        report.error(page, place, format!("a question has 2 to {MOST_OPTIONS} options; this one has {}", options.len()));
    }
}

impl Outline {
    /// Adds a question; reports an id that is taken.
    pub(super) fn push(&mut self, question: QuestionOutline, report: &mut Report) {
        let key = &question.key;
        if self.questions.iter().any(|other| other.key.value == key.value) {
            report.error(&self.page, key.offset, format!("the question `{}` is here twice: give each its own id", key.value));
        }
        self.questions.push(question);
    }
}
