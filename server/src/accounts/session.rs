//! Browser sessions: a signed token names a row that is checked on every request.

use chrono::{DateTime, TimeDelta, Utc};
use courses::id::{PersonId, SessionId};
use courses::language::Language;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect, RelationTrait};
use serde::{Deserialize, Serialize};

use super::device::Device;
use super::entity::{grant, person, session};
use super::event;
use super::notice::Notice;
use super::provider;
use crate::access::key::Purpose;
use crate::access::token::{self, Use};
use crate::access::{Role, SEEN_EVERY, SignedIn};
use crate::config::SecondFactor;
use crate::{Platform, metrics};

/// Tokens of browser sessions.
const SESSION: Use = Use { purpose: Purpose::Session, kind: "campus-session+jwt", audience: "campus-session" };

#[derive(Serialize, Deserialize)]
struct Claims {
    sid: SessionId,
    /// Unix second in which the browser got the token.
    seen: i64,
    own: bool,
}

/// A session that has just begun, or gone on under a new id.
#[derive(Debug)]
pub struct Started {
    /// Its id.
    pub session: SessionId,
    /// Whose it is.
    pub person: PersonId,
    /// Token for the cookie.
    pub token: String,
    /// How long the browser may keep it; `None` = until it is closed.
    pub keep_for: Option<TimeDelta>,
    /// What its person is told of it.
    pub notice: Option<Notice>,
}

/// Begins a session of `person`. On a shared computer it ends with the browser, and after some hours anyway.
pub(crate) async fn start(
    platform: &Platform,
    database: &impl ConnectionTrait,
    person: PersonId,
    device: &Device,
    has_second_factor: bool,
) -> Result<Started, DbErr> {
    let now = platform.clock.now();
    let lifetime = if device.is_own {
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
        is_own_device: Set(device.is_own),
        has_second_factor: Set(has_second_factor),
        device: Set(device.name.clone()),
    };
    session::Entity::insert(row).exec_without_returning(database).await?;
    metrics::session_begun();
    begun(platform, id, person, device.is_own)
}

/// The person, whom no other write holds until this one is over. Whatever ends their sessions holds them first, so that none slips
/// through that is just beginning.
pub(crate) async fn hold(database: &impl ConnectionTrait, person: PersonId) -> Result<Option<person::Model>, DbErr> {
    person::Entity::find_by_id(person).lock(LockType::NoKeyUpdate).one(database).await
}

/// Gives an open session another id, and its person the proof of being there; `None` if it has ended. Who has the old id has nothing.
pub(crate) async fn start_anew(
    platform: &Platform,
    database: &impl ConnectionTrait,
    old: SessionId,
    shows_second_factor: bool,
) -> Result<Option<Started>, DbErr> {
    let now = platform.clock.now();
    let open = session::Entity::find_by_id(old).filter(session::Column::EndedAt.is_null()).filter(session::Column::ExpiresAt.gt(now));
    let Some(session) = open.one(database).await? else { return Ok(None) };
    hold(database, session.person_id).await?;
    if end_all(platform, database, session::Column::Id.eq(old)).await? == 0 {
        return Ok(None);
    }
    let (id, person, is_own) = (SessionId(platform.chance.id(now)), session.person_id, session.is_own_device);
    let row = session::ActiveModel {
        id: Set(id),
        person_id: Set(person),
        started_at: Set(session.started_at),
        expires_at: Set(session.expires_at),
        ended_at: Set(None),
        confirmed_at: Set(Some(now)),
        last_seen_at: Set(Some(now)),
        is_own_device: Set(is_own),
        has_second_factor: Set(session.has_second_factor || shows_second_factor),
        device: Set(session.device),
    };
    session::Entity::insert(row).exec_without_returning(database).await?;
    provider::follow(database, old, id).await?;
    begun(platform, id, person, is_own).map(Some)
}

fn begun(platform: &Platform, id: SessionId, person: PersonId, is_own: bool) -> Result<Started, DbErr> {
    let (token, keep_for) = token_of(platform, id, is_own)?;
    Ok(Started { session: id, person, token, keep_for, notice: None })
}

/// A token that opens a session for as long as it may stand unused. The session's own end is in the database.
fn token_of(platform: &Platform, sid: SessionId, own: bool) -> Result<(String, Option<TimeDelta>), DbErr> {
    let now = platform.clock.now();
    let idle = if own {
        TimeDelta::days(platform.config.own_device_idle_days.into())
    } else {
        TimeDelta::hours(platform.config.idle_hours.into())
    };
    let token = token::sign(platform, SESSION, Claims { sid, seen: now.timestamp(), own }, now + idle)?;
    Ok((token, own.then_some(idle)))
}

/// A token of the same session that lasts longer, once `token` is some minutes old: who goes on reading stays signed in, and
/// nothing is written for it. Whether the session is open this does not say.
///
/// # Errors
/// When the database does not answer.
pub async fn prolong(platform: &Platform, token: &str) -> Result<Option<(String, Option<TimeDelta>)>, DbErr> {
    let Some(Claims { sid, seen, own }) = token::read(platform, SESSION, token).await? else { return Ok(None) };
    let age = platform.clock.now().timestamp().saturating_sub(seen);
    if age < SEEN_EVERY.num_seconds() {
        return Ok(None);
    }
    token_of(platform, sid, own).map(Some)
}

/// Writes down that the session is in use.
///
/// # Errors
/// When the database does not answer.
pub async fn seen(platform: &Platform, signed_in: &SignedIn) -> Result<(), DbErr> {
    let transaction = platform.storage.begin().await?;
    session::Entity::update_many()
        .col_expr(session::Column::LastSeenAt, Expr::value(platform.clock.now()))
        .filter(session::Column::Id.eq(signed_in.session))
        .filter(session::Column::EndedAt.is_null())
        .exec(&transaction)
        .await?;
    transaction.commit().await
}

/// Who is behind `token`, checked against the database now; `None` for a token that is not ours, ended or expired.
///
/// # Errors
/// When the database does not answer.
pub async fn authenticate(platform: &Platform, token: &str) -> Result<Option<SignedIn>, DbErr> {
    let now = platform.clock.now();
    let Some(Claims { sid: id, .. }) = token::read(platform, SESSION, token).await? else { return Ok(None) };
    let grants = person::Entity::belongs_to(grant::Entity).from(person::Column::Id).to(grant::Column::PersonId);
    let rows = session::Entity::find_by_id(id)
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now))
        .filter(person::Column::DisabledAt.is_null())
        .select_only()
        .columns([session::Column::ConfirmedAt, session::Column::HasSecondFactor, session::Column::LastSeenAt])
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
        is_held_back: platform.config.second_factor == SecondFactor::Required && !known.has_second_factor,
        last_seen_at: known.last_seen_at,
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
    last_seen_at: Option<DateTime<Utc>>,
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
    end_where(platform, signed_in.person, session::Column::Id.eq(signed_in.session)).await
}

/// Ends every open session of `person` that `which` picks, because they wished so.
pub(super) async fn end_where(platform: &Platform, person: PersonId, which: sea_orm::sea_query::SimpleExpr) -> Result<(), DbErr> {
    let transaction = platform.storage.begin().await?;
    hold(&transaction, person).await?;
    if end_all(platform, &transaction, session::Column::PersonId.eq(person).and(which)).await? > 0 {
        event::happened("sessions-ended");
    }
    transaction.commit().await
}

/// Ends every open session that `which` picks; how many there were.
pub(crate) async fn end_all(
    platform: &Platform,
    database: &impl ConnectionTrait,
    which: sea_orm::sea_query::SimpleExpr,
) -> Result<u64, DbErr> {
    let done = session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(platform.clock.now()))
        .filter(which)
        .filter(session::Column::EndedAt.is_null())
        .exec(database)
        .await?;
    Ok(done.rows_affected)
}
