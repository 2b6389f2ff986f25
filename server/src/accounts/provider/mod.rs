//! Signing in with a ministry's account: OpenID Connect Core 1.0, authorization code with PKCE.
//!
//! [`begin`] sends a browser to the provider, [`arrive`] takes what it comes back with. What is known of somebody elsewhere is an
//! identity: issuer and subject, linked to one person. An unknown one is linked by an e-mail address only if both sides have verified
//! it; otherwise it may become a new person ([`welcome`]).

mod arrive;
mod back_channel;
mod check;
mod credential;
mod discovery;
pub(crate) mod entity;
mod flow;
mod http;
mod identity;
mod newcomer;
mod protocol;
mod sign_out;
mod spent;

use courses::id::ProviderKey;
use sea_orm::DbErr;

use crate::Platform;
use crate::config::{Config, ProviderConfig};
use discovery::Provider;

pub use arrive::{Answer, Arrived, arrive};
pub use back_channel::sign_out_by_provider;
pub use flow::{Begin, Begun, begin};
pub(super) use identity::forget_identities;
pub use identity::{Linked, linked, unlink};
pub(in crate::accounts) use identity::{Via, follow, note};
pub use newcomer::{Newcomer, Profile, WelcomeError, newcomer, welcome};
pub use sign_out::{began_with, sign_out_address};

/// The providers of a campus.
pub(crate) struct Providers(Vec<Provider>);

impl Providers {
    /// Reads the credentials of the providers that `config` names. None of them is asked anything yet.
    pub(crate) fn open(config: &Config) -> Result<Self, (ProviderKey, String)> {
        let open = |provider: &ProviderConfig| Provider::new(provider.clone(), config).map_err(|why| (provider.id.clone(), why));
        config.providers.iter().map(open).collect::<Result<_, _>>().map(Self)
    }

    fn find(&self, key: &ProviderKey) -> Result<&Provider, ProviderError> {
        self.0.iter().find(|provider| provider.config.id == *key).ok_or(ProviderError::Unknown)
    }
}

/// Why somebody could not sign in with a provider, or change what they sign in with.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// There is no such provider.
    #[error("no such provider")]
    Unknown,
    /// It does not answer.
    #[error("the provider does not answer")]
    Unreachable,
    /// What came back belongs to nothing begun in this browser, or came too late or twice.
    #[error("nothing was begun in this browser, or it is over")]
    Stale,
    /// The provider, or the person there, said no.
    #[error("the provider said no")]
    Denied,
    /// What it said cannot be believed.
    #[error("what the provider said cannot be believed: {0}")]
    Untrusted(String),
    /// The account with this address has not verified it: somebody else may have made it.
    #[error("the account with this address has not verified it")]
    Unverified,
    /// The account is linked to another account of this provider.
    #[error("the account is linked to another account of this provider")]
    OtherIdentity,
    /// The account elsewhere is linked to somebody else.
    #[error("the account elsewhere is linked to somebody else")]
    LinkedElsewhere,
    /// The address is of no domain that this provider may bring.
    #[error("the address is of another domain")]
    Domain,
    /// There is no account, and none is made.
    #[error("there is no account, and none is made")]
    NoAccount,
    /// The account was closed.
    #[error("the account was closed")]
    Closed,
    /// Without it the person could not come in any more.
    #[error("it is the only way in")]
    OnlyWayIn,
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// What a provider that is configured is called, by the key in an address.
///
/// # Errors
/// [`ProviderError::Unknown`].
pub fn known<'a>(platform: &'a Platform, key: &ProviderKey) -> Result<&'a ProviderConfig, ProviderError> {
    platform.providers.find(key).map(|provider| &provider.config)
}
