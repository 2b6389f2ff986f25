//! What administrators do with people's accounts: give and take roles, close and open them, help whoever is locked out.

use chrono::{DateTime, Utc};
use courses::id::{GrantId, PersonId};
use courses::people::Country;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait};

use super::entity::{grant, person, session};
use super::event;
use super::link::{self, Purpose, Secret};
use super::notice::Notice;
use super::second_factor;
use super::session::{end_all, hold};
use super::sign_in::find_by_login;
use super::sign_up::insert_grant;
use crate::Platform;
use crate::access::{Administrator, Confirmed, Role};

/// Why an account was not changed.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// There is no such person, or they have no such role.
    #[error("no such person")]
    Unknown,
    /// Nobody else could administer the campus.
    #[error("the last administrator")]
    LastAdministrator,
    /// Administrators close no account of their own, and take no second factor away from themselves here.
    #[error("one's own account")]
    OneSelf,
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// A link for a new password, for whoever may bring it to its person.
#[derive(Debug)]
pub struct ResetFor {
    /// Where to; `None` = the administrator hands it over.
    pub email: Option<String>,
    /// In which language.
    pub language: courses::language::Language,
    /// Secret of the link.
    pub secret: Secret,
}

/// Gives `id` a role, for one country or for all, and ends their sessions. Giving it twice changes nothing.
///
/// # Errors
/// [`PeopleError`].
pub async fn give_role(
    platform: &Platform,
    _: Administrator,
    confirmed: Confirmed,
    id: PersonId,
    role: Role,
    country: Option<Country>,
) -> Result<(), PeopleError> {
    let transaction = platform.storage.begin().await?;
    known(&transaction, id).await?;
    let country = country.map(|country| country.code().to_owned());
    let of_person = grant::Entity::find().filter(grant::Column::PersonId.eq(id)).filter(grant::Column::Role.eq(role));
    let has_it = of_person.all(&transaction).await?.iter().any(|grant| grant.country == country);
    if !has_it {
        insert_grant(platform, &transaction, id, role, country).await?;
        end_but_own(platform, &transaction, confirmed, id).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Takes a role from `id`, and ends their sessions.
///
/// # Errors
/// [`PeopleError`]; the last administrator stays.
pub async fn take_role(
    platform: &Platform,
    _: Administrator,
    confirmed: Confirmed,
    id: PersonId,
    role: GrantId,
) -> Result<(), PeopleError> {
    let transaction = platform.storage.begin().await?;
    lock_administrators(&transaction).await?;
    known(&transaction, id).await?;
    let given = grant::Entity::find_by_id(role).filter(grant::Column::PersonId.eq(id)).one(&transaction).await?;
    grant::Entity::delete_by_id(given.ok_or(PeopleError::Unknown)?.id).exec(&transaction).await?;
    somebody_administers(&transaction).await?;
    end_but_own(platform, &transaction, confirmed, id).await?;
    transaction.commit().await?;
    event::happened("role-taken");
    Ok(())
}

/// Closes the account of `id`: nobody signs in with it, and whoever is, is not any more. Closing it twice changes nothing.
///
/// # Errors
/// [`PeopleError`].
pub async fn disable(platform: &Platform, administrator: Administrator, _: Confirmed, id: PersonId) -> Result<(), PeopleError> {
    if administrator.person() == id {
        return Err(PeopleError::OneSelf);
    }
    let transaction = platform.storage.begin().await?;
    lock_administrators(&transaction).await?;
    if known(&transaction, id).await?.disabled_at.is_none() {
        set_disabled(&transaction, id, Some(platform.clock.now())).await?;
        somebody_administers(&transaction).await?;
        end_all(platform, &transaction, session::Column::PersonId.eq(id)).await?;
        event::happened("account-closed");
    }
    transaction.commit().await?;
    Ok(())
}

/// Opens a closed account again. Opening it twice changes nothing.
///
/// # Errors
/// [`PeopleError`].
pub async fn enable(platform: &Platform, _: Administrator, _: Confirmed, id: PersonId) -> Result<(), PeopleError> {
    let transaction = platform.storage.begin().await?;
    let was_closed = known(&transaction, id).await?.disabled_at.is_some();
    set_disabled(&transaction, id, None).await?;
    transaction.commit().await?;
    if was_closed {
        event::happened("account-opened");
    }
    Ok(())
}

/// Takes every second factor of `id` away, for somebody who has lost them all, and ends their sessions.
///
/// # Errors
/// [`PeopleError`].
pub async fn reset_second_factor(
    platform: &Platform,
    administrator: Administrator,
    _: Confirmed,
    id: PersonId,
) -> Result<Option<Notice>, PeopleError> {
    if administrator.person() == id {
        return Err(PeopleError::OneSelf);
    }
    take_second_factors(platform, id).await
}

/// The same for whoever has `login`, from the command line of the campus's own machine: for an administrator who is locked out.
///
/// # Errors
/// [`PeopleError`].
pub async fn reset_second_factor_of(platform: &Platform, login: &str) -> Result<Option<Notice>, PeopleError> {
    let person = find_by_login(platform, login).await?.ok_or(PeopleError::Unknown)?;
    take_second_factors(platform, person.id).await
}

/// A link for a new password of `id`.
///
/// # Errors
/// [`PeopleError`].
pub async fn reset_link(platform: &Platform, _: Administrator, _: Confirmed, id: PersonId) -> Result<ResetFor, PeopleError> {
    let transaction = platform.storage.begin().await?;
    let person = known(&transaction, id).await?;
    let secret = link::make(platform, &transaction, Purpose::ResetPassword, Some(id), person.email.clone()).await?;
    transaction.commit().await?;
    event::happened("link-made");
    Ok(ResetFor { email: person.email, language: person.language, secret })
}

async fn take_second_factors(platform: &Platform, id: PersonId) -> Result<Option<Notice>, PeopleError> {
    let transaction = platform.storage.begin().await?;
    known(&transaction, id).await?;
    let notice = second_factor::remove_all(&transaction, id).await?;
    end_all(platform, &transaction, session::Column::PersonId.eq(id)).await?;
    transaction.commit().await?;
    Ok(notice)
}

async fn known(database: &impl ConnectionTrait, id: PersonId) -> Result<person::Model, PeopleError> {
    hold(database, id).await?.filter(|person| !person.name.is_empty()).ok_or(PeopleError::Unknown)
}

/// Whether the person has a role.
pub(crate) async fn has_role(database: &impl ConnectionTrait, id: PersonId) -> Result<bool, DbErr> {
    Ok(grant::Entity::find().filter(grant::Column::PersonId.eq(id)).count(database).await? > 0)
}

/// Lets nobody else take a role from an administrator meanwhile, so that two do not take the last ones from each other.
pub(crate) async fn lock_administrators(database: &impl ConnectionTrait) -> Result<(), DbErr> {
    let administrators = grant::Entity::find().filter(grant::Column::Role.eq(Role::Administrator)).lock_exclusive();
    administrators.all(database).await.map(drop)
}

/// Refuses what would leave the campus without an administrator who can sign in.
async fn somebody_administers(database: &impl ConnectionTrait) -> Result<(), PeopleError> {
    if administrators(database).await?.is_empty() { Err(PeopleError::LastAdministrator) } else { Ok(()) }
}

/// Who administers with an account that is open.
pub(crate) async fn administrators(database: &impl ConnectionTrait) -> Result<Vec<PersonId>, DbErr> {
    let open = person::Entity::find().select_only().column(person::Column::Id).filter(person::Column::DisabledAt.is_null()).into_query();
    let given = grant::Entity::find().filter(grant::Column::Role.eq(Role::Administrator)).filter(grant::Column::PersonId.in_subquery(open));
    given.select_only().column(grant::Column::PersonId).distinct().into_tuple().all(database).await
}

/// Ends every session of `id` but the one that the administrator acts in.
async fn end_but_own(platform: &Platform, database: &impl ConnectionTrait, confirmed: Confirmed, id: PersonId) -> Result<(), DbErr> {
    let which = session::Column::PersonId.eq(id).and(session::Column::Id.ne(confirmed.session()));
    end_all(platform, database, which).await.map(drop)
}

async fn set_disabled(database: &impl ConnectionTrait, id: PersonId, at: Option<DateTime<Utc>>) -> Result<(), DbErr> {
    person::ActiveModel { id: Set(id), disabled_at: Set(at), ..Default::default() }.update(database).await?;
    Ok(())
}
