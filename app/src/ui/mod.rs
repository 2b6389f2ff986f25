//! Small pieces that many pages draw with.

mod icon;
mod message;
mod parts;

pub use icon::{Icon, icon};
pub use message::message_page;
pub use parts::{html, in_language, state, typed_text};
