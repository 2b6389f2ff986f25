//! A whole campus in process, and people who use it through HTTP.
//!
//! [`Campus::on`] opens one on a fresh database; [`Campus::visitor`] and [`Campus::learner`] give browsers that keep their
//! cookies and send what a browser sends. Above this crate are only the tests in `it`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a test that cannot go on should stop"
)]

mod addresses;
mod answer;
mod browser;
mod campus;
mod database;
mod kept;
mod library;
mod look;
mod meanwhile;
mod ministry;
mod passkey;
mod post;
mod program;

pub use addresses::{Address, filled};
pub use answer::Answer;
pub use browser::Browser;
pub use campus::{Campus, START, TestClock, sign_up_form};
pub use database::Database;
pub use kept::Contents;
pub use library::Library;
pub use ministry::{Answers, CLIENT_SECRET, Ministry, Signs, Telling, private_key, public_bytes};
pub use passkey::{Passkey, Shown};
pub use program::Program;

/// Writes a test that runs on a campus on SQLite and again on one on PostgreSQL.
#[macro_export]
macro_rules! on_both {
    ($(async fn $name:ident($campus:ident) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports, reason = "a short test may need none of them")]
            use super::*;

            async fn story($campus: &$crate::Campus) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                let campus = $crate::Campus::on($crate::Database::sqlite()).await;
                story(&campus).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgresql() {
                let Some(database) = $crate::Database::postgresql().await else { return };
                let campus = $crate::Campus::on(database).await;
                story(&campus).await;
            }
        }
    )+};
}

/// Writes a test that is given a fresh SQLite database and, once more, a fresh PostgreSQL one, to open campuses on.
#[macro_export]
macro_rules! on_both_databases {
    ($(async fn $name:ident($database:ident) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports, reason = "a short test may need none of them")]
            use super::*;

            async fn story($database: $crate::Database) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                story($crate::Database::sqlite()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgresql() {
                if let Some(database) = $crate::Database::postgresql().await {
                    story(database).await;
                }
            }
        }
    )+};
}
