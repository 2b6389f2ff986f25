//! Time and chance, so that tests can hold both still.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, SubsecRound, Utc};
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
