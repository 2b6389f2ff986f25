//! Tokens that are not ours: what RFC 8725 and its like warn of.

use axum::body::Body;
use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::{Value, json};
use server::access::key::{self, Purpose};
use tests::{Campus, Program, on_both};

/// A token that works, taken apart, and the key it was signed with.
struct Parts {
    header: Value,
    claims: Value,
    secret: Vec<u8>,
    program: Program,
}

fn part(token: &str, at: usize) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(at).unwrap()).unwrap()).unwrap()
}

async fn parts(campus: &Campus) -> Parts {
    let mut ana = campus.learner("ana").await;
    let program = campus.program(&mut ana, &["profile:read"]).await;
    Parts { header: part(&program.access, 0), claims: part(&program.access, 1), secret: secret(campus, "api").await, program }
}

/// The secret of the newest key for `purpose`.
async fn secret(campus: &Campus, purpose: &str) -> Vec<u8> {
    let secrets = campus.texts(&format!("access_keys WHERE purpose = '{purpose}' AND 1 = 1"), "secret").await;
    hex::decode(&secrets[0]).unwrap()
}

/// Signs any header and any claims with HMAC-SHA256.
fn signed(header: &Value, claims: &Value, secret: &[u8]) -> String {
    let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", encoded(header), encoded(claims));
    let signature =
        jsonwebtoken::crypto::sign(message.as_bytes(), &EncodingKey::from_secret(secret), jsonwebtoken::Algorithm::HS256).unwrap();
    format!("{message}.{signature}")
}

fn with(value: &Value, name: &str, replaced: Value) -> Value {
    let mut value = value.clone();
    value[name] = replaced;
    value
}

fn without(value: &Value, name: &str) -> Value {
    let mut value = value.clone();
    value.as_object_mut().unwrap().remove(name);
    value
}

async fn status(program: &Program, token: &str) -> u16 {
    Program { access: token.to_owned(), ..program.clone() }.get("/me").await.status()
}

on_both! {
    async fn a_token_put_together_as_ours_works_so_that_the_others_fail_for_their_own_reason(campus) {
        let Parts { header, claims, secret, program } = parts(campus).await;
        assert_eq!(header.as_object().unwrap().keys().collect::<Vec<_>>(), ["alg", "kid", "typ"]);
        assert_eq!(status(&program, &signed(&header, &claims, &secret)).await, 200);
    }

    async fn nothing_in_the_header_chooses_how_a_token_is_checked(campus) {
        let Parts { header, claims, secret, program } = parts(campus).await;
        let unknown = "0192f0c1-2345-7000-8000-0123456789ab";
        for forged in [
            with(&header, "alg", json!("none")),
            with(&header, "alg", json!("None")),
            with(&header, "alg", json!("HS512")),
            with(&header, "alg", json!("RS256")),
            with(&header, "alg", json!("EdDSA")),
            with(&header, "typ", json!("JWT")),
            with(&header, "typ", json!("campus-session+jwt")),
            with(&header, "kid", json!(unknown)),
            with(&header, "kid", json!("../../etc/passwd")),
            with(&header, "kid", json!(7)),
            with(&header, "jku", json!("https://evil.example/keys.json")),
            with(&header, "jwk", json!({ "kty": "oct", "k": "AAAA" })),
            with(&header, "x5u", json!("https://evil.example/cert.pem")),
            with(&header, "crit", json!(["exp"])),
            without(&header, "typ"),
            without(&header, "kid"),
            without(&header, "alg"),
        ] {
            assert_eq!(status(&program, &signed(&forged, &claims, &secret)).await, 401, "{forged}");
        }
        let unsigned = signed(&with(&header, "alg", json!("none")), &claims, &secret);
        let (message, _) = unsigned.rsplit_once('.').unwrap();
        assert_eq!(status(&program, &format!("{message}.")).await, 401);
        assert_eq!(status(&program, message).await, 401);
    }

    async fn no_claim_may_be_missing_or_of_another_kind(campus) {
        let Parts { header, claims, secret, program } = parts(campus).await;
        let exp = claims["exp"].as_i64().unwrap();
        for forged in [
            without(&claims, "exp"),
            without(&claims, "aud"),
            without(&claims, "iss"),
            without(&claims, "sub"),
            without(&claims, "family"),
            without(&claims, "scope"),
            with(&claims, "exp", json!(exp.to_string())),
            with(&claims, "exp", json!(exp.to_string().parse::<f64>().unwrap() + 0.5)),
            with(&claims, "exp", json!(1e300)),
            with(&claims, "exp", json!(-1)),
            with(&claims, "exp", json!(0)),
            with(&claims, "exp", json!(null)),
            with(&claims, "exp", json!([exp])),
            with(&claims, "aud", json!("campus-session")),
            with(&claims, "aud", json!("")),
            with(&claims, "iss", json!("evil")),
            with(&claims, "nbf", json!(exp + 1_000_000)),
            with(&claims, "sub", json!("0192f0c1-2345-7000-8000-0123456789ab")),
            with(&claims, "family", json!("0192f0c1-2345-7000-8000-0123456789ab")),
        ] {
            assert_eq!(status(&program, &signed(&header, &forged, &secret)).await, 401, "{forged}");
        }
        let wider = with(&claims, "scope", json!("profile:read people:read learning:read"));
        let wider = Program { access: signed(&header, &wider, &secret), ..program.clone() };
        assert_eq!(wider.json("/me").await["scopes"], json!(["profile:read"]), "a scope that the service token lacks is worth nothing");
    }

    async fn a_token_of_one_use_is_none_for_another(campus) {
        let Parts { header, claims, program, .. } = parts(campus).await;
        let mut ana = campus.learner("eva").await;
        let session = ana.cookie("campus").unwrap().to_owned();
        assert_eq!(status(&program, &session).await, 401);
        ana.set_cookie("campus", &program.access);
        assert_eq!(ana.get("/profile").await.status(), 303);
        // Signed with the key of sessions, under its name.
        let session_key = part(&session, 0)["kid"].clone();
        let confused = signed(&with(&header, "kid", session_key), &claims, &secret(campus, "session").await);
        assert_eq!(status(&program, &confused).await, 401);
        // The public key of certificates, taken for a shared secret.
        let published = campus.visitor().get("/.well-known/campus-certificate-keys.json").await.json();
        let public = URL_SAFE_NO_PAD.decode(published["keys"][0]["x"].as_str().unwrap()).unwrap();
        assert_eq!(status(&program, &signed(&header, &claims, &public)).await, 401);
        assert_eq!(status(&program, &signed(&header, &claims, b"")).await, 401);
        let plain = Header { kid: Some(header["kid"].as_str().unwrap().to_owned()), ..Default::default() };
        assert_eq!(status(&program, &encode(&plain, &claims, &EncodingKey::from_secret(&secret(campus, "api").await)).unwrap()).await, 401);
    }

    async fn what_was_changed_on_the_way_is_refused(campus) {
        let Parts { header, claims, program, .. } = parts(campus).await;
        let [_, _, signature] = program.access.split('.').collect::<Vec<_>>()[..] else { panic!("three parts") };
        let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let longer = with(&claims, "exp", json!(claims["exp"].as_i64().unwrap() + 1));
        assert_eq!(status(&program, &format!("{}.{}.{signature}", encoded(&header), encoded(&longer))).await, 401);
        for bent in [format!("{}.", program.access), format!("{}A", program.access), format!("x{}", program.access), "a.b.c".into(), "A".repeat(9000)] {
            assert_eq!(status(&program, &bent).await, 401, "{bent}");
        }
    }

    async fn a_retired_key_signs_nothing_any_more(campus) {
        let Parts { program, .. } = parts(campus).await;
        key::rotate(&campus.platform, Purpose::Api, false).await.unwrap();
        assert_eq!(program.get("/me").await.status(), 200, "what an older key signed goes on");
        let newer = program.clone().exchanged(&program.refresh).await;
        assert_ne!(part(&newer.access, 0)["kid"], part(&program.access, 0)["kid"]);
        key::rotate(&campus.platform, Purpose::Api, true).await.unwrap();
        assert_eq!((program.get("/me").await.status(), newer.get("/me").await.status()), (401, 401));
        let newest = newer.clone().exchanged(&newer.refresh).await;
        assert_eq!(newest.get("/me").await.status(), 200, "the refresh token finds the new key");
    }

    async fn a_token_stands_in_one_header_and_nowhere_else(campus) {
        let Parts { program, .. } = parts(campus).await;
        let nobody = campus.nobodys_program();
        let token = program.access.clone();
        let ask = |headers: Vec<(&'static str, String)>, path: String| {
            let nobody = nobody.clone();
            async move {
                let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
                nobody.send(Method::GET, &path, &headers, Body::empty()).await.status()
            }
        };
        let me = || "/me".to_owned();
        for scheme in ["Bearer", "bearer", "BEARER"] {
            assert_eq!(ask(vec![("authorization", format!("{scheme} {token}"))], me()).await, 200, "{scheme}");
        }
        let bearer = format!("Bearer {token}");
        for headers in [
            vec![],
            vec![("authorization", bearer.clone()), ("authorization", bearer.clone())],
            vec![("authorization", bearer.clone()), ("authorization", "Basic eDp5".to_owned())],
            vec![("authorization", format!("{bearer}, {bearer}"))],
            vec![("authorization", token.clone())],
            vec![("authorization", format!("Token {token}"))],
            vec![("cookie", format!("campus={token}"))],
            vec![("x-access-token", token.clone())],
        ] {
            assert_eq!(ask(headers.clone(), me()).await, 401, "{headers:?}");
        }
        assert_eq!(ask(vec![], format!("/me?access_token={token}")).await, 401);
        assert_eq!(ask(vec![], format!("/courses?access_token={token}")).await, 422, "an unknown parameter is refused");
    }

    async fn a_session_opens_nothing_here(campus) {
        let mut administrator = campus.demo("administrator").await;
        for path in ["/me", "/people", "/completions", "/enrolments"] {
            assert_eq!(administrator.get(&format!("/api/v1{path}")).await.status(), 401, "{path}");
        }
    }
}
