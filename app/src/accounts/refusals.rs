//! What is wrong with a form, in words beside each field.

use axum::http::StatusCode;
use courses::people::{EmailError, NameError, PasswordError, UserNameError};
use leptos::prelude::*;
use server::access::limit::TooMany;
use server::accounts::{FieldError, PasswordRefused};

use crate::form::summary;
use crate::texts::Texts;

/// Fields of the forms of a person, in the order they stand.
const ORDER: [&str; 7] = ["name", "login", "password", "language", "country", "institution", "occupation"];

/// Fields that were refused, each with a sentence. Empty for a form shown for the first time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Refusals(Vec<(String, String)>);

impl Refusals {
    /// One field, one sentence.
    pub(super) fn one(field: &str, words: &str) -> Self {
        Self(vec![(field.to_owned(), words.to_owned())])
    }

    /// Tried too often: when to try again, beside `field`.
    pub(super) fn too_many(texts: Texts, field: &str, too_many: TooMany) -> Self {
        Self::one(field, &texts.with("too-many", [("wait", texts.wait(too_many.retry_after).into())]))
    }

    /// What the server refused.
    pub(super) fn of(texts: Texts, errors: &[FieldError]) -> Self {
        let mut refusals = Self::default();
        for error in errors {
            let (field, words) = sentence(texts, *error);
            refusals.add(field, words);
        }
        refusals
    }

    /// Adds a field, and keeps the order of the form.
    pub(super) fn add(&mut self, field: &str, words: &str) {
        self.0.push((field.to_owned(), words.to_owned()));
        self.0.sort_by_key(|(field, _)| ORDER.iter().position(|known| known == field));
    }

    /// Whether nothing was refused.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sentence beside `field`.
    pub(super) fn beside(&self, field: &str) -> Option<String> {
        self.0.iter().find(|(refused, _)| refused == field).map(|(_, words)| words.clone())
    }

    /// Status of the page that shows them.
    pub(super) fn status(&self) -> StatusCode {
        if self.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }

    /// All of them at the top of the form.
    pub(super) fn summary(&self, texts: Texts) -> impl IntoView + use<> {
        summary(texts, &self.0)
    }
}

/// The field and the sentence for one error.
fn sentence(texts: Texts, error: FieldError) -> (&'static str, &'static str) {
    match error {
        FieldError::Name(error) => ("name", name(texts, error)),
        FieldError::Email(EmailError::TooLong) => ("login", texts.t("refused-email-too-long")),
        FieldError::Email(EmailError::Malformed) => ("login", texts.t("refused-email-malformed")),
        FieldError::UserName(UserNameError::TooShort) => ("login", texts.t("refused-user-name-too-short")),
        FieldError::UserName(UserNameError::TooLong) => ("login", texts.t("refused-user-name-too-long")),
        FieldError::UserName(UserNameError::ForbiddenCharacter) => ("login", texts.t("refused-user-name-character")),
        FieldError::LoginTaken => ("login", texts.t("refused-login-taken")),
        FieldError::Password(error) => ("password", password(texts, error)),
        FieldError::Institution => ("institution", texts.t("refused-institution-too-long")),
    }
}

/// The sentence for a name.
pub(super) fn name(texts: Texts, error: NameError) -> &'static str {
    match error {
        NameError::TooShort => texts.t("refused-name-too-short"),
        NameError::TooLong => texts.t("refused-name-too-long"),
        NameError::ControlCharacter => texts.t("refused-name-character"),
        NameError::NoLetter => texts.t("refused-name-no-letter"),
    }
}

/// The sentence for a password.
pub(super) fn password(texts: Texts, error: PasswordRefused) -> &'static str {
    match error {
        PasswordRefused::Length(PasswordError::TooShort) => texts.t("refused-password-too-short"),
        PasswordRefused::Length(PasswordError::TooLong) => texts.t("refused-password-too-long"),
        PasswordRefused::Common => texts.t("refused-password-common"),
    }
}

#[cfg(test)]
mod tests {
    use courses::language::Language;

    use super::*;

    #[test]
    fn refusals_stand_in_the_order_of_the_form() {
        let mut refusals = Refusals::of(Texts::of(Language::Es), &[FieldError::Institution, FieldError::LoginTaken]);
        refusals.add("country", "Elija un país");
        let fields: Vec<_> = refusals.0.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["login", "country", "institution"]);
        assert_eq!(refusals.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refusals.beside("country").as_deref(), Some("Elija un país"));
    }
}
