//! A person's own open sessions: seeing them, and ending them from here.

use chrono::{DateTime, Utc};
use courses::id::SessionId;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::entity::session;
use super::session::end_where;
use crate::Platform;
use crate::access::SignedIn;

/// An open session as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// Its id.
    pub id: SessionId,
    /// Browser and system; empty where they are not known.
    pub device: String,
    /// Whether it was opened on a device of one's own.
    pub is_own_device: bool,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When something was last sent in it, to within some minutes.
    pub last_seen_at: Option<DateTime<Utc>>,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// The person's open sessions: this one first, then the one last used.
///
/// # Errors
/// When the database does not answer.
pub async fn open_sessions(platform: &Platform, signed_in: &SignedIn) -> Result<Vec<OpenSession>, DbErr> {
    let rows = session::Entity::find()
        .filter(session::Column::PersonId.eq(signed_in.person))
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(platform.clock.now()))
        .order_by_desc(session::Column::LastSeenAt)
        .order_by_desc(session::Column::Id)
        .all(platform.storage.reader())
        .await?;
    let mut sessions: Vec<OpenSession> = rows
        .into_iter()
        .map(|row| OpenSession {
            id: row.id,
            device: row.device,
            is_own_device: row.is_own_device,
            started_at: row.started_at,
            last_seen_at: row.last_seen_at,
            is_this: row.id == signed_in.session,
        })
        .collect();
    sessions.sort_by_key(|session| !session.is_this);
    Ok(sessions)
}

/// Ends one of the person's own sessions. Ending it twice, or somebody else's, changes nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn end_one(platform: &Platform, signed_in: &SignedIn, id: SessionId) -> Result<(), DbErr> {
    end_where(platform, signed_in.person, session::Column::Id.eq(id)).await
}

/// Ends every session of the person but this one.
///
/// # Errors
/// When the database does not answer.
pub async fn end_others(platform: &Platform, signed_in: &SignedIn) -> Result<(), DbErr> {
    end_where(platform, signed_in.person, session::Column::Id.ne(signed_in.session)).await
}
