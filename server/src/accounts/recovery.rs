//! Verifying an e-mail address and setting a new password, both by a link that works once.

use courses::language::Language;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, DbErr, EntityTrait};

use super::allowance;
use super::credentials::shut_out;
use super::entity::{person, session};
use super::link::{self, Purpose, Secret};
use super::notice::{self, Event, Notice};
use super::password::{self, PasswordRefused};
use super::provider;
use super::sign_in::find_by_login;
use crate::Platform;
use crate::access::SignedIn;
use crate::access::limit::LimitError;

/// Why a link did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    /// The link is used up, expired or not ours.
    #[error("the link does not work any more")]
    Link,
    /// The new password cannot be taken.
    #[error(transparent)]
    Password(#[from] PasswordRefused),
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// What to send to somebody who asked for a new password.
#[derive(Debug)]
pub struct Reset {
    /// Where to.
    pub email: String,
    /// In which language.
    pub language: Language,
    /// Secret of the link.
    pub secret: Secret,
}

/// Makes a reset link for the account of `login`, if it has a verified or unverified e-mail address. Callers answer the same either way.
///
/// # Errors
/// When the database does not answer.
pub async fn request_reset(platform: &Platform, login: &str) -> Result<Option<Reset>, DbErr> {
    let Some(person) = find_by_login(platform, login).await?.filter(|person| person.disabled_at.is_none()) else { return Ok(None) };
    let Some(email) = person.email else { return Ok(None) };
    let transaction = platform.storage.begin().await?;
    let secret = link::make(platform, &transaction, Purpose::ResetPassword, Some(person.id), Some(email.clone())).await?;
    transaction.commit().await?;
    Ok(Some(Reset { email, language: person.language, secret }))
}

/// Sets a new password by a reset link, and ends every session, link and service token of the account.
///
/// # Errors
/// [`RecoverError`]; a refused password leaves the link usable.
pub async fn reset_password(platform: &Platform, secret: &str, new_password: String) -> Result<Option<Notice>, RecoverError> {
    let reader = platform.storage.reader();
    let found = link::find(platform, reader, Purpose::ResetPassword, secret).await?.ok_or(RecoverError::Link)?;
    let person = person::Entity::find_by_id(found.person_id.ok_or(RecoverError::Link)?).one(reader).await?.ok_or(RecoverError::Link)?;
    password::judge_for(&person, &new_password)?;
    let hash = platform.passwords.hash(new_password).await?;
    let transaction = platform.storage.begin().await?;
    let found = link::find(platform, &transaction, Purpose::ResetPassword, secret).await?.ok_or(RecoverError::Link)?;
    let person_id = found.person_id.ok_or(RecoverError::Link)?;
    if !link::use_up(platform, &transaction, found.id).await? {
        return Err(RecoverError::Link);
    }
    let person = person::Entity::find_by_id(person_id).one(&transaction).await?.ok_or(RecoverError::Link)?;
    // Whoever holds a link with an address on it reads that mailbox: the address is theirs. Invitations have none.
    let is_same_address = person.email.is_some() && person.email == found.email;
    let mut row = person::ActiveModel { id: Set(person_id), password_hash: Set(hash), ..Default::default() };
    let is_first_seen = is_same_address && person.email_verified_at.is_none();
    if is_first_seen {
        row.email_verified_at = Set(Some(platform.clock.now()));
    }
    row.update(&transaction).await?;
    if is_first_seen {
        // Somebody else may have typed the address, and linked their own account of a ministry.
        provider::forget_identities(&transaction, person_id).await?;
    }
    shut_out(platform, &transaction, person_id, session::Column::Id.is_not_null()).await?;
    transaction.commit().await?;
    Ok(notice::of(&person, Event::NewPassword))
}

/// A new secret to verify the person's e-mail address by; `None` when there is nothing to verify.
///
/// # Errors
/// [`LimitError`].
pub async fn request_verification(platform: &Platform, signed_in: &SignedIn) -> Result<Option<(String, Secret)>, LimitError> {
    let person = person::Entity::find_by_id(signed_in.person).one(platform.storage.reader()).await?;
    let Some(email) = person.filter(|person| person.email_verified_at.is_none()).and_then(|person| person.email) else { return Ok(None) };
    allowance::take_link(platform, signed_in.person).await?;
    let transaction = platform.storage.begin().await?;
    let secret = link::make(platform, &transaction, Purpose::VerifyEmail, Some(signed_in.person), Some(email.clone())).await?;
    transaction.commit().await?;
    Ok(Some((email, secret)))
}

/// Marks the address a link was sent to as the person's own.
///
/// # Errors
/// [`RecoverError::Link`] also when the person has another address by now.
pub async fn verify_email(platform: &Platform, secret: &str) -> Result<(), RecoverError> {
    let transaction = platform.storage.begin().await?;
    let found = link::find(platform, &transaction, Purpose::VerifyEmail, secret).await?.ok_or(RecoverError::Link)?;
    let person_id = found.person_id.ok_or(RecoverError::Link)?;
    let person = person::Entity::find_by_id(person_id).one(&transaction).await?.ok_or(RecoverError::Link)?;
    if person.email != found.email || !link::use_up(platform, &transaction, found.id).await? {
        return Err(RecoverError::Link);
    }
    let row = person::ActiveModel { id: Set(person_id), email_verified_at: Set(Some(platform.clock.now())), ..Default::default() };
    row.update(&transaction).await?;
    transaction.commit().await?;
    Ok(())
}
