//! The fields that signing up, setting up and the profile share.

use courses::language::Language;
use courses::people::{Country, Occupation};
use leptos::prelude::*;

use super::refusals::Refusals;
use super::typed::Typed;
use crate::form::{Choice, Field, field, select};
use crate::texts::{INTERFACE, Texts};

/// Every field of a new person.
pub(super) fn new_person(texts: Texts, typed: Typed, refusals: &Refusals) -> impl IntoView + use<> {
    let login = Field {
        name: "login",
        label: texts.t("person-login").to_owned(),
        value: typed.login.clone(),
        autocomplete: "username",
        hint: Some(texts.t("person-login-hint").to_owned()),
        error: refusals.beside("login"),
        ..Field::default()
    };
    view! {
        {name(texts, &typed, refusals)}
        {field(texts, login)}
        {new_password(texts, refusals)}
        {about(texts, &typed, refusals, true)}
    }
}

/// The fields of somebody whom a provider vouches for.
pub(super) fn welcomed_person(texts: Texts, typed: Typed, refusals: &Refusals) -> impl IntoView + use<> {
    view! {
        {name(texts, &typed, refusals)}
        {about(texts, &typed, refusals, true)}
    }
}

/// The fields that a person may change later.
pub(super) fn known_person(texts: Texts, typed: Typed, refusals: &Refusals) -> impl IntoView + use<> {
    view! {
        {name(texts, &typed, refusals)}
        {about(texts, &typed, refusals, false)}
    }
}

/// The field of a password to be set.
pub(super) fn new_password(texts: Texts, refusals: &Refusals) -> impl IntoView + use<> {
    field(
        texts,
        Field {
            name: "password",
            label: texts.t("person-new-password").to_owned(),
            kind: "password",
            autocomplete: "new-password",
            hint: Some(texts.t("person-password-hint").to_owned()),
            error: refusals.beside("password"),
            ..Field::default()
        },
    )
}

fn name(texts: Texts, typed: &Typed, refusals: &Refusals) -> impl IntoView + use<> {
    field(
        texts,
        Field {
            name: "name",
            label: texts.t("person-name").to_owned(),
            value: typed.name.clone(),
            autocomplete: "name",
            hint: Some(texts.t("person-name-hint").to_owned()),
            error: refusals.beside("name"),
            ..Field::default()
        },
    )
}

/// Language, country, institution, occupation. Before anything is chosen, the last menus begin with nothing.
fn about(texts: Texts, typed: &Typed, refusals: &Refusals, is_new: bool) -> impl IntoView + use<> {
    let menu = |name: &'static str, label: &'static str, value: &str| Field {
        name,
        label: label.to_owned(),
        value: value.to_owned(),
        error: refusals.beside(name),
        ..Field::default()
    };
    let language = menu("language", texts.t("person-language"), &typed.language);
    let country = menu("country", texts.t("person-country"), &typed.country);
    let institution =
        Field { autocomplete: "organization", is_optional: true, ..menu("institution", texts.t("person-institution"), &typed.institution) };
    let occupation = menu("occupation", texts.t("person-occupation"), &typed.occupation);
    let empty = |words: &'static str| is_new.then(|| words.to_owned());
    view! {
        {select(texts, language, None, languages())}
        {select(texts, country, empty(texts.t("person-choose-country")), countries(texts.language()))}
        {field(texts, institution)}
        {select(texts, occupation, empty(texts.t("person-choose-occupation")), occupations(texts))}
    }
}

fn languages() -> Vec<Choice> {
    INTERFACE.into_iter().map(|language| Choice { value: language.code().to_owned(), label: language.own_name().to_owned() }).collect()
}

/// The countries first served, then every other one by name.
fn countries(language: Language) -> Vec<Choice> {
    let others = Country::all_sorted(language).into_iter().filter(|country| !Country::FIRST_SERVED.contains(country));
    let all = Country::FIRST_SERVED.into_iter().chain(others);
    all.map(|country| Choice { value: country.code().to_owned(), label: country.name(language).to_owned() }).collect()
}

fn occupations(texts: Texts) -> Vec<Choice> {
    let choice =
        |occupation: Occupation| Choice { value: occupation.code().to_owned(), label: texts.named(&format!("occupation-{occupation}")) };
    Occupation::ALL.into_iter().map(choice).collect()
}
