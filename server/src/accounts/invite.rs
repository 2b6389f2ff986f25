//! Accounts that an administrator makes for somebody, and the link by which that person sets a password.

use courses::id::PersonId;
use courses::language::Language;
use courses::people::{Country, Occupation};
use sea_orm::{EntityTrait, QueryFilter};

use super::entity::person;
use super::event;
use super::link::{self, Purpose, Secret};
use super::sign_up::{NewPerson, SignUpError, check, insert_person, person_row};
use crate::Platform;
use crate::access::Administrator;
use crate::privacy::is_somebody;
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
    let id = insert_person(write, row).await?;
    Ok((id, link(platform, write, id).await?))
}

/// Another link for somebody; the ones before stop working. None where there is no such person.
pub(crate) async fn invite_again(
    platform: &Platform,
    write: &Write,
    _: Administrator,
    id: PersonId,
) -> Result<Option<Secret>, sea_orm::DbErr> {
    let person = person::Entity::find_by_id(id).filter(is_somebody());
    if person.one(write).await?.is_none() {
        return Ok(None);
    }
    link::use_up_all(platform, write, id, Purpose::ResetPassword).await?;
    link(platform, write, id).await.map(Some)
}

/// A link without an address: it is brought by any way, so that whoever has it need not read a mailbox of the person's.
async fn link(platform: &Platform, write: &Write, id: PersonId) -> Result<Secret, sea_orm::DbErr> {
    let secret = link::make(platform, write, Purpose::Invitation, Some(id), None).await?;
    event::happened("link-made");
    Ok(secret)
}
