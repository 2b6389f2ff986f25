//! Accounts that an administrator makes for somebody, and the link by which that person sets a password.

use courses::id::PersonId;
use courses::language::Language;
use courses::people::{Country, Occupation};
use sea_orm::EntityTrait;

use super::entity::person;
use super::link::{self, Purpose, Secret};
use super::sign_up::{NewPerson, SignUpError, check, insert_person, person_row};
use crate::Platform;
use crate::access::Administrator;
use crate::storage::Write;

/// Somebody who is invited.
#[derive(Clone, Debug)]
pub(crate) struct Invited {
    pub name: String,
    pub login: String,
    pub language: Language,
    pub country: Country,
    pub institution: String,
    pub occupation: Occupation,
}

/// The PHC string of a password that nobody knows: whoever was invited sets one of their own.
pub(crate) async fn unknown_password(platform: &Platform) -> Result<String, sea_orm::DbErr> {
    platform.passwords.hash(platform.chance.secret()).await
}

/// Makes an account, as part of a write; `password_hash` is that of [`unknown_password`], made before the write began.
pub(crate) async fn invite(
    platform: &Platform,
    write: &Write,
    _: Administrator,
    invited: Invited,
    password_hash: String,
) -> Result<(PersonId, Secret), SignUpError> {
    let checked = check(&invited.name, &invited.login, None, &invited.institution).map_err(SignUpError::Fields)?;
    let Invited { name, login, language, country, institution, occupation } = invited;
    let new = NewPerson { name, login, password: String::new(), language, country, institution, occupation };
    let row = person_row(platform, &new, &checked, password_hash);
    let email = row.email.clone().take().flatten();
    let id = insert_person(write, row).await?;
    Ok((id, link::make(platform, write, Purpose::Invitation, Some(id), email).await?))
}

/// Another link for somebody; the ones before stop working. None where there is no such person.
pub(crate) async fn invite_again(
    platform: &Platform,
    write: &Write,
    _: Administrator,
    id: PersonId,
) -> Result<Option<Secret>, sea_orm::DbErr> {
    let Some(person) = person::Entity::find_by_id(id).one(write).await? else { return Ok(None) };
    link::use_up_all(platform, write, id, Purpose::ResetPassword).await?;
    link::make(platform, write, Purpose::Invitation, Some(id), person.email).await.map(Some)
}
