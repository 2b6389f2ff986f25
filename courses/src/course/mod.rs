//! A course as its authors wrote it: structure once, texts per language.

mod minutes;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod text;

use std::collections::BTreeMap;

pub use minutes::WORDS_PER_MINUTE;
pub use text::{CardText, CourseText, Html, LessonText, ModuleText, Term};

use crate::completion::Rule;
use crate::id::{CourseCode, LessonKey, ModuleKey, ObjectiveKey, QuizKey};
use crate::language::{Language, Translated};
use crate::people::Occupation;
use crate::quiz::Quiz;
use crate::survey::Survey;

/// One version of a course, whole and immutable.
///
/// It holds answer keys, so it is not `Serialize`: what is stored is the course's source files.
#[derive(Clone, Debug)]
pub struct Course {
    /// Neutral code, as in addresses.
    pub code: CourseCode,
    /// What the course is about, for the catalogue's filter.
    pub topics: Vec<Topic>,
    /// Whom it is written for.
    pub audiences: Vec<Occupation>,
    /// Stated length in minutes, as on the certificate.
    pub minutes: u32,
    /// Languages offered, source language first.
    pub languages: Vec<Language>,
    /// How many months a certificate is valid; `None` = for ever.
    pub certificate_months: Option<u32>,
    /// What a learner must do for the certificate.
    pub completion: Rule,
    /// Learning objectives in order.
    pub objectives: Vec<ObjectiveKey>,
    /// Modules in order.
    pub modules: Vec<Module>,
    /// Quiz offered before the first module.
    pub pre_test: Option<QuizKey>,
    /// Quiz after the last module.
    pub post_test: Option<QuizKey>,
    /// Every quiz, by key.
    pub quizzes: BTreeMap<QuizKey, Quiz>,
    /// Closing survey.
    pub survey: Option<Survey>,
    /// Path of the cover among the course's files.
    pub cover: Option<String>,
    /// Texts of each language offered.
    pub texts: Translated<CourseText>,
}

/// A part of a course: some lessons, then perhaps a quiz.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its key.
    pub key: ModuleKey,
    /// Objectives it serves.
    pub objectives: Vec<ObjectiveKey>,
    /// Lessons in order.
    pub lessons: Vec<LessonKey>,
    /// Quiz at its end.
    pub quiz: Option<QuizKey>,
}

/// What a course is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// Human mobility.
    Migration,
    /// LGBTI people.
    Lgbti,
    /// Trafficking in persons.
    Trafficking,
    /// Health services.
    Health,
    /// Consular work.
    Consular,
    /// Protection of persons.
    Protection,
}

impl Topic {
    /// Every topic, in the order filters show them.
    pub const ALL: [Self; 6] = [Self::Migration, Self::Lgbti, Self::Trafficking, Self::Health, Self::Consular, Self::Protection];

    /// The code as written in course sources and addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Migration => "migration",
            Self::Lgbti => "lgbti",
            Self::Trafficking => "trafficking",
            Self::Health => "health",
            Self::Consular => "consular",
            Self::Protection => "protection",
        }
    }
}

impl std::str::FromStr for Topic {
    type Err = UnknownTopic;
    fn from_str(code: &str) -> Result<Self, UnknownTopic> {
        Self::ALL.into_iter().find(|topic| topic.code() == code).ok_or_else(|| UnknownTopic(code.to_owned()))
    }
}

/// A code that names no topic.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a topic: use migration, lgbti, trafficking, health, consular or protection")]
pub struct UnknownTopic(pub String);

impl Course {
    /// Every lesson, in reading order.
    pub fn lessons(&self) -> impl Iterator<Item = &LessonKey> {
        self.modules.iter().flat_map(|module| &module.lessons)
    }

    /// The module that holds `lesson`.
    #[must_use]
    pub fn module_of(&self, lesson: &LessonKey) -> Option<&Module> {
        self.modules.iter().find(|module| module.lessons.contains(lesson))
    }

    /// Everything a learner does, in the order offered: pre-test, lessons and quiz of each module, post-test, survey.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let mut steps: Vec<Step> = self.pre_test.iter().cloned().map(Step::Quiz).collect();
        for module in &self.modules {
            steps.extend(module.lessons.iter().cloned().map(Step::Lesson));
            steps.extend(module.quiz.iter().cloned().map(Step::Quiz));
        }
        steps.extend(self.post_test.iter().cloned().map(Step::Quiz));
        steps.extend(self.survey.iter().map(|_| Step::Survey));
        steps
    }
}

/// One thing a learner does in a course.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Read a lesson.
    Lesson(LessonKey),
    /// Take a quiz.
    Quiz(QuizKey),
    /// Answer the survey.
    Survey,
}
