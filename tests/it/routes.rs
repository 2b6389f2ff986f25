//! What holds for every address: statuses, headers, same origin, languages.

use axum::http::Method;
use chrono::TimeDelta;
use tests::{Browser, on_both};

/// Pages anybody may open.
const PUBLIC: [&str; 10] = [
    "/",
    "/courses/ec-102",
    "/courses/ec-102/lessons/act-means-purpose",
    "/sign-up",
    "/sign-in",
    "/password-reset",
    "/verify",
    "/about",
    "/about/safety",
    "/about/privacy",
];

/// Pages that belong to somebody.
const PRIVATE: [&str; 7] = [
    "/learning",
    "/certificates",
    "/profile",
    "/courses/ec-102/quizzes/module-1",
    "/courses/ec-102/survey",
    "/reports/completions",
    "/administration",
];

async fn send(browser: &mut Browser, path: &str, headers: &[(&str, &str)]) -> u16 {
    browser.send(Method::POST, path, headers, axum::body::Body::empty()).await.status()
}

on_both! {
    async fn an_address_that_is_none_answers_404_in_the_readers_language(campus) {
        for path in ["/nowhere", "/courses/ec-999", "/courses/EC 102/lessons/x", "/courses/ec-102/lessons/nowhere", "/attempts/1", "/files/00/x.svg"] {
            let answer = campus.visitor().speaking("en").get(&path.replace(' ', "%20")).await;
            assert_eq!((answer.status(), answer.words("h1")), (404, vec!["This page does not exist".to_owned()]), "{path}");
        }
    }

    async fn a_private_page_leads_to_sign_in_and_back(campus) {
        for path in PRIVATE {
            let answer = campus.visitor().get(path).await;
            let back = format!("/sign-in?to={}", path.replace('/', "%2F").replace('-', "%2D"));
            assert_eq!((answer.status(), answer.location()), (303, Some(back.as_str())), "{path}");
        }
    }

    async fn what_was_written_when_the_session_had_ended_stays_on_the_page_to_be_sent_again(campus) {
        let mut ana = campus.learner("ana").await;
        campus.clock.advance(TimeDelta::days(1));
        let form = tests::sign_up_form("ana", "HN").map(|(name, value)| if name == "institution" { (name, "Clínica <b>\"Santa\"</b>") } else { (name, value) });
        let kept = ana.post("/profile?x=1", &form).await;
        assert_eq!((kept.status(), kept.attributes("main a.button", "href")), (401, vec!["/sign-in?to=%2Fprofile".to_owned()]));
        assert_eq!(kept.attributes("main form", "action"), ["/profile?x=1"]);
        assert!(!kept.text().contains("tres gatos"), "a password is never kept");
        let names = kept.attributes("main form input", "name");
        let values = kept.attributes("main form input", "value");
        ana.post("/sign-in", &[("login", "ana"), ("password", "tres gatos en la lluvia")]).await;
        let again: Vec<(&str, &str)> = names.iter().zip(&values).map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(ana.post("/profile", &again).await.location(), Some("/profile"));
        assert_eq!(campus.texts("accounts_people", "institution").await, ["Clínica <b>\"Santa\"</b>"]);
    }

    async fn no_page_without_an_island_may_load_a_script(campus) {
        for path in PUBLIC {
            let answer = campus.visitor().get(path).await;
            let policy = answer.header("content-security-policy").to_owned();
            assert_eq!(answer.status(), 200, "{path}");
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src"), "{path}: {policy}");
            assert!(!answer.text().contains("<script"), "{path}");
            for (name, value) in [("x-content-type-options", "nosniff"), ("cache-control", "no-store"), ("cross-origin-opener-policy", "same-origin")] {
                assert_eq!(answer.header(name), value, "{path}");
            }
        }
    }

    async fn the_page_with_an_island_allows_that_script_alone(campus) {
        let mut ana = campus.learner("ana").await;
        ana.post("/courses/ec-102/enrolment", &[]).await;
        let started = ana.post("/courses/ec-102/quizzes/module-1/attempts", &[]).await;
        let page = ana.get(started.location().unwrap()).await;
        let policy = page.header("content-security-policy").to_owned();
        let nonces = page.attributes("script", "nonce");
        assert_eq!(nonces.len(), 1);
        assert!(policy.contains(&format!("script-src 'nonce-{}' 'strict-dynamic' 'wasm-unsafe-eval'", nonces[0])), "{policy}");
        assert!(!policy.contains("unsafe-inline"), "{policy}");
        let other = ana.get(started.location().unwrap()).await;
        assert_ne!(other.attributes("script", "nonce"), nonces);
    }

    async fn only_our_own_pages_may_send_forms(campus) {
        let mut ana = campus.learner("ana").await;
        let path = "/courses/ec-102/enrolment";
        for foreign in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
            &[],
        ] {
            assert_eq!(send(&mut ana, path, foreign).await, 403, "{foreign:?}");
        }
        assert_eq!(campus.times("enrolments", "enrolled_at").await.len(), 0);
        assert_eq!(send(&mut ana, path, &[("origin", "http://127.0.0.1:3000")]).await, 303);
        assert_eq!(campus.times("enrolments", "enrolled_at").await.len(), 1);
    }

    async fn the_language_stays_chosen_and_the_way_back_never_leaves(campus) {
        let mut visitor = campus.visitor();
        let switched = visitor.get("/language/en?to=%2Fcourses%2Fec-102").await;
        assert_eq!(switched.location(), Some("/courses/ec-102"));
        assert_eq!(visitor.get("/").await.attributes("html", "lang"), ["en"]);
        assert_eq!(visitor.get("/language/es?to=https://evil.example/").await.location(), Some("/"));
        assert_eq!(visitor.get("/language/es?to=//evil.example/").await.location(), Some("/"));
    }

    async fn learners_may_not_open_what_is_for_others(campus) {
        let mut ana = campus.demo("learner").await;
        let mut trainer = campus.demo("trainer").await;
        let mut coordinator = campus.demo("coordinator").await;
        let mut administrator = campus.demo("administrator").await;
        for (path, statuses) in [("/reports/completions", [403, 403, 200, 200]), ("/administration", [403, 403, 403, 200])] {
            let seen = [
                ana.get(path).await.status(),
                trainer.get(path).await.status(),
                coordinator.get(path).await.status(),
                administrator.get(path).await.status(),
            ];
            assert_eq!(seen, statuses, "{path}");
        }
    }
}
