//! What those who run a campus see: whether it is well, its figures, and what it does when the database is not.

use axum::body::Body;
use axum::http::Method;
use sea_orm::{ConnectionTrait, Database as Connection};
use server::metrics::Exposition;
use tests::{Campus, Database, on_both};

async fn health(campus: &Campus, path: &str) -> (u16, String) {
    let answer = campus.visitor().get(path).await;
    (answer.status(), answer.text())
}

on_both! {
    async fn a_server_says_that_it_is_well_and_when_it_was_told_to_stop(campus) {
        let said = |status: u16, word: &str| (status, format!("{{\"status\":\"{word}\"}}"));
        for path in ["/health", "/health/ready"] {
            assert_eq!(health(campus, path).await, said(200, "ready"));
        }
        campus.platform.health.stop();
        for path in ["/health", "/health/ready"] {
            assert_eq!(health(campus, path).await, said(503, "stopping"));
        }
        assert_eq!(health(campus, "/health/live").await, said(200, "live"));
        assert_eq!(campus.visitor().get("/").await.status(), 200, "what is under way goes on");
    }

    async fn an_id_of_a_request_that_a_stranger_sends_is_not_taken(campus) {
        for theirs in ["0192f0c1-2345-7000-8000-0123456789ab", "ana.ramirez@salud.example"] {
            let answer = campus.visitor().send(Method::GET, "/", &[("x-request-id", theirs)], Body::empty()).await;
            let id = answer.header("x-request-id");
            assert!(id.len() == 36 && id != theirs, "{id}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_database_takes_no_writes_asks_for_no_requests() {
    let campus = Campus::on(Database::sqlite()).await;
    let other = Connection::connect(campus.platform.config.database()).await.unwrap();
    let held = other.get_sqlite_connection_pool().acquire().await.unwrap();
    drop(held);
    other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    assert_eq!(health(&campus, "/health").await, (503, "{\"status\":\"database\"}".to_owned()));
    assert_eq!(health(&campus, "/health/live").await.0, 200);
    other.execute_unprepared("ROLLBACK").await.unwrap();
    assert_eq!(health(&campus, "/health").await.0, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn metrics_count_requests_answers_and_sessions_under_a_bounded_number_of_names() {
    let exposition = Exposition::install().unwrap();
    let campus = Campus::on(Database::sqlite()).await;
    let mut ana = campus.learner("ana").await;
    campus.visitor().post("/sign-in", &[("login", "ana"), ("password", "no es esta clave")]).await;
    for n in 0..50 {
        let nobodys = Method::from_bytes(format!("WORD{n}").as_bytes()).unwrap();
        campus.visitor().get(&format!("/nowhere/{n}")).await;
        campus.visitor().get(&format!("/verify/0000-0000-0000-0000-0000-00{n:02}")).await;
        campus.visitor().send(nobodys, "/", &[], Body::empty()).await;
    }
    ana.get("/learning").await;
    let figures = exposition.render(&campus.platform);
    let value = |name: &str| -> f64 {
        let line = figures.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name}:\n{figures}"));
        line.rsplit_once(' ').unwrap().1.parse().unwrap()
    };
    assert_eq!(value("campus_request_seconds_count{route=\"/verify/{code}\",method=\"GET\",status=\"4xx\"}"), 50.0);
    assert_eq!(value("campus_request_seconds_count{route=\"none\",method=\"GET\",status=\"4xx\"}"), 50.0);
    assert_eq!(value("campus_request_seconds_count{route=\"/\",method=\"other\",status=\"4xx\"}"), 50.0);
    assert_eq!((value("campus_sessions_begun_total"), value("campus_sessions_refused_total")), (1.0, 1.0));
    assert!(value("campus_statement_seconds_count{kind=\"read\"}") > 50.0);
    assert!(value("campus_commit_writes_count") > 1.0 && value("process_resident_memory_bytes") > 1e6);
    assert_eq!((value("campus_writes_waiting"), value("campus_ready"), value("campus_passwords_waiting")), (0.0, 1.0, 0.0));
    let series = figures.lines().filter(|line| line.starts_with("campus_request_seconds_count")).count();
    assert!(series < 20, "{series} series:\n{figures}");
}
