//! Forms that work without scripts: fields that keep what was typed, errors beside them and in a summary.

mod field;
mod read;

pub use field::{Choice, Field, error_links, field, hidden, select, summary};
pub(crate) use field::{described_by, error_line};
pub use read::{Fields, add_cookie, notice, redirect, remember_language, slowed};
pub(crate) use read::{kept_cookie, whole_seconds};
