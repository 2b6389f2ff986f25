//! People and enrolments for administrators: written once, changed by who has seen what they change.

use axum::body::Body;
use axum::http::Method;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tests::{Answer, Campus, Program, on_both};

use super::learning::fields;

const ALL: [&str; 4] = ["people:read", "people:write", "enrolments:write", "roles:write"];

async fn administrator(campus: &Campus) -> Program {
    campus.program(&mut campus.demo("administrator").await, &ALL).await
}

fn eva() -> Value {
    json!({ "name": "Eva Xol", "login": "eva", "language": "es", "country": "GT", "institution": " Centro  de Salud ", "occupation": "health" })
}

async fn patch(program: &Program, path: &str, tag: Option<&str>, changes: &Value) -> Answer {
    let mut headers = vec![("content-type", "application/json")];
    headers.extend(tag.map(|tag| ("if-match", tag)));
    program.send(Method::PATCH, path, &headers, Body::from(changes.to_string())).await
}

on_both! {
    async fn somebody_who_is_invited_sets_a_password_and_signs_in(campus) {
        let program = administrator(campus).await;
        let made = program.post("/people", "k1", &eva()).await;
        assert_eq!(made.status(), 201, "{}", made.text());
        let person = made.json();
        assert_eq!(made.header("location"), format!("/api/v1/people/{}", person["id"].as_str().unwrap()));
        assert_eq!((person["institution"].as_str(), person["roles"].as_array().map(Vec::len)), (Some("Centro de Salud"), Some(0)));
        insta::assert_snapshot!(fields(&person).join(" "), @"country created_at id institution invitation_url is_closed is_email_verified language login name occupation");
        let link = person["invitation_url"].as_str().unwrap().strip_prefix("http://127.0.0.1:3000").unwrap().to_owned();
        let mut browser = campus.visitor();
        assert_eq!(browser.post("/sign-in", &[("login", "eva"), ("password", "")]).await.status(), 422);
        let set = browser.post(&link, &[("password", "cuatro perros bajo el sol")]).await;
        assert_eq!(set.status(), 303, "{}", set.text());
        let signed_in = browser.post("/sign-in", &[("login", "eva"), ("password", "cuatro perros bajo el sol")]).await;
        assert_eq!(signed_in.status(), 303);
        assert_ne!(campus.visitor().post(&link, &[("password", "otros seis gatos grises")]).await.status(), 303, "a link works once");
    }

    async fn the_nobodies_that_an_erasure_leaves_are_in_no_list_and_get_nothing(campus) {
        let program = campus.program(&mut campus.demo("administrator").await, &["people:read", "people:write", "roles:write", "reports:read"]).await;
        let mut ana = campus.learner("ana").await;
        ana.post("/courses/ec-102/enrolment", &[]).await;
        let count = async |path: &str| program.json(path).await["items"].as_array().unwrap().len();
        let before = (count("/people").await, count("/enrolments").await);
        assert_eq!(ana.post("/profile/erasure", &[("word", "borrar")]).await.status(), 303);
        assert_eq!(campus.count("accounts_people", "name = ''").await, 1);
        assert_eq!((count("/people").await, count("/enrolments").await), (before.0 - 1, before.1 - 1));
        let all = program.send(Method::GET, "/enrolments", &[("accept", "text/csv")], Body::empty()).await.text();
        assert!(!all.contains("ZZ"), "{all}");
        let reader = campus.platform.storage.reader();
        let statement = Statement::from_string(reader.get_database_backend(), "SELECT id FROM accounts_people WHERE name = ''");
        let row = reader.query_one_raw(statement).await.unwrap().unwrap();
        let nobody: uuid::Uuid = row.try_get("", "id").unwrap();
        let statuses = [
            program.get(&format!("/people/{nobody}")).await.status(),
            patch(&program, &format!("/people/{nobody}"), None, &json!({ "name": "Alguien Más" })).await.status(),
            program.post(&format!("/people/{nobody}/invitations"), "k1", &Value::Null).await.status(),
            program.send(Method::PUT, &format!("/people/{nobody}/roles/administrator"), &[], Body::empty()).await.status(),
        ];
        assert_eq!(statuses, [404; 4]);
    }

    async fn another_link_ends_the_ones_before(campus) {
        let program = administrator(campus).await;
        let person = program.post("/people", "k1", &eva()).await.json();
        let path = format!("/people/{}/invitations", person["id"].as_str().unwrap());
        let again = program.post(&path, "k2", &Value::Null).await;
        assert_eq!(again.status(), 201, "{}", again.text());
        let page = |url: &Value| url.as_str().unwrap().strip_prefix("http://127.0.0.1:3000").unwrap().to_owned();
        let works = async |path: String| campus.visitor().post(&path, &[("password", "cuatro perros bajo el sol")]).await.status() == 303;
        assert!(!works(page(&person["invitation_url"])).await);
        assert!(works(page(&again.json()["invitation_url"])).await);
        let unknown = program.post("/people/0192f0c1-2345-7000-8000-0123456789ab/invitations", "k3", &Value::Null).await;
        assert_eq!(unknown.status(), 404);
    }

    async fn the_same_write_sent_again_is_done_once_and_tells_no_secret_twice(campus) {
        let program = administrator(campus).await;
        let first = program.post("/people", "k1", &eva()).await;
        let again = program.post("/people", "k1", &eva()).await;
        assert_eq!((again.status(), again.header("idempotency-replayed"), first.header("idempotency-replayed")), (201, "true", ""));
        let (mut first, mut again) = (first.json(), again.json());
        assert_eq!(again["invitation_url"], Value::Null);
        assert!(!campus.rows("api_writes").await.concat().contains("password-reset"), "the link is not kept");
        first["invitation_url"].take();
        again["invitation_url"].take();
        assert_eq!(first, again);
        let mut other = eva();
        other["name"] = json!("Otra");
        let reused = program.post("/people", "k1", &other).await;
        assert_eq!((reused.status(), reused.json()["code"].as_str()), (422, Some("idempotency-key-reused")));
        let taken = program.post("/people", "k2", &eva()).await;
        assert_eq!((taken.status(), taken.json()["errors"][0]["pointer"].as_str()), (422, Some("/login")));
        campus.clock.advance(chrono::TimeDelta::hours(24));
        let program = program.clone().exchanged(&program.refresh).await;
        assert_eq!(program.post("/people", "k1", &eva()).await.status(), 422, "after a day it is a new write, and the login is taken");
    }

    async fn of_fifty_who_send_the_same_write_at_once_one_does_it(campus) {
        let program = administrator(campus).await;
        let tries: Vec<_> = (0..50).map(|_| { let program = program.clone(); tokio::spawn(async move { program.post("/people", "k1", &eva()).await }) }).collect();
        let mut ids = Vec::new();
        let mut told = 0;
        for tried in tries {
            let answer = tried.await.unwrap();
            assert_eq!(answer.status(), 201, "{}", answer.text());
            told += usize::from(!answer.json()["invitation_url"].is_null());
            ids.push(answer.json()["id"].clone());
        }
        ids.dedup();
        assert_eq!((ids.len(), told, campus.count("accounts_people", "user_name = 'eva'").await), (1, 1, 1));
    }

    async fn a_key_of_one_address_is_none_of_another(campus) {
        let program = administrator(campus).await;
        let mut paths = Vec::new();
        for login in ["ana", "eva"] {
            campus.learner(login).await;
            let page = program.json(&format!("/people?login={login}")).await;
            paths.push(format!("/people/{}/invitations", page["items"][0]["id"].as_str().unwrap()));
        }
        // The same body, so that only the address tells.
        assert_eq!(program.post(&paths[0], "k1", &Value::Null).await.status(), 201);
        let other = program.post(&paths[1], "k1", &Value::Null).await;
        assert_eq!((other.status(), other.json()["code"].as_str()), (422, Some("idempotency-key-reused")));
        assert_eq!(program.post(&paths[0], "k1", &Value::Null).await.header("idempotency-replayed"), "true");
    }

    async fn a_key_is_ones_own(campus) {
        let program = administrator(campus).await;
        program.post("/people", "k1", &eva()).await;
        let mut browser = campus.learner("ana").await;
        let ana = campus.program(&mut browser, &["learning:write"]).await;
        assert_eq!(ana.post("/me/enrolments", "k1", &json!({ "course_code": "ec-102" })).await.status(), 201);
    }

    async fn what_cannot_be_stored_is_named_field_by_field(campus) {
        let program = administrator(campus).await;
        let mut bad = eva();
        bad["name"] = json!("7");
        bad["login"] = json!("no address@");
        bad["institution"] = json!("x".repeat(161));
        let refused = program.post("/people", "k1", &bad).await;
        let pointers: Vec<_> = refused.json()["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect();
        assert_eq!((refused.status(), pointers), (422, vec!["/name".to_owned(), "/login".to_owned(), "/institution".to_owned()]));
        for (field, value) in [("country", json!("XX")), ("language", json!("xx")), ("occupation", json!(7)), ("role", json!("administrator"))] {
            let mut bad = eva();
            bad[field] = value;
            let refused = program.post("/people", "k2", &bad).await;
            assert_eq!((refused.status(), refused.json()["code"].as_str()), (422, Some("validation")), "{field}");
        }
        assert_eq!(campus.count("api_writes", "1 = 1").await, 0, "what is refused is not remembered");
    }

    async fn a_change_needs_to_have_seen_what_it_changes(campus) {
        let program = administrator(campus).await;
        let made = program.post("/people", "k1", &eva()).await.json();
        let path = format!("/people/{}", made["id"].as_str().unwrap());
        let tag = program.get(&path).await.header("etag").to_owned();
        let name = json!({ "name": "Eva Xol Caal" });
        assert_eq!(patch(&program, &path, None, &name).await.status(), 428);
        assert_eq!(patch(&program, &path, Some("\"x\""), &name).await.status(), 412);
        assert_eq!(patch(&program, &path, Some(&format!("W/{tag}")), &name).await.status(), 412, "a weak tag is not enough");
        let changed = patch(&program, &path, Some(&tag), &name).await;
        assert_eq!((changed.status(), changed.json()["name"].as_str()), (200, Some("Eva Xol Caal")));
        assert_eq!(changed.header("etag"), program.get(&path).await.header("etag"));
        assert_eq!(patch(&program, &path, Some(&tag), &name).await.status(), 412, "it has changed since");
        let now = changed.header("etag").to_owned();
        assert_eq!(patch(&program, &path, Some(&now), &json!({})).await.header("etag"), now, "nothing changes nothing");
        for (bad, pointer) in [(json!({ "name": "7" }), "/name"), (json!({ "country": "XX" }), "/country"), (json!({ "login": "x" }), "/login")] {
            let refused = patch(&program, &path, Some(&now), &bad).await;
            assert_eq!((refused.status(), refused.json()["errors"][0]["pointer"].as_str()), (422, Some(pointer)), "{}", refused.text());
        }
    }

    async fn of_ten_who_change_the_same_at_once_one_does(campus) {
        let program = administrator(campus).await;
        let made = program.post("/people", "k1", &eva()).await.json();
        let path = format!("/people/{}", made["id"].as_str().unwrap());
        let tag = program.get(&path).await.header("etag").to_owned();
        let mut tries = Vec::new();
        for number in 0..10 {
            let (program, path, tag) = (program.clone(), path.clone(), tag.clone());
            let changes = json!({ "institution": format!("Centro {number}") });
            tries.push(tokio::spawn(async move { patch(&program, &path, Some(&tag), &changes).await.status() }));
        }
        let mut statuses = Vec::new();
        for tried in tries {
            statuses.push(tried.await.unwrap());
        }
        statuses.sort_unstable();
        assert_eq!((statuses[0], statuses[1..].iter().all(|status| *status == 412)), (200, true), "{statuses:?}");
    }

    async fn people_are_found_by_login_and_country_and_listed_once(campus) {
        let program = administrator(campus).await;
        campus.learner("ana").await;
        campus.learner_from("nora", "HN").await;
        let logins = async |query: &str| {
            let page = program.json(&format!("/people?{query}")).await;
            page["items"].as_array().unwrap().iter().map(|person| person["login"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(logins("login=ANA").await, ["ana"]);
        assert_eq!(logins("country=HN").await, ["nora"]);
        for none in ["login=a%00".to_owned(), "login=".to_owned(), format!("login={}", "a".repeat(255))] {
            assert_eq!(program.get(&format!("/people?{none}")).await.status(), 422, "{none}");
        }
        assert_eq!(logins("limit=200").await.len(), 6);
        let page = program.json("/people?limit=4").await;
        let next = page["next"].as_str().unwrap().split_once("/api/v1").unwrap().1.to_owned();
        assert_eq!(program.json(&next).await["items"].as_array().unwrap().len(), 2);
        let roles: Vec<Value> = program.json("/people?login=demo-coordinator").await["items"][0]["roles"].as_array().unwrap().clone();
        assert_eq!(roles, [json!({ "role": "coordinator", "country": null })]);
    }

    async fn somebody_is_enrolled_once_and_sees_it(campus) {
        let program = administrator(campus).await;
        let mut ana = campus.learner("ana").await;
        let id = program.json("/people?login=ana").await["items"][0]["id"].clone();
        let wanted = json!({ "person_id": id, "course_code": "ec-102" });
        let made = program.post("/enrolments", "k1", &wanted).await;
        assert_eq!(made.status(), 201, "{}", made.text());
        assert_eq!(program.post("/enrolments", "k2", &wanted).await.json(), made.json());
        assert!(ana.get("/learning").await.text().contains("ec-102"));
        for (bad, pointer) in [
            (json!({ "person_id": "0192f0c1-2345-7000-8000-0123456789ab", "course_code": "ec-102" }), "/person_id"),
            (json!({ "person_id": id, "course_code": "ec-999" }), "/course_code"),
            (json!({ "person_id": "ana", "course_code": "ec-102" }), "/person_id"),
        ] {
            let refused = program.post("/enrolments", "k3", &bad).await;
            assert_eq!((refused.status(), refused.json()["errors"][0]["pointer"].as_str()), (422, Some(pointer)), "{}", refused.text());
        }
    }

    async fn roles_are_given_and_taken_and_the_last_administrator_stays(campus) {
        let program = administrator(campus).await;
        let mut ana = campus.learner("ana").await;
        let person = |login: &'static str| {
            let program = program.clone();
            async move { program.json(&format!("/people?login={login}")).await["items"][0].clone() }
        };
        let id = person("ana").await["id"].as_str().unwrap().to_owned();
        let change = |method: Method, path: String| {
            let program = program.clone();
            async move { program.send(method, &path, &[], Body::empty()).await }
        };
        let role = format!("/people/{id}/roles/coordinator?country=HN");
        for _ in 0..2 {
            assert_eq!(change(Method::PUT, role.clone()).await.status(), 204);
        }
        assert_eq!(person("ana").await["roles"], json!([{ "role": "coordinator", "country": "HN" }]));
        assert_eq!(ana.get("/profile").await.status(), 303, "their sessions end");
        assert_eq!(change(Method::DELETE, format!("/people/{id}/roles/coordinator")).await.status(), 404, "they have it for one country");
        assert_eq!(change(Method::DELETE, role.clone()).await.status(), 204);
        assert_eq!(change(Method::DELETE, role).await.status(), 404);
        assert_eq!(change(Method::PUT, format!("/people/{id}/roles/king")).await.status(), 404);
        assert_eq!(change(Method::PUT, format!("/people/{id}/roles/trainer?country=XX")).await.status(), 422);
        let own = person("demo-administrator").await["id"].as_str().unwrap().to_owned();
        let last = change(Method::DELETE, format!("/people/{own}/roles/administrator")).await;
        assert_eq!((last.status(), last.json()["code"].as_str()), (409, Some("conflict")));
        assert_eq!(change(Method::PUT, format!("/people/{own}/suspension")).await.status(), 409);
    }

    async fn a_closed_account_stops_sessions_and_tokens_at_once(campus) {
        let program = administrator(campus).await;
        let mut ana = campus.learner("ana").await;
        let hers = campus.program(&mut ana, &["profile:read"]).await;
        let id = program.json("/people?login=ana").await["items"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("/people/{id}/suspension");
        for _ in 0..2 {
            assert_eq!(program.send(Method::PUT, &path, &[], Body::empty()).await.status(), 204);
        }
        assert_eq!((ana.get("/profile").await.status(), hers.get("/me").await.status()), (303, 401));
        assert_eq!(hers.exchange(&hers.refresh).await.status(), 400);
        assert_eq!(program.json("/people?login=ana").await["items"][0]["is_closed"], json!(true));
        assert_eq!(program.send(Method::DELETE, &path, &[], Body::empty()).await.status(), 204);
        assert_eq!(hers.get("/me").await.status(), 200);
        assert_eq!(program.send(Method::PUT, "/people/0192f0c1-2345-7000-8000-0123456789ab/suspension", &[], Body::empty()).await.status(), 404);
    }

    async fn only_administrators_write(campus) {
        let mut browser = campus.demo("coordinator").await;
        let coordinator = campus.program(&mut browser, &["reports:read", "profile:read"]).await;
        for (method, path) in [(Method::GET, "/people"), (Method::POST, "/people"), (Method::POST, "/enrolments")] {
            let headers = [("idempotency-key", "k"), ("content-type", "application/json")];
            let body = if path == "/people" { eva() } else { json!({ "person_id": "0192f0c1-2345-7000-8000-0123456789ab", "course_code": "ec-102" }) };
            let refused = coordinator.send(method.clone(), path, &headers, Body::from(body.to_string())).await;
            assert_eq!((refused.status(), refused.json()["code"].as_str()), (403, Some("insufficient-scope")), "{method} {path}");
        }
        let administrator = administrator(campus).await;
        campus.change("DELETE FROM accounts_grants").await;
        for path in ["/people", "/people/0192f0c1-2345-7000-8000-0123456789ab"] {
            assert_eq!(administrator.get(path).await.json()["code"], json!("forbidden"), "{path}");
        }
    }
}
