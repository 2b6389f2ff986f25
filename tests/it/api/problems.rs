//! Every refusal is a problem with a code, a page that explains it, and the request's id.

use axum::body::Body;
use axum::http::Method;
use server::api::Code;
use tests::{Answer, Program, on_both};

/// That `answer` is a whole problem with this status and code.
fn is_problem(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status(), answer.header("content-type")), (status, "application/problem+json"), "{}", answer.text());
    let body = answer.json();
    assert_eq!((body["code"].as_str(), body["status"].as_u64()), (Some(code), Some(u64::from(status))), "{body}");
    assert_eq!(body["type"].as_str(), Some(&*format!("/api/problems/{code}")));
    assert_eq!(body["request_id"].as_str(), Some(answer.header("x-request-id")), "{body}");
    assert!(!body["title"].as_str().unwrap().is_empty());
}

async fn send(program: &Program, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    program.send(method, path, headers, Body::from(body.to_owned())).await
}

on_both! {
    async fn whatever_is_wrong_is_said_in_one_form(campus) {
        let nobody = campus.nobodys_program();
        let mut administrator = campus.demo("administrator").await;
        let program = campus.program(&mut administrator, &["people:write", "people:read"]).await;
        is_problem(&nobody.get("/nowhere").await, 404, "not-found");
        is_problem(&nobody.get("/courses/ec-999").await, 404, "not-found");
        is_problem(&nobody.get("/me").await, 401, "unauthorized");
        assert_eq!(nobody.get("/me").await.header("www-authenticate"), "Bearer realm=\"campus\"");
        is_problem(&program.get("/people/not-an-id").await, 404, "not-found");
        is_problem(&program.get("/me").await, 403, "insufficient-scope");
        let wrong_method = send(&nobody, Method::DELETE, "/courses", &[], "").await;
        is_problem(&wrong_method, 405, "method-not-allowed");
        assert_eq!(wrong_method.header("allow"), "GET,HEAD");
        is_problem(&send(&nobody, Method::TRACE, "/me", &[], "").await, 405, "method-not-allowed");
        is_problem(&send(&nobody, Method::GET, "/courses", &[("accept", "image/png")], "").await, 406, "not-acceptable");
        is_problem(&send(&nobody, Method::GET, "/courses?colour=red", &[], "").await, 422, "validation");

        let json = ("content-type", "application/json");
        let key = ("idempotency-key", "k");
        is_problem(&send(&program, Method::POST, "/people", &[json], "{}").await, 400, "idempotency-key-missing");
        is_problem(&send(&program, Method::POST, "/people", &[json, key, key], "{}").await, 400, "malformed");
        is_problem(&send(&program, Method::POST, "/people", &[json, ("idempotency-key", "a b")], "{}").await, 400, "malformed");
        is_problem(&send(&program, Method::POST, "/people", &[key], "{}").await, 415, "unsupported-media-type");
        is_problem(&send(&program, Method::POST, "/people", &[key, ("content-type", "text/plain")], "{}").await, 415, "unsupported-media-type");
        is_problem(&send(&program, Method::POST, "/people", &[key, json], "{\"name\":").await, 400, "malformed");
        is_problem(&send(&program, Method::POST, "/people", &[key, json], "{}").await, 422, "validation");
        is_problem(&send(&program, Method::POST, "/people", &[key, json], "[]").await, 422, "validation");
        is_problem(&send(&program, Method::POST, "/people", &[key, json], &"[".repeat(70_000)).await, 413, "too-large");
        is_problem(&send(&program, Method::POST, "/people", &[key, json], &"[".repeat(60_000)).await, 422, "validation");
        is_problem(&send(&nobody, Method::POST, "/token", &[json], "{}").await, 415, "unsupported-media-type");
    }

    async fn no_answer_lets_another_site_read_it_or_sets_a_cookie(campus) {
        let nobody = campus.nobodys_program();
        for (method, path) in [(Method::GET, "/courses"), (Method::OPTIONS, "/courses"), (Method::GET, "/me"), (Method::POST, "/token")] {
            let answer = send(&nobody, method.clone(), path, &[("origin", "https://evil.example"), ("access-control-request-method", "GET")], "").await;
            let names: Vec<&str> = answer.headers().keys().map(|name| name.as_str()).collect();
            assert!(!names.iter().any(|name| name.starts_with("access-control-") || *name == "set-cookie"), "{method} {path}: {names:?}");
        }
    }

    async fn every_code_has_a_page_in_both_languages(campus) {
        for code in Code::ALL {
            for language in ["es", "en"] {
                let page = campus.visitor().speaking(language).get(&code.address()).await;
                assert_eq!((page.status(), page.words("h1")), (200, vec![code.name().to_owned()]));
            }
        }
        assert_eq!(campus.visitor().get("/api/problems/nothing").await.status(), 404);
    }

    async fn a_failure_here_tells_its_id_and_nothing_of_the_inside(campus) {
        let mut ana = campus.learner("ana").await;
        let program = campus.program(&mut ana, &["learning:read"]).await;
        campus.change("ALTER TABLE enrolments RENAME TO elsewhere").await;
        let failed = program.get("/me/enrolments").await;
        is_problem(&failed, 500, "internal");
        assert!(!failed.text().contains("enrolments\"") && !failed.text().to_lowercase().contains("sql"), "{}", failed.text());
    }
}
