//! What a provider tells of itself: asked when it is first needed, kept for a while.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::CoreClientAuthMethod;
use openidconnect::{AuthType, ClientId, IssuerUrl, JsonWebKeySet, RedirectUrl};
use tokio::sync::Mutex;
use url::Url;

use super::ProviderError;
use super::credential::Credential;
use super::http::Http;
use super::protocol::{Client, Metadata};
use crate::Platform;
use crate::config::{Config, ProviderConfig};

/// How long what a provider told is taken for true.
const KEPT_FOR: TimeDelta = TimeDelta::hours(1);
/// Shortest time between two readings of its keys on behalf of tokens whose key is unknown.
const KEYS_PATIENCE: TimeDelta = TimeDelta::minutes(1);
/// How long one that did not answer is left alone.
const REST: TimeDelta = TimeDelta::seconds(10);

/// A provider.
pub(super) struct Provider {
    pub(super) config: ProviderConfig,
    pub(super) credential: Credential,
    pub(super) http: Http,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    metadata: Option<Arc<Metadata>>,
    read_at: Option<DateTime<Utc>>,
    keys_read_at: Option<DateTime<Utc>>,
    failed_at: Option<DateTime<Utc>>,
}

impl Provider {
    pub(super) fn new(config: ProviderConfig, campus: &Config) -> Result<Self, String> {
        let issuer = Url::parse(&config.issuer).map_err(|error| error.to_string())?;
        let http = Http::new(&issuer).map_err(|error| format!("the way to it cannot be made: {error}"))?;
        Ok(Self { credential: Credential::read(&config, &campus.data)?, http, known: Mutex::default(), config })
    }

    /// What the provider tells of itself. One that does not answer now is known by what it told before.
    pub(super) async fn metadata(&self, now: DateTime<Utc>) -> Result<Arc<Metadata>, ProviderError> {
        let mut known = self.known.lock().await;
        let is_recent = |at: Option<DateTime<Utc>>, time: TimeDelta| at.is_some_and(|at| now - at < time);
        if !is_recent(known.read_at, KEPT_FOR) && !is_recent(known.failed_at, REST) {
            match self.discover().await {
                Ok(metadata) => {
                    *known = Known { metadata: Some(Arc::new(metadata)), read_at: Some(now), keys_read_at: Some(now), failed_at: None };
                }
                Err(why) => {
                    tracing::warn!(provider = %self.config.id, why, "a sign-in provider did not tell of itself");
                    known.failed_at = Some(now);
                }
            }
        }
        known.metadata.clone().ok_or(ProviderError::Unreachable)
    }

    /// The same with the keys read again, unless that was done just now: a provider may have begun to sign with a new one.
    pub(super) async fn with_fresh_keys(&self, now: DateTime<Utc>) -> Result<Arc<Metadata>, ProviderError> {
        let mut known = self.known.lock().await;
        let Some(metadata) = known.metadata.clone() else { return Err(ProviderError::Unreachable) };
        if known.keys_read_at.is_some_and(|at| now - at < KEYS_PATIENCE) {
            return Ok(metadata);
        }
        known.keys_read_at = Some(now);
        match JsonWebKeySet::fetch_async(metadata.jwks_uri(), &self.http).await {
            Ok(keys) => {
                let fresh = Arc::new(Metadata::clone(&metadata).set_jwks(keys));
                known.metadata = Some(Arc::clone(&fresh));
                Ok(fresh)
            }
            Err(error) => {
                tracing::warn!(provider = %self.config.id, %error, "the keys of a sign-in provider could not be read");
                Ok(metadata)
            }
        }
    }

    async fn discover(&self) -> Result<Metadata, String> {
        let issuer = IssuerUrl::new(self.config.issuer.clone()).map_err(|error| error.to_string())?;
        let metadata = Metadata::discover_async(issuer, &self.http).await.map_err(|error| error.to_string())?;
        let leaves = metadata.additional_metadata().end_session_endpoint.as_deref().map(Url::parse);
        let goes_astray = !self.http.may_name(metadata.authorization_endpoint().url())
            || leaves.is_some_and(|url| !url.is_ok_and(|url| self.http.may_name(&url)));
        if goes_astray { Err("it sends people to an address that is none".to_owned()) } else { Ok(metadata) }
    }

    /// The campus as the provider's client.
    pub(super) fn client(&self, platform: &Platform, metadata: &Metadata) -> Result<Client, ProviderError> {
        let address = format!("{}/sign-in/{}/callback", platform.config.origin(), self.config.id);
        let redirect = RedirectUrl::new(address).map_err(|error| ProviderError::Untrusted(error.to_string()))?;
        let id = ClientId::new(self.config.client_id.clone());
        // RFC 8414, section 2: a provider that names no way takes the secret in the header.
        let takes_header = metadata.token_endpoint_auth_methods_supported().is_none_or(|ways| {
            ways.contains(&CoreClientAuthMethod::ClientSecretBasic) || !ways.contains(&CoreClientAuthMethod::ClientSecretPost)
        });
        let way = if takes_header { AuthType::BasicAuth } else { AuthType::RequestBody };
        Ok(Client::from_provider_metadata(metadata.clone(), id, self.credential.secret()).set_redirect_uri(redirect).set_auth_type(way))
    }
}
