//! Whether this server can take requests: asked by proxies and by whoever watches over it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::Platform;

/// Longest wait for the database, before it counts as unreachable.
const PATIENCE: Duration = Duration::from_secs(3);

/// What a server knows of its own state.
#[derive(Debug, Default)]
pub struct Health {
    is_stopping: AtomicBool,
}

/// Why a server should get no more requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unready {
    /// It was told to stop, and finishes what is under way.
    #[error("stopping")]
    Stopping,
    /// The database does not answer, or takes no writes.
    #[error("database")]
    Database,
}

impl Health {
    /// From now on the server asks for no more requests.
    pub fn stop(&self) {
        self.is_stopping.store(true, Ordering::SeqCst);
    }

    /// Whether the server was told to stop.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::SeqCst)
    }
}

/// Whether requests can be answered here: keys and library are loaded since the platform is open, the database answers and lets
/// a write begin. Nothing is written.
///
/// # Errors
/// [`Unready`].
pub async fn ready(platform: &Platform) -> Result<(), Unready> {
    if platform.health.is_stopping() {
        return Err(Unready::Stopping);
    }
    let asked = tokio::time::timeout(PATIENCE, platform.storage.takes_writes());
    if matches!(asked.await, Ok(Ok(true))) { Ok(()) } else { Err(Unready::Database) }
}
