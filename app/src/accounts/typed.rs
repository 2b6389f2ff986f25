//! A person as a form holds them: everything as typed, so that nothing is lost when the form comes back.

use courses::language::Language;
use courses::people::{Country, Occupation};
use server::accounts::{NewPerson, Profile, look_over};

use super::refusals::Refusals;
use crate::form::Fields;
use crate::texts::{INTERFACE, Texts};

/// A person as typed, or as known. Never the password.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    /// Name as on the certificate.
    pub(super) name: String,
    /// E-mail address or user name.
    pub(super) login: String,
    /// Code of the interface's language.
    pub(super) language: String,
    /// Code of the country; empty before one is chosen.
    pub(super) country: String,
    /// Institution; may be empty.
    pub(super) institution: String,
    /// Code of the occupation group; empty before one is chosen.
    pub(super) occupation: String,
}

impl From<&Fields> for Typed {
    fn from(fields: &Fields) -> Self {
        let value = |name: &str| fields.get(name).to_owned();
        Self {
            name: value("name"),
            login: value("login"),
            language: value("language"),
            country: value("country"),
            institution: value("institution"),
            occupation: value("occupation"),
        }
    }
}

impl From<Profile> for Typed {
    fn from(profile: Profile) -> Self {
        Self {
            name: profile.name,
            login: profile.login,
            language: Texts::of(profile.language).language().code().to_owned(),
            country: profile.country,
            institution: profile.institution,
            occupation: profile.occupation.code().to_owned(),
        }
    }
}

impl Typed {
    /// A form that nobody has filled in, on a page in `language`.
    pub(super) fn empty(language: Language) -> Self {
        Self { language: language.code().to_owned(), ..Self::default() }
    }

    /// The same after the page went from one language to another: the menu goes along unless another one was chosen there.
    pub(super) fn following(mut self, from: Language, to: Language) -> Self {
        if self.language == from.code() {
            to.code().clone_into(&mut self.language);
        }
        self
    }

    /// The language chosen, if the interface is written in it.
    pub(super) fn language(&self) -> Option<Language> {
        self.language.parse().ok().filter(|language| INTERFACE.contains(language))
    }

    /// The country chosen.
    pub(super) fn country(&self) -> Option<Country> {
        self.country.parse().ok()
    }

    /// The occupation group chosen.
    pub(super) fn occupation(&self) -> Option<Occupation> {
        self.occupation.parse().ok()
    }

    /// What was not chosen from the menus.
    pub(super) fn unchosen(&self, texts: Texts, refusals: &mut Refusals) {
        if self.language().is_none() {
            refusals.add("language", texts.t("person-choose-language"));
        }
        if self.country().is_none() {
            refusals.add("country", texts.t("person-choose-country"));
        }
        if self.occupation().is_none() {
            refusals.add("occupation", texts.t("person-choose-occupation"));
        }
    }

    /// The new person, or everything that is wrong at once.
    ///
    /// # Errors
    /// The refusals to show.
    pub(super) fn to_person(&self, texts: Texts, password: &str) -> Result<NewPerson, Refusals> {
        let (Some(language), Some(country), Some(occupation)) = (self.language(), self.country(), self.occupation()) else {
            let mut refusals = Refusals::of(texts, &look_over(&self.name, &self.login, password, &self.institution));
            self.unchosen(texts, &mut refusals);
            return Err(refusals);
        };
        Ok(NewPerson {
            name: self.name.clone(),
            login: self.login.clone(),
            password: password.to_owned(),
            language,
            country,
            institution: self.institution.clone(),
            occupation,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_menu_follows_the_page_unless_another_was_chosen() {
        assert_eq!(Typed::empty(Language::Es).following(Language::Es, Language::En).language(), Some(Language::En));
        assert_eq!(Typed::empty(Language::En).following(Language::Es, Language::En).language(), Some(Language::En));
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let refusals = Typed::empty(Language::Es).to_person(Texts::of(Language::Es), "corta").unwrap_err();
        for field in ["name", "login", "password", "country", "occupation"] {
            assert!(refusals.beside(field).is_some(), "{field}");
        }
        assert_eq!(refusals.beside("language"), None);
    }
}
