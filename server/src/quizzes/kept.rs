//! Answers as they are kept, and which of them counts.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use courses::id::{AnswerId, AttemptId, DeviceId, QuestionKey};
use courses::quiz::Response;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::entity::answer;
use super::save::{Outcome, Refusal};

/// An answer that is kept, whether or not it counts.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its id.
    pub id: AnswerId,
    /// The question as the client named it.
    pub question: QuestionKey,
    /// Where it was given; `None` = in a form.
    pub device: Option<DeviceId>,
    /// Its place among the device's answers.
    pub sequence: i64,
    /// What was sent, as JSON.
    pub response: String,
    /// When it was chosen, by the device's account, within the attempt.
    pub chosen_at: DateTime<Utc>,
    /// When it reached the server.
    pub received_at: DateTime<Utc>,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether the learner had it checked, so that it stands.
    pub is_final: bool,
}

/// The answers that count, with what is known of them.
#[derive(Clone, Debug, Default)]
pub struct Counting {
    /// For each question the answer that counts.
    pub answers: BTreeMap<QuestionKey, Response>,
    /// When each of these was chosen.
    pub chosen_at: BTreeMap<QuestionKey, DateTime<Utc>>,
    /// Questions whose answer was checked and stands.
    pub checked: Vec<QuestionKey>,
    /// When the latest of all answers was stored.
    pub saved_at: Option<DateTime<Utc>>,
    /// Highest sequence of the answers that came with forms.
    pub last_sequence: i64,
}

/// Everything kept of an attempt, in the order received.
pub(super) async fn kept(database: &impl ConnectionTrait, attempt: AttemptId) -> Result<Vec<Kept>, DbErr> {
    let rows = answer::Entity::find()
        .filter(answer::Column::AttemptId.eq(attempt))
        .order_by_asc(answer::Column::ReceivedAt)
        .order_by_asc(answer::Column::Sequence)
        .order_by_asc(answer::Column::Id)
        .all(database)
        .await?;
    Ok(rows.into_iter().filter_map(Kept::from_row).collect())
}

/// The answers of an attempt that count.
pub(super) async fn counts(database: &impl ConnectionTrait, attempt: AttemptId) -> Result<Counting, DbErr> {
    let rows = answer::Entity::find()
        .filter(answer::Column::AttemptId.eq(attempt))
        .filter(answer::Column::IsLate.eq(false))
        .filter(answer::Column::Refusal.is_null())
        .all(database)
        .await?;
    Ok(counting(&rows.into_iter().filter_map(Kept::from_row).collect::<Vec<_>>()))
}

/// For each question of an attempt the answer that counts.
pub(crate) async fn counting_answers(
    database: &impl ConnectionTrait,
    attempt: AttemptId,
) -> Result<BTreeMap<QuestionKey, Response>, DbErr> {
    counts(database, attempt).await.map(|counting| counting.answers)
}

impl Kept {
    /// Whether it says this.
    pub(super) fn is(&self, response: &Response) -> bool {
        serde_json::from_str::<Response>(&self.response).is_ok_and(|own| own == *response)
    }

    pub(super) fn from_row(row: answer::Model) -> Option<Self> {
        Some(Self {
            id: row.id,
            question: row.question_key.parse().ok()?,
            device: row.device_id,
            sequence: row.sequence,
            response: row.response,
            chosen_at: row.chosen_at.unwrap_or(row.received_at),
            received_at: row.received_at,
            outcome: Outcome::of(row.refusal.as_deref().map(Refusal::from_name), row.is_late),
            is_final: row.is_final,
        })
    }
}

/// Which answers count.
///
/// - Late and refused ones never do.
/// - One that was checked stands, whatever came after it.
/// - Of one device's answers to a question, the one with the highest sequence is the device's answer.
/// - Of several devices' (a form counts as one), the one chosen last. So an answer that waited for a link does not undo what
///   was decided later elsewhere.
fn counting(kept: &[Kept]) -> Counting {
    let stored = || kept.iter().filter(|kept| kept.outcome == Outcome::Stored);
    let mut of_device: BTreeMap<(&QuestionKey, Option<DeviceId>), &Kept> = BTreeMap::new();
    for next in stored() {
        let place = of_device.entry((&next.question, next.device)).or_insert(next);
        if (next.is_final, next.sequence, next.received_at, next.id) > (place.is_final, place.sequence, place.received_at, place.id) {
            *place = next;
        }
    }
    let mut counts: BTreeMap<&QuestionKey, &Kept> = BTreeMap::new();
    for ((question, _), next) in of_device {
        let place = counts.entry(question).or_insert(next);
        if (next.is_final, next.chosen_at, next.received_at, next.id) > (place.is_final, place.chosen_at, place.received_at, place.id) {
            *place = next;
        }
    }
    Counting {
        chosen_at: counts.values().map(|kept| (kept.question.clone(), kept.chosen_at)).collect(),
        checked: counts.values().filter(|kept| kept.is_final).map(|kept| kept.question.clone()).collect(),
        answers: counts
            .into_iter()
            .filter_map(|(question, kept)| Some((question.clone(), serde_json::from_str(&kept.response).ok()?)))
            .collect(),
        saved_at: stored().map(|kept| kept.received_at).max(),
        last_sequence: stored().filter(|kept| kept.device.is_none()).map(|kept| kept.sequence).max().unwrap_or_default(),
    }
}
