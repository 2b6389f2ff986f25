//! People: signing up, in and out; sessions; one-time links; the profile.

pub(crate) mod entity;
pub(crate) mod link;
pub(crate) mod password;
mod profile;
mod recovery;
mod restored;
pub(crate) mod session;
mod sign_in;
mod sign_up;

pub use link::{Purpose, Secret, link_works};
pub use password::PasswordRefused;
pub use profile::{Profile, ProfileError, change_profile, profile};
pub use recovery::{RecoverError, Reset, request_reset, request_verification, reset_password, verify_email};
pub use session::{Started, authenticate, end_session};
pub use sign_in::{SignInError, sign_in};
pub use sign_up::{FieldError, NewPerson, SignUpError, first_administrator, first_administrator_link, look_over, sign_up};

pub(crate) use restored::let_nobody_in;
pub(crate) use sign_up::{give_role, insert_person};
