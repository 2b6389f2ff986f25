//! What is true on paper: courses, lessons, quizzes, the rule of completion, the facts of a certificate.
//!
//! Nothing here knows a clock, a database, a file system or a request, so all of it runs in a browser too.
//! Feature `source` adds what reads course sources and renders Markdown; feature `orm` lets ids and closed
//! lists be database columns. Nothing is below this crate; `server` and `app` are above it.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::as_conversions,
        reason = "tests may panic"
    )
)]

pub mod certificate;
pub mod completion;
pub mod course;
pub mod id;
pub mod language;
pub mod letters;
#[cfg(feature = "source")]
pub mod markdown;
pub mod people;
pub mod quiz;
#[cfg(feature = "source")]
pub mod source;
pub mod survey;
