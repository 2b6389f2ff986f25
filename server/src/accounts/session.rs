//! Browser sessions: a signed token names a row that is checked on every request.

use chrono::{DateTime, TimeDelta, Utc};
use courses::id::{PersonId, SessionId};
use courses::language::Language;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect, RelationTrait};
use serde::{Deserialize, Serialize};

use super::entity::{grant, person, session};
use crate::Platform;
use crate::access::key::Purpose;
use crate::access::token::{self, Use};
use crate::access::{Role, SignedIn};

/// Tokens of browser sessions.
const SESSION: Use = Use { purpose: Purpose::Session, kind: "campus-session+jwt", audience: "campus-session" };

#[derive(Serialize, Deserialize)]
struct Claims {
    sid: SessionId,
}

/// A session that has just begun.
#[derive(Debug)]
pub struct Started {
    /// Token for the cookie.
    pub token: String,
    /// How long the browser may keep it; `None` = until it is closed.
    pub keep_for: Option<TimeDelta>,
}

/// Begins a session of `person`. On a shared computer it ends with the browser, and after some hours anyway.
pub(crate) async fn start(
    platform: &Platform,
    database: &impl ConnectionTrait,
    person: PersonId,
    is_own_device: bool,
) -> Result<Started, DbErr> {
    let now = platform.clock.now();
    let lifetime = if is_own_device {
        TimeDelta::days(platform.config.own_device_days.into())
    } else {
        TimeDelta::hours(platform.config.session_hours.into())
    };
    let id = SessionId(platform.chance.id(now));
    let row = session::ActiveModel {
        id: Set(id),
        person_id: Set(person),
        started_at: Set(now),
        expires_at: Set(now + lifetime),
        ended_at: Set(None),
        confirmed_at: Set(Some(now)),
        last_seen_at: Set(Some(now)),
        is_own_device: Set(is_own_device),
        has_second_factor: Set(false),
        device: Set(String::new()),
    };
    session::Entity::insert(row).exec_without_returning(database).await?;
    let token = token::sign(platform, SESSION, Claims { sid: id }, now + lifetime)?;
    Ok(Started { token, keep_for: is_own_device.then_some(lifetime) })
}

/// Who is behind `token`, checked against the database now; `None` for a token that is not ours, ended or expired.
///
/// # Errors
/// When the database does not answer.
pub async fn authenticate(platform: &Platform, token: &str) -> Result<Option<SignedIn>, DbErr> {
    let now = platform.clock.now();
    let Some(Claims { sid: id }) = token::read(platform, SESSION, token).await? else { return Ok(None) };
    let grants = person::Entity::belongs_to(grant::Entity).from(person::Column::Id).to(grant::Column::PersonId);
    let rows = session::Entity::find_by_id(id)
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now))
        .select_only()
        .columns([session::Column::ConfirmedAt, session::Column::HasSecondFactor])
        .column_as(person::Column::Id, "person")
        .columns([person::Column::Name, person::Column::Language, person::Column::Country, person::Column::Email])
        .column(person::Column::EmailVerifiedAt)
        .column(grant::Column::Role)
        .column_as(grant::Column::Country, "role_country")
        .join(JoinType::InnerJoin, session::Relation::Person.def())
        .join(JoinType::LeftJoin, grants.into())
        .into_model::<Known>()
        .all(platform.storage.reader())
        .await?;
    let grants = rows.iter().filter_map(|row| row.role.map(|role| (role, row.role_country.clone()))).collect();
    Ok(rows.into_iter().next().map(|known| SignedIn {
        person: known.person,
        session: id,
        confirmed_at: known.confirmed_at,
        has_second_factor: known.has_second_factor,
        grants,
        name: known.name,
        language: known.language,
        country: known.country,
        must_verify_email: known.email.is_some() && known.email_verified_at.is_none(),
    }))
}

/// What a session tells of its person: one row for each role, or one without a role.
#[derive(FromQueryResult)]
struct Known {
    confirmed_at: Option<DateTime<Utc>>,
    has_second_factor: bool,
    person: PersonId,
    name: String,
    language: Language,
    country: String,
    email: Option<String>,
    email_verified_at: Option<DateTime<Utc>>,
    role: Option<Role>,
    role_country: Option<String>,
}

/// Ends the session this person came with. Ending it twice changes nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn end_session(platform: &Platform, signed_in: &SignedIn) -> Result<(), DbErr> {
    end_where(platform, platform.storage.begin().await?, session::Column::Id.eq(signed_in.session)).await
}

async fn end_where(platform: &Platform, transaction: crate::storage::Write, which: sea_orm::sea_query::SimpleExpr) -> Result<(), DbErr> {
    end_all(platform, &transaction, which).await?;
    transaction.commit().await
}

/// Ends every open session that `which` picks.
pub(crate) async fn end_all(
    platform: &Platform,
    database: &impl ConnectionTrait,
    which: sea_orm::sea_query::SimpleExpr,
) -> Result<(), DbErr> {
    session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(platform.clock.now()))
        .filter(which)
        .filter(session::Column::EndedAt.is_null())
        .exec(database)
        .await?;
    Ok(())
}
