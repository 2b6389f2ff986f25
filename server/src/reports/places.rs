//! Files that are made row by row while they are taken: some at once, and none for as long as whoever takes it likes.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use async_stream::try_stream;
use futures_util::{Stream, StreamExt};
use sea_orm::DbErr;
use tokio::sync::{Semaphore, mpsc};

/// Files made at once: each holds a connection of the eight that everybody shares.
const AT_ONCE: usize = 3;
/// Parts made before one is taken.
const AHEAD: usize = 4;
/// How long a part waits to be taken.
const PATIENCE: Duration = Duration::from_secs(30);

/// Places for files that are being made.
pub(crate) struct Places {
    free: Arc<Semaphore>,
    patience: Duration,
}

impl Default for Places {
    fn default() -> Self {
        Self { free: Arc::new(Semaphore::new(AT_ONCE)), patience: PATIENCE }
    }
}

impl Places {
    /// Hands on what `parts` reads from the database, in a task of its own. Where nobody takes a part in time it reads no further,
    /// and the file ends with an error: half of it must not look like all.
    pub(super) fn hand_on<P>(&self, parts: P) -> impl Stream<Item = Result<Vec<u8>, DbErr>> + Send + 'static + use<P>
    where
        P: Stream<Item = Result<Vec<u8>, DbErr>> + Send + 'static,
    {
        let (places, patience) = (Arc::clone(&self.free), self.patience);
        let (sender, mut receiver) = mpsc::channel(AHEAD);
        tokio::spawn(async move {
            let Ok(_place) = places.acquire_owned().await else { return };
            let mut parts = pin!(parts);
            while let Some(part) = parts.next().await {
                if sender.send_timeout(Some(part), patience).await.is_err() {
                    return;
                }
            }
            // The mark of the end. Whoever is gone needs none.
            let _ = sender.send_timeout(None, patience).await;
        });
        try_stream! {
            while let Some(part) = receiver.recv().await.unwrap_or_else(|| Some(Err(taken_too_slowly()))) {
                yield part?;
            }
        }
    }
}

fn taken_too_slowly() -> DbErr {
    DbErr::Custom("a file was taken too slowly".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(count: u8) -> impl Stream<Item = Result<Vec<u8>, DbErr>> + Send + 'static {
        futures_util::stream::iter((0..count).map(|number| Ok(vec![number])))
    }

    #[tokio::test]
    async fn all_parts_come_in_their_order() {
        let taken: Vec<_> = Places::default().hand_on(parts(20)).map(Result::unwrap).collect().await;
        assert_eq!(taken, (0..20).map(|number| vec![number]).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn a_file_that_nobody_takes_gives_its_place_back_and_does_not_look_whole() {
        let places = Places { patience: Duration::from_millis(20), ..Places::default() };
        let mut slow: Vec<_> = (0..AT_ONCE).map(|_| Box::pin(places.hand_on(parts(20)))).collect();
        let other: Vec<_> = places.hand_on(parts(3)).collect().await;
        assert_eq!(other.len(), 3, "the fourth had its turn");
        let taken: Vec<_> = slow.remove(0).collect().await;
        assert!(taken.len() < 20 && taken.last().is_some_and(Result::is_err), "{taken:?}");
    }

    #[tokio::test]
    async fn an_error_in_the_middle_is_handed_on() {
        let broken = parts(2).chain(futures_util::stream::iter([Err(DbErr::Custom("gone".to_owned()))]));
        let taken: Vec<_> = Places::default().hand_on(broken).collect().await;
        assert_eq!(taken.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, true, false]);
    }
}
