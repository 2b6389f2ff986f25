//! Going to a provider: what the browser takes along, so that only it can come back, and only once.

use chrono::TimeDelta;
use courses::id::{ProviderKey, SessionId};
use openidconnect::core::CoreAuthenticationFlow;
use openidconnect::{AuthenticationContextClass, CsrfToken, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::ProviderError;
use crate::Platform;
use crate::access::Confirmed;
use crate::access::key::Purpose;
use crate::access::token::{self, Use};

/// Tokens of browsers that are at a provider.
const FLOW: Use = Use { purpose: Purpose::Session, kind: "campus-flow+jwt", audience: "campus-flow" };
/// How long somebody may take there.
pub(super) const LASTS: TimeDelta = TimeDelta::minutes(10);
/// Longest path to go on to that is taken along, in bytes.
const LONGEST_PATH: usize = 512;

/// What somebody wants of a provider.
#[derive(Debug)]
pub struct Begin<'a> {
    /// Whether the session will be on a device of their own.
    pub is_own_device: bool,
    /// Whether they must show there that it is them, whatever session they have.
    pub again: bool,
    /// The person whose account it will be linked to; none = sign in.
    pub link_to: Option<Confirmed>,
    /// Path to go on to afterwards.
    pub to: &'a str,
}

/// The way to a provider.
#[derive(Debug)]
pub struct Begun {
    /// Where the browser goes.
    pub address: String,
    /// What it takes along in a cookie.
    pub cookie: String,
    /// How long it may keep it.
    pub keep_for: TimeDelta,
}

/// What the browser took along.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Flow {
    provider: ProviderKey,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
    pub(super) own: bool,
    pub(super) again: bool,
    pub(super) link: Option<SessionId>,
    pub(super) to: String,
}

/// Begins a sign-in with a provider.
///
/// # Errors
/// [`ProviderError::Unknown`], [`ProviderError::Unreachable`], [`ProviderError::Storage`].
pub async fn begin(platform: &Platform, key: &ProviderKey, wanted: Begin<'_>) -> Result<Begun, ProviderError> {
    let provider = platform.providers.find(key)?;
    let now = platform.clock.now();
    let metadata = provider.metadata(now).await?;
    let flow = Flow {
        provider: key.clone(),
        state: platform.chance.secret(),
        nonce: platform.chance.secret(),
        verifier: platform.chance.secret(),
        own: wanted.is_own_device,
        again: wanted.again,
        link: wanted.link_to.map(Confirmed::session),
        to: if wanted.to.len() > LONGEST_PATH { String::new() } else { wanted.to.to_owned() },
    };
    let (state, nonce) = (CsrfToken::new(flow.state.clone()), Nonce::new(flow.nonce.clone()));
    let verifier = PkceCodeVerifier::new(flow.verifier.clone());
    let client = provider.client(platform, &metadata)?;
    let mut request = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || state, move || nonce)
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .add_scopes(provider.config.scopes.iter().map(|scope| Scope::new(scope.clone())));
    for class in &provider.config.second_factor_by_acr {
        request = request.add_auth_context_value(AuthenticationContextClass::new(class.clone()));
    }
    if wanted.again {
        request = request.set_max_age(std::time::Duration::ZERO);
    }
    let (address, ..) = request.url();
    Ok(Begun { address: address.into(), cookie: token::sign(platform, FLOW, flow, now + LASTS)?, keep_for: LASTS })
}

/// What was taken along, if it is for this provider and `state` is the one it was given.
pub(super) async fn resume(platform: &Platform, key: &ProviderKey, cookie: &str, state: &str) -> Result<Flow, ProviderError> {
    let flow: Flow = token::read(platform, FLOW, cookie).await?.ok_or(ProviderError::Stale)?;
    // Digests are compared, so that the time it takes tells nothing.
    let is_same = Sha256::digest(&flow.state) == Sha256::digest(state);
    if is_same && flow.provider == *key { Ok(flow) } else { Err(ProviderError::Stale) }
}
