//! Sessions begun by a ministry beside what the campus itself asks: a second factor, showing it again, closed accounts.

use chrono::TimeDelta;
use serde_json::json;
use tests::on_both_databases;

use crate::oidc::{come_back, is_signed_in, join, opened, sign_in};
use crate::oidc_sign_out::{claims, tell};
use crate::second_factor::set_up;

on_both_databases! {
    async fn a_second_factor_of_the_campus_is_asked_for_unless_the_ministry_has_seen_one(database) {
        let (campus, salud) = opened(database, json!({ "second_factor_by_acr": ["urn:two"] })).await;
        let mut ana = join(&campus, &salud).await;
        let (_, codes) = set_up(&campus, &mut ana).await;
        let mut elsewhere = campus.visitor();
        let half_way = sign_in(&mut elsewhere, &salud).await;
        assert_eq!(half_way.location(), Some("/sign-in/code?to=%2Flearning"));
        assert!(!is_signed_in(&mut elsewhere).await);
        let done = elsewhere.post("/sign-in/code", &[("code", &codes[0]), ("to", "/learning")]).await;
        assert_eq!(done.location(), Some("/learning"));
        assert!(campus.signed_in(&elsewhere).await.has_second_factor());
        // It is still known whose session it is there.
        let token = salud.token(json!({ "typ": "logout+jwt" }), &claims(&salud, &json!({})));
        assert_eq!((tell(&campus, &token).await, is_signed_in(&mut elsewhere).await), (200, false));
        salud.tells().claims = json!({ "acr": "urn:two" });
        assert_eq!(sign_in(&mut elsewhere, &salud).await.location(), Some("/learning"));
    }

    async fn who_has_no_password_shows_it_again_at_the_ministry(database) {
        let (campus, salud) = opened(database, json!({})).await;
        let mut ana = join(&campus, &salud).await;
        campus.clock.advance(TimeDelta::minutes(15));
        salud.tells().now += TimeDelta::minutes(15);
        let page = ana.get("/confirm?to=%2Fprofile%2Fsecurity").await;
        assert_eq!((page.words("#password").len(), page.attributes("main form", "action")), (0, vec!["/sign-in/salud".to_owned()]));
        let going = ana.post("/sign-in/salud", &[("to", "/profile/security"), ("again", "yes")]).await;
        let back = salud.admit(&going.attributes("main a.button", "href")[0]);
        let before = ana.cookie("campus").unwrap().to_owned();
        assert_eq!(come_back(&mut ana, &back).await.location(), Some("/profile/security"));
        assert!(campus.signed_in(&ana).await.confirmed(salud.tells().now).is_some());
        let mut old = campus.visitor();
        old.set_cookie("campus", &before);
        assert!(!is_signed_in(&mut old).await, "the session goes on under another id");
    }

    async fn a_session_that_goes_on_under_another_id_still_ends_from_there(database) {
        let (campus, salud) = opened(database, json!({})).await;
        let mut ana = join(&campus, &salud).await;
        let (_, codes) = set_up(&campus, &mut ana).await;
        let confirmed = ana.post("/confirm", &[("code", &codes[0]), ("to", "/learning")]).await;
        assert_eq!(confirmed.location(), Some("/learning"));
        assert!(is_signed_in(&mut ana).await);
        let token = salud.token(json!({ "typ": "logout+jwt" }), &claims(&salud, &json!({})));
        assert_eq!((tell(&campus, &token).await, is_signed_in(&mut ana).await), (200, false));
    }

    async fn a_closed_account_stays_closed(database) {
        let (campus, salud) = opened(database, json!({})).await;
        join(&campus, &salud).await;
        campus.change("UPDATE accounts_people SET disabled_at = created_at").await;
        let mut ana = campus.visitor();
        assert_eq!((sign_in(&mut ana, &salud).await.status(), ana.cookie("campus")), (403, None));
    }
}
