//! Sessions that are over, and accounts that nobody uses: told a month before, then erased.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, Months, Utc};
use courses::id::PersonId;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, OnConflict, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::{BATCH, SweepError, Warning, over_before};
use crate::Platform;
use crate::accounts::entity::{person, session};
use crate::privacy::entity::absence;
use crate::privacy::erasure::{Certificates, EraseError, erase, is_last_administrator};
use crate::privacy::pseudonym::is_somebody;

/// Days between the warning and the erasure.
const NOTICE_DAYS: u64 = 30;

/// Deletes sessions that were over before `old`, and keeps of each person only when they were last there.
pub(super) async fn sweep_sessions(platform: &Platform, old: DateTime<Utc>, only_counts: bool) -> Result<u64, DbErr> {
    let query = session::Entity::find().filter(over_before(old));
    if only_counts {
        return query.count(platform.storage.reader()).await;
    }
    let mut gone = 0;
    loop {
        let transaction = platform.storage.begin().await?;
        let some = query.clone().order_by_asc(session::Column::Id).limit(BATCH).all(&transaction).await?;
        let mut seen: BTreeMap<PersonId, DateTime<Utc>> = BTreeMap::new();
        for session in &some {
            let at = session.last_seen_at.unwrap_or(session.started_at);
            let latest = seen.entry(session.person_id).or_insert(at);
            *latest = std::cmp::max(at, *latest);
        }
        let rows = seen.into_iter().map(|(id, at)| absence::ActiveModel { id: Set(id), last_seen_at: Set(Some(at)), warned_at: Set(None) });
        if !some.is_empty() {
            absence::Entity::insert_many(rows).on_conflict(the_later()).exec_without_returning(&transaction).await?;
            session::Entity::delete_many()
                .filter(session::Column::Id.is_in(some.iter().map(|session| session.id)))
                .exec(&transaction)
                .await?;
        }
        transaction.commit().await?;
        let number = u64::try_from(some.len()).unwrap_or(u64::MAX);
        gone += number;
        if number < BATCH {
            return Ok(gone);
        }
    }
}

/// Keeps the later of two times that somebody was there.
fn the_later() -> OnConflict {
    let own = || Expr::col((absence::Entity, absence::Column::LastSeenAt));
    let new = || Expr::col(("excluded", absence::Column::LastSeenAt));
    let later = CaseStatement::new().case(own().gt(new()), own()).finally(new());
    OnConflict::column(absence::Column::Id).value(absence::Column::LastSeenAt, later).to_owned()
}

/// Erases whom nobody has seen for as long as configured: how many, and who is to be warned.
///
/// A warning counts once it is sent ([`note_sent`]): whoever could not be told is not erased.
pub(super) async fn sweep(platform: &Platform, only_counts: bool) -> Result<(u64, Vec<Warning>), SweepError> {
    let now = platform.clock.now();
    let Some(gone_since) = gone_since(platform) else { return Ok((0, Vec::new())) };
    let notice = Days::new(NOTICE_DAYS);
    let warned_before = now - notice;
    let mut erased = 0;
    let due = unseen_since(gone_since).filter(was_warned(gone_since, warned_before));
    for person in due.clone().all(platform.storage.reader()).await? {
        // Others were erased meanwhile, which takes a while: this one may have come back.
        if due.clone().filter(person::Column::Id.eq(person.id)).one(platform.storage.reader()).await?.is_none() {
            continue;
        }
        if only_counts {
            erased += u64::from(!is_last_administrator(platform.storage.reader(), person.id).await?);
            continue;
        }
        match erase(platform, person.id, Certificates::Kept, true).await {
            Ok(one) => erased += u64::from(one.is_some()),
            Err(EraseError::LastAdministrator) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let nearly = unseen_since(gone_since + notice).filter(is_to_be_warned(gone_since)).all(platform.storage.reader()).await?;
    let warning =
        |known: person::Model| Some(Warning { person: known.id, email: known.email?, language: known.language, from: now + notice });
    Ok((erased, nearly.into_iter().filter_map(warning).collect()))
}

/// People, and nobody of the pseudonyms, of whom there is no sign since `at`.
fn unseen_since(at: DateTime<Utc>) -> Select<person::Entity> {
    let recent_session = Query::select()
        .column(session::Column::PersonId)
        .from(session::Entity)
        .cond_where(Condition::any().add(session::Column::StartedAt.gte(at)).add(session::Column::LastSeenAt.gte(at)))
        .take();
    let recently_seen = ids_of_absences(absence::Column::LastSeenAt.gte(at));
    person::Entity::find()
        .filter(is_somebody())
        .filter(person::Column::CreatedAt.lt(at))
        .filter(person::Column::Id.not_in_subquery(recent_session))
        .filter(person::Column::Id.not_in_subquery(recently_seen))
}

/// Those who were told in time, and those who cannot be told. A warning from before `gone_since` was for another absence.
fn was_warned(gone_since: DateTime<Utc>, before: DateTime<Utc>) -> Condition {
    let in_time = absence::Column::WarnedAt.gt(gone_since).and(absence::Column::WarnedAt.lte(before));
    Condition::any().add(person::Column::EmailVerifiedAt.is_null()).add(person::Column::Id.in_subquery(ids_of_absences(in_time)))
}

/// Those who can be told and were not yet.
fn is_to_be_warned(gone_since: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(person::Column::EmailVerifiedAt.is_not_null())
        .add(person::Column::Email.is_not_null())
        .add(person::Column::Id.not_in_subquery(ids_of_absences(absence::Column::WarnedAt.gt(gone_since))))
}

fn ids_of_absences(which: sea_orm::sea_query::SimpleExpr) -> SelectStatement {
    Query::select().column(absence::Column::Id).from(absence::Entity).and_where(which).take()
}

/// Whether a warning is still to be sent: another server may have been faster.
///
/// # Errors
/// When the database does not answer.
pub async fn is_to_be_sent(platform: &Platform, warning: &Warning) -> Result<bool, DbErr> {
    let Some(gone_since) = gone_since(platform) else { return Ok(false) };
    let of_them = person::Entity::find_by_id(warning.person).filter(is_to_be_warned(gone_since));
    Ok(of_them.count(platform.storage.reader()).await? > 0)
}

/// Notes that a warning was sent now.
///
/// # Errors
/// When the database does not answer; the person is warned again then.
pub async fn note_sent(platform: &Platform, warning: &Warning) -> Result<(), DbErr> {
    let id = warning.person;
    let transaction = platform.storage.begin().await?;
    let row = absence::ActiveModel { id: Set(id), last_seen_at: Set(None), warned_at: Set(None) };
    absence::Entity::insert(row).on_conflict_do_nothing_on([absence::Column::Id]).exec_without_returning(&transaction).await?;
    absence::Entity::update_many()
        .col_expr(absence::Column::WarnedAt, Expr::value(platform.clock.now()))
        .filter(absence::Column::Id.eq(id))
        .exec(&transaction)
        .await?;
    transaction.commit().await
}

/// Whoever was not seen since then may be erased; `None` where nobody is.
fn gone_since(platform: &Platform) -> Option<DateTime<Utc>> {
    let months = platform.config.retention_inactive_months;
    platform.clock.now().checked_sub_months(Months::new(months)).filter(|_| months > 0)
}
