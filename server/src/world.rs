//! Time and chance, so that tests can hold both still.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, SubsecRound, TimeZone, Utc};
use chrono_tz::Tz;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now, in UTC, truncated to microseconds.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}

/// The instant `day` begins in `zone`; where clocks jump over midnight, the first instant after it.
pub(crate) fn start_of(day: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
    let midnight = day.and_hms_opt(0, 0, 0)?;
    let local = zone.from_local_datetime(&midnight).earliest().or_else(|| zone.from_local_datetime(&day.and_hms_opt(1, 0, 0)?).earliest());
    local.map(|local| local.to_utc())
}

/// A source of ids, seeds and secrets. Cryptographically secure; only tests and demonstration data seed it.
pub struct Chance(Mutex<StdRng>);

impl Chance {
    /// Seeded by the operating system.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the operating system for randomness")]
    pub fn from_system() -> Self {
        Self(Mutex::new(rand::make_rng()))
    }

    /// The same sequence for the same `seed`.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }

    /// A random 63-bit seed.
    pub fn seed(&self) -> i64 {
        i64::from_be_bytes(self.bytes()) & i64::MAX
    }

    /// A UUIDv7 for something that happens at `now`.
    pub fn id(&self, now: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }

    /// A secret of 256 bits for a link, in URL-safe characters.
    pub fn secret(&self) -> String {
        use base64::Engine;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(self.bytes::<32>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_of_the_zone_or_right_after_it() {
        let start = |day: &str, zone| start_of(day.parse().unwrap(), zone).unwrap().to_rfc3339();
        assert_eq!(start("2026-03-01", Tz::America__Guatemala), "2026-03-01T06:00:00+00:00");
        // Clocks went from 23:59 to 01:00.
        assert_eq!(start("2026-03-08", Tz::America__Havana), "2026-03-08T05:00:00+00:00");
    }
}
