//! How many requests pass: told in each answer, shared by servers, counted without a write for each reading.

use axum::body::Body;
use axum::http::Method;
use chrono::TimeDelta;
use tests::{Answer, Campus, Program, on_both};

const QUOTA: i64 = 600;

fn left(answer: &Answer) -> i64 {
    let header = answer.header("ratelimit");
    header.split(';').find_map(|part| part.strip_prefix("r=")).unwrap_or_else(|| panic!("{header}")).parse().unwrap()
}

async fn spend(program: &Program, count: i64) {
    for _ in 0..count {
        assert_eq!(program.get("/courses/ec-999").await.status(), 404);
    }
}

async fn program(campus: &Campus) -> Program {
    let mut ana = campus.learner("ana").await;
    campus.program(&mut ana, &["profile:read"]).await
}

on_both! {
    async fn each_answer_tells_how_much_is_left(campus) {
        let program = program(campus).await;
        let first = program.get("/me").await;
        assert_eq!(first.header("ratelimit-policy"), "\"api-token\";q=600;w=60");
        assert_eq!((left(&first), left(&program.get("/me").await)), (599, 598));
        let nobody = campus.nobodys_program().get("/nowhere").await;
        assert!(nobody.header("ratelimit-policy").starts_with("\"api-address\";q=600"), "a refusal tells it too");
    }

    async fn when_it_is_spent_a_request_waits_as_long_as_it_is_told(campus) {
        let program = program(campus).await;
        spend(&program, QUOTA).await;
        let refused = program.get("/me").await;
        assert_eq!((refused.status(), refused.json()["code"].as_str(), refused.header("retry-after")), (429, Some("too-many-requests"), "1"));
        assert_eq!(left(&refused), 0);
        campus.clock.advance(TimeDelta::seconds(1));
        assert_eq!(program.get("/me").await.status(), 200);
        campus.clock.advance(TimeDelta::seconds(60));
        assert_eq!(left(&program.get("/me").await), QUOTA - 1);
        let mut luis = campus.learner("luis").await;
        let luis = campus.program(&mut luis, &["profile:read"]).await;
        assert_eq!(left(&luis.get("/me").await), QUOTA - 1, "another program has its own");
    }

    async fn an_address_without_a_token_is_counted_by_itself(campus) {
        let nobody = campus.nobodys_program();
        let from = |address: &'static str| {
            let nobody = nobody.clone();
            async move { nobody.send(Method::GET, "/courses", &[("x-forwarded-for", address)], Body::empty()).await }
        };
        for _ in 0..QUOTA {
            assert_eq!(from("198.51.100.7").await.status(), 200);
        }
        assert_eq!(from("198.51.100.7").await.status(), 429);
        assert_eq!(from("198.51.100.8").await.status(), 200);
        let wrong = Program { access: "nonsense".into(), ..nobody.clone() };
        let guessed = wrong.send(Method::GET, "/me", &[("x-forwarded-for", "198.51.100.7")], Body::empty()).await;
        assert_eq!(guessed.status(), 429, "a token that is none is counted with its address");
    }

    async fn thirty_readings_cost_one_write(campus) {
        let program = program(campus).await;
        spend(&program, 1).await;
        let row = campus.rows("access_limits").await;
        spend(&program, 29).await;
        assert_eq!(campus.rows("access_limits").await, row);
        spend(&program, 1).await;
        assert_ne!(campus.rows("access_limits").await, row);
    }
}
