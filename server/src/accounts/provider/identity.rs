//! Identities: who somebody is elsewhere, and which person of the campus that is.

use chrono::{DateTime, Utc};
use courses::id::{IdentityId, OriginId, PersonId, ProviderKey, SessionId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, SqlErr};
use serde::{Deserialize, Serialize};

use super::ProviderError;
use super::check::Told;
use super::discovery::Provider;
use super::entity::{identity, origin};
use crate::Platform;
use crate::access::{Confirmed, Learner};
use crate::accounts::entity::{person, session};
use crate::accounts::notice::{self, Event, Notice};
use crate::accounts::password;
use crate::accounts::second_factor;
use crate::accounts::session::end_all;
use crate::accounts::sign_in::{Place, Step, half_way, open};

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

/// How somebody comes in: by which identity, and in which session there.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::accounts) struct Via {
    pub(super) identity: IdentityId,
    pub(super) session: Option<String>,
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

/// Lets `person` in, who has come `via` an identity, or asks for the second factor they have here, unless the provider has seen one.
/// They are there in person if they have just shown it to the provider.
pub(super) async fn come_in(
    platform: &Platform,
    database: &impl ConnectionTrait,
    person: &person::Model,
    via: Via,
    told: &Told,
    from: &Place,
) -> Result<Step, ProviderError> {
    if person.disabled_at.is_some() {
        return Err(ProviderError::Closed);
    }
    if !told.has_second_factor && second_factor::has_any(database, person.id).await? {
        return Ok(half_way(platform, person.id, from.device.is_own, Some(via))?);
    }
    let started = open(platform, database, person, from, told.has_second_factor).await?;
    let shown = session::ActiveModel { id: Set(started.session), confirmed_at: Set(told.shown_at), ..Default::default() };
    shown.update(database).await?;
    note(platform, database, started.session, via).await?;
    Ok(Step::In(started))
}

/// Unlinks every provider from `person`.
pub(in crate::accounts) async fn forget_identities(database: &impl ConnectionTrait, person: PersonId) -> Result<(), DbErr> {
    identity::Entity::delete_many().filter(identity::Column::PersonId.eq(person)).exec(database).await?;
    Ok(())
}

/// Notes how a session was begun.
pub(in crate::accounts) async fn note(
    platform: &Platform,
    database: &impl ConnectionTrait,
    session: SessionId,
    via: Via,
) -> Result<(), DbErr> {
    let now = platform.clock.now();
    let used =
        identity::Entity::update_many().col_expr(identity::Column::UsedAt, Expr::value(now)).filter(identity::Column::Id.eq(via.identity));
    if used.exec(database).await?.rows_affected == 0 {
        // It was unlinked meanwhile: the session is the campus's own.
        return Ok(());
    }
    let row = origin::ActiveModel {
        id: Set(OriginId(platform.chance.id(now))),
        session_id: Set(session),
        identity_id: Set(via.identity),
        provider_session: Set(via.session),
    };
    origin::Entity::insert(row).exec_without_returning(database).await?;
    Ok(())
}

/// A session goes on under a new id: how it was begun stays known.
pub(in crate::accounts) async fn follow(database: &impl ConnectionTrait, old: SessionId, new: SessionId) -> Result<(), DbErr> {
    let of_old =
        origin::Entity::update_many().col_expr(origin::Column::SessionId, Expr::value(new)).filter(origin::Column::SessionId.eq(old));
    of_old.exec(database).await?;
    Ok(())
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

/// Unlinks a provider from the account of whoever is there. Sessions begun by it end, but for this one. Doing it twice changes nothing; once, its
/// mailbox is told.
///
/// # Errors
/// [`ProviderError::OnlyWayIn`] when the person has no password and no other provider; nothing is changed then.
pub async fn unlink(platform: &Platform, confirmed: Confirmed, key: &ProviderKey) -> Result<Option<Notice>, ProviderError> {
    let provider = platform.providers.find(key)?;
    let transaction = platform.storage.begin().await?;
    let all = identity::Entity::find().filter(identity::Column::PersonId.eq(confirmed.person())).all(&transaction).await?;
    let Some(gone) = all.iter().find(|row| row.issuer == provider.config.issuer) else { return Ok(None) };
    let is_open = |issuer: &str| platform.providers.0.iter().any(|provider| provider.config.issuer == issuer);
    let has_other = all.iter().any(|row| row.id != gone.id && is_open(&row.issuer));
    let person = person::Entity::find_by_id(confirmed.person()).one(&transaction).await?;
    if !has_other && !person.is_some_and(|person| password::is_set(&person.password_hash)) {
        return Err(ProviderError::OnlyWayIn);
    }
    end_all(platform, &transaction, begun_by(gone.id, None).and(session::Column::Id.ne(confirmed.session()))).await?;
    identity::Entity::delete_by_id(gone.id).exec(&transaction).await?;
    let notice = notice::to(&transaction, confirmed.person(), Event::ProviderUnlinked).await?;
    transaction.commit().await?;
    Ok(notice)
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
