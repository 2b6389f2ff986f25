//! A course's texts in one language, and how a page finds the best one there is.

use std::collections::BTreeMap;

use super::{Course, Module};
use crate::id::{LessonKey, ModuleKey, ObjectiveKey, TermKey};
use crate::language::Language;

/// A course's texts in one language, rendered and sanitised.
#[derive(Clone, Debug)]
pub struct CourseText {
    /// Title.
    pub title: String,
    /// One or two sentences for the catalogue.
    pub summary: String,
    /// Who it is for, how it works.
    pub description: Html,
    /// Text of each objective.
    pub objectives: BTreeMap<ObjectiveKey, String>,
    /// Text of each module.
    pub modules: BTreeMap<ModuleKey, ModuleText>,
    /// Text of each lesson.
    pub lessons: BTreeMap<LessonKey, LessonText>,
    /// How to hold a group session on a module.
    pub cards: BTreeMap<ModuleKey, CardText>,
    /// Glossary.
    pub glossary: BTreeMap<TermKey, Term>,
}

/// A module's texts in one language.
#[derive(Clone, Debug)]
pub struct ModuleText {
    /// Title.
    pub title: String,
    /// One concrete action for this week.
    pub take_to_work: Option<Html>,
}

/// A facilitation card in one language: how to hold a group session on a module.
#[derive(Clone, Debug)]
pub struct CardText {
    /// Title.
    pub title: String,
    /// Aim, plan, questions, an exercise.
    pub body: Html,
}

/// A lesson in one language.
#[derive(Clone, Debug)]
pub struct LessonText {
    /// Title: a question or an action.
    pub title: String,
    /// Why it matters to the reader's work.
    pub why: String,
    /// The lesson.
    pub body: Html,
    /// One sentence to keep.
    pub key_idea: String,
    /// Glossary terms the lesson uses, in order of first use.
    pub terms: Vec<TermKey>,
    /// Running words of the body, without its sources.
    pub words: u32,
    /// Self-checks: questions without a score.
    pub checks: u32,
    /// Sources named at its end.
    pub sources: u32,
    /// Whether the lesson opens with a content note.
    pub has_content_note: bool,
}

/// A glossary entry in one language.
#[derive(Clone, Debug)]
pub struct Term {
    /// The term.
    pub term: String,
    /// Its definition.
    pub definition: Html,
}

/// HTML that only [`crate::markdown`]'s sanitiser makes, or text that was escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(pub(crate) String);

impl Html {
    /// Plain text as markup.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
    }

    /// The words between the tags, with `gap` in place of each tag; still escaped, so it may stand where no tag may.
    #[must_use]
    pub fn without_tags(&self, gap: &str) -> String {
        without_tags(&self.0, gap)
    }

    /// The markup, safe to put on a page as it is.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Markup with `gap` in place of each tag. In sanitised markup an angle bracket is always one of a tag.
pub(crate) fn without_tags(markup: &str, gap: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some((text, tag)) = rest.split_once('<') {
        out.push_str(text);
        out.push_str(gap);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// Each of these gives the language of what it found, because a page marks the language of every fragment: the one asked for,
/// or the course's source language where a translation is missing.
impl Course {
    /// The language the others translate.
    #[must_use]
    pub const fn source_language(&self) -> Language {
        self.texts.source()
    }

    /// Title, summary and description.
    #[must_use]
    pub fn text(&self, language: Language) -> (Language, &CourseText) {
        self.texts.in_language(language)
    }

    /// The facilitation card of a module.
    #[must_use]
    pub fn card(&self, key: &ModuleKey, language: Language) -> Option<(Language, &CardText)> {
        self.texts.part(language, |text| text.cards.get(key))
    }

    /// A lesson.
    #[must_use]
    pub fn lesson_text(&self, lesson: &LessonKey, language: Language) -> Option<(Language, &LessonText)> {
        self.texts.part(language, |text| text.lessons.get(lesson))
    }

    /// A module's title and action.
    #[must_use]
    pub fn module_text(&self, module: &ModuleKey, language: Language) -> Option<(Language, &ModuleText)> {
        self.texts.part(language, |text| text.modules.get(module))
    }

    /// An objective.
    #[must_use]
    pub fn objective_text(&self, objective: &ObjectiveKey, language: Language) -> Option<(Language, &str)> {
        self.texts.part(language, |text| text.objectives.get(objective).map(String::as_str))
    }

    /// A glossary entry.
    #[must_use]
    pub fn term(&self, term: &TermKey, language: Language) -> Option<(Language, &Term)> {
        self.texts.part(language, |text| text.glossary.get(term))
    }

    /// A module by its key.
    #[must_use]
    pub fn module(&self, key: &ModuleKey) -> Option<&Module> {
        self.modules.iter().find(|module| module.key == *key)
    }
}

#[cfg(test)]
mod tests {
    use super::Html;

    #[test]
    fn plain_text_is_escaped() {
        assert_eq!(Html::text("<b>&amp;").as_str(), "&lt;b&gt;&amp;amp;");
    }
}
