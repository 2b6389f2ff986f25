//! What a person is told by mail about their account, so that they notice what they did not do themselves.

use courses::id::PersonId;
use courses::language::Language;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};

use super::entity::person;
use super::event;

/// Something about an account that its person should know of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The password was changed.
    NewPassword,
    /// The account has another e-mail address.
    NewEmail,
    /// An app or a passkey was added.
    SecondFactorAdded,
    /// An app or a passkey was taken away.
    SecondFactorRemoved,
    /// A recovery code was used.
    RecoveryCodeUsed,
    /// Somebody with a role signed in on a device for the first time.
    NewDevice,
    /// A sign-in provider opens it from now on.
    ProviderLinked,
    /// A sign-in provider opens it no more.
    ProviderUnlinked,
    /// An administrator erased it.
    AccountErased,
}

impl Event {
    const fn name(self) -> &'static str {
        match self {
            Self::NewPassword => "password-changed",
            Self::NewEmail => "email-changed",
            Self::SecondFactorAdded => "second-factor-added",
            Self::SecondFactorRemoved => "second-factor-removed",
            Self::RecoveryCodeUsed => "recovery-code-used",
            Self::NewDevice => "new-device",
            Self::ProviderLinked => "provider-linked",
            Self::ProviderUnlinked => "provider-unlinked",
            Self::AccountErased => "account-erased",
        }
    }
}

/// A message about an event, to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Where to.
    pub email: String,
    /// In which language.
    pub language: Language,
    /// What happened.
    pub event: Event,
}

/// The notice to `person`; `None` where they have no e-mail address.
pub(super) async fn to(database: &impl ConnectionTrait, person: PersonId, event: Event) -> Result<Option<Notice>, DbErr> {
    Ok(person::Entity::find_by_id(person).one(database).await?.and_then(|person| of(&person, event)))
}

/// The notice to a person who was read already. The log says that it happened, also where nobody can be told.
pub(super) fn of(person: &person::Model, event: Event) -> Option<Notice> {
    event::happened(event.name());
    person.email.clone().map(|email| Notice { email, language: person.language, event })
}
