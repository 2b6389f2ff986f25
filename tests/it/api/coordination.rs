//! Completions and enrolments for coordination: the report's filter, pages, and CSV.

use axum::body::Body;
use axum::http::Method;
use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Answer, Campus, Database, Library, Program, on_both, on_both_databases};

use super::learning::fields;
use crate::course::{complete, complete_small};

async fn two_courses(database: Database) -> Campus {
    let library = Library::empty().with_small_course("consular", "ec-201").with_small_course("migration", "ec-202");
    Campus::with_library(database, Some(library.folder())).await
}

async fn completes(campus: &Campus, name: &str, course: &str, changes: &[(&str, &str)]) {
    let mut browser = campus.learner_with(name, &[changes, &[("name", name)]].concat()).await;
    complete_small(&mut browser, course).await;
}

async fn coordinator(campus: &Campus) -> Program {
    campus.program(&mut campus.demo("coordinator").await, &["reports:read"]).await
}

fn names(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|line| line["name"].as_str().unwrap().to_owned()).collect()
}

async fn csv(program: &Program, path: &str) -> Answer {
    program.send(Method::GET, path, &[("accept", "text/csv")], Body::empty()).await
}

/// The rows of a CSV as objects, a cell that was made harmless as it was.
fn rows(answer: &Answer) -> Vec<Value> {
    let mut reader = csv::Reader::from_reader(answer.bytes.as_slice());
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let cell = |text: &str| json!(text.strip_prefix('\'').unwrap_or(text));
    reader.records().map(|row| heads.iter().cloned().zip(row.unwrap().iter().map(cell)).collect::<serde_json::Map<_, _>>().into()).collect()
}

/// The same with every value as a text, as CSV has it.
fn as_texts(line: &Value) -> Value {
    let text = |value: &Value| match value {
        Value::Null => json!(""),
        Value::String(text) => json!(text),
        other => json!(other.to_string()),
    };
    line.as_object().unwrap().iter().map(|(name, value)| (name.clone(), text(value))).collect::<serde_json::Map<_, _>>().into()
}

/// Everything from `path` on, page after page.
async fn all(program: &Program, path: &str) -> Vec<Value> {
    let (mut lines, mut next) = (Vec::new(), Some(path.to_owned()));
    while let Some(path) = next {
        let page = program.json(&path).await;
        lines.extend(page["items"].as_array().unwrap().clone());
        next = page["next"].as_str().map(|next| next.split_once("/api/v1").unwrap().1.to_owned());
    }
    lines
}

on_both_databases! {
    async fn the_filter_is_that_of_the_report(database) {
        let campus = two_courses(database).await;
        completes(&campus, "ana", "ec-201", &[("institution", "Clínica Ñandú del Sur")]).await;
        completes(&campus, "beto", "ec-202", &[("institution", "Hospital 100% Popular")]).await;
        completes(&campus, "cora", "ec-201", &[("country", "HN"), ("institution", "")]).await;
        let program = coordinator(&campus).await;
        for list in ["/completions", "/enrolments"] {
            for (query, expected) in [
                ("", vec!["ana", "beto", "cora"]),
                ("country=GT", vec!["ana", "beto"]),
                ("country=MX", vec![]),
                ("course=ec-201", vec!["ana", "cora"]),
                ("institution=clinica+nandu", vec!["ana"]),
                ("institution=%25", vec!["beto"]),
                ("institution=d_l", vec![]),
                ("quarter=2026-Q4", vec!["ana", "beto", "cora"]),
                ("quarter=2026-Q3", vec![]),
                ("from=2026-11-16&to=2026-11-16", vec!["ana", "beto", "cora"]),
                ("from=2026-11-17", vec![]),
            ] {
                let mut found = names(&program.json(&format!("{list}?{query}")).await);
                found.sort();
                assert_eq!(found, expected, "{list}?{query}");
            }
            for (query, parameter) in [
                ("country=XX", "country"), ("course=EC+1", "course"), ("quarter=2026-Q5", "quarter"), ("from=31%2F12%2F2026", "from"),
                ("from=2026-02-02&to=2026-02-01", "to"), ("institution=a%00b", "institution"), ("cursor=x", "cursor"), ("limit=0", "limit"),
                ("limit=201", "limit"), ("to=", "to"), ("limit=x", "limit"), ("countries=GT", "countries"),
            ] {
                let refused = program.get(&format!("{list}?{query}")).await;
                assert_eq!((refused.status(), refused.json()["code"].as_str()), (422, Some("validation")), "{list}?{query}");
                assert_eq!(refused.json()["errors"][0]["parameter"].as_str(), Some(parameter), "{}", refused.text());
            }
        }
    }

    async fn a_coordinator_of_one_country_sees_that_country_and_no_other(database) {
        let campus = two_courses(database).await;
        completes(&campus, "ana", "ec-201", &[]).await;
        completes(&campus, "cora", "ec-201", &[("country", "HN")]).await;
        let mut browser = campus.coordinator_of("HN").await;
        let program = campus.program(&mut browser, &["reports:read"]).await;
        for list in ["/completions", "/enrolments"] {
            assert_eq!(names(&program.json(list).await), ["cora"]);
            assert_eq!(rows(&csv(&program, list).await).len(), 1);
            assert_eq!(program.get(&format!("{list}?country=GT")).await.status(), 422);
        }
        let trainer = campus.program(&mut campus.demo("trainer").await, &["learning:read"]).await;
        assert_eq!(trainer.get("/completions").await.status(), 403);
    }

    async fn csv_holds_what_json_holds_and_no_formula(database) {
        let campus = two_courses(database).await;
        completes(&campus, "ana", "ec-201", &[("institution", "=HYPERLINK(\"https://evil.example\")")]).await;
        completes(&campus, "=cmd Beto", "ec-201", &[("login", "beto"), ("institution", "Salud, \"Sur\"")]).await;
        let program = coordinator(&campus).await;
        for (list, heads) in [
            ("/completions", "id,name,course_code,version,country,institution,occupation,language,score_permille,completed_at"),
            ("/enrolments", "id,person_id,name,course_code,version,country,institution,occupation,language,enrolled_at,completed_at"),
        ] {
            let file = csv(&program, list).await;
            assert_eq!((file.status(), file.header("content-type"), file.header("cache-control")), (200, "text/csv; charset=utf-8", "no-store"));
            assert_eq!(file.header("content-disposition"), format!("attachment; filename=\"{}-2026-11-16.csv\"", &list[1..]));
            assert_eq!(file.text().lines().next(), Some(heads));
            assert!(file.text().contains("'=cmd Beto") && file.text().contains("\"'=HYPERLINK("), "{}", file.text());
            let json: Vec<Value> = all(&program, list).await.iter().map(as_texts).collect();
            assert_eq!(rows(&file), json, "{list}");
        }
    }

    async fn whoever_takes_data_is_in_the_log(database) {
        let campus = two_courses(database).await;
        completes(&campus, "ana", "ec-201", &[]).await;
        completes(&campus, "cora", "ec-201", &[("country", "HN")]).await;
        let program = coordinator(&campus).await;
        csv(&program, "/completions?country=GT").await;
        csv(&program, "/enrolments").await;
        program.json("/completions?limit=1").await;
        assert_eq!(campus.texts("reports_exports", "report").await, ["api-completions", "api-completions", "api-enrolments"]);
        let author = "person_id = (SELECT id FROM accounts_people WHERE user_name = 'demo-coordinator')";
        assert_eq!(campus.count("reports_exports", &format!("rows = 1 AND {author}")).await, 2);
        assert_eq!(campus.count("reports_exports", "rows = 2").await, 1);
    }

    async fn a_line_holds_these_fields_and_no_others(database) {
        let campus = two_courses(database).await;
        completes(&campus, "ana", "ec-201", &[]).await;
        let program = coordinator(&campus).await;
        let shown = (fields(&program.json("/completions").await["items"][0]), fields(&program.json("/enrolments").await["items"][0]));
        insta::assert_snapshot!(shown.0.join(" "), @"completed_at country course_code id institution language name occupation score_permille version");
        insta::assert_snapshot!(shown.1.join(" "), @"completed_at country course_code enrolled_at id institution language name occupation person_id version");
    }
}

on_both! {
    async fn pages_hold_everything_once_also_when_something_is_added_meanwhile(campus) {
        server::demo::make_learners(&campus.platform, 80, 7, |_| {}).await.unwrap();
        let program = coordinator(campus).await;
        for (list, table) in [("/completions", "certificates_completions"), ("/enrolments", "enrolments")] {
            let count = usize::try_from(campus.count(table, "1 = 1").await).unwrap();
            assert!(count > 14, "{list}: {count}");
            let whole = all(&program, &format!("{list}?limit=200")).await;
            assert_eq!(all(&program, &format!("{list}?limit=7")).await, whole);
            assert_eq!(whole.len(), count);

            let first = program.get(&format!("{list}?limit=7")).await;
            let next = first.json()["next"].as_str().unwrap().to_owned();
            assert_eq!(first.header("link"), format!("<{next}>; rel=\"next\""));
            assert!(next.starts_with(&format!("http://127.0.0.1:3000/api/v1{list}?limit=7&cursor=")), "{next}");
            // Something newer than everything on the first page.
            campus.clock.advance(TimeDelta::seconds(1));
            let mut somebody = campus.learner(&list[1..]).await;
            complete(campus, &mut somebody).await;
            let second = program.json(next.split_once("/api/v1").unwrap().1).await;
            assert_eq!(second["items"].as_array().unwrap().as_slice(), &whole[7..14], "what is added moves nothing");
        }
    }
}
