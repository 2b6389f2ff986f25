//! Browser sessions: a signed token names a row that is checked on every request.

use chrono::{DateTime, TimeDelta, Utc};
use courses::id::{PersonId, SessionId};
use courses::language::Language;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect, RelationTrait};
use serde::{Deserialize, Serialize};

use super::entity::{grant, person, session};
use crate::Platform;
use crate::access::{Role, SignedIn};

const AUDIENCE: &str = "campus-session";
const ISSUER: &str = "campus";

/// Signs and reads session tokens (HS256, one key, one audience).
pub(crate) struct SessionKey {
    encoding: EncodingKey,
    decoding: DecodingKey,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sid: SessionId,
    iat: i64,
    exp: i64,
}

impl SessionKey {
    pub(crate) fn new(secret: [u8; 32]) -> Self {
        Self { encoding: EncodingKey::from_secret(&secret), decoding: DecodingKey::from_secret(&secret) }
    }

    fn sign(&self, sid: SessionId, now: DateTime<Utc>, expires_at: DateTime<Utc>) -> Option<String> {
        let claims = Claims { iss: ISSUER.into(), aud: AUDIENCE.into(), sid, iat: now.timestamp(), exp: expires_at.timestamp() };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding).ok()
    }

    /// The session a token names, if the token is ours and its time is not over.
    fn read(&self, token: &str, now: DateTime<Utc>) -> Option<SessionId> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "aud", "iss"]);
        // The library reads the machine's clock; the campus's own clock decides below.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &validation).ok()?.claims;
        (claims.exp > now.timestamp()).then_some(claims.sid)
    }
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
    };
    session::Entity::insert(row).exec_without_returning(database).await?;
    let token =
        platform.session_key.sign(id, now, now + lifetime).ok_or_else(|| DbErr::Custom("a session token could not be signed".into()))?;
    Ok(Started { token, keep_for: is_own_device.then_some(lifetime) })
}

/// Who is behind `token`, checked against the database now; `None` for a token that is not ours, ended or expired.
///
/// # Errors
/// When the database does not answer.
pub async fn authenticate(platform: &Platform, token: &str) -> Result<Option<SignedIn>, DbErr> {
    let now = platform.clock.now();
    let Some(id) = platform.session_key.read(token, now) else { return Ok(None) };
    let grants = person::Entity::belongs_to(grant::Entity).from(person::Column::Id).to(grant::Column::PersonId);
    let rows = session::Entity::find_by_id(id)
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now))
        .select_only()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SessionKey {
        SessionKey::new([7; 32])
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn a_token_names_its_session_until_its_time_is_over() {
        let sid = SessionId(uuid::Uuid::from_u128(5));
        let token = key().sign(sid, at(1000), at(2000)).unwrap();
        assert_eq!(key().read(&token, at(1999)), Some(sid));
        assert_eq!(key().read(&token, at(2000)), None);
    }

    #[test]
    fn a_token_of_another_key_audience_or_algorithm_names_nothing() {
        let sid = SessionId(uuid::Uuid::from_u128(5));
        let other = SessionKey::new([8; 32]).sign(sid, at(1000), at(2000)).unwrap();
        assert_eq!(key().read(&other, at(1500)), None);
        let claims = |aud: &str| Claims { iss: ISSUER.into(), aud: aud.into(), sid, iat: 1000, exp: 2000 };
        let encoding = EncodingKey::from_secret(&[7; 32]);
        let wrong_audience = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims("campus-api"), &encoding).unwrap();
        assert_eq!(key().read(&wrong_audience, at(1500)), None);
        let wrong_algorithm = jsonwebtoken::encode(&Header::new(Algorithm::HS512), &claims(AUDIENCE), &encoding).unwrap();
        assert_eq!(key().read(&wrong_algorithm, at(1500)), None);
        assert_eq!(key().read("eyJhbGciOiJub25lIn0.e30.", at(1500)), None);
    }
}
