//! Finding people's accounts, for administrators. Those who are found can see that they were.

use chrono::{DateTime, Utc};
use courses::id::{GrantId, PersonId};
use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use super::entity::{grant, person};
use super::{passkey, second_factor};
use crate::Platform;
use crate::access::{Administrator, Role};
use crate::privacy::{self, List, Manner, Seen};

/// Letters of a search that are looked at: as many as the longest address has.
const SEARCH_CHARS: usize = 254;
/// Most people that a search shows.
const SHOWN: u64 = 50;

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

/// People whose name or login holds `words`; everybody with a role when there are none. At most fifty, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn find_people(platform: &Platform, administrator: Administrator, words: &str) -> Result<Vec<Listed>, DbErr> {
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
    let found = rows.all(platform.storage.reader()).await?;
    let people: Vec<PersonId> = found.iter().map(|person| person.id).collect();
    note(platform, administrator, &people).await?;
    Ok(found.into_iter().map(listed).collect())
}

/// One account.
///
/// # Errors
/// When the database does not answer.
pub async fn account(platform: &Platform, administrator: Administrator, id: PersonId) -> Result<Option<Account>, DbErr> {
    let reader = platform.storage.reader();
    let Some(person) = person::Entity::find_by_id(id).one(reader).await? else { return Ok(None) };
    note(platform, administrator, &[id]).await?;
    let has_second_factor = second_factor::app_of(reader, id).await?.is_some() || !passkey::of(reader, id).await?.is_empty();
    Ok(Some(Account {
        institution: person.institution.clone(),
        created_at: person.created_at,
        has_email: person.email.is_some(),
        has_second_factor,
        roles: roles(platform, administrator, id).await?,
        listed: listed(person),
    }))
}

/// The roles somebody was given, oldest first; none for nobody. Their record is not opened by it.
///
/// # Errors
/// When the database does not answer.
pub async fn roles(platform: &Platform, _: Administrator, id: PersonId) -> Result<Vec<Given>, DbErr> {
    let grants = grant::Entity::find().filter(grant::Column::PersonId.eq(id)).order_by_asc(grant::Column::Id);
    let given = |grant: grant::Model| Given { id: grant.id, role: grant.role, country: grant.country, granted_at: grant.granted_at };
    Ok(grants.all(platform.storage.reader()).await?.into_iter().map(given).collect())
}

/// Notes it for the people who are about to be shown.
async fn note(platform: &Platform, administrator: Administrator, people: &[PersonId]) -> Result<(), DbErr> {
    privacy::record_access(platform, administrator.person(), Seen::People { list: List::People, manner: Manner::Screen, people }).await
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
