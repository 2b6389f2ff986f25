//! Signing in with a user name or an e-mail address.

use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter};

use super::entity::person;
use super::session::{self, Started};
use crate::{Platform, metrics};

/// Why somebody could not sign in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// No such account, or not its password: one answer for both, after the same work.
    #[error("unknown account or wrong password")]
    Unknown,
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// Begins a session for the person whose user name or e-mail address is `login`.
///
/// # Errors
/// [`SignInError`].
pub async fn sign_in(platform: &Platform, login: &str, password: String, is_own_device: bool) -> Result<Started, SignInError> {
    let person = find_by_login(platform, login).await?;
    let hash = person.as_ref().map(|person| person.password_hash.clone());
    let is_right = platform.passwords.verify(password, hash).await?;
    metrics::sign_in(is_right);
    let Some(person) = person.filter(|_| is_right) else { return Err(SignInError::Unknown) };
    let transaction = platform.storage.begin().await?;
    let started = session::start(platform, &transaction, person.id, is_own_device).await?;
    transaction.commit().await?;
    Ok(started)
}

/// The person whose user name or e-mail address is `login`.
pub(super) async fn find_by_login(platform: &Platform, login: &str) -> Result<Option<person::Model>, DbErr> {
    let login = login.trim().to_lowercase();
    // Nobody has such a login, and PostgreSQL refuses to compare with it.
    if login.contains('\0') {
        return Ok(None);
    }
    person::Entity::find()
        .filter(Condition::any().add(person::Column::UserName.eq(&login)).add(person::Column::Email.eq(&login)))
        .one(platform.storage.reader())
        .await
}
