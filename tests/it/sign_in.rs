//! How often people may try: slowed before anybody is locked out, and the same for accounts that do not exist.

use std::time::Instant;

use axum::http::Method;
use chrono::TimeDelta;
use tests::{Answer, Browser, Campus, Database, on_both, on_both_databases, sign_up_form};

const PASSWORD: &str = "tres gatos en la lluvia";
const WRONG: &str = "cuatro perros bajo el sol";

async fn try_in(browser: &mut Browser, login: &str, password: &str) -> Answer {
    browser.post("/sign-in", &[("login", login), ("password", password)]).await
}

/// Ten wrong passwords from a device that knows nobody, which is all that passes at once.
async fn spend(campus: &Campus, login: &str) {
    for _ in 0..10 {
        assert_eq!(try_in(&mut campus.visitor(), login, WRONG).await.status(), 422);
    }
}

/// What a reader could tell two answers apart by.
fn seen(answer: &Answer, login: &str) -> (u16, Vec<(String, String)>, String) {
    let pairs = answer.headers().iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    (answer.status(), pairs.filter(|(name, _)| name != "x-request-id").collect(), answer.text().replace(login, "…"))
}

on_both! {
    async fn the_eleventh_wrong_password_waits_and_so_does_the_right_one(campus) {
        campus.learner("ana").await;
        spend(campus, "ana").await;
        let mut visitor = campus.visitor();
        let page = try_in(&mut visitor, " ANA ", PASSWORD).await;
        assert_eq!((page.status(), page.header("retry-after")), (429, "60"));
        assert_eq!(page.words("#login-error"), ["Demasiados intentos en poco tiempo. Podrá probar otra vez en 60 segundos."]);
        assert_eq!(page.attributes("input[name=login]", "value"), [" ANA "]);
        assert!(!page.text().contains(PASSWORD));
        campus.clock.advance(TimeDelta::minutes(1));
        assert_eq!(try_in(&mut visitor, "ana", PASSWORD).await.status(), 303);
    }

    async fn tries_for_an_account_that_does_not_exist_are_counted_and_answered_alike(campus) {
        campus.learner("quetzal-1").await;
        for login in ["quetzal-1", "quetzal-2"] {
            spend(campus, login).await;
        }
        let known = try_in(&mut campus.visitor(), "quetzal-1", WRONG).await;
        let unknown = try_in(&mut campus.visitor(), "quetzal-2", WRONG).await;
        assert_eq!(seen(&known, "quetzal-1"), seen(&unknown, "quetzal-2"));
        assert_eq!(known.status(), 429);
    }

    async fn what_strangers_try_locks_nobody_out_of_a_device_they_have_signed_in_on(campus) {
        let mut ana = campus.learner("ana").await;
        ana.post("/sign-out", &[]).await;
        spend(campus, "ana").await;
        assert_eq!(try_in(&mut campus.visitor(), "ana", PASSWORD).await.status(), 429);
        assert_eq!(try_in(&mut ana, "ana", PASSWORD).await.status(), 303);

        let mut luis = campus.learner("luis").await;
        luis.post("/sign-out", &[]).await;
        assert_eq!(try_in(&mut luis, "ana", PASSWORD).await.status(), 429, "a device that knows another person is a stranger's");
    }

    async fn a_device_that_knows_somebody_may_not_guess_for_ever_either(campus) {
        let mut ana = campus.learner("ana").await;
        ana.post("/sign-out", &[]).await;
        for _ in 0..10 {
            assert_eq!(try_in(&mut ana, "ana", WRONG).await.status(), 422);
        }
        assert_eq!(try_in(&mut ana, "ana", PASSWORD).await.status(), 429);
        let mut forged = campus.visitor();
        forged.set_cookie("campus-known", "eyJhbGciOiJub25lIn0.eyJwZW9wbGUiOltdfQ.");
        assert_eq!(try_in(&mut forged, "ana", PASSWORD).await.status(), 303, "strangers have an allowance of their own");
    }

    async fn a_right_password_gives_back_what_the_wrong_ones_took(campus) {
        campus.learner("ana").await;
        for _ in 0..3 {
            for _ in 0..9 {
                assert_eq!(try_in(&mut campus.visitor(), "ana", WRONG).await.status(), 422);
            }
            assert_eq!(try_in(&mut campus.visitor(), "ana", PASSWORD).await.status(), 303);
        }
    }

    async fn a_new_password_may_be_asked_for_three_times_whether_the_account_exists_or_not(campus) {
        campus.learner("ana@salud.example").await;
        let mut answers = Vec::new();
        for login in ["ana@salud.example", "eva@salud.example"] {
            for _ in 0..3 {
                assert_eq!(campus.visitor().post("/password-reset", &[("login", login)]).await.status(), 303);
            }
            answers.push(seen(&campus.visitor().post("/password-reset", &[("login", login)]).await, login));
        }
        assert_eq!((answers[0].0, &answers[0]), (429, &answers[1]));
        assert_eq!(campus.mail_links("/password-reset/", 3).await.len(), 3);
    }

    async fn a_verification_may_be_asked_for_three_times(campus) {
        let mut ana = campus.learner("ana@salud.example").await;
        for _ in 0..3 {
            assert_eq!(ana.post("/verify-email", &[]).await.location(), Some("/profile"));
        }
        let page = ana.post("/verify-email", &[]).await;
        assert_eq!((page.status(), page.words("h1")), (429, vec!["Demasiados intentos".to_owned()]));
        assert_eq!(page.header("retry-after"), "600");
    }

    async fn thirty_files_pass_at_once(campus) {
        let mut coordinator = campus.demo("coordinator").await;
        for _ in 0..30 {
            assert_eq!(coordinator.post("/reports/completions/export", &[]).await.status(), 200);
        }
        assert_eq!(coordinator.post("/reports/completions/export", &[]).await.status(), 429);
        assert_eq!(campus.count("reports_exports", "1 = 1").await, 30);
    }

    async fn an_unknown_account_takes_as_long_as_a_wrong_password(campus) {
        campus.learner("ana").await;
        let mut spent = [Vec::new(), Vec::new()];
        for _ in 0..8 {
            for (login, spent) in ["ana", "nobody"].into_iter().zip(&mut spent) {
                let begun = Instant::now();
                try_in(&mut campus.visitor(), login, WRONG).await;
                spent.push(begun.elapsed());
            }
        }
        let [known, unknown] = spent.map(|mut spent| {
            spent.sort();
            spent[0].as_secs_f64()
        });
        // Without the work of hashing, an unknown account is answered in a twentieth of the time.
        assert!(unknown > known / 3.0 && known > unknown / 3.0, "{known} {unknown}");
    }
}

on_both_databases! {
    async fn one_address_is_slowed_once_its_burst_is_spent_and_a_clinic_is_not(database) {
        let campus = Campus::configured(database, |config| config.burst_per_address = 12).await;
        for number in 0..12 {
            let mut visitor = campus.visitor();
            assert_eq!(visitor.post("/sign-up", &sign_up_form(&format!("learner-{number}"), "GT")).await.status(), 303);
        }
        assert_eq!(campus.visitor().post("/sign-up", &sign_up_form("learner-12", "GT")).await.status(), 429);
        for number in 0..12 {
            assert_eq!(try_in(&mut campus.visitor(), &format!("learner-{number}"), PASSWORD).await.status(), 303);
        }
        let page = try_in(&mut campus.visitor(), "learner-0", PASSWORD).await;
        assert_eq!((page.status(), page.header("retry-after")), (429, "2"));
        let page = campus.visitor().post("/sign-in/passkey", &[("state", "x"), ("credential", "x")]).await;
        assert_eq!((page.status(), page.header("retry-after")), (429, "2"), "a passkey is a way to sign in");
        for number in 0..12 {
            assert_eq!(campus.visitor().post("/password-reset", &[("login", &format!("learner-{number}"))]).await.status(), 303);
        }
        assert_eq!(campus.visitor().post("/password-reset", &[("login", "learner-12")]).await.status(), 429);
        let elsewhere = [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded"), ("x-forwarded-for", "203.0.113.9")];
        let body = format!("login=learner-0&password={}", PASSWORD.replace(' ', "+"));
        let answer = campus.visitor().send(Method::POST, "/sign-in", &elsewhere, body.into()).await;
        assert_eq!(answer.status(), 303, "another clinic has an allowance of its own");
    }

    async fn what_only_a_proxy_may_say_is_believed_from_known_proxies_only(database) {
        let campus = Campus::configured(database, |config| config.burst_per_address = 2).await;
        let id = "0192f0c1-2345-7000-8000-0123456789ab";
        for (peer, is_known) in [("127.0.0.1", true), ("198.51.100.7", false)] {
            for number in 0..3 {
                let forwarded = format!("203.0.113.{number}");
                let headers = [
                    ("sec-fetch-site", "same-origin"),
                    ("content-type", "application/x-www-form-urlencoded"),
                    ("x-forwarded-for", forwarded.as_str()),
                    ("x-request-id", id),
                ];
                let answer = campus.visitor().coming_from(peer).send(Method::POST, "/sign-in", &headers, "login=x&password=y".into()).await;
                assert_eq!(answer.status(), if is_known || number < 2 { 422 } else { 429 }, "{peer} {number}");
                assert_eq!(answer.header("x-request-id") == id, is_known, "{peer}");
            }
        }
    }
}

/// One server's count is every server's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_forgets_no_try() {
    let campus = Campus::on(Database::sqlite()).await;
    campus.learner("ana").await;
    spend(&campus, "ana").await;
    let campus = campus.restarted(None).await;
    assert_eq!(try_in(&mut campus.visitor(), "ana", PASSWORD).await.status(), 429);
}
