//! Signing in with a user name or an e-mail address.

use chrono::TimeDelta;
use courses::id::{PersonId, TokenId};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::allowance::{self, FromAddress};
use super::device::{Device, KnownPeople};
use super::entity::person;
use super::event::{self, By, Try};
use super::notice::{self, Event};
use super::people::has_role;
use super::provider::{self, Via};
use super::second_factor::{self, CodeError};
use super::session::{self, Started};
use crate::access::ClientAddress;
use crate::access::key::Purpose;
use crate::access::limit::{self, LimitError, TooMany};
use crate::access::token::{self, Use};
use crate::{Platform, metrics};

/// Tokens of people whose password was right and whose second factor is still missing.
const HALF_WAY: Use = Use { purpose: Purpose::Session, kind: "campus-half-way+jwt", audience: "campus-half-way" };
/// How long the second factor may take.
const HALF_WAY_FOR: TimeDelta = TimeDelta::minutes(5);

/// Why somebody could not sign in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// No such account, not its password, or an account that was closed: one answer for all, after the same work.
    #[error("unknown account or wrong password")]
    Unknown,
    /// Tried too often for this account or from this address, whether the account exists or not.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

impl From<LimitError> for SignInError {
    fn from(error: LimitError) -> Self {
        match error {
            LimitError::TooMany(too_many) => Self::TooMany(too_many),
            LimitError::Storage(error) => Self::Storage(error),
        }
    }
}

/// Where somebody signs in from.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The address.
    pub address: ClientAddress,
    /// The device.
    pub device: Device,
    /// Who has signed in on it before.
    pub known: KnownPeople,
}

/// How far somebody got with a right password.
#[derive(Debug)]
pub enum Step {
    /// All the way.
    In(Started),
    /// Half-way: the second factor is missing. A token to come back with, and how long it is good for.
    HalfWay(String, TimeDelta),
}

/// Who stands half-way.
#[derive(Serialize, Deserialize)]
struct Claims {
    jti: TokenId,
    person: PersonId,
    own: bool,
    /// The provider that vouched for them, where it was not a password.
    #[serde(default)]
    via: Option<Via>,
}

/// Begins a session for the person whose user name or e-mail address is `login`, or asks for the second factor they have.
///
/// # Errors
/// [`SignInError`].
pub async fn sign_in(platform: &Platform, login: &str, password: String, from: &Place) -> Result<Step, SignInError> {
    let step = let_in(platform, login, password, from).await;
    match &step {
        Ok(Step::HalfWay(..)) => event::half_way(By::Password),
        ended => event::tried(Try::SignIn, By::Password, ended),
    }
    if let Err(SignInError::Unknown | SignInError::TooMany(_)) = &step {
        metrics::session_refused();
    }
    step
}

async fn let_in(platform: &Platform, login: &str, password: String, from: &Place) -> Result<Step, SignInError> {
    allowance::from_address(platform, FromAddress::SignIn, from.address).await?;
    let person = find_by_login(platform, login).await?;
    let known = person.as_ref().map(|person| person.id).filter(|person| from.known.has(*person));
    let (limit, subject) = match known {
        Some(person) => (allowance::SIGN_IN_KNOWN, person.to_string()),
        None => (allowance::SIGN_IN, allowance::folded(login)),
    };
    limit::take(platform, limit, &subject).await?;
    let hash = person.as_ref().map(|person| person.password_hash.clone());
    let is_right = platform.passwords.verify(password, hash).await?;
    let person = person.filter(|person| is_right && person.disabled_at.is_none()).ok_or(SignInError::Unknown)?;
    allowance::give_back(platform, limit, &subject).await?;
    if second_factor::has_any(platform.storage.reader(), person.id).await? {
        return Ok(half_way(platform, person.id, from.device.is_own, None)?);
    }
    let transaction = platform.storage.begin().await?;
    // The password may be another by now: looking at one takes a while.
    let is_as_it_was = |now: &person::Model| now.password_hash == person.password_hash && now.disabled_at.is_none();
    let person = session::hold(&transaction, person.id).await?.filter(is_as_it_was).ok_or(SignInError::Unknown)?;
    let started = open(platform, &transaction, &person, from, false).await?;
    transaction.commit().await?;
    Ok(Step::In(started))
}

/// Asks for the second factor of somebody who has shown the first one, here or to a provider.
pub(super) fn half_way(platform: &Platform, person: PersonId, own: bool, via: Option<Via>) -> Result<Step, DbErr> {
    let now = platform.clock.now();
    let claims = Claims { jti: TokenId(platform.chance.id(now)), person, own, via };
    Ok(Step::HalfWay(token::sign(platform, HALF_WAY, claims, now + HALF_WAY_FOR)?, HALF_WAY_FOR))
}

/// Whether somebody stands half-way with `token`.
///
/// # Errors
/// When the database does not answer.
pub async fn is_half_way(platform: &Platform, token: &str) -> Result<bool, DbErr> {
    Ok(token::read::<Claims>(platform, HALF_WAY, token).await?.is_some())
}

/// Goes the other half of the way, by a code of the second factor or a recovery code. The token works once.
///
/// # Errors
/// [`CodeError`]; a wrong code leaves the token usable.
pub async fn finish_sign_in(platform: &Platform, token: &str, code: &str, from: &Place) -> Result<Started, CodeError> {
    let started = go_on(platform, token, code, from).await;
    event::tried(Try::SignIn, By::Code, &started);
    started
}

async fn go_on(platform: &Platform, token: &str, code: &str, from: &Place) -> Result<Started, CodeError> {
    let claims: Claims = token::read(platform, HALF_WAY, token).await?.ok_or(CodeError::HalfWay)?;
    let shown = second_factor::take_code(platform, claims.person, code).await?;
    let transaction = platform.storage.begin().await?;
    let expires_at = platform.clock.now() + HALF_WAY_FOR;
    if !token::spend(&transaction, claims.jti, expires_at).await? {
        return Err(CodeError::HalfWay);
    }
    let person = person::Entity::find_by_id(claims.person).one(&transaction).await?;
    let person = person.filter(|person| person.disabled_at.is_none()).ok_or(CodeError::HalfWay)?;
    let from = Place { device: Device { is_own: claims.own, ..from.device.clone() }, ..from.clone() };
    let mut started = open(platform, &transaction, &person, &from, true).await?;
    if let Some(via) = claims.via {
        provider::note(platform, &transaction, started.session, via).await?;
    }
    transaction.commit().await?;
    started.notice = shown.notice(&person).or(started.notice);
    Ok(started)
}

/// Opens a session; a person with a role is told of a device they have not been on.
pub(super) async fn open(
    platform: &Platform,
    database: &impl ConnectionTrait,
    person: &person::Model,
    from: &Place,
    has_second_factor: bool,
) -> Result<Started, DbErr> {
    let mut started = session::start(platform, database, person.id, &from.device, has_second_factor).await?;
    if !from.known.has(person.id) {
        started.notice = has_role(database, person.id).await?.then(|| notice::of(person, Event::NewDevice)).flatten();
    }
    Ok(started)
}

/// The person whose user name or e-mail address is `login`.
pub(super) async fn find_by_login(platform: &Platform, login: &str) -> Result<Option<person::Model>, DbErr> {
    let login = allowance::folded(login);
    // Nobody has such a login, and PostgreSQL refuses to compare with it.
    if login.contains('\0') {
        return Ok(None);
    }
    person::Entity::find()
        .filter(Condition::any().add(person::Column::UserName.eq(&login)).add(person::Column::Email.eq(&login)))
        .one(platform.storage.reader())
        .await
}
