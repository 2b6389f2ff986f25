//! A provider tells that somebody has signed out there (OpenID Connect Back-Channel Logout 1.0).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use courses::id::ProviderKey;
use openidconnect::core::{CoreJsonWebKey, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKey, JsonWebKeyId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::check::{LEEWAY, OLDEST, is_name};
use super::discovery::Provider;
use super::entity::{identity, origin};
use super::identity::begun_by;
use super::protocol::{ALGORITHMS, Metadata};
use super::{ProviderError, spent};
use crate::Platform;
use crate::accounts::event;
use crate::accounts::session::end_all;

/// The event that such a token is about.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// Longest token looked at, in bytes.
const LONGEST: usize = 8 * 1024;

/// What a header may say; nothing of it is believed but for the choice of the key.
#[derive(Deserialize)]
struct Header {
    alg: CoreJwsSigningAlgorithm,
    #[serde(default)]
    typ: Option<String>,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    crit: Option<Value>,
}

/// What the token says (section 2.4).
#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    iat: i64,
    exp: i64,
    jti: String,
    events: Map<String, Value>,
    #[serde(default)]
    sub: Option<String>,
    #[serde(default)]
    sid: Option<String>,
    #[serde(default)]
    nonce: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Audience {
    fn holds(&self, client: &str) -> bool {
        match self {
            Self::One(audience) => audience == client,
            Self::Many(audiences) => audiences.iter().any(|audience| audience == client),
        }
    }
}

/// Ends the sessions that the provider's token is about. A token works once.
///
/// # Errors
/// [`ProviderError::Unknown`], [`ProviderError::Unreachable`], [`ProviderError::Untrusted`], [`ProviderError::Storage`].
pub async fn sign_out_by_provider(platform: &Platform, key: &ProviderKey, token: &str) -> Result<(), ProviderError> {
    let provider = platform.providers.find(key)?;
    let now = platform.clock.now();
    let doubt = |why: &str| ProviderError::Untrusted(why.to_owned());
    let metadata = provider.metadata(now).await?;
    let signed = match signed(&metadata, token) {
        Err(Unsigned::Key) => signed(&*provider.with_fresh_keys(now).await?, token),
        other => other,
    };
    let payload = signed.map_err(|_| doubt("no key of the provider has signed it"))?;
    let claims: Claims = serde_json::from_slice(&payload).map_err(|_| doubt("its claims are not those of a logout token"))?;
    further(provider, &claims, now).map_err(doubt)?;
    if !spent::spend(platform, &provider.config.issuer, &claims.jti, now + OLDEST + LEEWAY).await? {
        return Err(doubt("it was used before"));
    }
    end(platform, provider, &claims).await
}

enum Unsigned {
    Key,
    Token,
}

/// The payload of `token`, if one of the provider's keys has signed it with one of our algorithms.
fn signed(metadata: &Metadata, token: &str) -> Result<Vec<u8>, Unsigned> {
    if token.len() > LONGEST {
        return Err(Unsigned::Token);
    }
    let (message, signature) = token.rsplit_once('.').ok_or(Unsigned::Token)?;
    let (header, payload) = message.split_once('.').ok_or(Unsigned::Token)?;
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| Unsigned::Token);
    let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| Unsigned::Token)?;
    let is_kind =
        header.typ.as_deref().is_none_or(|typ| ["logout+jwt", "application/logout+jwt", "jwt"].contains(&typ.to_lowercase().as_str()));
    if !ALGORITHMS.contains(&header.alg) || !is_kind || header.crit.is_some() {
        return Err(Unsigned::Token);
    }
    let kid = header.kid.map(JsonWebKeyId::new);
    let keys: Vec<&CoreJsonWebKey> = metadata.jwks().keys().iter().filter(|key| kid.is_none() || key.key_id() == kid.as_ref()).collect();
    if keys.is_empty() {
        return Err(Unsigned::Key);
    }
    let signature = decode(signature)?;
    let is_signed = keys.into_iter().any(|key| key.verify_signature(&header.alg, message.as_bytes(), &signature).is_ok());
    if is_signed { decode(payload) } else { Err(Unsigned::Token) }
}

/// Section 2.6, after the signature.
fn further(provider: &Provider, claims: &Claims, now: DateTime<Utc>) -> Result<(), &'static str> {
    let now = now.timestamp();
    let (leeway, oldest) = (LEEWAY.num_seconds(), OLDEST.num_seconds());
    let is_recent = claims.iat <= now + leeway && claims.iat >= now - oldest && claims.exp > now - leeway;
    if claims.iss != provider.config.issuer {
        Err("it is another issuer's")
    } else if !claims.aud.holds(&provider.config.client_id) {
        Err("it is for another client")
    } else if !is_recent {
        Err("it is too old or from the future")
    } else if !claims.events.get(EVENT).is_some_and(Value::is_object) {
        Err("it is about no logout")
    } else if claims.nonce.is_some() {
        Err("it has a nonce, as ID tokens have")
    } else if !is_name(&claims.jti) || [&claims.sub, &claims.sid].into_iter().flatten().any(|name| !is_name(name)) {
        Err("a name is too long or has control characters")
    } else if claims.sub.is_none() && claims.sid.is_none() {
        Err("it names nobody")
    } else {
        Ok(())
    }
}

async fn end(platform: &Platform, provider: &Provider, claims: &Claims) -> Result<(), ProviderError> {
    let transaction = platform.storage.begin().await?;
    let mut about = Condition::all().add(identity::Column::Issuer.eq(&provider.config.issuer));
    if let Some(subject) = &claims.sub {
        about = about.add(identity::Column::Subject.eq(subject));
    }
    if let Some(session) = &claims.sid {
        let begun = sea_orm::sea_query::Query::select()
            .column(origin::Column::IdentityId)
            .from(origin::Entity)
            .and_where(origin::Column::ProviderSession.eq(session))
            .take();
        about = about.add(identity::Column::Id.in_subquery(begun));
    }
    for identity in identity::Entity::find().filter(about).all(&transaction).await? {
        if end_all(platform, &transaction, begun_by(identity.id, claims.sid.as_deref())).await? > 0 {
            event::happened("sessions-ended");
        }
    }
    transaction.commit().await?;
    Ok(())
}
