//! Languages a course or the interface can be in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A language, by its ISO 639-1 code. Spanish is the default everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "orm", derive(sea_orm::EnumIter, sea_orm::DeriveActiveEnum))]
#[cfg_attr(feature = "orm", sea_orm(rs_type = "String", db_type = "String(sea_orm::prelude::StringLen::N(2))", rename_all = "lowercase"))]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Spanish.
    #[default]
    Es,
    /// English.
    En,
    /// French.
    Fr,
    /// Portuguese.
    Pt,
    /// Haitian Creole.
    Ht,
}

impl Language {
    /// Every language, in the order menus show them.
    pub const ALL: [Self; 5] = [Self::Es, Self::En, Self::Fr, Self::Pt, Self::Ht];

    /// ISO 639-1 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
            Self::Fr => "fr",
            Self::Pt => "pt",
            Self::Ht => "ht",
        }
    }

    /// The language's name in itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Es => "Español",
            Self::En => "English",
            Self::Fr => "Français",
            Self::Pt => "Português",
            Self::Ht => "Kreyòl ayisyen",
        }
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::str::FromStr for Language {
    type Err = UnknownLanguage;
    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        Self::ALL.into_iter().find(|language| language.code() == text).ok_or_else(|| UnknownLanguage(text.to_owned()))
    }
}

/// A code that names none of the five languages.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a language here: use es, en, fr, pt or ht")]
pub struct UnknownLanguage(pub String);

/// Something written in a source language, and in others that translate it: it can always be shown in some language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translated<T> {
    source: Language,
    original: T,
    translations: BTreeMap<Language, T>,
}

impl<T> Translated<T> {
    /// What `source` is the language of.
    #[must_use]
    pub const fn new(source: Language, original: T) -> Self {
        Self { source, original, translations: BTreeMap::new() }
    }

    /// Adds or replaces the text in one language.
    pub fn insert(&mut self, language: Language, text: T) {
        if language == self.source {
            self.original = text;
        } else {
            self.translations.insert(language, text);
        }
    }

    /// Language the others translate.
    #[must_use]
    pub const fn source(&self) -> Language {
        self.source
    }

    /// The text in the source language.
    #[must_use]
    pub const fn original(&self) -> &T {
        &self.original
    }

    /// The text in exactly this language.
    #[must_use]
    pub fn get(&self, language: Language) -> Option<&T> {
        if language == self.source { Some(&self.original) } else { self.translations.get(&language) }
    }

    /// The text in this language, or in the source language where it is missing; with the language it is in.
    #[must_use]
    pub fn in_language(&self, language: Language) -> (Language, &T) {
        self.get(language).map_or((self.source, &self.original), |text| (language, text))
    }

    /// What `part` finds in this language, or in the source language where it finds nothing; with the language it is in.
    pub fn part<'a, P>(&'a self, language: Language, part: impl Fn(&'a T) -> Option<P>) -> Option<(Language, P)> {
        let translated = self.get(language).and_then(&part).map(|found| (language, found));
        translated.or_else(|| part(&self.original).map(|found| (self.source, found)))
    }

    /// Every language with its text, source language first.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &T)> {
        std::iter::once((self.source, &self.original)).chain(self.translations.iter().map(|(language, text)| (*language, text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_translation_falls_back_to_the_source_language() {
        let mut texts = Translated::new(Language::Es, "hola");
        texts.insert(Language::En, "hello");
        assert_eq!(texts.in_language(Language::En), (Language::En, &"hello"));
        assert_eq!(texts.in_language(Language::Fr), (Language::Es, &"hola"));
        assert_eq!(texts.get(Language::Fr), None);
        assert_eq!(texts.part(Language::En, |text| text.find('a')), Some((Language::Es, 3)));
        assert_eq!(texts.iter().map(|(language, _)| language).collect::<Vec<_>>(), [Language::Es, Language::En]);
    }
}
