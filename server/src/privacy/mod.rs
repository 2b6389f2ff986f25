//! What is kept of people: the inventory that says so, their own data as an archive, erasure, retention, and who saw their record.

mod accesses;
mod archive;
pub(crate) mod entity;
mod erasure;
pub mod inventory;
mod journal;
mod own_data;
mod pseudonym;
mod retention;

pub use accesses::{Access, List, Manner, Seen, accesses, record_access};
pub use archive::ArchiveError;
pub(crate) use erasure::note_erasures;
pub use erasure::{Certificates, EraseError, erase_own, erase_person, replay};
pub use journal::merge_journal;
pub use own_data::{OwnData, Topic, own_data};
pub(crate) use pseudonym::is_somebody;
pub use retention::{SweepError, Swept, Warning, is_to_be_sent, note_sent, sweep};
