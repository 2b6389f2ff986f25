//! Signing out where one signed in, and being signed out from there.

use axum::body::Body;
use axum::http::Method;
use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Campus, Ministry, Signs, on_both_databases, public_bytes};

use crate::oidc::{is_signed_in, join, opened, sign_in};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// A logout token as it should be, with `changes` laid over it.
pub fn claims(salud: &Ministry, changes: &Value) -> Value {
    let now = salud.tells().now.timestamp();
    let mut claims = json!({ "iss": salud.issuer, "aud": "campus", "iat": now, "exp": now + 120, "jti": "one", "sub": "elsewhere-1", "sid": "there-1", "events": { EVENT: {} } });
    for (key, value) in changes.as_object().unwrap() {
        claims[key] = value.clone();
    }
    claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    claims
}

/// The ministry's own server tells the campus, without a cookie, from another origin.
pub async fn tell(campus: &Campus, token: &str) -> u16 {
    tell_as("salud", campus, token).await
}

async fn tell_as(ministry: &str, campus: &Campus, token: &str) -> u16 {
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("origin", "https://login.salud.example")];
    let body = Body::from(format!("logout_token={token}"));
    campus.visitor().send(Method::POST, &format!("/sign-in/{ministry}/back-channel-logout"), &headers, body).await.status()
}

on_both_databases! {
    async fn signing_out_offers_to_sign_out_there_too(database) {
        let (campus, salud) = opened(database, json!({})).await;
        let mut ana = join(&campus, &salud).await;
        let out = ana.post("/sign-out", &[]).await;
        assert_eq!(out.location(), Some("/sign-in/salud/signed-out"));
        let page = ana.follow(out).await;
        let address = &page.attributes("main a.button", "href")[0];
        assert_eq!(*address, format!("{}/leave?client_id=campus&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2Fsign-in", salud.issuer));
        assert!(!is_signed_in(&mut ana).await);
        let mut luis = campus.learner("luis").await;
        assert_eq!(luis.post("/sign-out", &[]).await.location(), Some("/"), "a password's session is the campus's own");
    }

    async fn the_ministry_ends_the_session_it_names_and_no_other(database) {
        let (campus, salud) = opened(database, json!({})).await;
        let mut first = join(&campus, &salud).await;
        salud.tells().claims = json!({ "sid": "there-2" });
        let (mut second, mut third) = (campus.visitor(), campus.visitor());
        sign_in(&mut second, &salud).await;
        salud.tells().claims = json!({ "sid": "there-3" });
        sign_in(&mut third, &salud).await;
        let mut luis = campus.learner("luis").await;
        let token = |changes: Value| salud.token(json!({ "typ": "logout+jwt" }), &claims(&salud, &changes));
        assert_eq!(tell(&campus, &token(json!({ "jti": "two", "sid": "there-2" }))).await, 200);
        assert_eq!([is_signed_in(&mut first).await, is_signed_in(&mut second).await, is_signed_in(&mut third).await], [true, false, true]);
        // By the session alone, then everything of the person.
        assert_eq!(tell(&campus, &token(json!({ "jti": "three", "sub": null, "sid": "there-3" }))).await, 200);
        assert_eq!([is_signed_in(&mut first).await, is_signed_in(&mut third).await], [true, false]);
        assert_eq!(tell(&campus, &token(json!({ "jti": "four", "sid": null }))).await, 200);
        assert_eq!([is_signed_in(&mut first).await, is_signed_in(&mut luis).await], [false, true]);
    }

    async fn one_ministry_ends_no_session_of_another(database) {
        let (salud, otra) = (Ministry::open().await, Ministry::open().await);
        let known = vec![salud.known_as("salud", json!({})), otra.known_as("otra", json!({}))];
        let campus = Campus::configured(database, |config| config.providers = known).await;
        let mut ana = join(&campus, &salud).await;
        // The same subject and the same session there are somebody else's.
        for changes in [json!({ "jti": "one" }), json!({ "jti": "two", "sid": null }), json!({ "jti": "three", "sub": null })] {
            let token = otra.token(json!({ "typ": "logout+jwt" }), &claims(&otra, &changes));
            assert_eq!((tell_as("otra", &campus, &token).await, is_signed_in(&mut ana).await), (200, true), "{changes}");
        }
    }

    async fn a_logout_token_with_anything_wrong_ends_nothing(database) {
        let (campus, salud) = opened(database, json!({})).await;
        let mut ana = join(&campus, &salud).await;
        let now = salud.tells().now.timestamp();
        let wrong = [
            json!({ "iss": "https://evil.example" }), json!({ "iss": null }), json!({ "aud": "other" }), json!({ "aud": [] }), json!({ "aud": null }),
            json!({ "iat": now + 121 }), json!({ "iat": now - 601 }), json!({ "iat": null }), json!({ "exp": now - 121 }), json!({ "exp": null }), json!({ "exp": "soon" }),
            json!({ "jti": null }), json!({ "jti": "" }), json!({ "nonce": "x" }), json!({ "sub": null, "sid": null }), json!({ "sub": "elsewhere-1\u{0}" }),
            json!({ "events": null }), json!({ "events": {} }), json!({ "events": { EVENT: true } }), json!({ "events": [EVENT] }),
        ];
        for changes in wrong {
            let token = salud.token(json!({ "typ": "logout+jwt" }), &claims(&salud, &changes));
            assert_eq!(tell(&campus, &token).await, 400, "{changes}");
        }
        let signed = [
            (Signs::Not, json!({})), (Signs::Not, json!({ "alg": "EdDSA", "kid": "key-1" })), (Signs::Shared(public_bytes(1)), json!({ "kid": "key-1" })),
            (Signs::Shared(tests::CLIENT_SECRET.into()), json!({})), (Signs::With(2), json!({})), (Signs::With(2), json!({ "kid": "key-1" })),
            (Signs::With(1), json!({ "typ": "at+jwt" })), (Signs::With(1), json!({ "crit": ["exp"] })),
        ];
        for (signs, header) in signed {
            salud.tells().signs = signs;
            let token = salud.token(header.clone(), &claims(&salud, &json!({})));
            assert_eq!(tell(&campus, &token).await, 400, "{header}");
            salud.tells().signs = Signs::With(1);
        }
        // Not even where the ministry publishes what should be a secret.
        salud.tells().more_keys = vec![json!({ "kty": "oct", "kid": "shared", "k": "c2hhcmVk" })];
        salud.tells().signs = Signs::Shared(b"shared".to_vec());
        campus.clock.advance(TimeDelta::minutes(1));
        assert_eq!(tell(&campus, &salud.token(json!({ "kid": "shared" }), &claims(&salud, &json!({})))).await, 400);
        for token in ["", "x", "..", "a.b.c", &"x".repeat(9000)] {
            assert_eq!(tell(&campus, token).await, 400);
        }
        assert!(is_signed_in(&mut ana).await);
        assert_eq!(campus.count("access_spent", "1 = 1").await, 1, "only the way in was used up");
    }

    async fn a_logout_token_works_once(database) {
        let (campus, salud) = opened(database, json!({})).await;
        let mut ana = join(&campus, &salud).await;
        let token = salud.token(json!({ "typ": "logout+jwt" }), &claims(&salud, &json!({})));
        assert_eq!(tell(&campus, &token).await, 200);
        assert!(!is_signed_in(&mut ana).await);
        sign_in(&mut ana, &salud).await;
        assert_eq!((tell(&campus, &token).await, is_signed_in(&mut ana).await), (400, true));
        campus.clock.advance(TimeDelta::minutes(13));
        server::access::token::forget_spent(&campus.platform).await.unwrap();
        assert_eq!(campus.count("access_spent", "1 = 1").await, 0);
        assert_eq!(tell(&campus, &token).await, 400, "it is too old by now");
    }

    async fn only_that_address_takes_what_comes_from_elsewhere(database) {
        let (campus, _salud) = opened(database, json!({})).await;
        let headers = [("origin", "https://login.salud.example")];
        for path in ["/sign-in", "/sign-in/salud", "/sign-in/salud/account", "/sign-in/salud/back-channel-logout/", "/profile/sign-in-providers"] {
            let status = campus.visitor().send(Method::POST, path, &headers, Body::empty()).await.status();
            assert!([403, 404].contains(&status), "{path}: {status}");
        }
    }
}
