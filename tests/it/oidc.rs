//! Signing in with a ministry's account, as it should go.

use axum::body::Body;
use axum::http::Method;
use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Answer, Answers, Browser, Campus, Database, Ministry, on_both_databases, private_key};

/// A campus that knows a ministry as `salud`; `changes` are laid over how it is configured.
pub async fn opened(database: Database, changes: Value) -> (Campus, Ministry) {
    let salud = Ministry::open().await;
    let known = salud.known_as("salud", changes);
    (Campus::configured(database, |config| config.providers = vec![known]).await, salud)
}

/// Goes to the ministry and is let in there; answers with the address that leads back.
pub async fn go(browser: &mut Browser, salud: &Ministry, fields: &[(&str, &str)]) -> String {
    let page = browser.post("/sign-in/salud", fields).await;
    assert_eq!(page.status(), 200, "{}", page.text());
    salud.admit(&page.attributes("main a.button", "href")[0])
}

/// Opens an address as a browser does that another site sends there.
pub async fn come_back(browser: &mut Browser, address: &str) -> Answer {
    browser.send(Method::GET, address, &[("sec-fetch-site", "cross-site")], Body::empty()).await
}

pub async fn sign_in(browser: &mut Browser, salud: &Ministry) -> Answer {
    let back = go(browser, salud, &[]).await;
    come_back(browser, &back).await
}

/// Comes for the first time, and completes the profile.
pub async fn join(campus: &Campus, salud: &Ministry) -> Browser {
    let mut browser = campus.visitor();
    assert_eq!(sign_in(&mut browser, salud).await.location(), Some("/sign-in/salud/account"));
    let answer = browser.post("/sign-in/salud/account", &PROFILE).await;
    assert_eq!(answer.location(), Some("/learning"), "{}", answer.text());
    browser
}

pub async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get("/profile").await.status() == 200
}

pub const PROFILE: [(&str, &str); 5] =
    [("name", "Ana Lucía Ramírez"), ("language", "es"), ("country", "GT"), ("institution", "Hospital Regional"), ("occupation", "health")];

on_both_databases! {
    async fn somebody_new_completes_their_profile_once_and_comes_in_at_once_afterwards(database) {
        let (campus, salud) = opened(database, json!({})).await;
        let mut ana = campus.visitor();
        assert_eq!(sign_in(&mut ana, &salud).await.location(), Some("/sign-in/salud/account"));
        let page = ana.get("/sign-in/salud/account").await;
        assert_eq!(page.attributes("#name", "value"), ["Ana Lucía Ramírez"]);
        assert_eq!((page.words("dd"), page.attributes("#country option[selected]", "value")), (vec!["ana@salud.example".into()], vec!["GT".into()]));
        let refused = ana.post("/sign-in/salud/account", &[("name", "Ana L. Ramírez"), ("language", "es"), ("country", "GT")]).await;
        assert_eq!((refused.status(), refused.attributes("#name", "value")), (422, vec!["Ana L. Ramírez".to_owned()]));
        assert_eq!((campus.count("accounts_people", "1 = 1").await, is_signed_in(&mut ana).await), (0, false));

        assert_eq!(ana.post("/sign-in/salud/account", &PROFILE).await.location(), Some("/learning"));
        assert!(is_signed_in(&mut ana).await);
        assert_eq!(campus.count("accounts_people", "email = 'ana@salud.example' AND email_verified_at IS NOT NULL").await, 1);
        assert_eq!(ana.post("/sign-in/salud/account", &PROFILE).await.location(), Some("/sign-in"), "the form works once");

        let mut elsewhere = campus.visitor();
        assert_eq!(sign_in(&mut elsewhere, &salud).await.location(), Some("/learning"));
        assert!(is_signed_in(&mut elsewhere).await);
        assert_eq!((campus.count("accounts_people", "1 = 1").await, campus.count("accounts_identities", "1 = 1").await), (1, 1));
    }

    async fn the_way_there_begins_with_a_button_and_carries_what_binds_it_to_this_browser(database) {
        let (campus, salud) = opened(database, json!({ "scopes": ["email"] })).await;
        let mut visitor = campus.visitor();
        let before = campus.contents().await;
        let page = visitor.get("/sign-in").await;
        assert_eq!(page.words("button[formaction='/sign-in/salud']"), ["Continuar con Ministerio de Salud"]);
        assert_eq!(visitor.get("/sign-in/salud").await.location(), Some("/sign-in"));
        assert_eq!((visitor.get("/sign-in/otra").await.status(), visitor.post("/sign-in/otra", &[]).await.status()), (404, 404));
        assert_eq!(campus.contents().await, before);

        let going = visitor.post("/sign-in/salud", &[]).await;
        let address = going.attributes("main a.button", "href").remove(0);
        assert_eq!(going.header("refresh"), format!("0;url={address}"));
        for part in ["scope=openid+email", "client_id=campus", "state=", "nonce=", "code_challenge=", "redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2Fsign-in%2Fsalud%2Fcallback"] {
            assert!(address.contains(part), "{part}: {address}");
        }
        let cookie = going.header("set-cookie").to_owned();
        for attribute in ["campus-flow=", "; HttpOnly", "; SameSite=Lax", "; Max-Age=600"] {
            assert!(cookie.contains(attribute), "{attribute}: {cookie}");
        }
        let secret = visitor.cookie("campus-flow").unwrap().to_owned();
        let again = visitor.post("/sign-in/salud", &[]).await;
        assert!(again.attributes("main a.button", "href")[0] != address && visitor.cookie("campus-flow") != Some(secret.as_str()));
        assert_eq!(campus.contents().await, before);
        assert_eq!(salud.times_asked("/.well-known/openid-configuration"), 1);
    }

    async fn where_to_go_on_to_and_whose_device_it_is_go_along(database) {
        let (campus, salud) = opened(database, json!({})).await;
        join(&campus, &salud).await;
        for (to, leads) in [("/courses/ec-102", "/courses/ec-102"), ("https://evil.example/", "/learning"), ("//evil.example", "/learning"), ("/\\evil.example", "/learning")] {
            let mut ana = campus.visitor();
            let back = go(&mut ana, &salud, &[("to", to), ("own_device", "yes")]).await;
            let answer = come_back(&mut ana, &back).await;
            assert_eq!(answer.location(), Some(leads), "{to}");
            let cookies: Vec<_> = answer.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap()).collect();
            assert!(cookies.iter().any(|cookie| cookie.starts_with("campus=") && cookie.contains("Max-Age=1209600")), "{cookies:?}");
        }
    }

    async fn a_private_key_stands_in_for_a_secret(database) {
        let salud = Ministry::open().await;
        std::fs::write(database.data.path().join("key.pem"), private_key(9)).unwrap();
        let known = salud.known_as("salud", json!({ "client_secret": null, "private_key_file": "key.pem", "key_id": "campus-1" }));
        let campus = Campus::configured(database, |config| config.providers = vec![known]).await;
        join(&campus, &salud).await;
        let (authorization, sent) = salud.tells().last.clone();
        assert_eq!((authorization.as_str(), sent.contains_key("client_secret")), ("", false));
        assert_eq!(sent["client_assertion_type"], "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        let first = sent["client_assertion"].clone();
        sign_in(&mut campus.visitor(), &salud).await;
        assert_ne!(salud.tells().last.1["client_assertion"], first, "each assertion is its own");
    }

    async fn no_password_opens_an_account_that_has_none(database) {
        let (campus, salud) = opened(database, json!({})).await;
        join(&campus, &salud).await;
        for password in ["none", "", "tres gatos en la lluvia"] {
            let answer = campus.visitor().post("/sign-in", &[("login", "ana@salud.example"), ("password", password)]).await;
            let unknown = campus.visitor().post("/sign-in", &[("login", "eva@salud.example"), ("password", password)]).await;
            assert_eq!((answer.status(), answer.text().replace("ana@", "…")), (422, unknown.text().replace("eva@", "…")));
        }
        // The work of hashing is done all the same: the quickest of some tries is no quicker than half of it.
        let mut quickest = [std::time::Duration::MAX; 2];
        for _ in 0..5 {
            for (at, login) in ["ana@salud.example", "eva@salud.example"].into_iter().enumerate() {
                let began = std::time::Instant::now();
                campus.visitor().post("/sign-in", &[("login", login), ("password", "none")]).await;
                quickest[at] = quickest[at].min(began.elapsed());
            }
        }
        assert!(quickest[0] > quickest[1] / 2, "{quickest:?}");
    }

    async fn new_keys_are_read_when_one_is_unknown_but_not_more_than_once_a_minute(database) {
        let (campus, salud) = opened(database, json!({})).await;
        join(&campus, &salud).await;
        salud.tells().signs = tests::Signs::With(2);
        salud.tells().keys = (1..=100).collect();
        assert_eq!((sign_in(&mut campus.visitor(), &salud).await.status(), salud.times_asked("/jwks")), (502, 1));
        campus.clock.advance(TimeDelta::minutes(1));
        assert_eq!((sign_in(&mut campus.visitor(), &salud).await.location(), salud.times_asked("/jwks")), (Some("/learning"), 2));
        salud.tells().signs = tests::Signs::With(200);
        for _ in 0..5 {
            assert_eq!(sign_in(&mut campus.visitor(), &salud).await.status(), 502);
        }
        assert_eq!(salud.times_asked("/jwks"), 2);
    }

    async fn a_ministry_that_is_down_holds_up_nobody_and_is_asked_again_later(database) {
        let (campus, salud) = opened(database, json!({})).await;
        salud.tells().answers.insert("/.well-known/openid-configuration", Answers::Failing);
        for _ in 0..3 {
            let answer = campus.visitor().speaking("en").post("/sign-in/salud", &[]).await;
            assert_eq!(answer.status(), 502);
            assert!(answer.words("main .lead")[0].starts_with("Ministry of Health does not answer right now"), "{:?}", answer.words("main"));
        }
        assert_eq!(salud.times_asked("/.well-known/openid-configuration"), 1);
        assert_eq!(campus.visitor().get("/sign-in").await.status(), 200);
        salud.tells().answers.clear();
        campus.clock.advance(TimeDelta::seconds(10));
        join(&campus, &salud).await;
        // What it told once is good enough when it is down for a while.
        salud.tells().answers.insert("/.well-known/openid-configuration", Answers::Failing);
        campus.clock.advance(TimeDelta::hours(2));
        salud.tells().now += TimeDelta::hours(2) + TimeDelta::seconds(10);
        assert_eq!(sign_in(&mut campus.visitor(), &salud).await.location(), Some("/learning"));
    }

    async fn only_who_has_just_shown_it_there_counts_as_there_in_person(database) {
        let (campus, salud) = opened(database, json!({})).await;
        let ana = join(&campus, &salud).await;
        let now = salud.tells().now;
        assert!(campus.signed_in(&ana).await.confirmed(now).is_some());
        for shown_at in [json!(null), json!(now.timestamp() - 3600)] {
            salud.tells().claims = json!({ "auth_time": shown_at });
            let mut elsewhere = campus.visitor();
            assert_eq!(sign_in(&mut elsewhere, &salud).await.location(), Some("/learning"));
            assert!(campus.signed_in(&elsewhere).await.confirmed(now).is_none(), "{shown_at}");
            // Asked to show it again, the ministry must say that it did.
            let back = go(&mut elsewhere, &salud, &[("again", "yes")]).await;
            assert_eq!(come_back(&mut elsewhere, &back).await.status(), 502, "{shown_at}");
        }
        salud.tells().claims = json!({});
        let mut elsewhere = campus.visitor();
        let page = elsewhere.post("/sign-in/salud", &[("again", "yes")]).await;
        let address = page.attributes("main a.button", "href").remove(0);
        assert!(address.contains("max_age=0"), "{address}");
        assert_eq!(come_back(&mut elsewhere, &salud.admit(&address)).await.location(), Some("/learning"));
    }

    async fn a_second_factor_there_counts_only_as_configured(database) {
        let (campus, salud) = opened(database, json!({ "second_factor_by_acr": ["urn:two"] })).await;
        join(&campus, &salud).await;
        for (class, counts) in [(json!(null), false), (json!("urn:one"), false), (json!("urn:two"), true)] {
            salud.tells().claims = json!({ "acr": class });
            let mut ana = campus.visitor();
            sign_in(&mut ana, &salud).await;
            assert_eq!(campus.signed_in(&ana).await.has_second_factor(), counts, "{class}");
        }
    }
}

#[tokio::test]
async fn a_credential_that_is_none_is_refused_at_the_start() {
    let salud = Ministry::open().await;
    let database = Database::sqlite();
    std::fs::write(database.data.path().join("key.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").unwrap();
    for (changes, words) in [
        (json!({ "client_secret": null, "private_key_file": "key.pem" }), "RSA, P-256 or Ed25519"),
        (json!({ "client_secret": null, "client_secret_file": "nowhere" }), "cannot be read"),
    ] {
        let config = server::config::Config {
            data: database.data.path().to_owned(),
            providers: vec![salud.known_as("salud", changes)],
            ..Default::default()
        };
        let clock = std::sync::Arc::new(server::world::SystemClock);
        let opened = server::Platform::open(config, clock, server::world::Chance::seeded(1)).await;
        let error = opened.err().expect("it does not open").to_string();
        assert!(error.contains("salud") && error.contains(words), "{error}");
    }
}
