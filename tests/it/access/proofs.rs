//! Authority ends when its reason does: a role taken away, a session ended, an account gone; and ids of others are worth nothing.

use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::http::Method;
use server::config::SecondFactor;
use tests::{Answer, Browser, on_both_databases};

use super::prepared::{prepare, prepare_with};
use super::rows::{FILES, read};
use super::walk::{agrees, send, status};

const SAVE: &str = "/api/island/quizzes/save";

/// Sends an answer as the island of `person` would.
async fn save(browser: &mut Browser, person: &str, answer: &str, attempt: &str, response: &str) -> Answer {
    let sent = serde_json::json!([{
        "id": answer, "attempt": attempt, "question": "one", "device": "0192aaaa-0000-7000-8000-00000000000d",
        "sequence": 9, "age_ms": 0, "response": response,
    }]);
    let body = serde_json::json!({ "person": person, "sent": sent }).to_string();
    let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
    browser.send(Method::POST, SAVE, &headers, Body::from(body)).await
}

/// Every source in `folder`, with its path.
fn sources(folder: &Path, all: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            all.push((path.clone(), std::fs::read_to_string(path).unwrap()));
        }
    }
}

/// Fields of a proof are private to its module, so what the compiler would refuse elsewhere need not be looked for; what it lets pass is.
#[test]
fn proofs_are_made_in_one_place() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let mut all = Vec::new();
    sources(&root.join("server/src"), &mut all);
    sources(&root.join("app/src"), &mut all);
    for proof in ["Learner", "CoordinatorOf", "Administrator"] {
        let (home, text) = all.iter().find(|(_, text)| text.contains(&format!("pub struct {proof} {{"))).expect("the proof is somewhere");
        assert!(home.ends_with("server/src/access/mod.rs"), "{}", home.display());
        let fields = text.split_once(&format!("pub struct {proof} {{")).unwrap().1.split_once('}').unwrap().0;
        assert!(!fields.contains("pub"), "{proof} can be made by whoever likes: {fields}");
    }
    // The campus itself acts for a learner whose time ran out, and for nobody else.
    let absent: Vec<_> = all.iter().filter(|(_, text)| text.contains("Learner::absent(")).map(|(path, _)| path).collect();
    assert!(absent.len() == 1 && absent[0].ends_with("server/src/quizzes/submit.rs"), "{absent:?}");
}

/// Whoever holds [`courses::course::Html`] puts it on a page as it is. Its field is open to its own crate: there too only two make one.
#[test]
fn html_is_made_by_the_sanitiser_or_by_escaping() {
    let mut all = Vec::new();
    sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../courses/src")), &mut all);
    let (_, text) = all.iter().find(|(path, _)| path.ends_with("course/text.rs")).unwrap();
    assert!(text.contains("pub struct Html(pub(crate) String);"), "its field is open to others");
    assert_eq!(text.matches(" Self(").count(), 1, "beside what escapes, something makes one");
    // Marks of Markdown have the same name.
    let others = ["Kind::Html(", "Event::Html(", "Event::InlineHtml(", "Html(CowStr<'a>)", "pub struct Html("];
    let makes = |text: &str| {
        let code = text.split("#[cfg(test)]").next().unwrap();
        others.iter().fold(code.to_owned(), |code, other| code.replace(other, "")).contains("Html(")
    };
    let makers: Vec<_> = all.iter().filter(|(_, text)| makes(text)).map(|(path, _)| path).collect();
    assert!(makers.len() == 1 && makers[0].ends_with("markdown/sanitise.rs"), "{makers:?}");
}

on_both_databases! {
    async fn a_role_that_is_taken_away_closes_its_pages_at_the_next_request(database) {
        let prepared = prepare(database).await;
        let office = |path: &str| path.starts_with("/reports") || path.starts_with("/administration");
        let rows: Vec<_> = read(FILES.iter().find(|(name, _)| *name == "offices").unwrap().1).rows;
        assert!(rows.iter().all(|row| office(&row.path)));
        for actor in ["coord-gt", "coord-all", "admin"] {
            let open = send(&prepared, &rows[0], "GET", actor, "same-origin").await;
            assert_eq!(open.status(), 200, "{actor}");
        }
        assert_eq!(prepared.campus.change("DELETE FROM accounts_grants").await, 5);
        let before = prepared.campus.everything().await;
        for row in rows.iter().filter(|row| row.expected.iter().any(|expected| expected != "404")) {
            for actor in ["coord-gt", "coord-hn", "coord-all", "admin"] {
                let answer = send(&prepared, row, &row.method, actor, "same-origin").await;
                assert_eq!(answer.status(), 403, "{} as {actor}", row.name());
            }
        }
        assert_eq!(prepared.campus.everything().await, before);
    }

    async fn who_must_add_a_second_factor_is_led_to_it_from_every_office(database) {
        let prepared = prepare_with(database, |config| config.second_factor = SecondFactor::Required).await;
        let before = prepared.campus.everything().await;
        for row in read(FILES.iter().find(|(name, _)| *name == "offices").unwrap().1).rows {
            // What is no address at all leads nowhere.
            if row.expected.iter().all(|expected| expected == "404") {
                continue;
            }
            for actor in ["coord-gt", "coord-hn", "coord-all", "admin"] {
                let answer = send(&prepared, &row, &row.method, actor, "same-origin").await;
                assert_eq!(answer.location(), Some("/profile/security"), "{} as {actor}", row.name());
            }
        }
        assert_eq!(prepared.campus.everything().await, before);
    }

    async fn a_role_of_one_country_that_becomes_another_shows_the_other_at_once(database) {
        let mut prepared = prepare(database).await;
        let mut coordinator = prepared.browser("coord-gt").clone();
        assert!(coordinator.get("/reports/completions").await.text().contains("Ana Tzoc Quiej"));
        assert_eq!(prepared.campus.change("UPDATE accounts_grants SET country = 'HN' WHERE country = 'GT'").await, 1);
        let page = coordinator.get("/reports/completions").await.text();
        assert!(!page.contains("Ana Tzoc Quiej") && page.contains("Nora Lempira Cruz"));
    }

    async fn whose_session_ended_or_whose_account_is_gone_is_a_visitor_everywhere(database) {
        let prepared = prepare(database).await;
        for sql in ["UPDATE accounts_sessions SET ended_at = started_at", "UPDATE accounts_sessions SET expires_at = started_at", "DELETE FROM accounts_people"] {
            for (_, text) in FILES {
                let rows = read(text);
                let Some(visitor) = rows.actors.iter().position(|actor| actor == "visitor") else { continue };
                for row in &rows.rows {
                    // What a visitor may do with an account needs the account.
                    if sql.starts_with("DELETE") && row.expected[visitor] != "sign-in" {
                        continue;
                    }
                    for actor in ["ana", "admin"] {
                        prepared.campus.put_back().await;
                        prepared.campus.change(sql).await;
                        let answer = send(&prepared, row, &row.method, actor, "same-origin").await;
                        let seen = status(&prepared, &answer);
                        assert!(agrees(&prepared, &row.expected[visitor], &seen), "{sql}; {} as {actor}: {seen}", row.name());
                    }
                }
            }
        }
    }

    async fn the_id_of_somebody_elses_answer_changes_and_tells_nothing(database) {
        let mut prepared = prepare(database).await;
        let [ana, rosa, ana_open, rosa_open] = ["ana-id", "rosa-id", "ana-open", "rosa-open"].map(|name| prepared.thing(name).to_owned());
        let id = "0192aaaa-0000-7000-8000-0000000000aa";
        save(&mut prepared.browser("ana").clone(), &ana, id, &ana_open, "ask").await;
        let before = prepared.campus.rows("quizzes_answers").await;
        let kept = |rows: &[String]| before.iter().all(|row| rows.contains(row));
        for (person, attempt) in [(&rosa, &ana_open), (&rosa, &rosa_open), (&ana, &ana_open)] {
            let told = save(&mut prepared.browser("rosa").clone(), person, id, attempt, "write").await;
            let strange = save(&mut prepared.browser("rosa").clone(), person, "0192aaaa-0000-7000-8000-0000000000ab", "0192aaaa-0000-7000-8000-0000000000ac", "write").await;
            assert!(!told.text().contains("ask"), "{}", told.text());
            if attempt == &ana_open {
                assert_eq!(told.text().replace(id, ""), strange.text().replace("0192aaaa-0000-7000-8000-0000000000ab", ""), "as if there were no such attempt");
            }
            assert!(kept(&prepared.campus.rows("quizzes_answers").await));
        }
    }

    async fn signing_out_as_somebody_else_ends_only_ones_own_session(database) {
        let mut prepared = prepare(database).await;
        let session = prepared.campus.signed_in(&prepared.browsers["ana"]).await.session().to_string();
        let mut rosa = prepared.browser("rosa").clone();
        rosa.post("/sign-out", &[("session", &session), ("id", &session), ("sid", &session)]).await;
        assert_eq!(prepared.browser("ana").get("/profile").await.status(), 200);
        assert_eq!(prepared.browser("rosa").get("/profile").await.status(), 303);
    }
}
