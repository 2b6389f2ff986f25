//! The access matrix: every route × who asks × what it belongs to × what state that is in.
//!
//! The routes are read from the router itself. `rows/*.txt` say what each of them must answer, a line for each thing that is asked
//! for; the walk asks for real and writes what it saw to `snapshots`: the status, whose data is in the answer, and what was changed. A route without a
//! row fails, and so does a row without a route. How a row is written stands in [`rows`].

pub mod people;
pub mod prepared;
mod proofs;
pub mod rows;
mod seen;
mod walk;

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Method;
use tests::{Campus, Database, filled, on_both};

use rows::FILES;

/// Every `METHOD /path` of the router.
async fn routes(campus: &Campus) -> BTreeSet<String> {
    let addresses = campus.addresses().await;
    addresses.iter().flat_map(|address| address.methods.iter().map(|method| format!("{method} {}", address.path))).collect()
}

/// Walks the rows of `file` on both databases and compares with what must be, and with what was seen before.
macro_rules! matrix {
    ($($name:ident($file:literal))+) => {$(
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                walk::walk(Database::sqlite(), $file).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgresql() {
                let Some(database) = Database::postgresql().await else { return };
                walk::walk(database, $file).await;
            }
        }
    )+};
}

matrix! {
    every_public_route_answers_each_person_as_its_row_says("public")
    every_account_route_answers_each_person_as_its_row_says("accounts")
    every_security_route_answers_each_person_as_its_row_says("security")
    every_learning_route_answers_each_person_as_its_row_says("learning")
    every_quiz_route_answers_each_person_as_its_row_says("quizzes")
    every_certificate_route_answers_each_person_as_its_row_says("certificates")
    every_office_route_answers_each_person_as_its_row_says("offices")
    every_api_route_reads_no_cookie_and_answers_each_browser_alike("api")
    every_api_route_answers_each_program_as_its_row_says("programs")
    every_api_route_answers_each_scope_as_its_row_says("scopes")
}

on_both! {
    async fn every_route_has_a_row_and_every_row_a_route(campus) {
        let in_rows: BTreeSet<String> = FILES.iter().flat_map(|(_, text)| rows::read(text).rows).map(|row| row.route()).collect();
        let in_router = routes(campus).await;
        let without_row: Vec<&String> = in_router.difference(&in_rows).collect();
        let without_route: Vec<&String> = in_rows.difference(&in_router).collect();
        assert!(without_row.is_empty(), "these routes have no row in tests/it/access/rows: {without_row:#?}");
        assert!(without_route.is_empty(), "these rows have no route: {without_route:#?}");
        assert!(in_router.len() > 40, "the router's table was not read: {in_router:?}");
    }

    async fn every_server_function_has_a_route(campus) {
        let in_router = routes(campus).await;
        let functions: Vec<String> = leptos::server_fn::axum::server_fn_paths().map(|(path, method)| format!("{method} {path}")).collect();
        assert!(functions.contains(&"POST /api/island/quizzes/save".to_owned()), "{functions:?}");
        for function in functions {
            assert!(in_router.contains(&function), "{function}");
        }
    }

    async fn a_method_that_a_route_does_not_take_is_refused_and_changes_nothing(campus) {
        let mut administrator = campus.demo("administrator").await;
        // What is asked of the API is counted.
        let all_but_counts = async || {
            let mut tables = campus.everything().await;
            tables.remove("access_limits");
            tables
        };
        let before = all_but_counts().await;
        for address in campus.addresses().await {
            let path = filled(&address.path, |_| "x".to_owned());
            for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS, Method::TRACE] {
                if address.methods.iter().any(|known| known == method.as_str() || known == "ANY") {
                    continue;
                }
                let answer = administrator.send(method.clone(), &path, &[("sec-fetch-site", "same-origin")], Body::empty()).await;
                assert_eq!(answer.status(), 405, "{method} {path}");
                assert!(answer.headers().keys().all(|name| !name.as_str().starts_with("access-control-")), "{method} {path}");
            }
        }
        assert_eq!(all_but_counts().await, before);
    }
}
