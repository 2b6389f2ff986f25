//! How large a course is.

use std::collections::BTreeMap;

use crate::course::text::without_tags;
use crate::course::{Course, CourseText, Html, LessonText};
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
    /// Sentences of these lessons.
    pub sentences: u32,
    /// Of these, those with more than [`LONG_SENTENCE`] words.
    pub long_sentences: u32,
}

/// Words from which on a sentence is hard to follow on a telephone.
pub const LONG_SENTENCE: u32 = 25;

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
    let sentences: Vec<u32> = text.lessons.values().flat_map(|lesson| sentences(&lesson.body)).collect();
    LanguageStats {
        sentences: count(sentences.len()),
        long_sentences: count(sentences.iter().filter(|words| **words > LONG_SENTENCE).count()),
        lessons: count(text.lessons.len()),
        words: sum(|lesson| lesson.words),
        minutes: course.modules.iter().map(|module| course.module_minutes(module, language)).sum(),
        checks: sum(|lesson| lesson.checks),
        sources: sum(|lesson| lesson.sources),
        terms: count(text.glossary.len()),
    }
}

/// Words of each sentence of a lesson, its sources left out. A sentence ends with its mark, or with its paragraph, item or cell.
pub(super) fn sentences(body: &Html) -> Vec<u32> {
    const BLOCKS: [&str; 10] = ["</p>", "</li>", "</td>", "</th>", "</h2>", "</h3>", "</h4>", "</figcaption>", "<ul", "<ol"];
    let text = body.as_str().split("<section class=\"sources\"").next().unwrap_or_default();
    let divided = BLOCKS.iter().fold(text.to_owned(), |text, block| text.replace(block, &format!("\n{block}")));
    divided.lines().flat_map(|line| line_sentences(&without_tags(line, " "))).collect()
}

/// Words with a full stop that end no sentence.
const ABBREVIATIONS: [&str; 7] = ["art.", "arts.", "p.", "pp.", "núm.", "ej.", "e.g."];

fn line_sentences(line: &str) -> Vec<u32> {
    let mut counts = Vec::new();
    let mut words = 0;
    for word in line.split_whitespace() {
        words += u32::from(word.chars().any(char::is_alphanumeric));
        let bare = word.trim_end_matches(['»', '”', '"', ')', '’']);
        let is_end = bare.ends_with(['.', '?', '!', '…']) && !ABBREVIATIONS.contains(&bare.trim_start_matches(['(', '«', '“']));
        if is_end && words > 0 {
            counts.push(words);
            words = 0;
        }
    }
    counts.extend((words > 0).then_some(words));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_with_their_mark_or_their_block() {
        let body = Html("<h2 id=\"a\">¿Qué hacer?</h2><p>Pregunte antes (art. 3). Luego «escuche».</p><ul><li>Sin <strong>prisa</strong></li><li>A solas</li></ul>\
            <section class=\"sources\"><p>Un protocolo muy largo.</p></section>".to_owned());
        assert_eq!(sentences(&body), [2, 4, 2, 2, 2]);
    }
}
