//! People: signing up, in and out; sessions; second factors; one-time links; the profile; what administrators do with accounts.

mod allowance;
pub(crate) mod api;
mod confirm;
mod credentials;
mod device;
mod directory;
pub(crate) mod entity;
pub(crate) mod event;
mod invite;
pub(crate) mod link;
mod notice;
mod passkey;
pub(crate) mod password;
mod people;
mod profile;
pub mod provider;
mod recovery;
mod recovery_code;
mod restored;
mod second_factor;
pub(crate) mod session;
mod sessions;
mod sign_in;
mod sign_up;

pub use allowance::{take_export, take_reset};
pub use confirm::{Ways, confirm_by_code, confirm_by_password, ways};
pub use credentials::{CredentialError, NewAddress, change_email, change_password, request_email_change};
pub use device::{Device, KnownPeople};
pub use directory::{Account, Given, Listed, account, find_people, roles};
pub use link::{Purpose, Secret, link_works};
pub use notice::{Event, Notice};
pub use passkey::{
    Challenge, OwnPasskey, SecondFactors, add_passkey, confirm_by_passkey, new_passkey_challenge, passkey_challenge, passkeys_work,
    remove_passkey, second_factors, sign_in_by_passkey,
};
pub use password::PasswordRefused;
pub use people::{PeopleError, ResetFor, disable, enable, give_role, reset_link, reset_second_factor, reset_second_factor_of, take_role};
pub use profile::{Profile, ProfileError, change_profile, profile};
pub use recovery::{RecoverError, Reset, request_reset, request_verification, reset_password, verify_email};
pub use recovery_code::new_recovery_codes;
pub use second_factor::{Added, AppSecret, CodeError, app_secret, begin_app, confirm_app, remove_app};
pub use session::{Started, authenticate, end_session, prolong, seen};
pub use sessions::{OpenSession, end_one, end_others, open_sessions};
pub use sign_in::{Place, SignInError, Step, finish_sign_in, is_half_way, sign_in};
pub use sign_up::{FieldError, NewPerson, SignUpError, first_administrator, first_administrator_link, look_over, sign_up};

pub(crate) use people::{administrators, has_role, lock_administrators};
pub(crate) use restored::let_nobody_in;
pub(crate) use sign_up::{insert_grant, insert_person};
