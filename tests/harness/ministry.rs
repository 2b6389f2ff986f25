//! A ministry's OpenID Connect provider on loopback: honest unless it is told otherwise.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use ed25519_dalek::pkcs8::EncodePrivateKey;
use ed25519_dalek::{Signer, SigningKey};
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Map, Value, json};
use server::config::ProviderConfig;
use sha2::{Digest, Sha256, Sha512};

use crate::START;

/// Secret that every campus here has.
pub const CLIENT_SECRET: &str = "a secret of 32 characters or more";

/// What a ministry signs its tokens with.
#[derive(Clone)]
pub enum Signs {
    /// With the key of this seed, and says so.
    With(u8),
    /// With nothing.
    Not,
    /// With a shared secret.
    Shared(Vec<u8>),
}

/// How a ministry answers.
#[derive(Clone)]
pub enum Answers {
    /// As it should.
    Honestly,
    /// Never.
    Never,
    /// As it should, and then with so many spaces.
    Endlessly(usize),
    /// By sending away.
    Elsewhere(String),
    /// With an error.
    Failing,
}

/// What a ministry tells. Claims and the like are laid over the honest ones; `null` takes one away.
pub struct Telling {
    /// Its clock.
    pub now: DateTime<Utc>,
    /// Claims of ID tokens.
    pub claims: Value,
    /// Their header.
    pub header: Value,
    /// What they are signed with.
    pub signs: Signs,
    /// User info.
    pub user_info: Value,
    /// Its discovery document.
    pub metadata: Value,
    /// The keys it publishes, by seed.
    pub keys: Vec<u8>,
    /// More that it publishes among its keys.
    pub more_keys: Vec<Value>,
    /// How it answers at a path.
    pub answers: BTreeMap<&'static str, Answers>,
    /// Paths it was asked for.
    pub asked: Vec<String>,
    /// The last token request: `Authorization` and body.
    pub last: (String, BTreeMap<String, String>),
    codes: BTreeMap<String, BTreeMap<String, String>>,
}

/// A ministry.
pub struct Ministry {
    /// Its issuer.
    pub issuer: String,
    telling: Arc<Mutex<Telling>>,
}

impl Ministry {
    /// Opens one on a free port.
    pub async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let telling = Telling {
            now: START.parse().unwrap(),
            claims: json!({}),
            header: json!({}),
            signs: Signs::With(1),
            user_info: json!({}),
            metadata: json!({}),
            keys: vec![1],
            more_keys: Vec::new(),
            answers: BTreeMap::new(),
            asked: Vec::new(),
            last: Default::default(),
            codes: BTreeMap::new(),
        };
        let telling = Arc::new(Mutex::new(telling));
        let router = Router::new().fallback(answer).with_state((issuer.clone(), Arc::clone(&telling)));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { issuer, telling }
    }

    /// What it tells, to be changed.
    pub fn tells(&self) -> MutexGuard<'_, Telling> {
        self.telling.lock().unwrap()
    }

    /// It as the campus is configured to know it: with a secret, making people; `changes` are laid over that.
    #[must_use]
    pub fn known_as(&self, id: &str, changes: Value) -> ProviderConfig {
        let config = json!({
            "id": id, "name": { "es": "Ministerio de Salud", "en": "Ministry of Health" }, "issuer": self.issuer, "client_id": "campus",
            "client_secret": CLIENT_SECRET, "creates_people": true, "country": "GT",
        });
        serde_json::from_value(over(config, &changes)).unwrap()
    }

    /// Lets somebody in who came by `address`; answers with the address that sends them back.
    #[must_use]
    pub fn admit(&self, address: &str) -> String {
        let (there, query) = address.split_once('?').unwrap();
        assert_eq!(there, format!("{}/authorize", self.issuer));
        let asked = pairs(query);
        assert_eq!((asked["response_type"].as_str(), asked["code_challenge_method"].as_str()), ("code", "S256"));
        let mut telling = self.tells();
        let code = format!("code-{}", telling.codes.len());
        let back = asked["redirect_uri"].strip_prefix("http://127.0.0.1:3000").unwrap().to_owned();
        let state = asked["state"].clone();
        telling.codes.insert(code.clone(), asked);
        format!("{back}?code={code}&state={state}")
    }

    /// How often it was asked for `path`.
    #[must_use]
    pub fn times_asked(&self, path: &str) -> usize {
        self.tells().asked.iter().filter(|asked| *asked == path).count()
    }

    /// A token with these claims, signed as it signs now.
    #[must_use]
    pub fn token(&self, header: Value, claims: &Value) -> String {
        let telling = self.tells();
        sign(&telling.signs, header, claims)
    }
}

/// A private key for a client, in PEM.
#[must_use]
pub fn private_key(seed: u8) -> String {
    let der = SigningKey::from_bytes(&[seed; 32]).to_pkcs8_der().unwrap();
    format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der.as_bytes()))
}

async fn answer(State((issuer, telling)): State<(String, Arc<Mutex<Telling>>)>, request: Request) -> Response<Body> {
    let path = request.uri().path().to_owned();
    let authorization = request.headers().get("authorization").map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
    let body = String::from_utf8(to_bytes(request.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap();
    let how = {
        let mut telling = telling.lock().unwrap();
        telling.asked.push(path.clone());
        telling.answers.get(path.as_str()).cloned().unwrap_or(Answers::Honestly)
    };
    let status = |status| Response::builder().status(status).header("content-type", "application/json");
    match how {
        Answers::Honestly => {
            let (code, value) = honest(&issuer, &mut telling.lock().unwrap(), &path, &authorization, &body);
            status(code).body(Body::from(value.to_string())).unwrap()
        }
        Answers::Never => {
            tokio::time::sleep(Duration::from_secs(600)).await;
            Response::new(Body::empty())
        }
        Answers::Endlessly(bytes) => {
            let (code, value) = honest(&issuer, &mut telling.lock().unwrap(), &path, &authorization, &body);
            status(code).body(Body::from(value.to_string() + &" ".repeat(bytes))).unwrap()
        }
        Answers::Elsewhere(to) => status(StatusCode::FOUND).header("location", to).body(Body::empty()).unwrap(),
        Answers::Failing => status(StatusCode::INTERNAL_SERVER_ERROR).body(Body::from("{}")).unwrap(),
    }
}

fn honest(issuer: &str, telling: &mut Telling, path: &str, authorization: &str, body: &str) -> (StatusCode, Value) {
    let value = match path {
        "/.well-known/openid-configuration" => over(metadata(issuer), &telling.metadata),
        "/jwks" => json!({ "keys": telling.keys.iter().map(|seed| public(*seed)).chain(telling.more_keys.clone()).collect::<Vec<_>>() }),
        "/user-info" if authorization == "Bearer access" => over(json!({ "sub": "elsewhere-1" }), &telling.user_info),
        "/token" => {
            telling.last = (authorization.to_owned(), pairs(body));
            match tokens(issuer, telling) {
                Some(tokens) => tokens,
                None => return (StatusCode::BAD_REQUEST, json!({ "error": "invalid_grant" })),
            }
        }
        _ => return (StatusCode::NOT_FOUND, json!({})),
    };
    (StatusCode::OK, value)
}

fn metadata(issuer: &str) -> Value {
    json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/user-info"),
        "end_session_endpoint": format!("{issuer}/leave"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
    })
}

/// What a code is good for: once, for the same client, to the address it was asked for, with the verifier of its challenge.
fn tokens(issuer: &str, telling: &mut Telling) -> Option<Value> {
    let (authorization, sent) = telling.last.clone();
    let asked = telling.codes.insert(sent.get("code")?.clone(), BTreeMap::new())?;
    let secret = STANDARD.encode(format!("campus:{}", CLIENT_SECRET.replace(' ', "+")));
    let is_client = authorization == format!("Basic {secret}") || is_asserted(issuer, sent.get("client_assertion").map(String::as_str));
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(sent.get("code_verifier")?));
    if !is_client || asked.get("redirect_uri") != sent.get("redirect_uri") || asked.get("code_challenge") != Some(&challenge) {
        return None;
    }
    let made_at = telling.now.timestamp();
    let hash = Sha512::digest("access");
    let claims = json!({
        "iss": issuer, "aud": "campus", "sub": "elsewhere-1", "iat": made_at, "exp": made_at + 300, "auth_time": made_at, "sid": "there-1",
        "nonce": asked.get("nonce"), "at_hash": URL_SAFE_NO_PAD.encode(&hash[..32]),
        "email": "ana@salud.example", "email_verified": true, "name": "Ana Lucía Ramírez",
    });
    let token = sign(&telling.signs, telling.header.clone(), &over(claims, &telling.claims));
    Some(json!({ "access_token": "access", "token_type": "Bearer", "expires_in": 300, "id_token": token }))
}

/// Whether the assertion is the campus's, by the key of seed 9 (RFC 7523, section 3).
fn is_asserted(issuer: &str, assertion: Option<&str>) -> bool {
    let Some((message, signature)) = assertion.and_then(|assertion| assertion.rsplit_once('.')) else { return false };
    let signature =
        URL_SAFE_NO_PAD.decode(signature).unwrap().try_into().map(|bytes: [u8; 64]| ed25519_dalek::Signature::from_bytes(&bytes));
    let is_signed = SigningKey::from_bytes(&[9; 32]).verify(message.as_bytes(), &signature.unwrap()).is_ok();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(message.split_once('.').unwrap().1).unwrap()).unwrap();
    is_signed && claims["aud"] == issuer && claims["iss"] == "campus" && claims["sub"] == "campus" && claims["jti"].is_string()
}

fn public(seed: u8) -> Value {
    let x = URL_SAFE_NO_PAD.encode(SigningKey::from_bytes(&[seed; 32]).verifying_key().as_bytes());
    json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": format!("key-{seed}"), "x": x })
}

/// The bytes of the public key of `seed`.
#[must_use]
pub fn public_bytes(seed: u8) -> Vec<u8> {
    SigningKey::from_bytes(&[seed; 32]).verifying_key().as_bytes().to_vec()
}

fn sign(signs: &Signs, header: Value, claims: &Value) -> String {
    let algorithm = match signs {
        Signs::With(seed) => json!({ "alg": "EdDSA", "typ": "JWT", "kid": format!("key-{seed}") }),
        Signs::Not => json!({ "alg": "none", "typ": "JWT" }),
        Signs::Shared(_) => json!({ "alg": "HS256", "typ": "JWT" }),
    };
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", encode(&over(algorithm, &header)), encode(claims));
    let signature = match signs {
        Signs::With(seed) => URL_SAFE_NO_PAD.encode(SigningKey::from_bytes(&[*seed; 32]).sign(message.as_bytes()).to_bytes()),
        Signs::Not => String::new(),
        Signs::Shared(secret) => {
            jsonwebtoken::crypto::sign(message.as_bytes(), &EncodingKey::from_secret(secret), Algorithm::HS256).unwrap()
        }
    };
    format!("{message}.{signature}")
}

/// `base` with `changes` laid over it.
fn over(mut base: Value, changes: &Value) -> Value {
    let (Value::Object(base_map), Value::Object(changes)) = (&mut base, changes) else { panic!("objects only") };
    for (key, value) in changes {
        base_map.insert(key.clone(), value.clone());
    }
    let kept: Map<String, Value> =
        base_map.iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| (key.clone(), value.clone())).collect();
    Value::Object(kept)
}

/// The fields of a query or a form.
fn pairs(text: &str) -> BTreeMap<String, String> {
    serde_html_form::from_str(text).unwrap()
}
