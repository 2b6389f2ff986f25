//! Showing once more who is there, and what only they may do then: another password, another address.

use chrono::TimeDelta;
use tests::{Browser, Campus, on_both};

const PASSWORD: &str = "tres gatos en la lluvia";
const NEW_PASSWORD: &str = "cuatro perros bajo el sol";
/// Pages that ask for it.
const GUARDED: [&str; 4] = ["/profile/password", "/profile/email", "/profile/security", "/profile/security/passkey"];

async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get("/profile").await.status() == 200
}

/// Ana, who signed in half an hour ago.
async fn ana_later(campus: &Campus, login: &str) -> Browser {
    let mut ana = campus.learner(login).await;
    campus.clock.advance(TimeDelta::minutes(30));
    assert!(is_signed_in(&mut ana).await);
    ana
}

on_both! {
    async fn what_a_thief_of_a_session_must_not_do_asks_who_is_there(campus) {
        let mut ana = ana_later(campus, "ana").await;
        for path in GUARDED {
            let to = format!("/confirm?to={}", path.replace('/', "%2F"));
            assert_eq!(ana.get(path).await.location(), Some(to.as_str()), "{path}");
            assert_eq!(ana.post(path, &[("do", "begin-app"), ("password", NEW_PASSWORD)]).await.location(), Some(to.as_str()), "{path}");
        }
        assert_eq!((campus.count("accounts_authenticators", "1 = 1").await, campus.count("accounts_links", "1 = 1").await), (0, 0));
        let shown = ana.post("/confirm", &[("password", PASSWORD), ("to", "/profile/password")]).await;
        assert_eq!(shown.location(), Some("/profile/password"));
        for path in GUARDED {
            assert_eq!(ana.get(path).await.status(), 200, "{path}");
        }
        campus.clock.advance(TimeDelta::minutes(15));
        assert_eq!(ana.get("/profile/password").await.status(), 303);
    }

    async fn confirming_gives_the_session_another_id_and_leads_nowhere_else(campus) {
        let mut ana = ana_later(campus, "ana").await;
        let mut thief = ana.clone();
        let before = campus.signed_in(&ana).await.session();
        let shown = ana.post("/confirm", &[("password", PASSWORD), ("to", "https://evil.example/")]).await;
        assert_eq!((shown.status(), shown.location()), (303, Some("/learning")));
        assert_ne!(campus.signed_in(&ana).await.session(), before);
        assert!(is_signed_in(&mut ana).await && !is_signed_in(&mut thief).await);
    }

    async fn confirming_prolongs_no_session(campus) {
        let mut ana = campus.learner("ana").await;
        for _ in 0..11 {
            campus.clock.advance(TimeDelta::hours(1));
            assert_eq!(ana.post("/confirm", &[("password", PASSWORD)]).await.status(), 303);
            assert!(is_signed_in(&mut ana).await);
        }
        campus.clock.advance(TimeDelta::hours(1));
        assert!(!is_signed_in(&mut ana).await, "12 hours are 12 hours");
    }

    async fn a_wrong_password_confirms_nothing_and_the_sixth_waits(campus) {
        let mut ana = ana_later(campus, "ana").await;
        for _ in 0..5 {
            let page = ana.post("/confirm", &[("password", NEW_PASSWORD), ("to", "/profile/password")]).await;
            assert_eq!((page.status(), page.words("#password-error").len()), (422, 1));
            assert_eq!(page.attributes("input[name=to]", "value"), ["/profile/password"]);
        }
        assert_eq!(ana.post("/confirm", &[("password", PASSWORD)]).await.status(), 429);
        assert_eq!(ana.get("/profile/password").await.status(), 303);
        campus.clock.advance(TimeDelta::minutes(1));
        assert_eq!(ana.post("/confirm", &[("password", PASSWORD)]).await.status(), 303);
    }

    async fn a_new_password_ends_every_other_session_and_every_link_and_is_told_by_mail(campus) {
        let mut ana = campus.learner("ana@salud.example").await;
        let mut thief = ana.clone();
        let mut elsewhere = campus.visitor();
        elsewhere.post("/sign-in", &[("login", "ana@salud.example"), ("password", PASSWORD)]).await;
        campus.visitor().post("/password-reset", &[("login", "ana@salud.example")]).await;
        let link = campus.mail_links("/password-reset/", 1).await.remove(0);
        thief.post("/profile/email", &[("email", "mallory@evil.example")]).await;
        let address = campus.mail_links("/email-change/", 1).await.remove(0);
        let program = campus.program(&mut thief, &["profile:read"]).await;

        let refused = ana.post("/profile/password", &[("password", "ana@salud.example")]).await;
        assert_eq!((refused.status(), refused.words("#password-error").len()), (422, 1));
        assert_eq!(ana.post("/profile/password", &[("password", NEW_PASSWORD)]).await.location(), Some("/profile"));
        assert!(is_signed_in(&mut ana).await && !is_signed_in(&mut elsewhere).await && !is_signed_in(&mut thief).await);
        assert_eq!((campus.visitor().get(&link).await.status(), campus.visitor().post(&address, &[]).await.status()), (410, 410));
        assert_eq!((program.get("/me").await.status(), program.exchange(&program.refresh).await.status()), (401, 400));
        let mut again = campus.visitor();
        assert_eq!(again.post("/sign-in", &[("login", "ana@salud.example"), ("password", NEW_PASSWORD)]).await.status(), 303);
        assert!(campus.mail_subjects(4).await.contains(&"E-Campus: aviso sobre su cuenta".to_owned()));
    }

    async fn another_address_is_taken_into_use_by_the_link_it_gets_and_the_old_one_is_told(campus) {
        let mut ana = campus.learner("ana@salud.example").await;
        let refused = ana.post("/profile/email", &[("email", "ana@")]).await;
        assert_eq!((refused.status(), refused.attributes("input[name=email]", "value")), (422, vec!["ana@".to_owned()]));
        assert_eq!(ana.post("/profile/email", &[("email", "Ana@Consulado.example")]).await.location(), Some("/profile"));
        let link = campus.mail_links("/email-change/", 1).await.remove(0);
        let opened = campus.visitor().get(&link).await;
        assert_eq!((opened.status(), opened.header("referrer-policy")), (200, "strict-origin"));
        assert_eq!(campus.texts("accounts_people", "email").await, ["ana@salud.example"]);

        campus.visitor().post("/password-reset", &[("login", "ana@salud.example")]).await;
        let reset = campus.mail_links("/password-reset/", 1).await.remove(0);

        assert_eq!(ana.post(&link, &[]).await.location(), Some("/profile"));
        assert_eq!(campus.visitor().get(&reset).await.status(), 410, "whoever reads the old mailbox sets no password");
        assert_eq!(campus.texts("accounts_people", "email").await, ["ana@consulado.example"]);
        assert_eq!(campus.count("accounts_people", "email_verified_at IS NOT NULL").await, 1);
        assert_eq!(ana.post(&link, &[]).await.status(), 410);
        campus.mail_subjects(4).await;
        let told = campus.visitor().get("/dev/mail").await.words("article");
        assert!(told.iter().any(|mail| mail.contains("aviso") && mail.contains("ana@salud.example")), "{told:?}");
    }

    async fn of_two_logins_neither_is_a_password(campus) {
        let mut ana = campus.learner("xq7k-vrt").await;
        ana.post("/profile/email", &[("email", "zw4m@bqf.example")]).await;
        let link = campus.mail_links("/email-change/", 1).await.remove(0);
        ana.post(&link, &[]).await;
        for login in ["xq7k-vrt", "zw4m@bqf.example"] {
            assert_eq!(ana.post("/profile/password", &[("password", login)]).await.status(), 422, "{login}");
        }
    }

    async fn an_address_that_somebody_has_answers_like_a_free_one_and_its_mailbox_is_told(campus) {
        campus.learner("luis@salud.example").await;
        let mut ana = campus.learner("ana").await;
        let mut answers = Vec::new();
        for email in ["luis@salud.example", "free@salud.example"] {
            let sent = ana.post("/profile/email", &[("email", email)]).await;
            let seen = (sent.status(), sent.location().map(str::to_owned), sent.text());
            answers.push((seen, ana.follow(sent).await.text()));
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(campus.mail_links("/email-change/", 1).await.len(), 1);
        assert!(campus.mail_subjects(3).await.contains(&"E-Campus: usted ya tiene una cuenta".to_owned()));
    }
}
