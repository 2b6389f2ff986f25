//! What a form does: its answers are stored, and perhaps one is checked, or the attempt is marked and closed, and then the
//! course may be complete.

use courses::id::{AnswerId, AttemptId, QuestionKey};
use courses::quiz::{Feedback, Response};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::attempt::{Attempt, AttemptError, held_row, is_over, whole};
use super::entity::attempt;
use super::kept::{Kept, kept};
use super::save::{Held, NewAnswer};
use crate::Platform;
use crate::access::Learner;
use crate::certificates;
use crate::enrolments::entity as enrolment;
use crate::storage::Write;

/// What a form asks for after its answers are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Nothing more.
    Save,
    /// To see feedback on this question, whose answer then stands.
    Check(QuestionKey),
    /// To close the attempt; not `anyway`: only if every answer is whole.
    Submit {
        /// Also with answers that lack something.
        anyway: bool,
    },
}

/// Why an attempt was not submitted.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// No such attempt of this learner.
    #[error(transparent)]
    Attempt(#[from] AttemptError),
    /// The course would be complete, but its completion could not be recorded.
    #[error(transparent)]
    Complete(#[from] certificates::CompleteError),
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// A response of a form that differs from what the form was drawn with.
pub type Changed = (QuestionKey, Response);

/// Stores the answers of a form that differ from those that count, then does what is wished; `form` reads both from what was sent,
/// given the attempt as it is. Sending a form twice stores and does nothing the second time; answers that come after the end
/// are kept as late ones.
///
/// # Errors
/// [`SubmitError`]; then nothing has changed.
pub async fn send(
    platform: &Platform,
    learner: Learner,
    id: AttemptId,
    form: impl FnOnce(&Attempt) -> (Vec<Changed>, Wish),
) -> Result<Attempt, SubmitError> {
    let write = platform.storage.begin().await?;
    let row = held_row(&write, learner, id).await?;
    let was_over = is_over(platform, &row);
    let before = whole(platform, &write, learner, row.clone()).await?;
    let (changed, wish) = form(&before);
    let is_closed = was_over || row.submitted_at.is_some();
    let held = Held::new(platform, &write, row.clone(), is_closed).await?;
    // Of a closed attempt also what came late is known: the same form, sent again, adds nothing.
    let late = if is_closed { kept(&write, id).await? } else { Vec::new() };
    let mut sequence = before.last_sequence;
    let mut has_changed = matches!(wish, Wish::Check(_));
    for (question, response) in changed {
        let counts = before.answers.get(&question);
        let is_known = |kept: &Kept| kept.device.is_none() && kept.question == question && kept.is(&response);
        if counts.map_or(response.is_empty(), |counts| *counts == response) || late.iter().any(is_known) {
            continue;
        }
        sequence += 1;
        has_changed = true;
        held.store_one(new_answer(platform, question, sequence, &response)?, false).await?;
    }
    if let Wish::Check(question) = &wish
        && !is_closed
    {
        check(platform, &write, learner, &held, &row, question).await?;
    }
    let mut after = if has_changed { whole(platform, &write, learner, row.clone()).await? } else { before };
    if row.submitted_at.is_none() && (was_over || wants_end(&wish, &after)?) {
        after.close(row.due_at.filter(|_| was_over).unwrap_or_else(|| platform.clock.now()))?;
        close(platform, &write, &after).await?;
    }
    write.commit().await?;
    Ok(after)
}

fn new_answer(platform: &Platform, question: QuestionKey, sequence: i64, response: &Response) -> Result<NewAnswer, DbErr> {
    Ok(NewAnswer {
        id: AnswerId(platform.chance.id(platform.clock.now())),
        question,
        device: None,
        sequence,
        age: chrono::TimeDelta::zero(),
        response: serde_json::to_string(response).map_err(|error| DbErr::Json(error.to_string()))?,
    })
}

/// Makes the answer that counts for `question` stand.
async fn check(
    platform: &Platform,
    write: &Write,
    learner: Learner,
    held: &Held<'_>,
    row: &attempt::Model,
    question: &QuestionKey,
) -> Result<(), SubmitError> {
    let now = whole(platform, write, learner, row.clone()).await?;
    let may_check = now.quiz()?.rules.feedback == Feedback::AtOnce && !now.checked.contains(question);
    if let Some(response) = now.answers.get(question).filter(|response| may_check && !response.is_empty()) {
        held.store_one(new_answer(platform, question.clone(), now.last_sequence + 1, response)?, true).await?;
    }
    Ok(())
}

fn wants_end(wish: &Wish, attempt: &Attempt) -> Result<bool, AttemptError> {
    Ok(match wish {
        Wish::Submit { anyway } => *anyway || attempt.flaws()?.is_empty(),
        Wish::Save | Wish::Check(_) => false,
    })
}

/// Stores the end of an attempt, and perhaps of the course.
async fn close(platform: &Platform, write: &Write, closed: &Attempt) -> Result<(), SubmitError> {
    attempt::Entity::update_many()
        .col_expr(attempt::Column::SubmittedAt, Expr::value(closed.submitted_at))
        .col_expr(attempt::Column::ScorePermille, Expr::value(closed.score_permille))
        .col_expr(attempt::Column::HasPassed, Expr::value(closed.has_passed))
        .filter(attempt::Column::Id.eq(closed.id))
        .filter(attempt::Column::SubmittedAt.is_null())
        .exec(write)
        .await?;
    certificates::complete_if_met(platform, write, &closed.enrolled).await?;
    Ok(())
}

/// Stores the end of every attempt whose time is over; how many there were. Pages show these attempts as submitted before:
/// this makes the reports see them, and certificates exist, without their learners coming back.
///
/// # Errors
/// The first [`SubmitError`]; it holds up no other attempt.
pub async fn close_overdue(platform: &Platform) -> Result<usize, SubmitError> {
    const AT_ONCE: u64 = 100;
    let now = platform.clock.now();
    let (mut closed, mut first_error, mut after) = (0, None, None);
    loop {
        let rows = attempt::Entity::find()
            .filter(attempt::Column::SubmittedAt.is_null())
            .filter(attempt::Column::ClosesAt.lt(now))
            .filter(Condition::all().add_option(after.map(|after: AttemptId| attempt::Column::Id.gt(after))))
            .order_by_asc(attempt::Column::Id)
            .limit(AT_ONCE)
            .all(platform.storage.reader())
            .await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.id);
        let enrolments = enrolment::Entity::find()
            .filter(enrolment::Column::Id.is_in(rows.iter().map(|row| row.enrolment_id)))
            .all(platform.storage.reader())
            .await?;
        for row in &rows {
            let Some(own) = enrolments.iter().find(|enrolment| enrolment.id == row.enrolment_id) else { continue };
            match send(platform, Learner::absent(own.person_id), row.id, |_| (Vec::new(), Wish::Save)).await {
                Ok(_) => closed += 1,
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
    }
    first_error.map_or(Ok(closed), Err)
}
