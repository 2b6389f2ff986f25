//! Signing up, and the first administrator of a new campus.

use courses::id::{GrantId, PersonId};
use courses::language::Language;
use courses::people::{Country, EmailError, NameError, Occupation, UserNameError, check_email, check_name, check_user_name};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, SqlErr};

use super::allowance::{self, FromAddress};
use super::device::Device;
use super::entity::{grant, person};
use super::event;
use super::link::{self, Purpose, Secret};
use super::password::{self, PasswordRefused};
use super::profile::tidy;
use super::session::{self, Started};
use super::sign_in::Place;
use crate::Platform;
use crate::access::Role;
use crate::access::limit::{LimitError, TooMany};

/// What a person tells of themselves when they sign up, as typed.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// Name as on the certificate.
    pub name: String,
    /// E-mail address or user name: what they will sign in with.
    pub login: String,
    /// Password.
    pub password: String,
    /// Preferred language.
    pub language: Language,
    /// Country.
    pub country: Country,
    /// Institution; may be empty.
    pub institution: String,
    /// Occupation group.
    pub occupation: Occupation,
}

/// Why somebody could not sign up. Field errors come all at once.
#[derive(Debug, thiserror::Error)]
pub enum SignUpError {
    /// Something typed cannot be taken.
    #[error("something typed cannot be taken")]
    Fields(Vec<FieldError>),
    /// The link is used up, expired or not ours.
    #[error("the link does not work any more")]
    Link,
    /// Tried too often from this address.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

impl From<LimitError> for SignUpError {
    fn from(error: LimitError) -> Self {
        match error {
            LimitError::TooMany(too_many) => Self::TooMany(too_many),
            LimitError::Storage(error) => Self::Storage(error),
        }
    }
}

/// What is wrong with one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldError {
    /// The name.
    Name(NameError),
    /// An address that is none.
    Email(EmailError),
    /// A user name that is none.
    UserName(UserNameError),
    /// Another account has this user name or address.
    LoginTaken,
    /// The password.
    Password(PasswordRefused),
    /// Longer than 160 characters.
    Institution,
}

/// A person as checked, ready to be stored.
pub(super) struct Checked {
    name: String,
    email: Option<String>,
    user_name: Option<String>,
    institution: String,
}

/// Makes an account and signs it in. An e-mail address gets a secret to verify it by.
///
/// # Errors
/// [`SignUpError`]; nothing is stored then.
pub async fn sign_up(platform: &Platform, new: NewPerson, from: &Place) -> Result<(Started, Option<(String, Secret)>), SignUpError> {
    let checked = check(&new.name, &new.login, Some(&new.password), &new.institution).map_err(SignUpError::Fields)?;
    allowance::from_address(platform, FromAddress::SignUp, from.address).await?;
    let hash = platform.passwords.hash(new.password.clone()).await?;
    let transaction = platform.storage.begin().await?;
    let id = insert_person(&transaction, person_row(platform, &new, &checked, hash)).await?;
    let verification = match checked.email {
        Some(email) => Some((email.clone(), link::make(platform, &transaction, Purpose::VerifyEmail, Some(id), Some(email)).await?)),
        None => None,
    };
    let started = session::start(platform, &transaction, id, &from.device, false).await?;
    transaction.commit().await?;
    Ok((started, verification))
}

/// A link for the first administrator; `None` when the campus has one.
///
/// # Errors
/// When the database does not answer.
pub async fn first_administrator_link(platform: &Platform) -> Result<Option<Secret>, DbErr> {
    let transaction = platform.storage.begin().await?;
    if has_administrator(&transaction).await? {
        return Ok(None);
    }
    let secret = link::make(platform, &transaction, Purpose::FirstAdministrator, None, None).await?;
    transaction.commit().await?;
    Ok(Some(secret))
}

/// Makes the first administrator from the link printed at the first start, and signs them in.
///
/// # Errors
/// [`SignUpError`]; the link stays usable unless it was the reason.
pub async fn first_administrator(platform: &Platform, secret: &str, new: NewPerson, device: &Device) -> Result<Started, SignUpError> {
    let checked = check(&new.name, &new.login, Some(&new.password), &new.institution).map_err(SignUpError::Fields)?;
    link::find(platform, platform.storage.reader(), Purpose::FirstAdministrator, secret).await?.ok_or(SignUpError::Link)?;
    let hash = platform.passwords.hash(new.password.clone()).await?;
    let transaction = platform.storage.begin().await?;
    let found = link::find(platform, &transaction, Purpose::FirstAdministrator, secret).await?.ok_or(SignUpError::Link)?;
    // Every start without an administrator prints a link; the first one used ends them all.
    if has_administrator(&transaction).await? || !link::use_up(platform, &transaction, found.id).await? {
        return Err(SignUpError::Link);
    }
    let id = insert_person(&transaction, person_row(platform, &new, &checked, hash)).await?;
    insert_grant(platform, &transaction, id, Role::Administrator, None).await?;
    let started = session::start(platform, &transaction, id, device, false).await?;
    transaction.commit().await?;
    Ok(started)
}

/// What is wrong with what was typed, before anything is tried. Whether a login is taken only storing it can tell.
#[must_use]
pub fn look_over(name: &str, login: &str, password: &str, institution: &str) -> Vec<FieldError> {
    check(name, login, Some(password), institution).err().unwrap_or_default()
}

async fn has_administrator(database: &impl ConnectionTrait) -> Result<bool, DbErr> {
    Ok(grant::Entity::find().filter(grant::Column::Role.eq(Role::Administrator)).count(database).await? > 0)
}

/// What may be stored of a person; without a password, that is not looked at.
pub(super) fn check(name: &str, login: &str, password: Option<&str>, institution: &str) -> Result<Checked, Vec<FieldError>> {
    let mut errors = Vec::new();
    let checked_name = check_name(name).map_err(|error| errors.push(FieldError::Name(error))).unwrap_or_default();
    let (mut email, mut user_name) = (None, None);
    if login.contains('@') {
        email = check_email(login).map_err(|error| errors.push(FieldError::Email(error))).ok();
    } else {
        user_name = check_user_name(login).map_err(|error| errors.push(FieldError::UserName(error))).ok();
    }
    if let Some(Err(error)) = password.map(|password| password::judge(password, &[name, login, institution])) {
        errors.push(FieldError::Password(error));
    }
    let institution = tidy(institution);
    if institution.chars().count() > 160 {
        errors.push(FieldError::Institution);
    }
    if errors.is_empty() { Ok(Checked { name: checked_name, email, user_name, institution }) } else { Err(errors) }
}

pub(super) fn person_row(platform: &Platform, new: &NewPerson, checked: &Checked, password_hash: String) -> person::ActiveModel {
    let now = platform.clock.now();
    person::ActiveModel {
        id: Set(PersonId(platform.chance.id(now))),
        name: Set(checked.name.clone()),
        email: Set(checked.email.clone()),
        user_name: Set(checked.user_name.clone()),
        password_hash: Set(password_hash),
        language: Set(new.language),
        country: Set(new.country.code().to_owned()),
        institution: Set(checked.institution.clone()),
        occupation: Set(new.occupation),
        created_at: Set(now),
        email_verified_at: Set(None),
        disabled_at: Set(None),
    }
}

/// Stores a person whose e-mail address and user name nobody has yet.
pub(crate) async fn insert_person(database: &impl ConnectionTrait, row: person::ActiveModel) -> Result<PersonId, SignUpError> {
    let id = row.id.clone().take().ok_or_else(|| DbErr::Custom("a person without an id".into()))?;
    match person::Entity::insert(row).exec_without_returning(database).await {
        Ok(_) => {
            event::happened("account-made");
            Ok(id)
        }
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            Err(SignUpError::Fields(vec![FieldError::LoginTaken]))
        }
        Err(error) => Err(error.into()),
    }
}

/// Gives `person` a role, for one country or for all.
pub(crate) async fn insert_grant(
    platform: &Platform,
    database: &impl ConnectionTrait,
    person: PersonId,
    role: Role,
    country: Option<String>,
) -> Result<(), DbErr> {
    let now = platform.clock.now();
    let row = grant::ActiveModel {
        id: Set(GrantId(platform.chance.id(now))),
        person_id: Set(person),
        role: Set(role),
        country: Set(country),
        granted_at: Set(now),
    };
    grant::Entity::insert(row).exec_without_returning(database).await?;
    event::happened("role-given");
    Ok(())
}
