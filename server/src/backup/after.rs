//! What a database owes to people once it was put back to an earlier moment.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::How;
use crate::{accounts, api};

/// Brings up to date what must not come back with a backup, in the transaction that puts everything else back: nobody ever sees
/// the database without it. The schema is that of this program. People who were erased since are erased again when the campus opens.
pub(super) async fn after_restore(database: &impl ConnectionTrait, how: &How<'_>, now: DateTime<Utc>) -> Result<(), DbErr> {
    if !how.keeps_sessions {
        // A session that was ended, a link that was used or a token that was revoked since the backup would work again.
        accounts::let_nobody_in(database, now).await?;
        api::let_nobody_in(database, now).await?;
    }
    Ok(())
}
