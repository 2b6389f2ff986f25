//! Tokens: what a person makes for a program, and what the program exchanges it for.
//!
//! A **service token** is a credential that its owner makes in the profile: a secret of 256 bits, of which a digest is kept, with
//! scopes and an end. A program exchanges it for an **access token** (a JWT of ten minutes) and a **refresh token**, which works
//! once and is exchanged for the next pair. All that grows out of one exchange is a *family*: it ends as a whole.

mod api;
mod exchange;
mod service;

pub(super) use api::endpoints;
pub(super) use exchange::authenticate;
pub use service::{LONGEST_DAYS, MadeToken, MakeError, ServiceToken, make_token, own_tokens, revoke_all_tokens, revoke_token};
pub(crate) use service::{forget_answers_about, forget_old, let_nobody_in, revoke_of, without_second_factor};

/// How a service token begins, so that one left in a file is recognised.
const SERVICE: &str = "campus_service_";
/// How a refresh token begins.
const REFRESH: &str = "campus_refresh_";
