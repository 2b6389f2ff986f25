//! The seal of a certificate: an Ed25519 signature over its facts, so that anyone with the public key can check it, also without
//! the campus. A compact JWS (RFC 7515, RFC 8037) whose claims are the facts and nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use courses::certificate::Facts;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::EncodePrivateKey as _;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Media type of a sealed certificate, as its header says it.
const TYPE: &str = "campus-certificate+jwt";

/// Why facts could not be sealed, or a seal not be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The signature could not be made.
    #[error("the facts could not be sealed")]
    Sealing,
    /// The public key is not a usable Ed25519 key.
    #[error("this is not an Ed25519 public key")]
    Key,
    /// Sealed with another key than the one given.
    #[error("sealed with another key")]
    UnknownKey,
    /// Not a sealed certificate, or changed since it was sealed.
    #[error("the seal is broken")]
    Broken,
}

/// The key that seals certificates. Its secret never leaves it.
pub struct SealKey {
    secret: SigningKey,
    kid: String,
}

impl SealKey {
    /// The key made of 32 secret bytes: drawn at random the first time, read from storage afterwards.
    #[must_use]
    pub fn generate(bytes: [u8; 32]) -> Self {
        let secret = SigningKey::from_bytes(&bytes);
        let kid = thumbprint(&coordinate(&secret));
        Self { secret, kid }
    }

    /// The key's name: the thumbprint of its public half (RFC 7638).
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The facts, sealed.
    ///
    /// # Errors
    /// [`SealError::Sealing`] when the signature cannot be made.
    pub fn seal(&self, facts: &Facts) -> Result<String, SealError> {
        let der = self.secret.to_pkcs8_der().map_err(|_| SealError::Sealing)?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(self.kid.clone());
        encode(&header, facts, &EncodingKey::from_ed_der(der.as_bytes())).map_err(|_| SealError::Sealing)
    }

    /// The public half, for publication (RFC 8037, section 2).
    #[must_use]
    pub fn public_jwk(&self) -> Value {
        json!({
            "kty": "OKP",
            "crv": "Ed25519",
            "x": coordinate(&self.secret),
            "kid": self.kid,
            "use": "sig",
            "alg": "EdDSA",
        })
    }
}

impl std::fmt::Debug for SealKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SealKey").field("kid", &self.kid).finish_non_exhaustive()
    }
}

/// The name of the key a certificate says it was sealed with, not yet checked: only for choosing the public key to open it with.
#[must_use]
pub fn claimed_kid(token: &str) -> Option<String> {
    decode_header(token).ok()?.kid
}

/// The facts under a seal made with the key whose public half is `jwk`. Whether they are still valid is for the caller to read in them.
///
/// # Errors
/// [`SealError::Key`], [`SealError::UnknownKey`] or [`SealError::Broken`].
pub fn open(token: &str, jwk: &Value) -> Result<Facts, SealError> {
    let (kid, key) = public_key(jwk)?;
    let header = decode_header(token).map_err(|_| SealError::Broken)?;
    // The header is not trusted for more than a refusal: the algorithm is ours, and the key is the caller's.
    if header.alg != Algorithm::EdDSA || header.typ.as_deref() != Some(TYPE) || header.crit.is_some() {
        return Err(SealError::Broken);
    }
    if header.kid.as_deref() != Some(kid) {
        return Err(SealError::UnknownKey);
    }
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.required_spec_claims.clear();
    rules.validate_exp = false;
    decode(token, &key, &rules).map(|opened| opened.claims).map_err(|_| SealError::Broken)
}

/// Name and key of a public JWK, of this one kind only.
fn public_key(jwk: &Value) -> Result<(&str, DecodingKey), SealError> {
    let member = |name| jwk.get(name).and_then(Value::as_str).ok_or(SealError::Key);
    let (kid, x) = (member("kid")?, member("x")?);
    if member("kty")? != "OKP" || member("crv")? != "Ed25519" || member("alg")? != "EdDSA" {
        return Err(SealError::Key);
    }
    // `DecodingKey` reads the first 32 bytes without looking how many there are.
    let length = URL_SAFE_NO_PAD.decode(x).map_err(|_| SealError::Key)?.len();
    if length != ed25519_dalek::PUBLIC_KEY_LENGTH || kid != thumbprint(x) {
        return Err(SealError::Key);
    }
    Ok((kid, DecodingKey::from_ed_components(x).map_err(|_| SealError::Key)?))
}

/// The public key as base64url, the `x` of a JWK.
fn coordinate(secret: &SigningKey) -> String {
    URL_SAFE_NO_PAD.encode(secret.verifying_key().as_bytes())
}

/// RFC 7638: the hash of the required members in alphabetical order, without spaces.
fn thumbprint(x: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use courses::language::Language;

    fn facts() -> Facts {
        Facts {
            code: "K7QM2XVD94TP".to_owned(),
            holder: "Ana María Ñáñez".to_owned(),
            course: "c3".parse().unwrap(),
            title: "Protección consular".to_owned(),
            version: 2,
            minutes: 210,
            language: Language::Es,
            completed_at: "2026-03-01T02:00:00Z".to_owned(),
            valid_until: Some("2020-01-01".to_owned()),
        }
    }

    fn key() -> SealKey {
        SealKey::generate([7; 32])
    }

    fn part(value: &Value) -> String {
        URL_SAFE_NO_PAD.encode(value.to_string())
    }

    #[test]
    fn sealed_facts_open_whatever_their_age() {
        let token = key().seal(&facts()).unwrap();
        assert_eq!(open(&token, &key().public_jwk()), Ok(facts()));
        assert_eq!(claimed_kid(&token).as_deref(), Some(key().kid()));
    }

    #[test]
    fn the_claims_are_the_facts_and_nothing_else() {
        let token = key().seal(&facts()).unwrap();
        let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
        let claims: Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims, serde_json::to_value(facts()).unwrap());
    }

    #[test]
    fn keys_are_named_as_in_appendix_a_of_rfc_8037() {
        let secret = URL_SAFE_NO_PAD.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap();
        let jwk = SealKey::generate(secret.try_into().unwrap()).public_jwk();
        assert_eq!(jwk["x"], "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assert_eq!(jwk["kid"], "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        assert!(jwk.get("d").is_none());
    }

    #[test]
    fn one_changed_letter_anywhere_breaks_the_seal() {
        let token = key().seal(&facts()).unwrap();
        let jwk = key().public_jwk();
        for (at, letter) in token.char_indices() {
            let other = if letter == 'A' { 'B' } else { 'A' };
            let changed = format!("{}{other}{}", &token[..at], &token[at + 1..]);
            assert!(open(&changed, &jwk).is_err(), "letter {at}");
        }
        assert_eq!(open(&format!("{token}A"), &jwk), Err(SealError::Broken));
        assert_eq!(open("", &jwk), Err(SealError::Broken));
    }

    #[test]
    fn no_algorithm_and_a_shared_secret_are_refused() {
        let jwk = key().public_jwk();
        let claims = part(&serde_json::to_value(facts()).unwrap());
        let none = json!({ "alg": "none", "typ": TYPE, "kid": key().kid() });
        assert_eq!(open(&format!("{}.{claims}.", part(&none)), &jwk), Err(SealError::Broken));

        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(key().kid().to_owned());
        let public = key().secret.verifying_key().to_bytes();
        let forged = encode(&header, &facts(), &EncodingKey::from_secret(&public)).unwrap();
        assert_eq!(open(&forged, &jwk), Err(SealError::Broken));
    }

    #[test]
    fn another_key_and_another_kind_of_token_are_refused() {
        let stranger = SealKey::generate([8; 32]);
        let token = stranger.seal(&facts()).unwrap();
        assert_eq!(open(&token, &key().public_jwk()), Err(SealError::UnknownKey));

        let der = key().secret.to_pkcs8_der().unwrap();
        let signed = |header: &Header| encode(header, &facts(), &EncodingKey::from_ed_der(der.as_bytes())).unwrap();
        let unnamed = Header { typ: Some(TYPE.to_owned()), ..Header::new(Algorithm::EdDSA) };
        assert_eq!(open(&signed(&unnamed), &key().public_jwk()), Err(SealError::UnknownKey));
        let session = Header { kid: Some(key().kid), ..Header::new(Algorithm::EdDSA) };
        assert_eq!(open(&signed(&session), &key().public_jwk()), Err(SealError::Broken));
    }

    #[test]
    fn keys_of_another_kind_or_length_are_refused_without_a_panic() {
        let token = key().seal(&facts()).unwrap();
        for (member, value) in [("kty", "oct"), ("crv", "X25519"), ("alg", "HS256"), ("x", "AAAA"), ("x", "?"), ("kid", "k")] {
            let mut jwk = key().public_jwk();
            jwk[member] = json!(value);
            assert_eq!(open(&token, &jwk), Err(SealError::Key), "{member} {value}");
        }
        assert_eq!(open(&token, &Value::Null), Err(SealError::Key));
    }
}
