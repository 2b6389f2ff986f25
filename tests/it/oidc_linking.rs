//! Whose account it is: linking by an address that both sides have verified, from the profile, and never otherwise.

use chrono::TimeDelta;
use serde_json::json;
use tests::{Browser, Campus, on_both_databases};

use crate::oidc::{PROFILE, come_back, go, is_signed_in, join, opened, sign_in};

const LINKED: &str = "/profile/sign-in-providers";
/// Where a notice about an account leads.
const NOTICE: &str = "/password-reset";

/// Somebody with the account of `ana@salud.example`, whose address is verified.
async fn verified_ana(campus: &Campus) -> Browser {
    let mut ana = campus.learner("ana@salud.example").await;
    let link = campus.mail_links("/verify-email/", 1).await.remove(0);
    assert_eq!(ana.post(&link, &[]).await.status(), 303);
    ana
}

async fn people(campus: &Campus) -> (i64, i64) {
    (campus.count("accounts_people", "1 = 1").await, campus.count("accounts_identities", "1 = 1").await)
}

on_both_databases! {
    async fn an_address_verified_by_both_sides_opens_the_account_and_its_mailbox_is_told(database) {
        let (campus, salud) = opened(database, json!({ "creates_people": false })).await;
        let owner = verified_ana(&campus).await;
        salud.tells().claims = json!({ "email": "ANA@Salud.example" });
        let mut ana = campus.visitor();
        assert_eq!(sign_in(&mut ana, &salud).await.location(), Some("/learning"));
        assert_eq!(campus.signed_in(&ana).await.learner(), campus.signed_in(&owner).await.learner());
        assert_eq!(people(&campus).await, (1, 1));
        campus.mail_links(NOTICE, 1).await;
        // From now on the subject counts, whatever address comes along.
        salud.tells().claims = json!({ "email": "other@salud.example" });
        assert_eq!(sign_in(&mut campus.visitor(), &salud).await.location(), Some("/learning"));
        assert_eq!(people(&campus).await, (1, 1));
    }

    async fn an_invitation_that_anybody_may_have_brought_verifies_no_address(database) {
        let (campus, salud) = opened(database, json!({})).await;
        let program = campus.program(&mut campus.demo("administrator").await, &["people:write"]).await;
        let person = json!({ "name": "Mallory", "login": "ana@salud.example", "language": "es", "country": "GT", "occupation": "health" });
        let url = program.post("/people", "k1", &person).await.json()["invitation_url"].as_str().unwrap().to_owned();
        let page = &url[url.find("/password-reset/").unwrap()..];
        assert_eq!(campus.visitor().post(page, &[("password", "cuatro perros bajo el sol")]).await.status(), 303);
        assert_eq!(campus.count("accounts_people", "email_verified_at IS NOT NULL").await, 0);
        let mut ana = campus.visitor();
        assert_eq!((sign_in(&mut ana, &salud).await.status(), ana.cookie("campus")), (403, None));
    }

    async fn whoever_proves_an_address_by_a_new_password_is_rid_of_what_others_linked(database) {
        let (campus, salud) = opened(database, json!({})).await;
        let mut mallory = campus.learner("ana@salud.example").await;
        salud.tells().claims = json!({ "sub": "mallory", "email": "mallory@salud.example" });
        let page = mallory.post(LINKED, &[("link", "salud")]).await;
        let back = salud.admit(&page.attributes("main a.button", "href")[0]);
        come_back(&mut mallory, &back).await;
        assert_eq!(people(&campus).await, (1, 1));
        campus.visitor().post("/password-reset", &[("login", "ana@salud.example")]).await;
        let link = campus.mail_links("/password-reset/", 1).await.into_iter().find(|link| link.len() > NOTICE.len() + 1).unwrap();
        assert_eq!(campus.visitor().post(&link, &[("password", "cuatro perros bajo el sol")]).await.status(), 303);
        assert_eq!(people(&campus).await, (1, 0));
        assert_ne!(sign_in(&mut campus.visitor(), &salud).await.location(), Some("/learning"));
    }

    async fn an_account_whose_address_nobody_verified_is_not_opened(database) {
        let (campus, salud) = opened(database, json!({})).await;
        campus.learner("ana@salud.example").await;
        let mut ana = campus.visitor().speaking("en");
        let answer = sign_in(&mut ana, &salud).await;
        assert_eq!(answer.status(), 403);
        assert!(answer.words("main .lead")[0].starts_with("There is an account with your e-mail address, but nobody has verified"));
        assert_eq!((people(&campus).await, ana.cookie("campus")), ((1, 0), None));
    }

    async fn an_address_that_the_ministry_did_not_verify_is_as_good_as_none(database) {
        let (campus, salud) = opened(database, json!({})).await;
        verified_ana(&campus).await;
        for claims in [json!({ "email_verified": false }), json!({ "email_verified": null }), json!({ "email": "not an address" })] {
            salud.tells().claims = claims.clone();
            let mut mallory = campus.visitor();
            assert_eq!(sign_in(&mut mallory, &salud).await.location(), Some("/sign-in/salud/account"), "{claims}");
            assert_eq!(mallory.get("/sign-in/salud/account").await.words("dd").len(), 0, "{claims}");
            assert_eq!(people(&campus).await, (1, 0), "{claims}");
        }
        salud.tells().claims = json!({ "email_verified": false });
        join(&campus, &salud).await;
        assert_eq!((people(&campus).await, campus.count("accounts_people", "email IS NULL").await), ((2, 1), 1));
    }

    async fn an_address_given_to_somebody_else_does_not_bring_the_account_along(database) {
        let (campus, salud) = opened(database, json!({})).await;
        join(&campus, &salud).await;
        salud.tells().claims = json!({ "sub": "elsewhere-2" });
        let mut eva = campus.visitor().speaking("en");
        let answer = sign_in(&mut eva, &salud).await;
        assert_eq!((answer.status(), eva.cookie("campus"), people(&campus).await), (403, None, (1, 1)));
        assert!(answer.words("main .lead")[0].contains("belongs to another account of Ministry of Health"));
    }

    async fn only_addresses_of_the_institution_come_in_where_it_is_so_configured(database) {
        let (campus, salud) = opened(database, json!({ "email_domains": ["salud.example"] })).await;
        for claims in [
            json!({ "email": "ana@evil.example" }),
            json!({ "email": "ana@evil.salud.example" }),
            json!({ "email": "ana@evilsalud.example" }),
            json!({ "email": "ana@salud.example@evil.example" }),
            json!({ "email_verified": false }),
            json!({ "email": null }),
        ] {
            salud.tells().claims = claims.clone();
            assert_eq!(sign_in(&mut campus.visitor(), &salud).await.status(), 403, "{claims}");
        }
        salud.tells().claims = json!({});
        join(&campus, &salud).await;
    }

    async fn nobody_new_comes_in_where_none_are_made(database) {
        let (campus, salud) = opened(database, json!({ "creates_people": false })).await;
        let mut ana = campus.visitor();
        assert_eq!((sign_in(&mut ana, &salud).await.status(), people(&campus).await), (403, (0, 0)));
        assert_eq!(ana.get("/sign-in/salud/account").await.location(), Some("/sign-in"));
    }

    async fn an_address_taken_while_the_form_was_open_makes_no_second_account(database) {
        let (campus, salud) = opened(database, json!({})).await;
        let mut ana = campus.visitor();
        sign_in(&mut ana, &salud).await;
        campus.learner("ana@salud.example").await;
        assert_eq!(ana.post("/sign-in/salud/account", &PROFILE).await.status(), 400);
        assert_eq!((people(&campus).await, ana.cookie("campus")), ((1, 0), None));
    }

    async fn who_waits_for_an_hour_begins_again(database) {
        let (campus, salud) = opened(database, json!({})).await;
        let mut ana = campus.visitor();
        sign_in(&mut ana, &salud).await;
        campus.clock.advance(TimeDelta::minutes(60) - TimeDelta::seconds(1));
        assert_eq!(ana.get("/sign-in/salud/account").await.status(), 200);
        campus.clock.advance(TimeDelta::seconds(1));
        assert_eq!(ana.post("/sign-in/salud/account", &PROFILE).await.location(), Some("/sign-in"));
        assert_eq!((people(&campus).await, ana.cookie("campus")), ((0, 0), None));
    }

    async fn two_forms_of_one_newcomer_make_one_account(database) {
        let (campus, salud) = opened(database, json!({})).await;
        salud.tells().claims = json!({ "email": null });
        let mut ana = campus.visitor();
        sign_in(&mut ana, &salud).await;
        let mut tab = ana.clone();
        let (one, other) = tokio::join!(ana.post("/sign-in/salud/account", &PROFILE), tab.post("/sign-in/salud/account", &PROFILE));
        let mut statuses = [one.status(), other.status()];
        statuses.sort_unstable();
        assert_eq!((statuses, people(&campus).await), ([303, 400], (1, 1)));
    }

    async fn a_person_links_and_unlinks_from_the_profile(database) {
        let (campus, salud) = opened(database, json!({ "creates_people": false })).await;
        salud.tells().claims = json!({ "email": null });
        let mut ana = verified_ana(&campus).await;
        assert_eq!(ana.get("/profile").await.words("a[href='/profile/sign-in-providers']").len(), 1);
        assert_eq!(ana.get(LINKED).await.attributes("main button", "name"), ["link"]);
        let page = ana.post(LINKED, &[("link", "salud")]).await;
        let back = salud.admit(&page.attributes("main a.button", "href")[0]);
        // The way back works in the session that asked, and in no other.
        let mut other = campus.learner("luis").await;
        other.set_cookie("campus-flow", ana.cookie("campus-flow").unwrap());
        let mut twin = ana.clone();
        assert_eq!(come_back(&mut other, &back).await.status(), 400);
        assert_eq!(people(&campus).await, (2, 0));

        let page = twin.post(LINKED, &[("link", "salud")]).await;
        let back = salud.admit(&page.attributes("main a.button", "href")[0]);
        assert_eq!(come_back(&mut twin, &back).await.location(), Some(LINKED));
        campus.mail_links(NOTICE, 1).await;
        let mut elsewhere = campus.visitor();
        assert_eq!(sign_in(&mut elsewhere, &salud).await.location(), Some("/learning"));

        // Somebody else cannot have it too.
        let page = other.post(LINKED, &[("link", "salud")]).await;
        let back = salud.admit(&page.attributes("main a.button", "href")[0]);
        assert_eq!(come_back(&mut other, &back).await.status(), 403);
        other.post(LINKED, &[("unlink", "salud")]).await;
        assert_eq!(people(&campus).await, (2, 1), "nor take it away");

        assert_eq!(ana.get(LINKED).await.attributes("main button", "name"), ["unlink"]);
        assert_eq!(ana.post(LINKED, &[("unlink", "salud")]).await.location(), Some(LINKED));
        assert!(is_signed_in(&mut ana).await && !is_signed_in(&mut elsewhere).await);
        assert_eq!(people(&campus).await, (2, 0));
    }

    async fn linking_asks_first_whether_it_is_you(database) {
        let (campus, _salud) = opened(database, json!({})).await;
        let mut ana = campus.learner("ana").await;
        campus.clock.advance(TimeDelta::minutes(15));
        for field in ["link", "unlink"] {
            let answer = ana.post(LINKED, &[(field, "salud")]).await;
            assert_eq!(answer.location(), Some("/confirm?to=%2Fprofile%2Fsign%2Din%2Dproviders"), "{field}");
        }
    }

    async fn the_only_way_in_is_not_taken_away(database) {
        let (campus, salud) = opened(database, json!({})).await;
        let mut ana = join(&campus, &salud).await;
        assert_eq!(ana.post(LINKED, &[("unlink", "salud")]).await.status(), 409);
        assert_eq!((people(&campus).await, is_signed_in(&mut ana).await), ((1, 1), true));
        campus.visitor().post("/password-reset", &[("login", "ana@salud.example")]).await;
        let link = campus.mail_links("/password-reset/", 1).await.remove(0);
        assert_eq!(campus.visitor().post(&link, &[("password", "cuatro perros bajo el sol")]).await.status(), 303);
        let mut ana = campus.visitor();
        go(&mut ana, &salud, &[]).await;
        sign_in(&mut ana, &salud).await;
        assert_eq!(ana.post(LINKED, &[("unlink", "salud")]).await.location(), Some(LINKED));
        assert_eq!(people(&campus).await, (1, 0));
    }
}
