//! How often people may try what others could try in their name.
//!
//! Every limit slows and none locks: once the burst is spent, the next try passes after the time that one is given back in. Tries for an
//! account that does not exist are counted like those for one that does.

use chrono::TimeDelta;
use courses::id::PersonId;
use sea_orm::DbErr;

use crate::Platform;
use crate::access::ClientAddress;
use crate::access::limit::{self, Limit, LimitError};

/// Passwords for one account from devices it has not been signed in on.
pub(super) const SIGN_IN: Limit = Limit { kind: "sign-in", burst: 10, every: TimeDelta::minutes(1) };
/// Passwords for one account from devices it has been signed in on: what strangers try does not count here.
pub(super) const SIGN_IN_KNOWN: Limit = Limit { kind: "sign-in-known", burst: 10, every: TimeDelta::minutes(1) };
/// Passwords of somebody who is signed in already.
pub(super) const CONFIRM: Limit = Limit { kind: "confirm", burst: 5, every: TimeDelta::minutes(1) };
/// Codes of a second factor: six digits are few.
pub(super) const CODE: Limit = Limit { kind: "code", burst: 5, every: TimeDelta::minutes(2) };
/// Links for a new password of one account.
const RESET: Limit = Limit { kind: "reset", burst: 3, every: TimeDelta::minutes(20) };
/// Links that verify an address or change it, for one person.
const LINK: Limit = Limit { kind: "link", burst: 3, every: TimeDelta::minutes(10) };
/// Files of one person.
const EXPORT: Limit = Limit { kind: "export", burst: 30, every: TimeDelta::minutes(1) };

/// Something limited by the address it comes from, generously: a clinic has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FromAddress {
    SignIn,
    SignUp,
    Reset,
}

impl FromAddress {
    fn limit(self, burst: u16) -> Limit {
        let (kind, every) = match self {
            Self::SignIn => ("sign-in-address", TimeDelta::seconds(2)),
            Self::SignUp => ("sign-up-address", TimeDelta::seconds(12)),
            Self::Reset => ("reset-address", TimeDelta::seconds(12)),
        };
        Limit { kind, burst: burst.into(), every }
    }
}

/// Takes one of what `address` is allowed.
pub(super) async fn from_address(platform: &Platform, what: FromAddress, address: ClientAddress) -> Result<(), LimitError> {
    limit::take(platform, what.limit(platform.config.burst_per_address), &address.subject()).await
}

/// Takes one of the links for a new password that may be asked for: for this login, whether anybody has it or not.
///
/// # Errors
/// [`LimitError`].
pub async fn take_reset(platform: &Platform, login: &str, address: ClientAddress) -> Result<(), LimitError> {
    from_address(platform, FromAddress::Reset, address).await?;
    limit::take(platform, RESET, &folded(login)).await
}

/// Takes one of the links that `person` may have sent to an address of theirs.
pub(super) async fn take_link(platform: &Platform, person: PersonId) -> Result<(), LimitError> {
    limit::take(platform, LINK, &person.to_string()).await
}

/// Takes one of the files that `person` may ask for.
///
/// # Errors
/// [`LimitError`].
pub async fn take_export(platform: &Platform, person: PersonId) -> Result<(), LimitError> {
    limit::take(platform, EXPORT, &person.to_string()).await
}

/// A login as it is compared.
pub(super) fn folded(login: &str) -> String {
    login.trim().to_lowercase()
}

/// Gives back what a right password or code had taken.
pub(super) async fn give_back(platform: &Platform, limit: Limit, subject: &str) -> Result<(), DbErr> {
    limit::give_back(platform, limit, subject).await
}
