//! How the campus shows a provider that it is the campus.

use std::path::Path;

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use openidconnect::ClientSecret;
use serde::Serialize;

use crate::Platform;
use crate::config::ProviderConfig;

/// Seconds that an assertion is good for.
const ASSERTED_FOR: i64 = 60;

/// What the campus shows.
pub(super) enum Credential {
    /// A secret that both know.
    Secret(ClientSecret),
    /// A signature by a key that only the campus has (`private_key_jwt`; RFC 7523).
    Key { key: Box<EncodingKey>, algorithm: Algorithm, id: Option<String> },
}

/// Claims of an assertion (RFC 7523, section 3).
#[derive(Serialize)]
struct Assertion<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    jti: String,
    iat: i64,
    exp: i64,
}

impl Credential {
    /// Reads what the configuration names; files stand in `folder` unless their path is whole.
    pub(super) fn read(config: &ProviderConfig, folder: &Path) -> Result<Self, String> {
        let text = |file: &Path| {
            let path = folder.join(file);
            std::fs::read_to_string(&path).map_err(|error| format!("the file {} cannot be read: {error}", path.display()))
        };
        match (&config.client_secret, &config.client_secret_file, &config.private_key_file) {
            (Some(secret), ..) => Ok(Self::Secret(ClientSecret::new(secret.reveal().to_owned()))),
            (None, Some(file), _) => Ok(Self::Secret(ClientSecret::new(text(file)?.trim().to_owned()))),
            (None, None, Some(file)) => Self::of_key(&text(file)?, config.key_id.clone()),
            (None, None, None) => Err("it has no credential".to_owned()),
        }
    }

    fn of_key(pem: &str, id: Option<String>) -> Result<Self, String> {
        let pem = pem.as_bytes();
        let kinds = [
            (EncodingKey::from_rsa_pem(pem), Algorithm::RS256),
            (EncodingKey::from_ec_pem(pem), Algorithm::ES256),
            (EncodingKey::from_ed_pem(pem), Algorithm::EdDSA),
        ];
        // A file that looks like a key may be of a curve that is not ours: one that signs is one that works.
        let works = |key: &EncodingKey, algorithm| jsonwebtoken::encode(&Header::new(algorithm), &"", key).is_ok();
        kinds
            .into_iter()
            .find_map(|(key, algorithm)| key.ok().filter(|key| works(key, algorithm)).map(|key| (Box::new(key), algorithm)))
            .map(|(key, algorithm)| Self::Key { key, algorithm, id })
            .ok_or_else(|| "the private key is not one of RSA, P-256 or Ed25519 in PEM (PKCS#8)".to_owned())
    }

    /// The secret, where there is one.
    pub(super) fn secret(&self) -> Option<ClientSecret> {
        match self {
            Self::Secret(secret) => Some(secret.clone()),
            Self::Key { .. } => None,
        }
    }

    /// A fresh assertion for the provider, where there is a key.
    pub(super) fn assertion(&self, platform: &Platform, config: &ProviderConfig) -> Result<Option<String>, jsonwebtoken::errors::Error> {
        let Self::Key { key, algorithm, id } = self else { return Ok(None) };
        let now = platform.clock.now().timestamp();
        let client = config.client_id.as_str();
        let claims = Assertion {
            iss: client,
            sub: client,
            aud: config.assertion_audience.as_deref().unwrap_or(&config.issuer),
            jti: platform.chance.secret(),
            iat: now,
            exp: now + ASSERTED_FOR,
        };
        let mut header = Header::new(*algorithm);
        header.kid.clone_from(id);
        jsonwebtoken::encode(&header, &claims, key).map(Some)
    }
}
