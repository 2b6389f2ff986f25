//! A second factor: codes of an app, each of them once; recovery codes; and what those who must have one may do without.

use chrono::TimeDelta;
use data_encoding::BASE32_NOPAD;
use server::config::SecondFactor;
use tests::{Answer, Browser, Campus, Program, on_both, on_both_databases};
use totp_rs::{Builder, Secret};

const PASSWORD: &str = "tres gatos en la lluvia";
const OTHER: &str = "cuatro perros bajo el sol";

/// What the app with `secret` shows now.
fn code(campus: &Campus, secret: &str) -> String {
    let bytes: [u8; 20] = BASE32_NOPAD.decode(secret.replace('-', "").as_bytes()).unwrap().try_into().unwrap();
    let app = Builder::new().with_secret(Secret::new_stack(bytes)).build().unwrap();
    let now = campus.platform.clock.now().timestamp();
    app.generate(u64::try_from(now).unwrap()).to_string()
}

/// Sets an app up: its secret, and the recovery codes.
pub(crate) async fn set_up(campus: &Campus, browser: &mut Browser) -> (String, Vec<String>) {
    assert_eq!(browser.post("/profile/security", &[("do", "begin-app")]).await.location(), Some("/profile/security/app"));
    let page = browser.get("/profile/security/app").await;
    assert_eq!(page.words("[role=img] svg").len(), 1);
    let secret = page.words("#secret").remove(0);
    let done = browser.post("/profile/security/app", &[("code", &code(campus, &secret))]).await;
    assert_eq!(done.status(), 200, "{}", done.text());
    // The code that set it up is used.
    campus.clock.advance(TimeDelta::seconds(30));
    (secret, done.words("#codes li"))
}

/// A browser whose person has shown the password and waits for the code.
async fn half_way(campus: &Campus, login: &str) -> Browser {
    let mut browser = campus.visitor();
    let answer = browser.post("/sign-in", &[("login", login), ("password", PASSWORD), ("to", "/certificates")]).await;
    assert_eq!(answer.location(), Some("/sign-in/code?to=%2Fcertificates"));
    browser
}

async fn send(browser: &mut Browser, code: &str) -> Answer {
    browser.post("/sign-in/code", &[("code", code), ("to", "/certificates")]).await
}

async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get("/profile").await.status() == 200
}

on_both! {
    async fn an_app_is_in_use_from_its_first_right_code_and_asked_for_after_the_password(campus) {
        let mut ana = campus.learner("ana").await;
        ana.post("/profile/security", &[("do", "begin-app")]).await;
        let page = ana.post("/profile/security/app", &[("code", "000000")]).await;
        assert_eq!((page.status(), page.words("#code-error").len()), (422, 1));
        let mut other = campus.visitor();
        assert_eq!(other.post("/sign-in", &[("login", "ana"), ("password", PASSWORD)]).await.location(), Some("/learning"));

        let (secret, codes) = set_up(campus, &mut ana).await;
        assert_eq!(codes.len(), 10);
        let mut phone = half_way(campus, "ana").await;
        assert!(!is_signed_in(&mut phone).await, "half-way is not in");
        assert_eq!(phone.get("/sign-in/code").await.status(), 200);
        let wrong = send(&mut phone, "000000").await;
        assert_eq!((wrong.status(), wrong.words("#code-error").len()), (422, 1));
        assert_eq!(send(&mut phone, &code(campus, &secret)).await.location(), Some("/certificates"));
        assert!(is_signed_in(&mut phone).await);
        assert!(campus.signed_in(&phone).await.has_second_factor());
    }

    async fn a_code_works_once_also_for_somebody_who_saw_it(campus) {
        let mut ana = campus.learner("ana").await;
        let (secret, _) = set_up(campus, &mut ana).await;
        let shown = code(campus, &secret);
        let (mut first, mut second) = (half_way(campus, "ana").await, half_way(campus, "ana").await);
        assert_eq!(send(&mut first, &shown).await.status(), 303);
        assert_eq!(send(&mut second, &shown).await.status(), 422);
        campus.clock.advance(TimeDelta::seconds(60));
        let (earlier, now) = (shown, code(campus, &secret));
        assert_eq!(send(&mut second, &earlier).await.status(), 422);
        assert_eq!(send(&mut second, &now).await.status(), 303);
    }

    async fn of_ten_that_send_the_same_code_at_once_one_gets_in(campus) {
        let mut ana = campus.learner("ana").await;
        let (_, codes) = set_up(campus, &mut ana).await;
        let mut tries = Vec::new();
        for _ in 0..4 {
            let (mut browser, code) = (half_way(campus, "ana").await, codes[0].clone());
            tries.push(tokio::spawn(async move { send(&mut browser, &code).await.status() }));
        }
        let mut passed = 0;
        for tried in tries {
            passed += usize::from(tried.await.unwrap() == 303);
        }
        assert_eq!(passed, 1);
    }

    async fn the_way_between_password_and_code_is_open_for_five_minutes_and_once(campus) {
        let mut ana = campus.learner("ana").await;
        let (secret, _) = set_up(campus, &mut ana).await;
        let mut slow = half_way(campus, "ana").await;
        let mut quick = half_way(campus, "ana").await;
        let mut copied = quick.clone();
        assert_eq!(send(&mut quick, &code(campus, &secret)).await.status(), 303);
        campus.clock.advance(TimeDelta::seconds(60));
        assert_eq!(send(&mut copied, &code(campus, &secret)).await.location(), Some("/sign-in?to=%2Fcertificates"));
        campus.clock.advance(TimeDelta::minutes(4));
        assert_eq!(send(&mut slow, &code(campus, &secret)).await.location(), Some("/sign-in?to=%2Fcertificates"));
        assert!(!is_signed_in(&mut slow).await && !is_signed_in(&mut copied).await);
        assert_eq!(slow.get("/sign-in/code").await.location(), Some("/sign-in"));
        let mut stranger = campus.visitor();
        stranger.set_cookie("campus-half-way", ana.cookie("campus").unwrap());
        assert_eq!(send(&mut stranger, &code(campus, &secret)).await.location(), Some("/sign-in?to=%2Fcertificates"));
    }

    async fn an_account_that_is_closed_half_way_goes_no_further(campus) {
        let mut ana = campus.learner("ana").await;
        let (secret, _) = set_up(campus, &mut ana).await;
        let mut phone = half_way(campus, "ana").await;
        assert_eq!(campus.change("UPDATE accounts_people SET disabled_at = created_at").await, 1);
        let sessions = campus.count("accounts_sessions", "1 = 1").await;
        assert_eq!(send(&mut phone, &code(campus, &secret)).await.location(), Some("/sign-in?to=%2Fcertificates"));
        assert_eq!(campus.count("accounts_sessions", "1 = 1").await, sessions);
    }

    async fn the_sixth_wrong_code_waits_two_minutes(campus) {
        let mut ana = campus.learner("ana").await;
        let (secret, _) = set_up(campus, &mut ana).await;
        for _ in 0..5 {
            assert_eq!(send(&mut half_way(campus, "ana").await, "000000").await.status(), 422);
        }
        let page = send(&mut half_way(campus, "ana").await, &code(campus, &secret)).await;
        assert_eq!((page.status(), page.header("retry-after")), (429, "120"));
        campus.clock.advance(TimeDelta::minutes(2));
        assert_eq!(send(&mut half_way(campus, "ana").await, &code(campus, &secret)).await.status(), 303);
    }

    async fn a_recovery_code_opens_once_and_is_told_by_mail_and_only_its_digest_is_kept(campus) {
        let mut ana = campus.learner("ana@salud.example").await;
        let (_, codes) = set_up(campus, &mut ana).await;
        let kept = campus.rows("accounts_recovery_codes").await.concat();
        assert!(codes.iter().all(|code| !kept.contains(code.as_str()) && !kept.contains(&code.replace('-', ""))));
        let typed = codes[3].to_lowercase().replace('-', " ");
        assert_eq!(send(&mut half_way(campus, "ana@salud.example").await, &typed).await.status(), 303);
        assert_eq!(send(&mut half_way(campus, "ana@salud.example").await, &codes[3]).await.status(), 422);
        assert!(ana.get("/profile/security").await.text().contains("Le quedan 9 códigos"));
        // Verification, the app that was added, the code that was used.
        let subjects = campus.mail_subjects(3).await;
        assert_eq!(subjects.iter().filter(|subject| *subject == "E-Campus: aviso sobre su cuenta").count(), 2);

        let new = ana.post("/profile/security", &[("do", "new-codes")]).await.words("#codes li");
        assert_eq!(send(&mut half_way(campus, "ana@salud.example").await, &codes[4]).await.status(), 422);
        assert_eq!(send(&mut half_way(campus, "ana@salud.example").await, &new[4]).await.status(), 303);
    }

    async fn whoever_came_in_with_a_password_alone_does_not_go_on_once_there_is_an_app(campus) {
        let mut ana = campus.learner("ana").await;
        let mut thief = campus.visitor();
        thief.post("/sign-in", &[("login", "ana"), ("password", PASSWORD)]).await;
        let (secret, _) = set_up(campus, &mut ana).await;
        assert_eq!((is_signed_in(&mut thief).await, is_signed_in(&mut ana).await), (false, true));
        let mut phone = half_way(campus, "ana").await;
        send(&mut phone, &code(campus, &secret)).await;
        ana.post("/profile/security", &[("do", "begin-app")]).await;
        let secret = ana.get("/profile/security/app").await.words("#secret").remove(0);
        assert_eq!(ana.post("/profile/security/app", &[("code", &code(campus, &secret))]).await.status(), 303);
        assert!(is_signed_in(&mut phone).await, "who has shown one goes on");
    }

    async fn an_app_that_is_taken_away_is_asked_for_no_more(campus) {
        let mut ana = campus.learner("ana").await;
        set_up(campus, &mut ana).await;
        assert_eq!(ana.post("/profile/security", &[("do", "remove-app")]).await.location(), Some("/profile/security"));
        let mut again = campus.visitor();
        assert_eq!(again.post("/sign-in", &[("login", "ana"), ("password", PASSWORD)]).await.location(), Some("/learning"));
        assert_eq!((campus.count("accounts_authenticators", "1 = 1").await, campus.count("accounts_recovery_codes", "1 = 1").await), (0, 0));
        assert!(!campus.signed_in(&ana).await.has_second_factor());
    }

    async fn a_code_confirms_who_is_there(campus) {
        let mut ana = campus.learner("ana").await;
        let (secret, _) = set_up(campus, &mut ana).await;
        campus.clock.advance(TimeDelta::minutes(20));
        assert_eq!(ana.post("/confirm", &[("code", "000000"), ("to", "/profile/security")]).await.status(), 422);
        let shown = ana.post("/confirm", &[("code", &code(campus, &secret)), ("to", "/profile/security")]).await;
        assert_eq!(shown.location(), Some("/profile/security"));
        assert_eq!(ana.get("/profile/security").await.status(), 200);
    }

    async fn a_new_password_by_mail_does_not_go_around_the_second_factor(campus) {
        let mut ana = campus.learner("ana@salud.example").await;
        set_up(campus, &mut ana).await;
        campus.visitor().post("/password-reset", &[("login", "ana@salud.example")]).await;
        let link = campus.mail_links("/password-reset/", 1).await.remove(0);
        campus.visitor().post(&link, &[("password", OTHER)]).await;
        let mut thief = campus.visitor();
        let answer = thief.post("/sign-in", &[("login", "ana@salud.example"), ("password", OTHER)]).await;
        assert_eq!(answer.location(), Some("/sign-in/code"));
        assert!(!is_signed_in(&mut thief).await);
    }

    async fn where_it_is_only_offered_an_administrator_administers_without_one(campus) {
        assert_eq!(campus.demo("administrator").await.get("/administration").await.status(), 200);
    }

    async fn what_is_no_passkey_opens_nothing(campus) {
        let mut visitor = campus.visitor();
        let page = visitor.get("/sign-in/passkey").await;
        let policy = page.header("content-security-policy").to_owned();
        let nonce = page.attributes("script", "nonce").remove(0);
        assert!(policy.ends_with(&format!("; script-src 'nonce-{nonce}'")), "{policy}");
        let state = page.attributes("input[name=state]", "value").remove(0);
        for (state, credential) in [(state.as_str(), "{}"), (state.as_str(), ""), ("", "{}"), ("x.y.z", "{}")] {
            let answer = visitor.post("/sign-in/passkey", &[("state", state), ("credential", credential)]).await;
            assert_eq!((answer.status(), answer.words("#ask-error, .error-summary li").len()), (422, 1));
        }
        assert_eq!(campus.count("accounts_sessions", "1 = 1").await, 0);
    }
}

on_both_databases! {
    async fn where_it_is_required_a_role_gives_nothing_before_there_is_one(database) {
        let campus = &Campus::configured(database, |config| config.second_factor = SecondFactor::Required).await;
        server::demo::make_people(&campus.platform).await.unwrap();
        let mut adela = campus.visitor();
        let form = [("login", "demo-administrator"), ("password", server::demo::PASSWORD), ("to", "/administration")];
        assert_eq!(adela.post("/sign-in", &form).await.location(), Some("/profile/security"));
        for path in ["/administration", "/reports/completions"] {
            assert_eq!(adela.get(path).await.location(), Some("/profile/security"), "{path}");
        }
        assert_eq!(adela.post("/reports/completions/export", &[]).await.location(), Some("/profile/security"));
        assert_eq!(campus.count("reports_exports", "1 = 1").await, 0);
        assert_eq!(adela.get("/profile/security").await.words("#asked-for").len(), 1);
        assert_eq!(adela.get("/learning").await.status(), 200, "whoever has no second factor may learn");
        assert_eq!(campus.learner("ana").await.get("/reports/completions").await.status(), 403);

        set_up(campus, &mut adela).await;
        for path in ["/administration", "/reports/completions"] {
            assert_eq!(adela.get(path).await.status(), 200, "{path}");
        }
        adela.post("/profile/security", &[("do", "remove-app")]).await;
        assert_eq!(adela.get("/administration").await.location(), Some("/profile/security"));
    }

    async fn where_it_is_required_a_token_made_without_one_gives_no_role(database) {
        let campus = Campus::on(database).await;
        let mut browser = campus.coordinator_of("GT").await;
        let program = campus.program(&mut browser, &["profile:read", "reports:read"]).await;
        assert_eq!(program.get("/completions").await.status(), 200);
        let campus = campus.restarted_with(|config| config.second_factor = SecondFactor::Required).await;
        let program = Program { browser: campus.returning(&program.browser), ..program };
        let refused = program.get("/completions").await;
        assert_eq!((refused.status(), refused.json()["code"].as_str()), (403, Some("forbidden")));
        assert_eq!(program.get("/me").await.status(), 200);
    }

    async fn where_it_is_required_a_token_gives_no_role_once_there_is_none(database) {
        let campus = Campus::on(database).await;
        let mut browser = campus.coordinator_of("GT").await;
        set_up(&campus, &mut browser).await;
        let program = campus.program(&mut browser, &["profile:read", "reports:read"]).await;
        let campus = campus.restarted_with(|config| config.second_factor = SecondFactor::Required).await;
        let program = Program { browser: campus.returning(&program.browser), ..program };
        assert_eq!(program.get("/completions").await.status(), 200);
        let mut browser = campus.returning(&browser);
        assert_eq!(browser.post("/profile/security", &[("do", "remove-app")]).await.status(), 303);
        assert_eq!((program.get("/completions").await.status(), program.get("/me").await.status()), (403, 200));
    }
}
