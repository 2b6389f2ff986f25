//! Storing answers: each is on disk before it is confirmed, and a repeat returns the first outcome.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use courses::id::{AnswerId, AttemptId, DeviceId, QuestionKey};
use courses::quiz::{Feedback, Quiz, Response, ShownQuestion};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, TryInsertResult};

use super::attempt::{AttemptError, held_row, is_over};
use super::entity::{answer, attempt};
use super::kept::Kept;
use crate::Platform;
use crate::access::Learner;
use crate::catalogue;
use crate::metrics;
use crate::storage::Write;

/// Most characters of an answer that is kept.
const LONGEST: usize = 20_000;
/// Most answers that are kept of an attempt: nobody comes near it by answering.
const MOST: u64 = 5_000;

/// An answer as a client sends it.
#[derive(Clone, Debug)]
pub struct NewAnswer {
    /// Made by the client; a repeat carries the same id.
    pub id: AnswerId,
    /// Which question.
    pub question: QuestionKey,
    /// Where it was given; `None` = in a form.
    pub device: Option<DeviceId>,
    /// Grows with each answer of the device.
    pub sequence: i64,
    /// How long ago it was chosen, by the device's own clock.
    pub age: TimeDelta,
    /// The [`Response`], as JSON.
    pub response: String,
}

/// What became of one answer, now or when it first came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Which answer.
    pub id: AnswerId,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether it had come before; then nothing changed now.
    pub is_repeat: bool,
}

impl Receipt {
    /// What became of it, in a word for metrics.
    const fn kind(&self) -> &'static str {
        match self.outcome {
            _ if self.is_repeat => "repeated",
            Outcome::Stored => "stored",
            Outcome::Late => "late",
            Outcome::Refused(_) => "refused",
        }
    }
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Stored.
    Stored,
    /// Stored and flagged: the attempt was over, or the answer had been checked. It does not count.
    Late,
    /// Kept as it came, and never counts.
    Refused(Refusal),
}

impl Outcome {
    pub(super) const fn of(refusal: Option<Refusal>, is_late: bool) -> Self {
        match refusal {
            Some(refusal) => Self::Refused(refusal),
            None if is_late => Self::Late,
            None => Self::Stored,
        }
    }
}

/// Why an answer cannot count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The attempt has no such question.
    UnknownQuestion,
    /// The question takes no such answer.
    NotAnAnswer,
    /// There is no such attempt of this learner; not kept.
    UnknownAttempt,
    /// The id belongs to another answer; not kept.
    IdTaken,
    /// Too long to be an answer; not kept.
    TooLong,
    /// The attempt has thousands of answers already; not kept.
    TooMany,
}

impl Refusal {
    const ALL: [Self; 6] = [Self::UnknownQuestion, Self::NotAnAnswer, Self::UnknownAttempt, Self::IdTaken, Self::TooLong, Self::TooMany];

    /// Its name in messages and in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnknownQuestion => "unknown-question",
            Self::NotAnAnswer => "not-an-answer",
            Self::UnknownAttempt => "unknown-attempt",
            Self::IdTaken => "id-taken",
            Self::TooLong => "too-long",
            Self::TooMany => "too-many",
        }
    }

    pub(super) fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|refusal| refusal.name() == name).unwrap_or(Self::NotAnAnswer)
    }
}

/// Stores answers of the learner's own attempts in one transaction. One that is refused holds up no other.
///
/// # Errors
/// When the database does not answer; then none of them is stored.
pub async fn save(platform: &Platform, learner: Learner, answers: Vec<(AttemptId, NewAnswer)>) -> Result<Vec<Receipt>, AttemptError> {
    let mut by_attempt: BTreeMap<AttemptId, Vec<NewAnswer>> = BTreeMap::new();
    let order: Vec<AnswerId> = answers.iter().map(|(_, answer)| answer.id).collect();
    for (attempt, answer) in answers {
        by_attempt.entry(attempt).or_default().push(answer);
    }
    let mut receipts: BTreeMap<AnswerId, Receipt> = BTreeMap::new();
    let write = platform.storage.begin().await?;
    for (id, answers) in by_attempt {
        let stored = match held_row(&write, learner, id).await {
            Ok(row) => {
                let is_closed = row.submitted_at.is_some() || is_over(platform, &row);
                Held::new(platform, &write, row, is_closed).await?.store(answers).await?
            }
            Err(AttemptError::NotFound) => answers.iter().map(|answer| refused(answer, Refusal::UnknownAttempt)).collect(),
            Err(error) => return Err(error),
        };
        for receipt in stored {
            // An id that comes twice in one batch: the first outcome stands.
            receipts.entry(receipt.id).or_insert(receipt);
        }
    }
    write.commit().await?;
    for receipt in receipts.values() {
        metrics::answer(receipt.kind());
    }
    let mut seen = std::collections::BTreeSet::new();
    let receipt = |id: &AnswerId| receipts.get(id).map(|receipt| Receipt { is_repeat: receipt.is_repeat || !seen.insert(*id), ..*receipt });
    Ok(order.iter().filter_map(receipt).collect())
}

fn refused(answer: &NewAnswer, refusal: Refusal) -> Receipt {
    Receipt { id: answer.id, outcome: Outcome::Refused(refusal), is_repeat: false }
}

/// An attempt held by a transaction, to store answers in.
pub(super) struct Held<'w> {
    platform: &'w Platform,
    write: &'w Write,
    row: attempt::Model,
    published: std::sync::Arc<catalogue::Published>,
    shown: Vec<ShownQuestion>,
    /// Whether what comes now is late.
    is_closed: bool,
    is_full: bool,
}

impl<'w> Held<'w> {
    pub(super) async fn new(platform: &'w Platform, write: &'w Write, row: attempt::Model, is_closed: bool) -> Result<Self, AttemptError> {
        let published = catalogue::published(platform, write, row.version_id).await?;
        let shown = serde_json::from_str(&row.layout).map_err(|error| DbErr::Json(error.to_string()))?;
        let is_full = answer::Entity::find().filter(answer::Column::AttemptId.eq(row.id)).count(write).await? >= MOST;
        Ok(Self { platform, write, row, published, shown, is_closed, is_full })
    }

    fn quiz(&self) -> Result<&Quiz, AttemptError> {
        self.row.quiz_key.parse().ok().and_then(|key| self.published.course.quizzes.get(&key)).ok_or(AttemptError::NotFound)
    }

    /// Stores answers, in the order given.
    pub(super) async fn store(&self, answers: Vec<NewAnswer>) -> Result<Vec<Receipt>, AttemptError> {
        let mut receipts = Vec::with_capacity(answers.len());
        for answer in answers {
            receipts.push(self.store_one(answer, false).await?);
        }
        Ok(receipts)
    }

    /// Stores an answer; `is_final` = it then stands, whatever comes after it.
    pub(super) async fn store_one(&self, answer: NewAnswer, is_final: bool) -> Result<Receipt, AttemptError> {
        if answer.response.chars().count() > LONGEST {
            return Ok(refused(&answer, Refusal::TooLong));
        }
        // PostgreSQL cannot store a null.
        if answer.response.contains('\0') {
            return Ok(refused(&answer, Refusal::NotAnAnswer));
        }
        if self.is_full {
            return Ok(refused(&answer, Refusal::TooMany));
        }
        let now = self.platform.clock.now();
        let refusal = self.refusal(&answer)?;
        let is_late = refusal.is_none() && (self.is_closed || self.is_checked(&answer.question).await?);
        let row = answer::ActiveModel {
            id: Set(answer.id),
            attempt_id: Set(self.row.id),
            question_key: Set(answer.question.to_string()),
            device_id: Set(answer.device),
            sequence: Set(answer.sequence),
            response: Set(answer.response.clone()),
            chosen_at: Set(Some(self.chosen_at(answer.age, now))),
            received_at: Set(now),
            is_late: Set(is_late),
            is_final: Set(is_final && !is_late && refusal.is_none()),
            refusal: Set(refusal.map(|refusal| refusal.name().to_owned())),
        };
        let inserted =
            answer::Entity::insert(row).on_conflict_do_nothing_on([answer::Column::Id]).exec_without_returning(self.write).await?;
        if matches!(inserted, TryInsertResult::Inserted(1..)) {
            return Ok(Receipt { id: answer.id, outcome: Outcome::of(refusal, is_late), is_repeat: false });
        }
        let first = answer::Entity::find_by_id(answer.id)
            .filter(answer::Column::AttemptId.eq(self.row.id))
            .one(self.write)
            .await?
            .and_then(Kept::from_row);
        Ok(match first {
            Some(first) => Receipt { id: answer.id, outcome: first.outcome, is_repeat: true },
            None => refused(&answer, Refusal::IdTaken),
        })
    }

    fn refusal(&self, answer: &NewAnswer) -> Result<Option<Refusal>, AttemptError> {
        let is_shown = self.shown.iter().any(|shown| shown.key == answer.question);
        let Some(question) = self.quiz()?.question(&answer.question).filter(|_| is_shown) else {
            return Ok(Some(Refusal::UnknownQuestion));
        };
        let response = serde_json::from_str::<Response>(&answer.response).ok();
        Ok((!response.is_some_and(|response| question.accepts(&response))).then_some(Refusal::NotAnAnswer))
    }

    /// Whether an answer to the question was checked and stands.
    async fn is_checked(&self, question: &QuestionKey) -> Result<bool, AttemptError> {
        if self.quiz()?.rules.feedback != Feedback::AtOnce {
            return Ok(false);
        }
        let checked = answer::Entity::find()
            .filter(answer::Column::AttemptId.eq(self.row.id))
            .filter(answer::Column::QuestionKey.eq(question.as_str()))
            .filter(answer::Column::IsFinal.eq(true))
            .count(self.write)
            .await?;
        Ok(checked > 0)
    }

    /// When an answer was chosen: never before the attempt began, nor after now, whatever the device says.
    fn chosen_at(&self, age: TimeDelta, now: DateTime<Utc>) -> DateTime<Utc> {
        now.checked_sub_signed(age.max(TimeDelta::zero())).unwrap_or(self.row.started_at).max(self.row.started_at).min(now)
    }
}
