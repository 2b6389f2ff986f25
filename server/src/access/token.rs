//! Signed tokens (JWT, RFC 7519, with the practices of RFC 8725): one algorithm, one type and one audience for each use, keys by name.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use courses::id::{KeyId, TokenId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, TryInsertResult};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::entity::spent;
use super::key::{self, Purpose};
use crate::Platform;

/// A use of tokens. A token of one use is none for another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Use {
    /// Which keys sign it.
    pub purpose: Purpose,
    /// `typ` of the header.
    pub kind: &'static str,
    /// `aud` of the claims.
    pub audience: &'static str,
}

const ISSUER: &str = "campus";
const ALGORITHM: &str = "HS256";
/// Longest token looked at, in bytes: one that carries the state of a passkey being made.
const LONGEST: usize = 8192;

#[derive(Serialize, Deserialize)]
struct Claims<C> {
    iss: String,
    aud: String,
    iat: i64,
    exp: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nbf: Option<i64>,
    #[serde(flatten)]
    own: C,
}

/// What a header says, and all it may say: no `jku`, no `jwk`, no `crit`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    alg: String,
    typ: String,
    kid: KeyId,
}

/// A token with these claims of its own, valid until `expires_at`.
pub(crate) fn sign<C: Serialize>(platform: &Platform, to: Use, own: C, expires_at: DateTime<Utc>) -> Result<String, DbErr> {
    let unsigned = || DbErr::Custom(format!("a {} could not be signed", to.kind));
    let key = platform.keys.newest(to.purpose).ok_or_else(unsigned)?;
    let (iat, exp) = (platform.clock.now().timestamp(), expires_at.timestamp());
    let claims = Claims { iss: ISSUER.into(), aud: to.audience.into(), iat, exp, nbf: None, own };
    let mut header = Header::new(Algorithm::HS256);
    header.typ = Some(to.kind.to_owned());
    header.kid = Some(key.id.to_string());
    jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(&key.secret)).map_err(|_| unsigned())
}

/// The claims of `token`, if it is ours, for this use, and its time is not over.
pub(crate) async fn read<C: DeserializeOwned>(platform: &Platform, to: Use, token: &str) -> Result<Option<C>, DbErr> {
    let Some(kid) = named_key(to, token) else { return Ok(None) };
    let Some(key) = key::find(platform, to.purpose, kid).await? else { return Ok(None) };
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_audience(&[to.audience]);
    validation.set_issuer(&[ISSUER]);
    validation.set_required_spec_claims(&["exp", "aud", "iss"]);
    // The library reads the machine's clock; the campus's own clock decides below.
    validation.validate_exp = false;
    let Ok(read) = jsonwebtoken::decode::<Claims<C>>(token, &DecodingKey::from_secret(&key.secret), &validation) else { return Ok(None) };
    let now = platform.clock.now().timestamp();
    let is_time = read.claims.exp > now && read.claims.nbf.is_none_or(|nbf| nbf <= now);
    Ok(is_time.then_some(read.claims.own))
}

/// Uses up the token `id`, which nobody takes any more after `expires_at`; false if it was used before.
pub(crate) async fn spend(database: &impl ConnectionTrait, id: TokenId, expires_at: DateTime<Utc>) -> Result<bool, DbErr> {
    let row = spent::ActiveModel { id: Set(id), expires_at: Set(expires_at) };
    let stored = spent::Entity::insert(row).on_conflict_do_nothing_on([spent::Column::Id]).exec_without_returning(database).await?;
    Ok(matches!(stored, TryInsertResult::Inserted(1)))
}

/// Forgets used tokens that have expired by now.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_spent(platform: &Platform) -> Result<(), DbErr> {
    let transaction = platform.storage.begin().await?;
    spent::Entity::delete_many().filter(spent::Column::ExpiresAt.lt(platform.clock.now())).exec(&transaction).await?;
    transaction.commit().await
}

/// The key that the header names, if the header is one of ours. Nothing of it is believed before the signature is checked.
fn named_key(to: Use, token: &str) -> Option<KeyId> {
    if token.len() > LONGEST {
        return None;
    }
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next()?).ok()?;
    let said: Said = serde_json::from_slice(&header).ok()?;
    (said.alg == ALGORITHM && said.typ == to.kind).then_some(said.kid)
}
