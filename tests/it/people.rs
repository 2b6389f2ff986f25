//! What administrators do with accounts: roles, closing and opening, help for whoever is locked out.

use chrono::TimeDelta;
use server::accounts::reset_second_factor_of;
use tests::{Browser, Campus, on_both};

const PASSWORD: &str = "tres gatos en la lluvia";
const NEW_PASSWORD: &str = "cuatro perros bajo el sol";

/// The page of whoever the search for `words` finds first.
async fn page_of(administrator: &mut Browser, words: &str) -> String {
    let found = administrator.get(&format!("/administration/people?q={words}")).await;
    found.attributes("tbody a", "href").remove(0)
}

async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get("/profile").await.status() == 200
}

async fn sign_in(campus: &Campus, login: &str) -> (Browser, u16) {
    let mut browser = campus.visitor();
    let status = browser.post("/sign-in", &[("login", login), ("password", PASSWORD)]).await.status();
    (browser, status)
}

on_both! {
    async fn people_are_found_by_a_part_of_their_name_or_login_and_only_by_administrators(campus) {
        campus.learner_with("ana.tzoc", &[("name", "Ana María Tzoc")]).await;
        campus.learner_with("luis_paz@salud.example", &[("name", "Luis 100% Paz")]).await;
        let mut adela = campus.demo("administrator").await;
        for (words, found) in [("tzoc", 1), ("TZOC", 1), ("Mar%C3%ADa", 1), ("salud.example", 1), ("luis_paz", 1), ("100%25", 1), ("_", 1), ("%25", 1), ("zzz", 0), ("%00", 3)] {
            let page = adela.get(&format!("/administration/people?q={words}")).await;
            assert_eq!((page.status(), page.words("tbody tr").len()), (200, found), "{words}");
        }
        let ana = page_of(&mut adela, "tzoc").await;
        for role in ["learner", "trainer", "coordinator"] {
            let mut other = campus.demo(role).await;
            assert_eq!((other.get("/administration/people").await.status(), other.get(&ana).await.status()), (403, 403), "{role}");
            assert_eq!(other.post(&ana, &[("do", "disable")]).await.status(), 403, "{role}");
        }
        assert_eq!(campus.visitor().get(&ana).await.status(), 303);
        assert_eq!(adela.get("/administration/people/00000000-0000-0000-0000-000000000000").await.status(), 404);
    }

    async fn an_account_is_opened_and_changed_only_by_somebody_who_is_there(campus) {
        campus.learner("ana").await;
        let mut adela = campus.demo("administrator").await;
        let ana = page_of(&mut adela, "ana").await;
        campus.clock.advance(TimeDelta::minutes(15));
        let to = format!("/confirm?to={}", ana.replace('/', "%2F").replace('-', "%2D"));
        assert_eq!(adela.get(&ana).await.location(), Some(to.as_str()));
        for verb in ["give-role", "disable", "enable", "reset-second-factor", "reset-link"] {
            assert_eq!(adela.post(&ana, &[("do", verb)]).await.location(), Some(to.as_str()), "{verb}");
        }
        assert_eq!((campus.count("accounts_links", "1 = 1").await, campus.count("accounts_people", "disabled_at IS NOT NULL").await), (0, 0));
    }

    async fn a_role_that_is_given_or_taken_ends_the_persons_sessions(campus) {
        let mut ana = campus.learner("ana").await;
        let mut adela = campus.demo("administrator").await;
        let page = page_of(&mut adela, "ana").await;
        let given = adela.post(&page, &[("do", "give-role"), ("role", "coordinator"), ("country", "GT")]).await;
        assert_eq!(given.location(), Some(page.as_str()));
        assert!(!is_signed_in(&mut ana).await);
        let (mut ana, _) = sign_in(campus, "ana").await;
        assert_eq!(ana.get("/reports/completions").await.status(), 200);
        adela.post(&page, &[("do", "give-role"), ("role", "coordinator"), ("country", "GT")]).await;
        assert!(is_signed_in(&mut ana).await, "the same role twice changes nothing");

        let account = adela.get(&page).await;
        assert_eq!(account.words(".findings p"), ["Coordinación · Guatemala"]);
        let grant = account.attributes("input[name=grant]", "value").remove(0);
        adela.post(&page, &[("do", "take-role"), ("grant", &grant)]).await;
        assert!(!is_signed_in(&mut ana).await);
        let (mut ana, _) = sign_in(campus, "ana").await;
        assert_eq!(ana.get("/reports/completions").await.status(), 403);
        assert_eq!(adela.post(&page, &[("do", "take-role"), ("grant", &grant)]).await.status(), 404);
    }

    async fn a_closed_account_is_out_at_once_and_opens_for_nothing_until_it_is_opened_again(campus) {
        let mut ana = campus.learner("ana@salud.example").await;
        let mut adela = campus.demo("administrator").await;
        let page = page_of(&mut adela, "ana").await;
        adela.post(&page, &[("do", "disable")]).await;
        assert!(!is_signed_in(&mut ana).await);
        let (_, closed) = sign_in(campus, "ana@salud.example").await;
        assert_eq!(closed, 422);
        assert_eq!(campus.count("accounts_sessions", "ended_at IS NOT NULL").await, 1);
        assert!(server::accounts::request_reset(&campus.platform, "ana@salud.example").await.unwrap().is_none());
        adela.post(&page, &[("do", "enable")]).await;
        assert_eq!(sign_in(campus, "ana@salud.example").await.1, 303);
        assert!(server::accounts::request_reset(&campus.platform, "ana@salud.example").await.unwrap().is_some());
    }

    async fn the_last_administrator_stays_one_and_nobody_closes_their_own_account(campus) {
        let mut adela = campus.demo("administrator").await;
        let own = page_of(&mut adela, "demo-administrator").await;
        let grant = adela.get(&own).await.attributes("input[name=grant]", "value").remove(0);
        let refused = adela.post(&own, &[("do", "take-role"), ("grant", &grant)]).await;
        assert_eq!((refused.status(), refused.words(".error-summary li").len()), (422, 1));
        for verb in ["disable", "reset-second-factor"] {
            assert_eq!(adela.post(&own, &[("do", verb)]).await.status(), 422, "{verb}");
        }
        assert_eq!(adela.get("/administration").await.status(), 200);

        campus.learner("ana").await;
        let page = page_of(&mut adela, "ana").await;
        adela.post(&page, &[("do", "give-role"), ("role", "administrator"), ("country", "")]).await;
        assert_eq!(adela.post(&own, &[("do", "disable")]).await.status(), 422, "not even where somebody else administers");
        assert_eq!(adela.get("/administration").await.status(), 200);
        adela.post(&page, &[("do", "disable")]).await;
        let refused = adela.post(&own, &[("do", "take-role"), ("grant", &grant)]).await;
        assert_eq!(refused.status(), 422, "somebody whose account is closed does not administer");
        adela.post(&page, &[("do", "enable")]).await;
        assert_eq!(adela.post(&own, &[("do", "take-role"), ("grant", &grant)]).await.status(), 303);
        assert_eq!(adela.get("/administration").await.status(), 403);
    }

    async fn a_session_that_began_while_its_account_was_closed_is_nobodys(campus) {
        let mut ana = campus.learner("ana").await;
        assert_eq!(campus.change("UPDATE accounts_people SET disabled_at = created_at").await, 1);
        assert!(!is_signed_in(&mut ana).await);
    }

    async fn a_link_for_a_new_password_goes_by_mail_or_is_handed_over(campus) {
        campus.learner("ana@salud.example").await;
        let mut luis = campus.learner("luis").await;
        let mut adela = campus.demo("administrator").await;
        let (ana, other) = (page_of(&mut adela, "ana@").await, page_of(&mut adela, "luis").await);
        assert_eq!(adela.post(&ana, &[("do", "reset-link")]).await.location(), Some(ana.as_str()));
        assert_eq!(campus.mail_links("/password-reset/", 1).await.len(), 1);
        let shown = adela.post(&other, &[("do", "reset-link")]).await;
        let link = shown.words("#link").remove(0).replace("http://127.0.0.1:3000", "");
        assert_eq!(campus.visitor().post(&link, &[("password", NEW_PASSWORD)]).await.location(), Some("/sign-in"));
        assert!(!is_signed_in(&mut luis).await);
        assert_eq!(campus.visitor().post(&link, &[("password", PASSWORD)]).await.status(), 410);
    }

    async fn who_signs_in_with_a_role_on_a_new_device_is_told(campus) {
        campus.learner("ana@salud.example").await;
        assert_eq!(sign_in(campus, "ana@salud.example").await.1, 303);
        let mut adela = campus.demo("administrator").await;
        let page = page_of(&mut adela, "ana").await;
        adela.post(&page, &[("do", "give-role"), ("role", "trainer"), ("country", "")]).await;
        let (mut ana, _) = sign_in(campus, "ana@salud.example").await;
        // The verification, and one notice: before there was a role there was none.
        assert_eq!(campus.mail_subjects(2).await.iter().filter(|subject| *subject == "E-Campus: aviso sobre su cuenta").count(), 1);
        ana.post("/sign-out", &[]).await;
        ana.post("/sign-in", &[("login", "ana@salud.example"), ("password", PASSWORD)]).await;
        assert!(is_signed_in(&mut ana).await);
        assert_eq!(campus.mail_subjects(2).await.len(), 2, "a device that is known is not told of");
    }

    async fn whoever_lost_everything_is_let_in_again_by_an_administrator_or_from_the_machine_itself(campus) {
        let mut ana = campus.learner("ana").await;
        let mut adela = campus.demo("administrator").await;
        let page = page_of(&mut adela, "ana").await;
        for by_page in [true, false] {
            crate::second_factor::set_up(campus, &mut ana).await;
            if by_page {
                adela.post(&page, &[("do", "reset-second-factor")]).await;
            } else {
                reset_second_factor_of(&campus.platform, "ana").await.unwrap();
            }
            assert!(!is_signed_in(&mut ana).await);
            assert_eq!((campus.count("accounts_authenticators", "1 = 1").await, campus.count("accounts_recovery_codes", "1 = 1").await), (0, 0));
            let (browser, status) = sign_in(campus, "ana").await;
            assert_eq!(status, 303);
            ana = browser;
        }
        assert!(reset_second_factor_of(&campus.platform, "nobody").await.is_err());
    }
}

/// Two administrators who take the role from each other at the same moment do not leave the campus without one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_take_the_role_from_each_other_one_stays() {
    let Some(database) = tests::Database::postgresql().await else { return };
    let campus = Campus::on(database).await;
    let mut adela = campus.demo("administrator").await;
    campus.learner("ana").await;
    let (anas, own) = (page_of(&mut adela, "ana").await, page_of(&mut adela, "demo-administrator").await);
    adela.post(&anas, &[("do", "give-role"), ("role", "administrator"), ("country", "")]).await;
    let (mut ana, _) = sign_in(&campus, "ana").await;
    let of_adela = adela.get(&own).await.attributes("input[name=grant]", "value").remove(0);
    let takes = "DELETE FROM accounts_grants WHERE person_id = (SELECT id FROM accounts_people WHERE user_name = 'ana')";
    let answer = campus.meanwhile(&[takes], ana.post(&own, &[("do", "take-role"), ("grant", &of_adela)])).await;
    assert_eq!(answer.status(), 422, "{}", answer.text());
    assert_eq!(campus.count("accounts_grants", "role = 'administrator'").await, 1);
}

/// A program that sends the same again before it has an answer gives one role, which is taken at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_that_is_given_twice_at_once_is_one() {
    let Some(database) = tests::Database::postgresql().await else { return };
    let campus = Campus::on(database).await;
    let mut adela = campus.demo("administrator").await;
    let program = campus.program(&mut adela, &["roles:write"]).await;
    let ana = campus.learner("ana").await;
    let path = format!("/people/{}/roles/trainer", campus.signed_in(&ana).await.learner().person());
    let gives = [
        "SELECT id FROM accounts_people WHERE user_name = 'ana' FOR NO KEY UPDATE",
        "INSERT INTO accounts_grants (id, person_id, role, granted_at) SELECT id, id, 'trainer', created_at FROM accounts_people WHERE user_name = 'ana'",
    ];
    let put = program.send(axum::http::Method::PUT, &path, &[], axum::body::Body::empty());
    assert_eq!(campus.meanwhile(&gives, put).await.status(), 204);
    assert_eq!(
        campus.count("accounts_grants", "role = 'trainer' AND person_id = (SELECT id FROM accounts_people WHERE user_name = 'ana')").await,
        1
    );
}
