//! Identities: who somebody is elsewhere, and which person of the campus that is.

use chrono::{DateTime, Utc};
use courses::id::{IdentityId, OriginId, PersonId, ProviderKey};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{ExprTrait, Query};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, SqlErr};

use super::ProviderError;
use super::check::Told;
use super::discovery::Provider;
use super::entity::{identity, origin};
use crate::Platform;
use crate::access::{Confirmed, Learner};
use crate::accounts::entity::{person, session};
use crate::accounts::password;
use crate::accounts::session::{Started, end_all, start};

/// A provider that a person signs in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// Which.
    pub provider: ProviderKey,
    /// Since when.
    pub linked_at: DateTime<Utc>,
    /// When it was last used.
    pub used_at: DateTime<Utc>,
}

/// The identity of whom a provider tells, if it is known.
pub(super) async fn find(database: &impl ConnectionTrait, issuer: &str, subject: &str) -> Result<Option<identity::Model>, DbErr> {
    identity::Entity::find().filter(identity::Column::Issuer.eq(issuer)).filter(identity::Column::Subject.eq(subject)).one(database).await
}

/// Links whom a provider tells of to `person`.
///
/// # Errors
/// [`ProviderError::OtherIdentity`] when the person has another account there: addresses are given to new people when somebody
/// leaves. [`ProviderError::Stale`] when somebody was faster.
pub(super) async fn link(
    platform: &Platform,
    database: &impl ConnectionTrait,
    provider: &Provider,
    subject: &str,
    person: PersonId,
) -> Result<IdentityId, ProviderError> {
    let has_another = identity::Entity::find()
        .filter(identity::Column::PersonId.eq(person))
        .filter(identity::Column::Issuer.eq(&provider.config.issuer))
        .count(database)
        .await?;
    if has_another > 0 {
        return Err(ProviderError::OtherIdentity);
    }
    let now = platform.clock.now();
    let id = IdentityId(platform.chance.id(now));
    let row = identity::ActiveModel {
        id: Set(id),
        person_id: Set(person),
        provider: Set(provider.config.id.to_string()),
        issuer: Set(provider.config.issuer.clone()),
        subject: Set(subject.to_owned()),
        linked_at: Set(now),
        used_at: Set(now),
    };
    match identity::Entity::insert(row).exec_without_returning(database).await {
        Ok(_) => Ok(id),
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => Err(ProviderError::Stale),
        Err(error) => Err(error.into()),
    }
}

/// Begins a session of `person`, who has come by `identity`. They are there in person if they have just shown it to the provider.
pub(super) async fn start_session(
    platform: &Platform,
    database: &impl ConnectionTrait,
    person: PersonId,
    identity: IdentityId,
    told: &Told,
    is_own_device: bool,
) -> Result<Started, DbErr> {
    let now = platform.clock.now();
    let started = start(platform, database, person, is_own_device).await?;
    let shown = session::ActiveModel {
        id: Set(started.session),
        confirmed_at: Set(told.shown_at),
        has_second_factor: Set(told.has_second_factor),
        ..Default::default()
    };
    shown.update(database).await?;
    let used = identity::ActiveModel { id: Set(identity), used_at: Set(now), ..Default::default() };
    used.update(database).await?;
    let row = origin::ActiveModel {
        id: Set(OriginId(platform.chance.id(now))),
        session_id: Set(started.session),
        identity_id: Set(identity),
        provider_session: Set(told.session.clone()),
    };
    origin::Entity::insert(row).exec_without_returning(database).await?;
    Ok(started)
}

/// What the learner signs in with, among the providers that are configured.
///
/// # Errors
/// When the database does not answer.
pub async fn linked(platform: &Platform, learner: Learner) -> Result<Vec<Linked>, DbErr> {
    let rows = identity::Entity::find()
        .filter(identity::Column::PersonId.eq(learner.person()))
        .order_by_asc(identity::Column::LinkedAt)
        .all(platform.storage.reader())
        .await?;
    let known = |row: identity::Model| {
        let provider = platform.providers.0.iter().find(|provider| provider.config.issuer == row.issuer)?;
        Some(Linked { provider: provider.config.id.clone(), linked_at: row.linked_at, used_at: row.used_at })
    };
    Ok(rows.into_iter().filter_map(known).collect())
}

/// Unlinks a provider from the account of whoever is there. Sessions begun by it end, but for this one. Doing it twice changes nothing.
///
/// # Errors
/// [`ProviderError::OnlyWayIn`] when the person has no password and no other provider; nothing is changed then.
pub async fn unlink(platform: &Platform, confirmed: Confirmed, key: &ProviderKey) -> Result<(), ProviderError> {
    let provider = platform.providers.find(key)?;
    let transaction = platform.storage.begin().await?;
    let all = identity::Entity::find().filter(identity::Column::PersonId.eq(confirmed.person())).all(&transaction).await?;
    let Some(gone) = all.iter().find(|row| row.issuer == provider.config.issuer) else { return Ok(()) };
    let is_open = |issuer: &str| platform.providers.0.iter().any(|provider| provider.config.issuer == issuer);
    let has_other = all.iter().any(|row| row.id != gone.id && is_open(&row.issuer));
    let person = person::Entity::find_by_id(confirmed.person()).one(&transaction).await?;
    if !has_other && !person.is_some_and(|person| password::is_set(&person.password_hash)) {
        return Err(ProviderError::OnlyWayIn);
    }
    end_all(platform, &transaction, begun_by(gone.id, None).and(session::Column::Id.ne(confirmed.session()))).await?;
    identity::Entity::delete_by_id(gone.id).exec(&transaction).await?;
    transaction.commit().await?;
    Ok(())
}

/// The sessions begun by `identity`, or only those of one session at its provider.
pub(super) fn begun_by(identity: IdentityId, at_provider: Option<&str>) -> sea_orm::sea_query::SimpleExpr {
    let mut begun = Query::select();
    begun.column(origin::Column::SessionId).from(origin::Entity).and_where(origin::Column::IdentityId.eq(identity));
    if let Some(at_provider) = at_provider {
        begun.and_where(origin::Column::ProviderSession.eq(at_provider));
    }
    session::Column::Id.in_subquery(begun.take())
}
