//! Service tokens: making, using, listing and revoking them; what acts at once.

use chrono::TimeDelta;
use serde_json::json;
use tests::{Campus, on_both};

on_both! {
    async fn a_service_token_is_shown_once_and_kept_as_a_digest(campus) {
        let mut ana = campus.learner("ana").await;
        let secret = campus.service_token(&mut ana, &["profile:read"]).await;
        assert!(secret.starts_with("campus_service_") && secret.len() == 58, "{secret}");
        let rows = campus.rows("api_tokens").await.concat();
        assert!(!rows.contains(&secret) && !rows.contains(secret.strip_prefix("campus_service_").unwrap()));
        let list = ana.get("/profile/tokens").await;
        assert_eq!(list.words("main h2"), ["tablero"]);
        assert!(!list.text().contains(&secret));
        let program = campus.nobodys_program().exchanged(&secret).await;
        let refreshes = campus.rows("api_refreshes").await.concat();
        assert!(!refreshes.contains(&program.refresh));
    }

    async fn a_token_is_made_only_by_somebody_who_is_there(campus) {
        let mut ana = campus.learner("ana").await;
        campus.clock.advance(TimeDelta::minutes(16));
        let form = [("name", "x"), ("days", "9"), ("scope", "profile:read")];
        assert_eq!(ana.get("/profile/tokens/new").await.location(), Some("/confirm?to=%2Fprofile%2Ftokens%2Fnew"));
        assert!(ana.post("/profile/tokens/new", &form).await.words("#secret").is_empty());
        assert_eq!(campus.count("api_tokens", "1 = 1").await, 0);
    }

    async fn a_token_reaches_no_further_than_its_owner(campus) {
        let mut ana = campus.learner("ana").await;
        let shown = ana.get("/profile/tokens/new").await;
        assert_eq!(shown.attributes("input[name=scope]", "value"), ["profile:read", "learning:read", "learning:write"]);
        for (form, field) in [
            (vec![("name", "x"), ("days", "9"), ("scope", "people:write")], "scope"),
            (vec![("name", "x"), ("days", "9")], "scope"),
            (vec![("name", " "), ("days", "9"), ("scope", "profile:read")], "name"),
            (vec![("name", "x"), ("days", "366"), ("scope", "profile:read")], "days"),
            (vec![("name", "x"), ("days", "-1"), ("scope", "profile:read")], "days"),
        ] {
            let refused = ana.post("/profile/tokens/new", &form).await;
            assert_eq!((refused.status(), refused.words(&format!("#{field}-error")).len()), (422, 1), "{form:?}");
        }
        assert_eq!(campus.count("api_tokens", "1 = 1").await, 0);
    }

    async fn what_a_token_was_not_made_for_it_does_not_do(campus) {
        let mut ana = campus.learner("ana").await;
        let program = campus.program(&mut ana, &["profile:read"]).await;
        assert_eq!(program.get("/me").await.status(), 200);
        let refused = program.get("/me/enrolments").await;
        assert_eq!((refused.status(), refused.json()["code"].as_str()), (403, Some("insufficient-scope")));
        assert_eq!(refused.header("www-authenticate"), "Bearer realm=\"campus\", error=\"insufficient_scope\", scope=\"learning:read\"");
        assert_eq!(program.post("/me/enrolments", "k", &json!({ "course_code": "ec-102" })).await.status(), 403);
        assert_eq!(program.get("/people").await.status(), 403);
    }

    async fn an_access_token_may_ask_for_less_and_never_for_more(campus) {
        let mut ana = campus.learner("ana").await;
        let secret = campus.service_token(&mut ana, &["profile:read", "learning:read"]).await;
        let nobody = campus.nobodys_program();
        let ask = |scope: &'static str| {
            let (nobody, secret) = (nobody.clone(), secret.clone());
            async move { nobody.form("/token", &[("grant_type", "refresh_token"), ("refresh_token", &secret), ("scope", scope)]).await }
        };
        assert_eq!(ask("profile:read").await.json()["scope"], json!("profile:read"));
        for more in ["people:write", "profile:read people:write", "admin", ""] {
            let refused = ask(more).await;
            assert_eq!((refused.status(), refused.json()["error"].as_str()), (400, Some("invalid_scope")), "{more}");
        }
    }

    async fn an_access_token_works_for_ten_minutes(campus) {
        let mut ana = campus.learner("ana").await;
        let program = campus.program(&mut ana, &["profile:read"]).await;
        campus.clock.advance(TimeDelta::minutes(10) - TimeDelta::seconds(1));
        assert_eq!(program.get("/me").await.status(), 200);
        campus.clock.advance(TimeDelta::seconds(1));
        let over = program.get("/me").await;
        assert_eq!((over.status(), over.header("www-authenticate")), (401, "Bearer realm=\"campus\", error=\"invalid_token\""));
    }

    async fn revoking_a_token_stops_everything_that_grew_out_of_it_at_once(campus) {
        let mut ana = campus.learner("ana").await;
        let secret = campus.service_token(&mut ana, &["profile:read"]).await;
        let program = campus.nobodys_program().exchanged(&secret).await;
        campus.clock.advance(TimeDelta::seconds(1));
        let other = campus.program(&mut ana, &["profile:read"]).await;
        let action = ana.get("/profile/tokens").await.attributes("main section form", "action").pop().unwrap();
        let mut luis = campus.learner("luis").await;
        assert_eq!(luis.get("/profile/tokens").await.words("main section").len(), 0, "tokens of somebody else");
        assert_eq!(luis.post(&action, &[]).await.status(), 404, "a token of somebody else");
        assert_eq!(luis.post("/profile/tokens/revocation", &[]).await.location(), Some("/profile/tokens"));
        assert_eq!((program.get("/me").await.status(), other.get("/me").await.status()), (200, 200), "all of his are none of hers");
        assert_eq!(ana.post(&action, &[]).await.location(), Some("/profile/tokens"));
        assert_eq!((program.get("/me").await.status(), other.get("/me").await.status()), (401, 200));
        assert_eq!(program.exchange(&program.refresh).await.status(), 400);
        assert_eq!(program.exchange(&secret).await.json()["error"], json!("invalid_grant"));
        ana.post("/profile/tokens/revocation", &[]).await;
        assert_eq!(other.get("/me").await.status(), 401);
        assert_eq!(ana.get("/profile/tokens").await.words("main section").len(), 0);
    }

    async fn a_role_that_is_taken_away_narrows_a_token_at_once(campus) {
        let mut browser = campus.coordinator_of("GT").await;
        let program = campus.program(&mut browser, &["profile:read", "reports:read"]).await;
        assert_eq!(program.get("/completions").await.status(), 200);
        assert_eq!(campus.change("DELETE FROM accounts_grants").await, 1);
        let refused = program.get("/completions").await;
        assert_eq!((refused.status(), refused.json()["code"].as_str()), (403, Some("forbidden")));
        assert_eq!(program.json("/me").await["scopes"], json!(["profile:read"]));
        let next = program.clone().exchanged(&program.refresh).await;
        assert_eq!(next.get("/completions").await.status(), 403);
    }

    async fn a_person_who_is_gone_has_no_token(campus) {
        let mut ana = campus.learner("ana").await;
        let program = campus.program(&mut ana, &["profile:read"]).await;
        campus.change("DELETE FROM accounts_people WHERE user_name = 'ana'").await;
        assert_eq!((program.get("/me").await.status(), program.exchange(&program.refresh).await.status()), (401, 400));
        assert_eq!(campus.count("api_tokens", "1 = 1").await, 0);
    }

    async fn a_program_gives_a_token_back_whatever_it_is(campus) {
        let mut ana = campus.learner("ana").await;
        let secret = campus.service_token(&mut ana, &["profile:read"]).await;
        let begin = || async { campus.nobodys_program().exchanged(&secret).await };
        let (one, two, three) = (begin().await, begin().await, begin().await);
        assert_eq!(one.form("/token/revocation", &[("token", &one.access)]).await.status(), 204);
        assert_eq!((one.get("/me").await.status(), one.exchange(&one.refresh).await.status(), two.get("/me").await.status()), (401, 400, 200));
        assert_eq!(two.form("/token/revocation", &[("token", &two.refresh)]).await.status(), 204);
        assert_eq!((two.get("/me").await.status(), three.get("/me").await.status()), (401, 200));
        assert_eq!(three.form("/token/revocation", &[("token", "nothing of ours")]).await.status(), 204);
        assert_eq!(three.form("/token/revocation", &[("token", &secret)]).await.status(), 204);
        assert_eq!((three.get("/me").await.status(), three.exchange(&secret).await.status()), (401, 400));
    }

    async fn the_token_endpoint_refuses_by_the_names_of_rfc_6749(campus) {
        let nobody = campus.nobodys_program();
        for (fields, error) in [
            (vec![("grant_type", "password"), ("refresh_token", "campus_service_x")], "unsupported_grant_type"),
            (vec![("grant_type", "refresh_token")], "invalid_request"),
            (vec![("grant_type", "refresh_token"), ("refresh_token", "a"), ("refresh_token", "b")], "invalid_request"),
            (vec![("grant_type", "refresh_token"), ("refresh_token", "campus_service_x")], "invalid_grant"),
            (vec![("grant_type", "refresh_token"), ("refresh_token", "campus_refresh_x"), ("unknown", "is ignored")], "invalid_grant"),
            (vec![("grant_type", "refresh_token"), ("refresh_token", "")], "invalid_grant"),
        ] {
            let refused = nobody.form("/token", &fields).await;
            assert_eq!((refused.status(), refused.json()["error"].as_str()), (400, Some(error)), "{fields:?}");
            assert_eq!((refused.header("cache-control"), refused.header("content-type")), ("no-store", "application/problem+json"));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_tokens_are_enough_for_anybody() {
    let campus = Campus::on(tests::Database::sqlite()).await;
    let mut ana = campus.learner("ana").await;
    for _ in 0..20 {
        campus.service_token(&mut ana, &["profile:read"]).await;
    }
    let refused = ana.post("/profile/tokens/new", &[("name", "x"), ("days", "9"), ("scope", "profile:read")]).await;
    assert_eq!((refused.status(), refused.words("#name-error").len()), (422, 1));
}
