//! Showing once more who is there, before what a thief of an open session must not do.

use sea_orm::{DbErr, EntityTrait};

use super::allowance;
use super::entity::person;
use super::event::{self, By, Try};
use super::password;
use super::second_factor::{self, CodeError};
use super::session::{Started, start_anew};
use crate::Platform;
use crate::access::SignedIn;
use crate::access::limit;

/// How a person can show who they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// They have a password.
    pub password: bool,
    /// They have an app that shows codes.
    pub code: bool,
    /// They have a passkey.
    pub passkey: bool,
}

/// The ways this person has.
///
/// # Errors
/// When the database does not answer.
pub async fn ways(platform: &Platform, signed_in: &SignedIn) -> Result<Ways, DbErr> {
    let reader = platform.storage.reader();
    let person = person::Entity::find_by_id(signed_in.person).one(reader).await?;
    Ok(Ways {
        password: person.is_some_and(|person| password::is_set(&person.password_hash)),
        code: second_factor::app_of(reader, signed_in.person).await?.is_some(),
        passkey: !super::passkey::of(reader, signed_in.person).await?.is_empty(),
    })
}

/// Confirms by the password. The session goes on under a new id.
///
/// # Errors
/// [`CodeError`].
pub async fn confirm_by_password(platform: &Platform, signed_in: &SignedIn, password: String) -> Result<Started, CodeError> {
    let started = by_password(platform, signed_in, password).await;
    event::tried(Try::Confirmation, By::Password, &started);
    started
}

async fn by_password(platform: &Platform, signed_in: &SignedIn, password: String) -> Result<Started, CodeError> {
    let subject = signed_in.person.to_string();
    limit::take(platform, allowance::CONFIRM, &subject).await?;
    let person = person::Entity::find_by_id(signed_in.person).one(platform.storage.reader()).await?;
    let hash = person.map(|person| person.password_hash).filter(|hash| password::is_set(hash));
    if !platform.passwords.verify(password, hash).await? {
        return Err(CodeError::Wrong);
    }
    allowance::give_back(platform, allowance::CONFIRM, &subject).await?;
    go_on(platform, signed_in, false).await
}

/// Confirms by a code of the second factor, or a recovery code. The session goes on under a new id, and has the second factor.
///
/// # Errors
/// [`CodeError`].
pub async fn confirm_by_code(platform: &Platform, signed_in: &SignedIn, code: &str) -> Result<Started, CodeError> {
    let started = by_code(platform, signed_in, code).await;
    event::tried(Try::Confirmation, By::Code, &started);
    started
}

async fn by_code(platform: &Platform, signed_in: &SignedIn, code: &str) -> Result<Started, CodeError> {
    let shown = second_factor::take_code(platform, signed_in.person, code).await?;
    let mut started = go_on(platform, signed_in, true).await?;
    let person = person::Entity::find_by_id(signed_in.person).one(platform.storage.reader()).await?;
    started.notice = person.and_then(|person| shown.notice(&person));
    Ok(started)
}

pub(super) async fn go_on(platform: &Platform, signed_in: &SignedIn, shows_second_factor: bool) -> Result<Started, CodeError> {
    let transaction = platform.storage.begin().await?;
    let started = start_anew(platform, &transaction, signed_in.session, shows_second_factor).await?.ok_or(CodeError::HalfWay)?;
    transaction.commit().await?;
    Ok(started)
}
