//! How large a course is.

use std::collections::BTreeMap;

use crate::course::{Course, CourseText, LessonText};
use crate::id::ObjectiveKey;
use crate::language::Language;

/// Figures of a course.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Figures of each language offered.
    pub languages: BTreeMap<Language, LanguageStats>,
    /// Questions that test each objective, over all quizzes.
    pub questions: BTreeMap<ObjectiveKey, u32>,
}

/// Figures of a course in one language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LanguageStats {
    /// Lessons that are written in it.
    pub lessons: u32,
    /// Running words of these lessons.
    pub words: u32,
    /// Minutes of the modules, as shown to learners.
    pub minutes: u32,
    /// Self-checks.
    pub checks: u32,
    /// Sources named, lesson by lesson.
    pub sources: u32,
    /// Terms of the glossary.
    pub terms: u32,
}

/// Counts a course.
#[must_use]
pub fn stats(course: &Course) -> Stats {
    let languages = course.texts.iter().map(|(language, text)| (language, language_stats(course, language, text))).collect();
    let mut questions: BTreeMap<ObjectiveKey, u32> = course.objectives.iter().map(|objective| (objective.clone(), 0)).collect();
    for question in course.quizzes.values().flat_map(|quiz| &quiz.questions).filter(|question| question.kind.is_marked()) {
        *questions.entry(question.objective.clone()).or_default() += 1;
    }
    Stats { languages, questions }
}

fn language_stats(course: &Course, language: Language, text: &CourseText) -> LanguageStats {
    let sum = |figure: fn(&LessonText) -> u32| text.lessons.values().map(figure).sum();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    LanguageStats {
        lessons: count(text.lessons.len()),
        words: sum(|lesson| lesson.words),
        minutes: course.modules.iter().map(|module| course.module_minutes(module, language)).sum(),
        checks: sum(|lesson| lesson.checks),
        sources: sum(|lesson| lesson.sources),
        terms: count(text.glossary.len()),
    }
}
