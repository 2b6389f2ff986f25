//! Changing what one signs in with: the password, the e-mail address.

use courses::id::PersonId;
use courses::people::{EmailError, check_email};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, SqlErr};

use super::allowance;
use super::entity::{person, session};
use super::link::{self, Purpose, Secret};
use super::notice::{self, Event, Notice};
use super::password::{self, PasswordRefused};
use super::recovery::RecoverError;
use super::session::{Started, end_all, start_anew};
use super::sign_in::find_by_login;
use crate::Platform;
use crate::access::Confirmed;
use crate::access::limit::{LimitError, TooMany};
use crate::api;

/// Why what somebody signs in with was not changed.
#[derive(Debug, thiserror::Error)]
pub enum CredentialError {
    /// The new password cannot be taken.
    #[error(transparent)]
    Password(#[from] PasswordRefused),
    /// The new address is none.
    #[error(transparent)]
    Email(#[from] EmailError),
    /// Asked for too often.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The session has ended meanwhile.
    #[error("the session has ended")]
    Ended,
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

impl From<LimitError> for CredentialError {
    fn from(error: LimitError) -> Self {
        match error {
            LimitError::TooMany(too_many) => Self::TooMany(too_many),
            LimitError::Storage(error) => Self::Storage(error),
        }
    }
}

/// What to send to a new address. The page says the same for both.
#[derive(Debug)]
pub enum NewAddress {
    /// The link that takes it into use.
    Free(String, Secret),
    /// Another account has it: its owner is told.
    Taken(String),
}

/// Changes the person's password. Their other sessions end, this one goes on under a new id; links and service tokens die.
///
/// # Errors
/// [`CredentialError`]; nothing is changed then.
pub async fn change_password(platform: &Platform, confirmed: Confirmed, new_password: String) -> Result<Started, CredentialError> {
    let id = confirmed.person();
    let gone = || CredentialError::Ended;
    let known = person::Entity::find_by_id(id).one(platform.storage.reader()).await?.ok_or_else(gone)?;
    password::judge_for(&known, &new_password)?;
    let hash = platform.passwords.hash(new_password).await?;
    let transaction = platform.storage.begin().await?;
    let mut started = start_anew(platform, &transaction, confirmed.session(), false).await?.ok_or_else(gone)?;
    person::ActiveModel { id: Set(id), password_hash: Set(hash), ..Default::default() }.update(&transaction).await?;
    shut_out(platform, &transaction, id, session::Column::Id.ne(started.session)).await?;
    started.notice = notice::of(&known, Event::NewPassword);
    transaction.commit().await?;
    Ok(started)
}

/// Ends what somebody else may have of the account of `person`, who has a new password: the sessions that `which` picks, links, service tokens.
pub(super) async fn shut_out(
    platform: &Platform,
    database: &impl ConnectionTrait,
    person: PersonId,
    which: sea_orm::sea_query::SimpleExpr,
) -> Result<(), DbErr> {
    // One of them would give the account another address, and to whoever reads that mailbox the next password.
    for purpose in [Purpose::ResetPassword, Purpose::ChangeEmail] {
        link::use_up_all(platform, database, person, purpose).await?;
    }
    end_all(platform, database, session::Column::PersonId.eq(person).and(which)).await?;
    api::revoke_of(platform, database, person).await.map(drop)
}

/// Asks the person behind `email` to take it into use for this account. Whether somebody has it, only its mailbox is told.
///
/// # Errors
/// [`CredentialError`].
pub async fn request_email_change(platform: &Platform, confirmed: Confirmed, email: &str) -> Result<NewAddress, CredentialError> {
    let email = check_email(email)?;
    allowance::take_link(platform, confirmed.person()).await?;
    if find_by_login(platform, &email).await?.is_some() {
        return Ok(NewAddress::Taken(email));
    }
    let transaction = platform.storage.begin().await?;
    let secret = link::make(platform, &transaction, Purpose::ChangeEmail, Some(confirmed.person()), Some(email.clone())).await?;
    transaction.commit().await?;
    Ok(NewAddress::Free(email, secret))
}

/// Takes the address that a link was sent to into use: whoever holds the link reads that mailbox. The old address gets a notice.
///
/// # Errors
/// [`RecoverError::Link`] also when another account has the address by now.
pub async fn change_email(platform: &Platform, secret: &str) -> Result<Option<Notice>, RecoverError> {
    let transaction = platform.storage.begin().await?;
    let found = link::find(platform, &transaction, Purpose::ChangeEmail, secret).await?.ok_or(RecoverError::Link)?;
    let (Some(id), Some(email)) = (found.person_id, found.email) else { return Err(RecoverError::Link) };
    let known = person::Entity::find_by_id(id).one(&transaction).await?.filter(|person| person.disabled_at.is_none());
    let known = known.ok_or(RecoverError::Link)?;
    for purpose in [Purpose::ChangeEmail, Purpose::VerifyEmail, Purpose::ResetPassword] {
        link::use_up_all(platform, &transaction, id, purpose).await?;
    }
    let now = platform.clock.now();
    let row = person::ActiveModel { id: Set(id), email: Set(Some(email)), email_verified_at: Set(Some(now)), ..Default::default() };
    match row.update(&transaction).await {
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => return Err(RecoverError::Link),
        changed => changed?,
    };
    transaction.commit().await?;
    Ok(notice::of(&known, Event::NewEmail))
}
