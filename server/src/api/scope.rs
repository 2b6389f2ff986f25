//! How far a token reaches.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::SignedIn;

/// Something a token may be used for. It never reaches further than the person behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub enum Scope {
    /// One's own profile.
    #[serde(rename = "profile:read")]
    ProfileRead,
    /// One's own enrolments, progress, attempts and certificates.
    #[serde(rename = "learning:read")]
    LearningRead,
    /// Enrolling oneself.
    #[serde(rename = "learning:write")]
    LearningWrite,
    /// Completions and enrolments of the countries one coordinates.
    #[serde(rename = "reports:read")]
    ReportsRead,
    /// Everybody's account.
    #[serde(rename = "people:read")]
    PeopleRead,
    /// Making and changing accounts.
    #[serde(rename = "people:write")]
    PeopleWrite,
    /// Giving and taking roles, closing and opening accounts.
    #[serde(rename = "roles:write")]
    RolesWrite,
    /// Enrolling others.
    #[serde(rename = "enrolments:write")]
    EnrolmentsWrite,
}

impl Scope {
    /// Every scope, in the order forms show them.
    pub const ALL: [Self; 8] = [
        Self::ProfileRead,
        Self::LearningRead,
        Self::LearningWrite,
        Self::ReportsRead,
        Self::PeopleRead,
        Self::PeopleWrite,
        Self::RolesWrite,
        Self::EnrolmentsWrite,
    ];

    /// Its name in tokens and documents.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ProfileRead => "profile:read",
            Self::LearningRead => "learning:read",
            Self::LearningWrite => "learning:write",
            Self::ReportsRead => "reports:read",
            Self::PeopleRead => "people:read",
            Self::PeopleWrite => "people:write",
            Self::RolesWrite => "roles:write",
            Self::EnrolmentsWrite => "enrolments:write",
        }
    }

    /// Whether the person may do what the scope is for, now.
    #[must_use]
    pub fn is_open_to(self, person: &SignedIn) -> bool {
        match self {
            Self::ProfileRead | Self::LearningRead | Self::LearningWrite => true,
            Self::ReportsRead => person.coordinator().is_some(),
            Self::PeopleRead | Self::PeopleWrite | Self::RolesWrite | Self::EnrolmentsWrite => person.administrator().is_some(),
        }
    }
}

impl std::str::FromStr for Scope {
    type Err = UnknownScope;
    fn from_str(name: &str) -> Result<Self, UnknownScope> {
        Self::ALL.into_iter().find(|scope| scope.name() == name).ok_or(UnknownScope)
    }
}

/// A name that is no scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such scope")]
pub struct UnknownScope;

/// Scopes, each once, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    /// Those of `text`, separated by spaces; names that are none are left out.
    #[must_use]
    pub fn read(text: &str) -> Self {
        text.split(' ').filter_map(|name| name.parse().ok()).collect()
    }

    /// Whether `scope` is among them.
    #[must_use]
    pub fn has(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = Scope> {
        self.0.iter().copied()
    }

    /// Those that are also in `others`.
    #[must_use]
    pub fn within(&self, others: &Self) -> Self {
        self.iter().filter(|scope| others.has(*scope)).collect()
    }

    /// Those that are open to `person` now.
    #[must_use]
    pub fn open_to(&self, person: &SignedIn) -> Self {
        self.iter().filter(|scope| scope.is_open_to(person)).collect()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        let mut scopes: Vec<Scope> = scopes.into_iter().collect();
        scopes.sort_unstable();
        scopes.dedup();
        Self(scopes)
    }
}

impl std::fmt::Display for Scopes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&str> = self.iter().map(Scope::name).collect();
        f.write_str(&names.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_as_they_are_written_and_unknown_ones_give_nothing() {
        let all: Scopes = Scope::ALL.into_iter().collect();
        assert_eq!(Scopes::read(&all.to_string()), all);
        assert!(Scopes::read("admin * profile:write").is_empty());
        assert_eq!(Scopes::read("people:read profile:read people:read").to_string(), "profile:read people:read");
    }
}
