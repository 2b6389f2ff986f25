//! Somebody whom the campus does not know yet: what a provider told waits in a cookie while they complete the rest.

use chrono::{DateTime, TimeDelta, Utc};
use courses::id::{PersonId, ProviderKey};
use courses::language::Language;
use courses::people::{Country, Occupation, check_name};
use sea_orm::ActiveValue::Set;
use sea_orm::{DbErr, EntityTrait};
use serde::{Deserialize, Serialize};

use super::check::Told;
use super::discovery::Provider;
use super::flow::Flow;
use super::identity::Via;
use super::{ProviderError, identity};
use crate::Platform;
use crate::access::key::Purpose;
use crate::access::token::{self, Use};
use crate::accounts::device::Device;
use crate::accounts::entity::person;
use crate::accounts::password;
use crate::accounts::profile::tidy;
use crate::accounts::session::Started;
use crate::accounts::sign_in::{Place, Step};
use crate::accounts::sign_up::{FieldError, SignUpError, insert_person};

/// Tokens of people who complete their profile.
const NEWCOMER: Use = Use { purpose: Purpose::Session, kind: "campus-newcomer+jwt", audience: "campus-newcomer" };
/// How long they may take.
const LASTS: TimeDelta = TimeDelta::minutes(60);

/// What waits in the cookie.
#[derive(Serialize, Deserialize)]
struct Waiting {
    provider: ProviderKey,
    subject: String,
    email: Option<String>,
    name: Option<String>,
    session: Option<String>,
    shown_at: Option<DateTime<Utc>>,
    factors: bool,
    own: bool,
    to: String,
}

/// Somebody new, as far as a provider told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    /// What they are called there; may be empty.
    pub name: String,
    /// Their address, if it is verified.
    pub email: Option<String>,
    /// Country of the provider's people.
    pub country: Option<Country>,
}

/// What somebody new tells of themselves.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Name as on the certificate.
    pub name: String,
    /// Preferred language.
    pub language: Language,
    /// Country.
    pub country: Country,
    /// Institution; may be empty.
    pub institution: String,
    /// Occupation group.
    pub occupation: Occupation,
}

/// Why somebody new got no account.
#[derive(Debug, thiserror::Error)]
pub enum WelcomeError {
    /// Something typed cannot be taken.
    #[error("something typed cannot be taken")]
    Fields(Vec<FieldError>),
    /// Nobody waits in this browser, or they came in meanwhile.
    #[error("nobody waits in this browser")]
    Stale,
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// What is remembered of somebody new while they complete their profile.
pub(super) fn remember(platform: &Platform, provider: &Provider, told: Told, flow: Flow) -> Result<String, DbErr> {
    let waiting = Waiting {
        provider: provider.config.id.clone(),
        subject: told.subject,
        email: told.email,
        name: told.name,
        session: told.session,
        shown_at: told.shown_at,
        factors: told.has_second_factor,
        own: flow.own,
        to: flow.to,
    };
    token::sign(platform, NEWCOMER, waiting, platform.clock.now() + LASTS)
}

async fn waiting(platform: &Platform, key: &ProviderKey, cookie: &str) -> Result<Option<Waiting>, DbErr> {
    let waiting: Option<Waiting> = token::read(platform, NEWCOMER, cookie).await?;
    Ok(waiting.filter(|waiting| waiting.provider == *key))
}

/// Who waits in this browser for an account; `None` when nobody does.
///
/// # Errors
/// When the database does not answer.
pub async fn newcomer(platform: &Platform, key: &ProviderKey, cookie: &str) -> Result<Option<Newcomer>, DbErr> {
    let Ok(provider) = platform.providers.find(key) else { return Ok(None) };
    let waiting = waiting(platform, key, cookie).await?;
    Ok(waiting.map(|Waiting { name, email, .. }| Newcomer { name: name.unwrap_or_default(), email, country: provider.config.country }))
}

/// Makes an account for who waits in this browser, links it, and signs it in; with the path to go on to.
///
/// # Errors
/// [`WelcomeError`]; nothing is stored then.
pub async fn welcome(
    platform: &Platform,
    key: &ProviderKey,
    cookie: &str,
    new: Profile,
    from: &Place,
) -> Result<(Started, String), WelcomeError> {
    let provider = platform.providers.find(key).map_err(|_| WelcomeError::Stale)?;
    let waiting = waiting(platform, key, cookie).await?.ok_or(WelcomeError::Stale)?;
    let row = row(platform, new, waiting.email.clone()).map_err(WelcomeError::Fields)?;
    let told = Told {
        subject: waiting.subject,
        email: waiting.email,
        name: waiting.name,
        session: waiting.session,
        shown_at: waiting.shown_at,
        has_second_factor: waiting.factors,
    };
    let transaction = platform.storage.begin().await?;
    // Somebody signed up with the address meanwhile: coming again, they are told what to do.
    let person = insert_person(&transaction, row).await.map_err(|error| match error {
        SignUpError::Storage(error) => WelcomeError::Storage(error),
        SignUpError::Fields(_) | SignUpError::Link | SignUpError::TooMany(_) => WelcomeError::Stale,
    })?;
    let stale = |error| match error {
        ProviderError::Storage(error) => WelcomeError::Storage(error),
        _ => WelcomeError::Stale,
    };
    let identity = identity::link(platform, &transaction, provider, &told.subject, person).await.map_err(stale)?;
    let person = person::Entity::find_by_id(person).one(&transaction).await?.ok_or(WelcomeError::Stale)?;
    let from = Place { device: Device { is_own: waiting.own, ..from.device.clone() }, ..from.clone() };
    let via = Via { identity, session: told.session.clone() };
    let step = identity::come_in(platform, &transaction, &person, via, &told, &from).await.map_err(stale)?;
    transaction.commit().await?;
    let Step::In(started) = step else { return Err(WelcomeError::Stale) };
    Ok((started, waiting.to))
}

/// A person without a password, whose address the provider has verified.
fn row(platform: &Platform, new: Profile, email: Option<String>) -> Result<person::ActiveModel, Vec<FieldError>> {
    let now = platform.clock.now();
    let mut errors = Vec::new();
    let name = check_name(&new.name).map_err(|error| errors.push(FieldError::Name(error))).unwrap_or_default();
    let institution = tidy(&new.institution);
    if institution.chars().count() > 160 {
        errors.push(FieldError::Institution);
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(person::ActiveModel {
        id: Set(PersonId(platform.chance.id(now))),
        name: Set(name),
        email_verified_at: Set(email.is_some().then_some(now)),
        email: Set(email),
        user_name: Set(None),
        password_hash: Set(password::NONE.to_owned()),
        language: Set(new.language),
        country: Set(new.country.code().to_owned()),
        institution: Set(institution),
        occupation: Set(new.occupation),
        created_at: Set(now),
        disabled_at: Set(None),
    })
}
