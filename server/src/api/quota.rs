//! How many requests are left: counted in the database for all servers together, but not one by one.
//!
//! A server takes a twentieth of the quota at a time and hands it out from memory, so that a reading costs no write. No request
//! passes that the database has not counted, whatever the number of servers. What a server took and did not hand out within a
//! minute is given up: a program may get that much less, a twentieth for each server it talks to.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DbErr;

use crate::Platform;
use crate::access::limit::{self, Limit, LimitError};

/// Counts the programs of one exchange together.
pub(super) const OF_TOKEN: &str = "api-token";
/// Counts requests without a valid token by where they come from.
pub(super) const OF_ADDRESS: &str = "api-address";

/// What a server holds of each subject's quota.
#[derive(Default)]
pub struct Quotas {
    held: Mutex<HashMap<(&'static str, String), Held>>,
    /// Who takes from the database now.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Clone, Copy, Debug)]
struct Held {
    /// Requests that may pass without asking the database.
    here: i64,
    /// Requests that the database had left when it was last asked.
    there: i64,
    /// When the whole quota is there again.
    full_at: DateTime<Utc>,
    /// When what is held is given up.
    until: DateTime<Utc>,
}

/// What became of a request's place in the quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    /// How many more pass now.
    pub left: i64,
    /// How long until all of them do.
    pub full_in_seconds: i64,
    /// How long until the next one passes, if this one does not.
    pub retry_after_seconds: Option<i64>,
}

/// How long a server keeps what it took.
const KEPT_FOR: TimeDelta = TimeDelta::minutes(1);
/// Most subjects remembered before those whose time is over are dropped.
const MOST: usize = 10_000;

/// Takes one request of `subject`'s quota.
pub(super) async fn take(platform: &Platform, kind: &'static str, subject: &str) -> Result<Taken, DbErr> {
    let now = platform.clock.now();
    if let Some(taken) = platform.quotas.take_held(kind, subject, now) {
        return Ok(taken);
    }
    // One after the other: of many requests at once the first takes for all of them.
    let _turn = platform.quotas.turn.lock().await;
    if let Some(taken) = platform.quotas.take_held(kind, subject, now) {
        return Ok(taken);
    }
    let quota = i64::from(platform.config.api_requests_per_minute);
    let every = TimeDelta::microseconds(60_000_000 / quota);
    let limit = Limit { kind, burst: i32::try_from(quota).unwrap_or(i32::MAX), every };
    let batch = (quota / 20).max(1);
    let lease = match limit::take_many(platform, limit, subject, batch).await {
        // Near the end of the quota what is left is handed out singly.
        Err(LimitError::TooMany(_)) if batch > 1 => limit::take_many(platform, limit, subject, 1).await.map(|spent| (spent, 1)),
        taken => taken.map(|spent| (spent, batch)),
    };
    match lease {
        Ok((spent_until, count)) => {
            let spent = spent_until - now;
            let there = quota - spent.num_microseconds().unwrap_or(i64::MAX).div_euclid(every.num_microseconds().unwrap_or(1).max(1));
            let held = Held { here: count - 1, there: there.clamp(0, quota), full_at: spent_until, until: now + KEPT_FOR };
            platform.quotas.hold(kind, subject, held, now);
            Ok(held.taken(now))
        }
        Err(LimitError::TooMany(too_many)) => {
            let wait = seconds(too_many.retry_after);
            Ok(Taken { left: 0, full_in_seconds: 60, retry_after_seconds: Some(wait) })
        }
        Err(LimitError::Storage(error)) => Err(error),
    }
}

impl Held {
    fn taken(self, now: DateTime<Utc>) -> Taken {
        Taken { left: self.here + self.there, full_in_seconds: seconds(self.full_at - now), retry_after_seconds: None }
    }
}

impl Quotas {
    fn take_held(&self, kind: &'static str, subject: &str, now: DateTime<Utc>) -> Option<Taken> {
        let mut all = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let held = all.get_mut(&(kind, subject.to_owned())).filter(|held| held.here > 0 && held.until > now)?;
        held.here -= 1;
        Some(held.taken(now))
    }

    fn hold(&self, kind: &'static str, subject: &str, held: Held, now: DateTime<Utc>) {
        let mut all = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.retain(|_, held| held.until > now);
        }
        all.insert((kind, subject.to_owned()), held);
    }
}

/// Whole seconds, rounded up, at least one.
fn seconds(time: TimeDelta) -> i64 {
    (time.num_milliseconds() + 999).div_euclid(1000).max(1)
}
