//! The inventory and the log of accesses, in words.

use chrono_tz::Tz;
use courses::language::Language;
use server::access::Role;
use server::config::Config;
use server::privacy::Access;
use server::privacy::inventory::{Fate, Kept, SeenBy, Table};

use crate::reports::{country_name, period};
use crate::texts::Texts;

/// How long the rows of a table are kept, by the configuration in force.
pub(super) fn kept(texts: Texts, config: &Config, kept: Kept) -> String {
    match kept {
        Kept::Account => texts.t("kept-account").to_owned(),
        Kept::Days(days) => texts.with("kept-days", [("n", days(config).into())]),
        Kept::Hours => texts.t("kept-hours").to_owned(),
        Kept::Always => texts.t("kept-always").to_owned(),
    }
}

/// Who sees rows beside the person.
pub(super) fn seen_by(texts: Texts, seen_by: SeenBy) -> &'static str {
    match seen_by {
        SeenBy::Nobody => texts.t("seen-by-nobody"),
        SeenBy::Coordinators => texts.t("seen-by-coordinators"),
        SeenBy::Administrators => texts.t("seen-by-administrators"),
        SeenBy::CodeHolders => texts.t("seen-by-code-holders"),
        SeenBy::Affected => texts.t("seen-by-affected"),
    }
}

/// What erasure does to rows.
pub(super) fn fate(texts: Texts, fate: Fate) -> &'static str {
    match fate {
        Fate::Deleted => texts.t("fate-deleted"),
        Fate::Pseudonym => texts.t("fate-pseudonym"),
        Fate::Nameless => texts.t("fate-nameless"),
        Fate::Stays => texts.t("fate-stays"),
        Fate::Authorless => texts.t("fate-authorless"),
    }
}

/// What a table is called.
pub(super) fn title(texts: Texts, table: &Table) -> String {
    texts.named(&format!("kept-{}", table.name))
}

/// Somebody saw the person's record: a sentence.
pub(super) fn access(texts: Texts, access: &Access) -> String {
    let who = viewer(texts, access);
    let manner = texts.named(&format!("manner-{}", access.manner.name()));
    if access.courses.is_empty() {
        let list = texts.named(&format!("list-{}", access.list.name()));
        return texts.with("access-people", [("who", who.into()), ("manner", manner.into()), ("list", list.into())]);
    }
    let days = period(texts, access.days.0, access.days.1);
    let courses = access.courses.join(", ").to_uppercase();
    texts.with("access-completions", [("who", who.into()), ("manner", manner.into()), ("days", days.into()), ("courses", courses.into())])
}

/// Who looked: role, countries, institution; never a name.
fn viewer(texts: Texts, access: &Access) -> String {
    let role = match (access.role, &access.countries) {
        (Role::Administrator, _) => texts.t("viewer-administrator").to_owned(),
        (_, None) => texts.t("viewer-coordinator-of-all").to_owned(),
        (_, Some(countries)) => texts.with("viewer-coordinator", [("countries", names(countries, texts.language()).into())]),
    };
    if access.institution.is_empty() { role } else { format!("{role} ({})", access.institution) }
}

fn names(countries: &[String], language: Language) -> String {
    countries.iter().map(|code| country_name(code, language)).collect::<Vec<_>>().join(", ")
}

/// When somebody looked.
pub(super) fn moment(texts: Texts, access: &Access, zone: Tz) -> String {
    texts.moment(access.at, zone)
}

#[cfg(test)]
pub(super) fn sample() -> Access {
    Access {
        at: "2026-11-16T15:00:00Z".parse().unwrap(),
        role: Role::Coordinator,
        countries: Some(vec!["GT".into(), "HN".into()]),
        institution: "Ministerio de Salud".into(),
        list: server::privacy::List::Completions,
        manner: server::privacy::Manner::File,
        days: (None, None),
        courses: vec!["ec-102".into()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_told_with_role_countries_and_institution() {
        assert_eq!(
            access(Texts::of(Language::En), &sample()),
            "A coordinator of Guatemala, Honduras (Ministerio de Salud) saw the completion report as a file. Dates: All dates. It showed your completion of EC-102."
        );
        let whole = Access {
            role: Role::Administrator,
            institution: String::new(),
            courses: Vec::new(),
            list: server::privacy::List::People,
            ..sample()
        };
        assert_eq!(
            access(Texts::of(Language::En), &whole),
            "An administrator of the campus saw your record in the list of people, as a file."
        );
    }
}
