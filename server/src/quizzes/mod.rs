//! Quizzes: starting an attempt, storing answers, submitting, and what the learner may see of it.

pub(crate) mod api;
mod attempt;
pub(crate) mod entity;
mod kept;
mod own;
mod save;
mod start;
mod submit;

pub(crate) use attempt::outcomes;
pub use attempt::{Attempt, AttemptError, attempt, attempts_of, kept_answers, pause_end};
pub use kept::Kept;
pub(crate) use kept::counting_answers;
pub use save::{NewAnswer, Outcome, Receipt, Refusal, save};
pub use start::{StartError, start};
pub use submit::{Changed, SubmitError, Wish, close_overdue, send};
