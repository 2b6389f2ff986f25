//! A person as other programs see them.

use chrono::{DateTime, Utc};
use courses::id::PersonId;
use courses::language::Language;
use courses::people::Occupation;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Role;
use crate::accounts::entity::{grant, person};
use crate::api::schema::{CountryCode, LanguageCode, OccupationCode, RoleCode};

/// A person with an account.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PersonFacts {
    /// Their id.
    #[schema(value_type = uuid::Uuid)]
    pub id: PersonId,
    /// Name as on certificates.
    #[schema(example = "Ana Lucía Ramírez Paz")]
    name: String,
    /// What they sign in with: an e-mail address or a user name.
    #[schema(example = "ana.ramirez")]
    login: String,
    /// Whether an e-mail address was shown to be theirs.
    is_email_verified: bool,
    /// Preferred language.
    #[schema(value_type = LanguageCode)]
    language: Language,
    /// Country.
    #[schema(value_type = CountryCode)]
    country: String,
    /// Institution; may be empty.
    #[schema(example = "Hospital Regional de Occidente")]
    institution: String,
    /// Group of occupations.
    #[schema(value_type = OccupationCode)]
    occupation: Occupation,
    /// Whether the account is closed.
    is_closed: bool,
    /// Roles beyond learning.
    roles: Vec<RoleFacts>,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
}

/// A role.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RoleFacts {
    /// Which.
    #[schema(value_type = RoleCode)]
    role: Role,
    /// For which country; null = for all.
    #[schema(value_type = Option<CountryCode>)]
    country: Option<String>,
}

/// One person.
pub(super) async fn facts(database: &impl ConnectionTrait, row: person::Model) -> Result<PersonFacts, DbErr> {
    let all = facts_of(database, vec![row]).await?;
    all.into_iter().next().ok_or_else(|| DbErr::RecordNotFound("a person".to_owned()))
}

/// People, in the order given; one query for all their roles.
pub(super) async fn facts_of(database: &impl ConnectionTrait, rows: Vec<person::Model>) -> Result<Vec<PersonFacts>, DbErr> {
    let grants = grant::Entity::find()
        .filter(grant::Column::PersonId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(grant::Column::GrantedAt)
        .order_by_asc(grant::Column::Id)
        .all(database)
        .await?;
    let roles = |id| grants.iter().filter(move |grant| grant.person_id == id);
    let shown = rows.into_iter().map(|row| PersonFacts {
        roles: roles(row.id).map(|grant| RoleFacts { role: grant.role, country: grant.country.clone() }).collect(),
        id: row.id,
        name: row.name,
        login: row.email.or(row.user_name).unwrap_or_default(),
        is_email_verified: row.email_verified_at.is_some(),
        language: row.language,
        country: row.country,
        institution: row.institution,
        occupation: row.occupation,
        is_closed: row.disabled_at.is_some(),
        created_at: row.created_at,
    });
    Ok(shown.collect())
}
