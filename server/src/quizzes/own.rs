//! A learner's attempts, whatever their quiz.

use chrono::{DateTime, Utc};
use courses::id::AttemptId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::attempt::{Attempt, AttemptError, is_over, shown};
use super::entity::attempt;
use super::kept::{Counting, counts};
use crate::Platform;
use crate::access::Learner;
use crate::api::{Cursor, before};
use crate::catalogue;
use crate::enrolments::enrolments;

/// At most `rows` of the learner's attempts, newest first, those after `cursor`. Answers are there only where they make the score.
///
/// # Errors
/// [`AttemptError`].
pub(crate) async fn own_attempts(
    platform: &Platform,
    learner: Learner,
    cursor: Option<Cursor>,
    rows: u64,
) -> Result<Vec<Attempt>, AttemptError> {
    let database = platform.storage.reader();
    let own = enrolments(platform, learner).await?;
    let found = attempt::Entity::find()
        .filter(attempt::Column::EnrolmentId.is_in(own.iter().map(|enrolled| enrolled.id)))
        .filter(after(cursor))
        .order_by_desc(attempt::Column::StartedAt)
        .order_by_desc(attempt::Column::Id)
        .limit(rows)
        .all(database)
        .await?;
    let mut attempts = Vec::with_capacity(found.len());
    for row in found {
        let Some(enrolled) = own.iter().find(|enrolled| enrolled.id == row.enrolment_id) else { continue };
        let published = catalogue::published(platform, database, row.version_id).await?;
        let counted = if is_over(platform, &row) { counts(database, row.id).await? } else { Counting::default() };
        attempts.push(shown(platform, row, enrolled.clone(), published, counted)?);
    }
    Ok(attempts)
}

/// The place of an attempt in the list.
pub(super) fn place(started_at: DateTime<Utc>, id: AttemptId) -> Cursor {
    Cursor { at: started_at, id: id.0 }
}

fn after(cursor: Option<Cursor>) -> sea_orm::Condition {
    sea_orm::Condition::all().add_option(cursor.map(|cursor| before(cursor, attempt::Column::StartedAt, attempt::Column::Id)))
}
