//! How long reading takes, in minutes.

use super::{Course, LessonText, Module};
use crate::language::Language;

/// Words a minute at which reading time is stated (second-language and screen-reader users read more slowly).
pub const WORDS_PER_MINUTE: u32 = 180;

/// A module's minutes are stated in steps of this many.
const STEP: u32 = 5;

impl LessonText {
    /// Minutes to read the lesson, at least one, plus one for each self-check.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.words.div_ceil(WORDS_PER_MINUTE).max(1).saturating_add(self.checks)
    }
}

impl Course {
    /// Minutes for a module's lessons and one for each question of its quiz, rounded up to five.
    #[must_use]
    pub fn module_minutes(&self, module: &Module, language: Language) -> u32 {
        let lessons: u32 =
            module.lessons.iter().filter_map(|lesson| self.lesson_text(lesson, language)).map(|(_, text)| text.minutes()).sum();
        let questions = module.quiz.as_ref().and_then(|quiz| self.quizzes.get(quiz)).map_or(0, |quiz| quiz.questions.len());
        lessons.saturating_add(u32::try_from(questions).unwrap_or(u32::MAX)).div_ceil(STEP).saturating_mul(STEP)
    }
}
