//! The rules of a quiz.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::PoolKey;

/// How a quiz is taken, marked and explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// What it is for.
    pub purpose: Purpose,
    /// Score from which it is passed, 0 to 1000.
    pub pass_permille: u16,
    /// How many attempts a learner has; `None` = as many as one likes.
    pub attempts: Option<u16>,
    /// Hours from the end of an attempt to the start of the next.
    pub pause_hours: u16,
    /// Time limit of an attempt; `None` = as long as one likes.
    pub minutes: Option<u16>,
    /// How long after the limit an answer still counts, for slow connections.
    pub grace_seconds: u16,
    /// Whether questions stand one on a page.
    pub one_at_a_time: bool,
    /// Whether each attempt shows the options in another order.
    pub shuffle: bool,
    /// Whether each attempt shows the questions in another order.
    pub shuffle_questions: bool,
    /// How many questions an attempt draws from each pool.
    pub draw: BTreeMap<PoolKey, u16>,
    /// When the learner sees feedback.
    pub feedback: Feedback,
    /// Whether feedback also tells which answers were right among those not given.
    pub shows_key: bool,
}

/// What a quiz is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// To try oneself; never required.
    Practice,
    /// Before the course; never required, never marked against the learner.
    PreTest,
    /// At the end of a module.
    Module,
    /// After the last module.
    PostTest,
}

/// When a learner sees feedback.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Feedback {
    /// Question by question, when the learner asks for it; the answer then stands.
    AtOnce,
    /// As soon as the attempt is submitted.
    #[default]
    AfterSubmitting,
    /// When the quiz is passed or no attempt is left.
    AfterLastAttempt,
    /// Never.
    Never,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            purpose: Purpose::Module,
            pass_permille: 700,
            attempts: Some(3),
            pause_hours: 0,
            minutes: None,
            grace_seconds: 60,
            one_at_a_time: false,
            shuffle: true,
            shuffle_questions: false,
            draw: BTreeMap::new(),
            feedback: Feedback::default(),
            shows_key: true,
        }
    }
}
