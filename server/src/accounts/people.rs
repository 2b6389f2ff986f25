//! What administrators do with people's accounts: find them, give and take roles, close and open them, help whoever is locked out.

use chrono::{DateTime, Utc};
use courses::id::{GrantId, PersonId};
use courses::people::Country;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

use super::entity::{grant, person, session};
use super::link::{self, Purpose, Secret};
use super::notice::Notice;
use super::session::end_all;
use super::sign_in::find_by_login;
use super::sign_up::insert_grant;
use super::{passkey, second_factor};
use crate::Platform;
use crate::access::{Administrator, Confirmed, Role};

/// Letters of a search that are looked at: as many as the longest address has.
const SEARCH_CHARS: usize = 254;
/// Most people that a search shows.
const SHOWN: u64 = 50;

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

/// A person in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Id.
    pub id: PersonId,
    /// Name as on certificates.
    pub name: String,
    /// What they sign in with.
    pub login: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// Whether the account is closed.
    pub is_disabled: bool,
}

/// A role that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Id.
    pub id: GrantId,
    /// The role.
    pub role: Role,
    /// For which country; `None` = all.
    pub country: Option<String>,
    /// Since when.
    pub granted_at: DateTime<Utc>,
}

/// An account as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// As in the list.
    pub listed: Listed,
    /// Institution; may be empty.
    pub institution: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Whether it has an e-mail address, where links can be sent.
    pub has_email: bool,
    /// Whether it has a second factor.
    pub has_second_factor: bool,
    /// Roles, oldest first.
    pub roles: Vec<Given>,
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

/// People whose name or login holds `words`; everybody with a role when there are none. At most fifty, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn find_people(platform: &Platform, _: Administrator, words: &str) -> Result<Vec<Listed>, DbErr> {
    // SQLite refuses to look for tens of thousands of letters.
    let words: String = words.trim().chars().filter(|letter| *letter != '\0').take(SEARCH_CHARS).collect();
    let which = if words.is_empty() {
        let with_role = grant::Entity::find().select_only().column(grant::Column::PersonId).into_query();
        Condition::all().add(person::Column::Id.in_subquery(with_role))
    } else {
        let like = |pattern: &str| LikeExpr::new(format!("%{}%", escaped(pattern))).escape('\\');
        let folded = words.to_lowercase();
        // SQLite folds the case of plain letters only: what was typed with its accents is looked for as it is, too.
        Condition::any()
            .add(person::Column::UserName.like(like(&folded)))
            .add(person::Column::Email.like(like(&folded)))
            .add(Expr::expr(Func::lower(Expr::col(person::Column::Name))).like(like(&folded)))
            .add(person::Column::Name.like(like(&words)))
    };
    let rows = person::Entity::find().filter(which).order_by_asc(person::Column::Name).order_by_asc(person::Column::Id).limit(SHOWN);
    Ok(rows.all(platform.storage.reader()).await?.into_iter().map(listed).collect())
}

/// One account.
///
/// # Errors
/// When the database does not answer.
pub async fn account(platform: &Platform, _: Administrator, id: PersonId) -> Result<Option<Account>, DbErr> {
    let reader = platform.storage.reader();
    let Some(person) = person::Entity::find_by_id(id).one(reader).await? else { return Ok(None) };
    let grants = grant::Entity::find().filter(grant::Column::PersonId.eq(id)).order_by_asc(grant::Column::Id).all(reader).await?;
    let has_second_factor = second_factor::app_of(reader, id).await?.is_some() || !passkey::of(reader, id).await?.is_empty();
    Ok(Some(Account {
        institution: person.institution.clone(),
        created_at: person.created_at,
        has_email: person.email.is_some(),
        has_second_factor,
        roles: grants
            .into_iter()
            .map(|grant| Given { id: grant.id, role: grant.role, country: grant.country, granted_at: grant.granted_at })
            .collect(),
        listed: listed(person),
    }))
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
    let given = grant::Entity::find_by_id(role).filter(grant::Column::PersonId.eq(id)).one(&transaction).await?;
    grant::Entity::delete_by_id(given.ok_or(PeopleError::Unknown)?.id).exec(&transaction).await?;
    somebody_administers(&transaction).await?;
    end_but_own(platform, &transaction, confirmed, id).await?;
    transaction.commit().await?;
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
    known(&transaction, id).await?;
    set_disabled(&transaction, id, None).await?;
    transaction.commit().await?;
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
    person::Entity::find_by_id(id).one(database).await?.ok_or(PeopleError::Unknown)
}

/// Lets nobody else take a role from an administrator meanwhile, so that two do not take the last ones from each other.
async fn lock_administrators(database: &impl ConnectionTrait) -> Result<(), DbErr> {
    let administrators = grant::Entity::find().filter(grant::Column::Role.eq(Role::Administrator)).lock_exclusive();
    administrators.all(database).await.map(drop)
}

/// Refuses what would leave the campus without an administrator who can sign in.
async fn somebody_administers(database: &impl ConnectionTrait) -> Result<(), PeopleError> {
    let open = person::Entity::find().select_only().column(person::Column::Id).filter(person::Column::DisabledAt.is_null()).into_query();
    let administrators = grant::Entity::find().filter(grant::Column::Role.eq(Role::Administrator));
    let left = administrators.filter(grant::Column::PersonId.in_subquery(open)).count(database).await?;
    if left == 0 { Err(PeopleError::LastAdministrator) } else { Ok(()) }
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

fn listed(person: person::Model) -> Listed {
    Listed {
        id: person.id,
        name: person.name,
        login: person.email.or(person.user_name).unwrap_or_default(),
        country: person.country,
        is_disabled: person.disabled_at.is_some(),
    }
}

/// `words` in a pattern: what has a meaning there has none.
fn escaped(words: &str) -> String {
    words.chars().flat_map(|letter| matches!(letter, '%' | '_' | '\\').then_some('\\').into_iter().chain([letter])).collect()
}
