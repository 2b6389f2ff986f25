//! Authority is a value one must hold.
//!
//! Each proof has private fields and is made in one place, [`SignedIn`]'s checked methods, from what the database said of the
//! session in this request. Services take a proof and read the id from it, so no service can be called for somebody else.

mod address;
pub(crate) mod entity;
pub mod key;
pub mod limit;
pub mod token;

use chrono::{DateTime, TimeDelta, Utc};
use courses::id::{PersonId, SessionId};
use courses::language::Language;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use address::ClientAddress;

/// What is kept of a secret that is chance enough to need no salt: its SHA-256, in hexadecimal.
pub(crate) fn digest(secret: impl AsRef<[u8]>) -> String {
    hex::encode(Sha256::digest(secret))
}

/// How long somebody who has shown their password counts as the one who did.
const CONFIRMED_FOR: TimeDelta = TimeDelta::minutes(15);
/// How often it is written down at most that a session is in use.
pub(crate) const SEEN_EVERY: TimeDelta = TimeDelta::minutes(5);

/// What a person may do beyond learning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sea_orm::EnumIter, sea_orm::DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(sea_orm::prelude::StringLen::N(20))", rename_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Writes courses.
    Trainer,
    /// Follows learners and exports reports, of one country or of all.
    Coordinator,
    /// Runs the campus.
    Administrator,
}

/// A person whose session was checked in this request.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub(crate) person: PersonId,
    pub(crate) session: SessionId,
    pub(crate) confirmed_at: Option<DateTime<Utc>>,
    pub(crate) has_second_factor: bool,
    /// Whether the campus asks for a second factor before it lets anybody coordinate or administer, and the session has none.
    pub(crate) is_held_back: bool,
    pub(crate) last_seen_at: Option<DateTime<Utc>>,
    pub(crate) grants: Vec<(Role, Option<String>)>,
    /// Name as on certificates.
    pub name: String,
    /// Preferred language.
    pub language: Language,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// Whether an e-mail address still waits to be verified.
    pub must_verify_email: bool,
}

impl SignedIn {
    /// Everyone who is signed in may learn.
    #[must_use]
    pub fn learner(&self) -> Learner {
        Learner { person: self.person }
    }

    /// Proof of coordination, if the person has it.
    #[must_use]
    pub fn coordinator(&self) -> Option<CoordinatorOf> {
        let countries: Vec<Option<String>> = self
            .in_force()
            .iter()
            .filter(|(role, _)| matches!(role, Role::Coordinator | Role::Administrator))
            .map(|(role, country)| if *role == Role::Administrator { None } else { country.clone() })
            .collect();
        if countries.is_empty() {
            return None;
        }
        let countries = if countries.iter().any(Option::is_none) { None } else { Some(countries.into_iter().flatten().collect()) };
        Some(CoordinatorOf { person: self.person, countries })
    }

    /// Proof of administration, if the person has it.
    #[must_use]
    pub fn administrator(&self) -> Option<Administrator> {
        self.in_force().iter().any(|(role, _)| *role == Role::Administrator).then_some(Administrator { person: self.person })
    }

    /// The roles that this session gives: the one place where a missing second factor takes them away.
    fn in_force(&self) -> &[(Role, Option<String>)] {
        if self.is_held_back { &[] } else { &self.grants }
    }

    /// Whether a role of this person waits for a second factor.
    #[must_use]
    pub fn must_add_second_factor(&self) -> bool {
        self.is_held_back && self.grants.iter().any(|(role, _)| matches!(role, Role::Coordinator | Role::Administrator))
    }

    /// Whether the person has been here so recently that it need not be written down again.
    #[must_use]
    pub fn was_seen_just_now(&self, now: DateTime<Utc>) -> bool {
        self.last_seen_at.is_some_and(|at| now - at < SEEN_EVERY)
    }

    /// Proof that the person themself is there, if they have shown it in the last quarter of an hour.
    #[must_use]
    pub fn confirmed(&self, now: DateTime<Utc>) -> Option<Confirmed> {
        self.confirmed_at.is_some_and(|at| now - at < CONFIRMED_FOR).then_some(Confirmed { person: self.person, session: self.session })
    }

    /// Whether the session was opened with more than a password.
    #[must_use]
    pub fn has_second_factor(&self) -> bool {
        self.has_second_factor
    }

    /// The session this request came with.
    #[must_use]
    pub fn session(&self) -> SessionId {
        self.session
    }
}

/// May learn, and see their own record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Learner {
    person: PersonId,
}

impl Learner {
    /// The learner whom the campus itself acts for: a time limit that ran out. Never from a request.
    pub(crate) const fn absent(person: PersonId) -> Self {
        Self { person }
    }

    /// The learner whom an administrator enrols.
    pub(crate) const fn enrolled_by(_: Administrator, person: PersonId) -> Self {
        Self { person }
    }

    /// Who acts.
    #[must_use]
    pub fn person(self) -> PersonId {
        self.person
    }
}

/// May see completions of their countries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoordinatorOf {
    person: PersonId,
    countries: Option<Vec<String>>,
}

impl CoordinatorOf {
    /// Who acts.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// Countries they may see; `None` = all.
    #[must_use]
    pub fn countries(&self) -> Option<&[String]> {
        self.countries.as_deref()
    }
}

/// May see and change how the campus runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Administrator {
    person: PersonId,
}

impl Administrator {
    /// Who acts.
    #[must_use]
    pub fn person(self) -> PersonId {
        self.person
    }
}

/// Is there in person: has signed in, or shown the password again, a moment ago. For what a thief of an open session must not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confirmed {
    person: PersonId,
    session: SessionId,
}

impl Confirmed {
    /// The owner of a service token, who was there when they made it for this.
    pub(crate) const fn by_token(person: &SignedIn) -> Self {
        Self { person: person.person, session: person.session }
    }

    /// Who acts.
    #[must_use]
    pub fn person(self) -> PersonId {
        self.person
    }

    /// The session they act in.
    #[must_use]
    pub fn session(self) -> SessionId {
        self.session
    }

    /// Whoever is there in person may do what a learner may.
    #[must_use]
    pub fn learner(self) -> Learner {
        Learner { person: self.person }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(grants: Vec<(Role, Option<String>)>) -> SignedIn {
        SignedIn {
            person: PersonId(uuid::Uuid::nil()),
            session: SessionId(uuid::Uuid::nil()),
            confirmed_at: DateTime::from_timestamp(1000, 0),
            has_second_factor: false,
            is_held_back: false,
            last_seen_at: None,
            grants,
            name: "Ana".into(),
            language: Language::Es,
            country: "GT".into(),
            must_verify_email: false,
        }
    }

    #[test]
    fn a_coordinator_of_one_country_sees_that_country_only() {
        let ana = with(vec![(Role::Coordinator, Some("GT".into()))]);
        assert_eq!(ana.coordinator().unwrap().countries(), Some(&["GT".to_owned()][..]));
        assert!(ana.administrator().is_none());
    }

    #[test]
    fn somebody_is_there_in_person_for_a_quarter_of_an_hour() {
        let at = |seconds| with(Vec::new()).confirmed(DateTime::from_timestamp(seconds, 0).unwrap()).is_some();
        assert!(at(1000) && at(1899) && !at(1900));
    }

    #[test]
    fn who_must_add_a_second_factor_may_learn_and_no_more() {
        let mut adela = with(vec![(Role::Administrator, None)]);
        assert!(adela.administrator().is_some() && !adela.must_add_second_factor());
        adela.is_held_back = true;
        assert!(adela.administrator().is_none() && adela.coordinator().is_none() && adela.must_add_second_factor());
        adela.grants = vec![(Role::Trainer, None)];
        assert!(!adela.must_add_second_factor());
    }

    #[test]
    fn a_trainer_coordinates_nothing() {
        assert!(with(vec![(Role::Trainer, None)]).coordinator().is_none());
    }

    #[test]
    fn an_administrator_sees_every_country() {
        assert_eq!(with(vec![(Role::Administrator, Some("GT".into()))]).coordinator().unwrap().countries(), None);
    }
}
