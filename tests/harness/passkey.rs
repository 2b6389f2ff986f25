//! A passkey on a made-up device: it answers what a page asks for as a browser would, by ES256 and without an attestation (Web
//! Authentication, level 2, sections 5.8.1, 6.1 and 6.5).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::Browser;

/// A campus on this machine, as browsers name it where passkeys are made.
const HOST: &str = "localhost";
const ORIGIN: &str = "http://localhost:3000";
/// Flags of what is signed: somebody was there, the device looked who, and a new key goes along.
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const WITH_KEY: u8 = 0x40;

/// A passkey.
#[derive(Clone)]
pub struct Passkey {
    secret: SigningKey,
    /// Whose it is, as the campus said when it was made.
    user: Value,
    /// How often it has signed; 0 = it does not count, like those that are kept on several devices.
    pub count: u32,
    /// Whether the device looks who is there.
    pub verifies: bool,
}

/// What a browser sends once a passkey has answered.
#[derive(Clone)]
pub struct Shown {
    state: String,
    credential: String,
}

impl Shown {
    /// The form it is sent in.
    #[must_use]
    pub fn form(&self) -> [(&str, &str); 2] {
        [("state", self.state.as_str()), ("credential", self.credential.as_str())]
    }
}

impl Passkey {
    /// The passkey of `seed`; nobody's yet.
    #[must_use]
    pub fn new(seed: u8) -> Self {
        Self { secret: SigningKey::from_slice(&[seed; 32]).unwrap(), user: Value::Null, count: 0, verifies: true }
    }

    /// Becomes the passkey of whoever is at `browser`; what is sent to the page that asks for one there.
    pub async fn make(&mut self, browser: &mut Browser) -> Shown {
        let (state, options) = asked(browser, "/profile/security/passkey").await;
        self.user = options["user"]["id"].clone();
        // The key in COSE: of two coordinates, for ES256, on P-256.
        let point = self.point();
        let (x, y) = (&point[1..33], &point[33..]);
        let key = [&[0xA5_u8, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32][..], x, &[0x22, 0x58, 32], y].concat();
        // No make of device, and an id of 16 bytes.
        let data = [self.data(WITH_KEY), vec![0; 16], vec![0, 16], self.id(), key].concat();
        let length = u8::try_from(data.len()).unwrap();
        let attestation = [&b"\xA3\x63fmt\x64none\x67attStmt\xA0\x68authData\x58"[..], &[length], data.as_slice()].concat();
        let client = client_data("webauthn.create", &options);
        self.shown(state, &json!({ "attestationObject": coded(&attestation), "clientDataJSON": coded(&client) }))
    }

    /// Answers the page at `path`, which asks for a passkey; what is sent there.
    pub async fn answer(&self, browser: &mut Browser, path: &str) -> Shown {
        let (state, options) = asked(browser, path).await;
        let (data, client) = (self.data(0), client_data("webauthn.get", &options));
        let signature: Signature = self.secret.sign(&[data.clone(), Sha256::digest(&client).to_vec()].concat());
        let response = json!({
            "authenticatorData": coded(&data),
            "clientDataJSON": coded(&client),
            "signature": coded(signature.to_der().as_bytes()),
            "userHandle": self.user,
        });
        self.shown(state, &response)
    }

    fn shown(&self, state: String, response: &Value) -> Shown {
        let id = coded(&self.id());
        let credential = json!({ "id": id, "rawId": id, "type": "public-key", "response": response });
        Shown { state, credential: credential.to_string() }
    }

    /// What the device says of itself.
    fn data(&self, more: u8) -> Vec<u8> {
        let verified = if self.verifies { VERIFIED } else { 0 };
        [Sha256::digest(HOST).to_vec(), vec![PRESENT | verified | more], self.count.to_be_bytes().to_vec()].concat()
    }

    fn id(&self) -> Vec<u8> {
        self.point()[1..17].to_vec()
    }

    /// The public key: a 4, and two coordinates of 32 bytes.
    fn point(&self) -> Vec<u8> {
        self.secret.verifying_key().to_encoded_point(false).as_bytes().to_vec()
    }
}

/// What the page at `path` asks for: the server's half, to be sent back, and the options of the browser.
async fn asked(browser: &mut Browser, path: &str) -> (String, Value) {
    let page = browser.get(path).await;
    let options = page.attributes("#page-form", "data-options").remove(0);
    (page.attributes("input[name=state]", "value").remove(0), serde_json::from_str(&options).unwrap())
}

/// What the browser says of the page that asks.
fn client_data(kind: &str, options: &Value) -> Vec<u8> {
    json!({ "type": kind, "challenge": options["challenge"], "origin": ORIGIN, "crossOrigin": false }).to_string().into_bytes()
}

fn coded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
