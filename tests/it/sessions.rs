//! Signing in and out, how long a session lasts, links sent by mail.

use chrono::TimeDelta;
use tests::{Answer, Browser, Campus, on_both};

const PASSWORD: &str = "tres gatos en la lluvia";
const NEW_PASSWORD: &str = "cuatro perros bajo el sol";

/// Whether `browser` is signed in.
async fn is_signed_in(browser: &mut Browser) -> bool {
    match browser.get("/profile").await.status() {
        200 => true,
        303 => false,
        status => panic!("the profile answers {status}"),
    }
}

async fn sign_in(campus: &Campus, login: &str, password: &str) -> (Browser, Answer) {
    let mut browser = campus.visitor();
    let answer = browser.post("/sign-in", &[("login", login), ("password", password)]).await;
    (browser, answer)
}

/// Headers that a reader could tell two answers apart by; the id of a request is always another.
fn headers(answer: &Answer) -> Vec<(String, String)> {
    let pairs = answer.headers().iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    pairs.filter(|(name, _)| name != "x-request-id").collect()
}

fn session_cookie(answer: &Answer) -> String {
    let cookies = answer.headers().get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    cookies.into_iter().find(|cookie| cookie.starts_with("campus=")).expect("a session begins").to_owned()
}

on_both! {
    async fn a_wrong_password_and_an_unknown_account_give_the_same_page_byte_for_byte(campus) {
        campus.learner("quetzal-1").await;
        let (_, wrong) = sign_in(campus, "quetzal-1", NEW_PASSWORD).await;
        let (_, unknown) = sign_in(campus, "quetzal-2", NEW_PASSWORD).await;
        assert_eq!((wrong.status(), wrong.words("#login-error").len()), (422, 1));
        assert!(wrong.text().contains("quetzal-1"));
        assert_eq!(wrong.text().replace("quetzal-1", "…"), unknown.text().replace("quetzal-2", "…"));
        assert_eq!((wrong.status(), headers(&wrong)), (unknown.status(), headers(&unknown)));
        assert!(!wrong.text().contains(NEW_PASSWORD));
    }

    async fn an_account_opens_by_its_user_name_or_address_whatever_the_capitals(campus) {
        campus.learner("ana").await;
        campus.learner("luis@salud.example").await;
        for login in ["ana", " ANA ", "Luis@Salud.Example"] {
            let (mut browser, answer) = sign_in(campus, login, PASSWORD).await;
            assert_eq!((answer.status(), answer.location()), (303, Some("/learning")), "{login}");
            assert!(is_signed_in(&mut browser).await, "{login}");
        }
    }

    async fn every_page_offers_to_sign_out_to_whoever_is_in_and_to_nobody_else(campus) {
        let mut ana = campus.learner("ana").await;
        for path in ["/", "/learning", "/courses/ec-102", "/profile", "/profile/security", "/about/privacy", "/nowhere"] {
            let way_out = |page: Answer| page.attributes("header form", "action");
            assert_eq!(way_out(ana.get(path).await), ["/sign-out"], "{path}");
            assert!(way_out(campus.visitor().get(path).await).is_empty(), "{path}");
        }
    }

    async fn signing_out_acts_at_once_on_a_copied_cookie(campus) {
        let mut ana = campus.learner("ana").await;
        let (mut elsewhere, _) = sign_in(campus, "ana", PASSWORD).await;
        let mut thief = ana.clone();
        assert!(is_signed_in(&mut thief).await);
        let out = ana.post("/sign-out", &[]).await;
        assert_eq!((out.location(), ana.cookie("campus")), (Some("/"), None));
        assert!(!is_signed_in(&mut ana).await && !is_signed_in(&mut thief).await);
        assert!(is_signed_in(&mut elsewhere).await, "another device stays signed in");
    }

    async fn whoever_signs_in_where_somebody_is_signed_in_ends_that_session(campus) {
        campus.learner("luis").await;
        let mut ana = campus.learner("ana").await;
        let mut thief = ana.clone();
        assert_eq!(ana.post("/sign-in", &[("login", "luis"), ("password", PASSWORD)]).await.status(), 303);
        assert!(is_signed_in(&mut ana).await && !is_signed_in(&mut thief).await);
    }

    async fn a_session_on_a_shared_computer_ends_with_the_browser_and_after_12_hours_however_much_it_is_used(campus) {
        campus.learner("ana").await;
        let (mut ana, answer) = sign_in(campus, "ana", PASSWORD).await;
        assert!(!session_cookie(&answer).contains("Max-Age"), "{}", session_cookie(&answer));
        for _ in 0..12 {
            assert!(is_signed_in(&mut ana).await);
            campus.clock.advance(TimeDelta::hours(1));
        }
        assert!(!is_signed_in(&mut ana).await);
    }

    async fn a_session_on_a_shared_computer_that_nobody_uses_ends_after_2_hours(campus) {
        campus.learner("ana").await;
        let (mut used, _) = sign_in(campus, "ana", PASSWORD).await;
        let (mut left, _) = sign_in(campus, "ana", PASSWORD).await;
        campus.clock.advance(TimeDelta::hours(2) - TimeDelta::seconds(1));
        assert!(is_signed_in(&mut used).await);
        campus.clock.advance(TimeDelta::seconds(1));
        assert!(is_signed_in(&mut used).await && !is_signed_in(&mut left).await);
        campus.clock.advance(TimeDelta::hours(2));
        assert!(!is_signed_in(&mut used).await);
    }

    async fn reading_prolongs_a_session_every_few_minutes_and_writes_nothing(campus) {
        let mut ana = campus.learner("ana").await;
        let (token, before) = (ana.cookie("campus").unwrap().to_owned(), campus.contents().await);
        campus.clock.advance(TimeDelta::minutes(5) - TimeDelta::seconds(1));
        ana.get("/learning").await;
        assert_eq!(ana.cookie("campus"), Some(token.as_str()));
        campus.clock.advance(TimeDelta::seconds(1));
        let answer = ana.get("/learning").await;
        assert_ne!(ana.cookie("campus"), Some(token.as_str()));
        assert!(!session_cookie(&answer).contains("Max-Age"), "{}", session_cookie(&answer));
        assert_eq!(campus.contents().await, before);
    }

    async fn sending_something_writes_down_that_a_session_is_in_use_every_few_minutes(campus) {
        let mut ana = campus.learner("ana").await;
        for (minutes, seen) in [(4, "15:00:00"), (1, "15:05:00"), (3, "15:05:00"), (2, "15:10:00")] {
            campus.clock.advance(TimeDelta::minutes(minutes));
            ana.post("/courses/ec-102/enrolment", &[]).await;
            assert_eq!(campus.times("accounts_sessions", "last_seen_at").await, [format!("2026-11-16T{seen}Z")]);
        }
    }

    async fn a_person_sees_where_they_are_signed_in_and_ends_what_is_not_theirs(campus) {
        let mut ana = campus.learner("ana").await;
        campus.clock.advance(TimeDelta::minutes(1));
        let mut phone = campus.visitor().calling_itself("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36");
        phone.post("/sign-in", &[("login", "ana"), ("password", PASSWORD), ("own_device", "yes")]).await;
        campus.clock.advance(TimeDelta::minutes(1));
        let (mut office, _) = sign_in(campus, "ana", PASSWORD).await;
        let mut luis = campus.learner("luis").await;

        let page = ana.get("/profile/sessions").await;
        assert_eq!(page.words(".finding h2"), ["Equipo desconocido", "Equipo desconocido", "Chrome · Android"]);
        assert_eq!(page.words(".finding:first-child .state"), ["Este equipo"]);
        assert!(page.words(".finding:last-child")[0].contains("Equipo propio."));
        let phones = page.attributes(".finding:last-child input[name=session]", "value").remove(0);
        luis.post("/profile/sessions", &[("do", "end"), ("session", &phones)]).await;
        assert!(is_signed_in(&mut phone).await, "nobody ends the session of somebody else");
        assert_eq!(ana.post("/profile/sessions", &[("do", "end"), ("session", &phones)]).await.location(), Some("/profile/sessions"));
        assert!(!is_signed_in(&mut phone).await && is_signed_in(&mut office).await && is_signed_in(&mut ana).await);
        ana.post("/profile/sessions", &[("do", "end-others")]).await;
        assert!(!is_signed_in(&mut office).await && is_signed_in(&mut ana).await && is_signed_in(&mut luis).await);
        assert_eq!(ana.get("/profile/sessions").await.words(".finding h2").len(), 1);
    }

    async fn a_session_on_ones_own_device_ends_after_14_days_unused_and_30_days_in_all(campus) {
        campus.learner("ana").await;
        let mut ana = campus.visitor();
        let answer = ana.post("/sign-in", &[("login", "ana"), ("password", PASSWORD), ("own_device", "yes")]).await;
        let cookie = session_cookie(&answer);
        for attribute in ["; Max-Age=1209600", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(attribute), "{attribute}: {cookie}");
        }
        let mut left = ana.clone();
        for days in [10, 10, 9] {
            campus.clock.advance(TimeDelta::days(days));
            assert!(is_signed_in(&mut ana).await);
        }
        assert!(!is_signed_in(&mut left).await);
        campus.clock.advance(TimeDelta::days(1));
        assert!(!is_signed_in(&mut ana).await);
    }

    async fn a_tampered_cookie_is_nobody(campus) {
        let mut ana = campus.learner("ana").await;
        let token = ana.cookie("campus").unwrap().to_owned();
        let parts: Vec<&str> = token.split('.').collect();
        let other_letter = |text: &str| text.strip_prefix('A').map_or_else(|| format!("A{}", &text[1..]), |rest| format!("B{rest}"));
        // {"alg":"none","typ":"JWT"}
        let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";
        for forged in [
            format!("{none}.{}.", parts[1]),
            format!("{none}.{}.{}", parts[1], parts[2]),
            format!("{}.{}.", parts[0], parts[1]),
            format!("{}.{}.{}", parts[0], parts[1], other_letter(parts[2])),
            format!("{}.{}.{}", parts[0], other_letter(parts[1]), parts[2]),
            "x".to_owned(),
        ] {
            let mut stranger = campus.visitor();
            stranger.set_cookie("campus", &forged);
            assert!(!is_signed_in(&mut stranger).await, "{forged}");
        }
        assert!(is_signed_in(&mut ana).await);
    }

    async fn an_address_is_verified_once_by_the_link_in_the_mail(campus) {
        let mut ana = campus.learner("Ana@Salud.example").await;
        let link = campus.mail_links("/verify-email/", 1).await.remove(0);
        assert_eq!(ana.get("/profile").await.words("#unverified").len(), 1);
        let opened = campus.visitor().get(&link).await;
        assert_eq!(opened.status(), 200, "mail programs open links to look at them");
        assert_eq!(opened.header("referrer-policy"), "strict-origin", "the secret travels no further");
        assert_eq!(campus.count("accounts_people", "email_verified_at IS NOT NULL").await, 0);

        assert_eq!(campus.visitor().post(&link, &[]).await.location(), Some("/sign-in"));
        assert_eq!(ana.get("/profile").await.words("#unverified").len(), 0);
        assert_eq!((ana.post(&link, &[]).await.status(), ana.get(&link).await.status()), (410, 410));
        assert_eq!(campus.times("accounts_people", "email_verified_at").await, ["2026-11-16T15:00:00Z"]);
    }

    async fn a_new_password_by_mail_works_once_and_ends_older_sessions(campus) {
        let mut ana = campus.learner("ana@salud.example").await;
        let (mut elsewhere, _) = sign_in(campus, "ana@salud.example", PASSWORD).await;
        elsewhere.post("/profile/email", &[("email", "mallory@evil.example")]).await;
        let address = campus.mail_links("/email-change/", 1).await.remove(0);
        let program = campus.program(&mut elsewhere, &["profile:read"]).await;
        campus.visitor().post("/password-reset", &[("login", "ana@salud.example")]).await;
        let link = campus.mail_links("/password-reset/", 1).await.remove(0);

        let kept = campus.rows("accounts_links").await.concat();
        assert!(!kept.contains(link.rsplit('/').next().unwrap()), "only a digest is kept");

        let mut visitor = campus.visitor();
        let opened = visitor.get(&link).await;
        assert_eq!((opened.status(), opened.header("referrer-policy")), (200, "strict-origin"));
        assert!(is_signed_in(&mut ana).await, "opening the link changes nothing");
        for password in ["corta", "ana@salud.example", "Ana Lucía Ramírez"] {
            let refused = visitor.post(&link, &[("password", password)]).await;
            assert_eq!((refused.status(), refused.words("#password-error").len()), (422, 1), "{password}");
        }
        assert_eq!(visitor.post(&link, &[("password", NEW_PASSWORD)]).await.location(), Some("/sign-in"));
        assert_eq!(visitor.post(&link, &[("password", "otra clave muy distinta")]).await.status(), 410);

        assert!(!is_signed_in(&mut ana).await && !is_signed_in(&mut elsewhere).await);
        assert_eq!(campus.visitor().post(&address, &[]).await.status(), 410, "nor does the account get another address");
        assert_eq!(program.get("/me").await.status(), 401, "nor goes a program on");
        assert_eq!(sign_in(campus, "ana@salud.example", PASSWORD).await.1.status(), 422);
        assert_eq!(sign_in(campus, "ana@salud.example", NEW_PASSWORD).await.1.status(), 303);
    }

    async fn a_link_for_a_new_password_is_dead_after_an_hour(campus) {
        campus.learner("ana@salud.example").await;
        campus.visitor().post("/password-reset", &[("login", "ana@salud.example")]).await;
        let link = campus.mail_links("/password-reset/", 1).await.remove(0);
        campus.clock.advance(TimeDelta::hours(1) - TimeDelta::seconds(1));
        assert_eq!(campus.visitor().get(&link).await.status(), 200);
        campus.clock.advance(TimeDelta::seconds(1));
        assert_eq!(campus.visitor().get(&link).await.status(), 410);
        assert_eq!(campus.visitor().post(&link, &[("password", NEW_PASSWORD)]).await.status(), 410);
        assert_eq!(sign_in(campus, "ana@salud.example", PASSWORD).await.1.status(), 303);
    }

    async fn asking_for_a_new_password_does_not_tell_whether_the_account_exists(campus) {
        campus.learner("ana@salud.example").await;
        campus.learner("ana").await;
        let mut answers = Vec::new();
        // Without an account, without an address, with both.
        for login in ["eva@salud.example", "ana", "ana@salud.example"] {
            let mut visitor = campus.visitor();
            let sent = visitor.post("/password-reset", &[("login", login)]).await;
            let seen = (sent.status(), headers(&sent), sent.text());
            assert_eq!(sent.location(), Some("/password-reset?sent=1"));
            answers.push((seen, visitor.follow(sent).await.text()));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        assert!(!answers[0].1.contains("salud.example"));
        assert_eq!(campus.mail_links("/password-reset/", 1).await.len(), 1);
    }

    async fn a_character_that_no_database_keeps_breaks_no_form(campus) {
        assert_eq!(sign_in(campus, "ana\0", PASSWORD).await.1.status(), 422);
        let asked = campus.visitor().post("/password-reset", &[("login", "ana\0")]).await;
        assert_eq!(asked.location(), Some("/password-reset?sent=1"));
        let mut form = tests::sign_up_form("ana", "GT");
        form[5].1 = "Hospital\0Regional";
        assert_eq!(campus.visitor().post("/sign-up", &form).await.status(), 303);
        assert_eq!(campus.texts("accounts_people", "institution").await, ["Hospital Regional"]);
        for path in ["/files/%00/figure.svg", "/verify/%00", "/password-reset/%00", "/courses/%00"] {
            let status = campus.visitor().get(path).await.status();
            assert!((400..500).contains(&status), "{path}: {status}");
        }
    }
}

/// Looking at a password takes a while. Whoever typed the old one is not let in after it was replaced.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_old_password_opens_nothing_that_the_new_one_would_not_have_ended() {
    let Some(database) = tests::Database::postgresql().await else { return };
    let campus = Campus::on(database).await;
    campus.learner("ana").await;
    let replaces = "UPDATE accounts_people SET password_hash = 'another'";
    let (mut thief, late) = campus.meanwhile(&[replaces], sign_in(&campus, "ana", PASSWORD)).await;
    assert_eq!((late.status(), is_signed_in(&mut thief).await), (422, false));
}

/// A session that just goes on under a new id is not missed by whoever ends it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_goes_on_at_the_same_moment_ends_with_the_others() {
    let Some(database) = tests::Database::postgresql().await else { return };
    let campus = Campus::on(database).await;
    let mut ana = campus.learner("ana").await;
    campus.visitor().post("/sign-in", &[("login", "ana"), ("password", PASSWORD), ("own_device", "yes")]).await;
    let goes_on = [
        "SELECT id FROM accounts_people WHERE user_name = 'ana' FOR NO KEY UPDATE",
        "CREATE TEMPORARY TABLE thiefs ON COMMIT DROP AS SELECT * FROM accounts_sessions WHERE is_own_device",
        "UPDATE accounts_sessions SET ended_at = started_at WHERE id = (SELECT id FROM thiefs)",
        "INSERT INTO accounts_sessions (id, person_id, started_at, expires_at) SELECT gen_random_uuid(), person_id, started_at, expires_at FROM thiefs",
    ];
    let ends = ana.post("/profile/sessions", &[("do", "end-others")]);
    assert_eq!(campus.meanwhile(&goes_on, ends).await.status(), 303);
    assert!(is_signed_in(&mut ana).await);
    assert_eq!(campus.count("accounts_sessions", "ended_at IS NULL").await, 1);
}
