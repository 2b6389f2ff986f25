//! Ministries that misbehave, and people in between: nobody is signed in.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Answers, Browser, CLIENT_SECRET, Campus, Ministry, Signs, on_both_databases, public_bytes};

use crate::oidc::{PROFILE, come_back, go, is_signed_in, join, opened, sign_in};

/// Somebody whom the campus knows tries to sign in; whether it was refused and nobody came in.
async fn is_refused(campus: &Campus, salud: &Ministry) -> bool {
    let sessions = campus.count("accounts_sessions", "1 = 1").await;
    let mut visitor = campus.visitor();
    let answer = sign_in(&mut visitor, salud).await;
    let is_nobody = visitor.cookie("campus").is_none() && campus.count("accounts_sessions", "1 = 1").await == sessions;
    assert_eq!(answer.status() == 502, is_nobody, "{}", answer.text());
    is_nobody
}

fn honest(salud: &Ministry) {
    let mut telling = salud.tells();
    (telling.claims, telling.header, telling.signs, telling.user_info) = (json!({}), json!({}), Signs::With(1), json!({}));
}

on_both_databases! {
    async fn an_id_token_with_one_wrong_claim_opens_nothing(database) {
        let (campus, salud) = opened(database, json!({})).await;
        join(&campus, &salud).await;
        let now = salud.tells().now.timestamp();
        let wrong = [
            json!({ "iss": "https://evil.example" }), json!({ "iss": format!("{}/", salud.issuer) }), json!({ "iss": null }),
            json!({ "aud": "other" }), json!({ "aud": null }), json!({ "aud": [] }), json!({ "aud": ["campus", "other"] }), json!({ "aud": ["campus", "other"], "azp": "campus" }),
            json!({ "azp": "other" }),
            json!({ "exp": now - 121 }), json!({ "exp": null }), json!({ "exp": "soon" }), json!({ "exp": now.to_string() }),
            json!({ "iat": now + 121 }), json!({ "iat": now - 601 }), json!({ "iat": null }), json!({ "nbf": now + 121 }),
            json!({ "nonce": null }), json!({ "nonce": "another" }), json!({ "nonce": ["another"] }),
            json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" }),
            json!({ "sub": null }), json!({ "sub": "" }), json!({ "sub": 7 }), json!({ "sub": "x".repeat(256) }), json!({ "sub": "elsewhere-1\u{0}" }),
            json!({ "sid": "there\u{0}" }), json!({ "sid": 7 }),
            json!({ "email": ["ana@salud.example", "eva@salud.example"] }), json!({ "email": { "value": "ana@salud.example" } }), json!({ "email_verified": "true" }),
        ];
        for claims in wrong {
            salud.tells().claims = claims.clone();
            assert!(is_refused(&campus, &salud).await, "{claims}");
        }
        for claims in [json!({}), json!({ "exp": now - 119 }), json!({ "iat": now + 119 }), json!({ "aud": ["campus"], "azp": "campus" }), json!({ "at_hash": null })] {
            salud.tells().claims = claims.clone();
            assert!(!is_refused(&campus, &salud).await, "{claims}");
        }
    }

    async fn an_id_token_that_no_key_of_the_ministry_has_signed_opens_nothing(database) {
        let (campus, salud) = opened(database, json!({})).await;
        join(&campus, &salud).await;
        let wrong: [(&str, Value, Signs); 11] = [
            ("none", json!({}), Signs::Not),
            ("None", json!({ "alg": "None" }), Signs::Not),
            ("stripped", json!({ "alg": "EdDSA", "kid": "key-1" }), Signs::Not),
            ("the client's secret", json!({}), Signs::Shared(CLIENT_SECRET.as_bytes().to_vec())),
            ("the public key as a secret", json!({ "kid": "key-1" }), Signs::Shared(public_bytes(1))),
            ("an unknown key", json!({}), Signs::With(2)),
            ("another key under its name", json!({ "kid": "key-1" }), Signs::With(2)),
            ("another key that it brings along", json!({ "kid": "key-1", "jwk": { "kty": "OKP" }, "jku": "http://127.0.0.1:9/jwks" }), Signs::With(2)),
            ("another algorithm", json!({ "alg": "RS256" }), Signs::With(1)),
            ("something critical", json!({ "crit": ["b64"], "b64": false }), Signs::With(1)),
            ("another type", json!({ "typ": "logout+jwt" }), Signs::With(1)),
        ];
        for (name, header, signs) in wrong {
            // Without the hash of the access token, which is made by the key's algorithm: only the signature tells.
            (salud.tells().header, salud.tells().signs, salud.tells().claims) = (header, signs, json!({ "at_hash": null }));
            assert!(is_refused(&campus, &salud).await, "{name}");
            honest(&salud);
        }
        assert!(!is_refused(&campus, &salud).await);
    }

    async fn only_the_browser_that_began_comes_back_and_only_once(database) {
        let (campus, salud) = opened(database, json!({})).await;
        join(&campus, &salud).await;
        let mut ana = campus.visitor();
        let back = go(&mut ana, &salud, &[]).await;
        let mut copied = ana.clone();
        let mut stranger = campus.visitor();
        go(&mut stranger, &salud, &[]).await;
        let code = back.split(['=', '&']).nth(1).unwrap();
        let refused = async |browser: &mut Browser, address: &str| {
            let answer = come_back(browser, address).await;
            assert_eq!((answer.status(), browser.cookie("campus")), (400, None), "{address}");
        };
        // Without the cookie, with another browser's, with another state, with none, with two.
        refused(&mut campus.visitor(), &back).await;
        refused(&mut stranger, &back).await;
        for address in [
            format!("/sign-in/salud/callback?code={code}&state=another"),
            format!("/sign-in/salud/callback?code={code}"),
            format!("{back}&state=another"),
            "/sign-in/salud/callback".to_owned(),
        ] {
            refused(&mut ana, &address).await;
        }
        ana.send(axum::http::Method::HEAD, &back, &[], axum::body::Body::empty()).await;
        assert_eq!(salud.times_asked("/token"), 1, "nothing was asked for what was not begun");
        assert_eq!(come_back(&mut ana, &back).await.location(), Some("/learning"));
        let replayed = come_back(&mut copied, &back).await;
        assert_eq!((replayed.status(), copied.cookie("campus"), salud.times_asked("/token")), (400, None, 2));
        let mut late = campus.visitor();
        let back = go(&mut late, &salud, &[]).await;
        campus.clock.advance(TimeDelta::minutes(10));
        assert_eq!(come_back(&mut late, &back).await.status(), 400);
    }

    async fn a_stolen_code_is_worth_nothing_in_another_browser(database) {
        let (campus, salud) = opened(database, json!({})).await;
        join(&campus, &salud).await;
        let stolen = go(&mut campus.visitor(), &salud, &[]).await;
        let mut thief = campus.visitor();
        let going = thief.post("/sign-in/salud", &[]).await;
        let address = going.attributes("main a.button", "href").remove(0);
        let (_, nonce) = address.split_once("&nonce=").unwrap();
        salud.tells().claims = json!({ "nonce": nonce.split('&').next() });
        let own = salud.admit(&address);
        let (_, own_state) = own.split_once("&state=").unwrap();
        let (code, _) = stolen.split_once("&state=").unwrap();
        // The state and the nonce fit, the verifier of the code's challenge is in the other browser.
        assert_eq!(come_back(&mut thief, &format!("{code}&state={own_state}")).await.status(), 502);
        assert!(!is_signed_in(&mut thief).await);
    }

    async fn the_answer_of_one_ministry_is_none_of_another(database) {
        let (salud, otra) = (Ministry::open().await, Ministry::open().await);
        let known = vec![salud.known_as("salud", json!({})), otra.known_as("otra", json!({}))];
        let campus = Campus::configured(database, |config| config.providers = known).await;
        join(&campus, &salud).await;
        let mut ana = campus.visitor();
        let back = go(&mut ana, &salud, &[]).await;
        assert_eq!(come_back(&mut ana, &back.replace("/salud/", "/otra/")).await.status(), 400);
        for issuer in [&otra.issuer, "", "https://evil.example"] {
            let back = go(&mut ana, &salud, &[]).await;
            assert_eq!(come_back(&mut ana, &format!("{back}&iss={issuer}")).await.status(), 502, "{issuer}");
        }
        assert_eq!(otra.times_asked("/token"), 0);
        // The same subject elsewhere is somebody else.
        let mut eva = campus.visitor();
        let page = eva.post("/sign-in/otra", &[]).await;
        otra.tells().claims = json!({ "email": null });
        let back = otra.admit(&page.attributes("main a.button", "href")[0]);
        assert_eq!(come_back(&mut eva, &back).await.location(), Some("/sign-in/otra/account"));
    }

    async fn who_waits_at_one_ministry_waits_at_no_other(database) {
        let (salud, otra) = (Ministry::open().await, Ministry::open().await);
        let known = vec![salud.known_as("salud", json!({})), otra.known_as("otra", json!({}))];
        let campus = Campus::configured(database, |config| config.providers = known).await;
        let mut ana = campus.visitor();
        assert_eq!(sign_in(&mut ana, &salud).await.location(), Some("/sign-in/salud/account"));
        assert_eq!(ana.get("/sign-in/otra/account").await.location(), Some("/sign-in"));
        assert_eq!(ana.post("/sign-in/otra/account", &PROFILE).await.location(), Some("/sign-in"));
        assert_eq!((campus.count("accounts_people", "1 = 1").await, campus.count("accounts_identities", "1 = 1").await), (0, 0));
        assert_eq!(ana.post("/sign-in/salud/account", &PROFILE).await.location(), Some("/learning"));
    }

    async fn a_ministry_that_names_itself_must_do_so_each_time(database) {
        let (campus, salud) = opened(database, json!({})).await;
        salud.tells().metadata = json!({ "authorization_response_iss_parameter_supported": true });
        let mut ana = campus.visitor();
        let back = go(&mut ana, &salud, &[]).await;
        assert_eq!(come_back(&mut ana, &back).await.status(), 502);
        let back = go(&mut ana, &salud, &[]).await;
        let answer = come_back(&mut ana, &format!("{back}&iss={}", salud.issuer)).await;
        assert_eq!(answer.location(), Some("/sign-in/salud/account"));
    }

    async fn a_refusal_there_is_said_in_plain_words_and_nothing_of_it_is_shown(database) {
        let (campus, salud) = opened(database, json!({})).await;
        let mut ana = campus.visitor().speaking("en");
        let back = go(&mut ana, &salud, &[]).await;
        let (_, state) = back.split_once("&state=").unwrap();
        let answer = come_back(&mut ana, &format!("/sign-in/salud/callback?error=access_denied&error_description=%3Cscript%3E&state={state}")).await;
        assert_eq!((answer.status(), answer.words("h1")), (403, vec!["You did not come in with Ministry of Health".to_owned()]));
        assert!(!answer.text().contains("access_denied") && !answer.text().contains("script"));
        assert_eq!(salud.times_asked("/token"), 0);
    }

    async fn answers_that_are_huge_or_lead_elsewhere_are_not_taken(database) {
        let (campus, salud) = opened(database, json!({})).await;
        join(&campus, &salud).await;
        let inside = Ministry::open().await;
        for how in [Answers::Endlessly(300_000), Answers::Elsewhere(format!("{}/token", inside.issuer)), Answers::Failing] {
            salud.tells().answers.insert("/token", how);
            assert!(is_refused(&campus, &salud).await);
        }
        salud.tells().answers.clear();
        assert!(!is_refused(&campus, &salud).await);
        assert!(inside.tells().asked.is_empty(), "{:?}", inside.tells().asked);
    }

    async fn whom_the_user_info_is_about_must_be_whom_the_token_is_about(database) {
        let (campus, salud) = opened(database, json!({})).await;
        salud.tells().claims = json!({ "email": null, "name": null });
        salud.tells().user_info = json!({ "sub": "somebody-else", "email": "ana@salud.example", "email_verified": true });
        assert!(is_refused(&campus, &salud).await);
        salud.tells().user_info = json!({ "email": "ana@salud.example", "email_verified": true, "name": "Ana de Salud" });
        let mut ana = campus.visitor();
        assert_eq!(sign_in(&mut ana, &salud).await.location(), Some("/sign-in/salud/account"));
        let page = ana.get("/sign-in/salud/account").await;
        assert_eq!((page.attributes("#name", "value"), page.words("dd")), (vec!["Ana de Salud".to_owned()], vec!["ana@salud.example".to_owned()]));
    }
}

/// Each with a campus of its own, for what was told is remembered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_discovery_document_that_leads_astray_is_not_taken() {
    let inside = Ministry::open().await;
    for metadata in [
        json!({ "issuer": "https://evil.example" }),
        json!({ "issuer": null }),
        json!({ "authorization_endpoint": "javascript:alert(1)" }),
        json!({ "authorization_endpoint": "https://evil.example/authorize" }),
        json!({ "end_session_endpoint": "javascript:alert(1)" }),
        json!({ "jwks_uri": "http://10.0.0.1/jwks" }),
        json!({ "jwks_uri": "file:///etc/passwd" }),
        json!({ "jwks_uri": null }),
    ] {
        let (campus, salud) = opened(tests::Database::sqlite(), json!({})).await;
        salud.tells().metadata = metadata.clone();
        assert_eq!(campus.visitor().post("/sign-in/salud", &[]).await.status(), 502, "{metadata}");
    }
    for (path, how) in [
        ("/.well-known/openid-configuration", Answers::Endlessly(300_000)),
        ("/.well-known/openid-configuration", Answers::Elsewhere(format!("{}/.well-known/openid-configuration", inside.issuer))),
        ("/jwks", Answers::Elsewhere(format!("{}/jwks", inside.issuer))),
        ("/jwks", Answers::Endlessly(300_000)),
    ] {
        let (campus, salud) = opened(tests::Database::sqlite(), json!({})).await;
        salud.tells().answers.insert(path, how);
        assert_eq!(campus.visitor().post("/sign-in/salud", &[]).await.status(), 502, "{path}");
    }
    assert!(inside.tells().asked.is_empty(), "{:?}", inside.tells().asked);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ministry_that_never_answers_is_given_up() {
    let (campus, salud) = opened(tests::Database::sqlite(), json!({})).await;
    let mut ana = campus.visitor();
    let back = go(&mut ana, &salud, &[]).await;
    salud.tells().answers.insert("/token", Answers::Never);
    let answer = tokio::time::timeout(std::time::Duration::from_secs(20), come_back(&mut ana, &back)).await.expect("given up");
    assert_eq!((answer.status(), ana.cookie("campus")), (502, None));
}
