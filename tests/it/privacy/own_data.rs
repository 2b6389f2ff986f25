//! Own data: all of it, only one's own, and nothing that opens a door.

use chrono::TimeDelta;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use serde_json::Value;
use server::privacy::inventory::{Column, Kind, TABLES, Table, Whose, table};
use tests::{Answer, Browser, Campus, on_both};
use uuid::Uuid;

use super::{SECRETS, query, unzip};
use crate::course::{CODE, complete, take};

/// Columns whose values come from a list, or are read by the campus itself on the way.
const CLOSED: [&str; 11] =
    ["language", "country", "occupation", "role", "purpose", "list", "manner", "picked", "facts", "code", "course_code"];

async fn taken(browser: &mut Browser) -> Answer {
    let answer = browser.post("/profile/data", &[]).await;
    assert_eq!((answer.status(), answer.header("content-type")), (200, "application/zip"), "{}", answer.text());
    answer
}

/// Somebody with something in every table: learns, completes, coordinates, looks, exports, was away.
async fn somebody(campus: &Campus, user_name: &str) -> (Browser, Uuid) {
    let login = format!("{user_name}@salud.example");
    let mut browser = campus.learner_with(&login, &[("name", user_name)]).await;
    complete(campus, &mut browser).await;
    take(&mut browser, &"final-case".parse().unwrap(), &[]).await;
    let person =
        query(campus, &format!("SELECT id FROM accounts_people WHERE email = '{login}'")).await[0].try_get::<Uuid>("", "id").unwrap();
    for sql in [
        format!(
            "INSERT INTO accounts_grants (id, person_id, role, country, granted_at) \
             SELECT id, id, 'coordinator', 'GT', created_at FROM accounts_people WHERE email = '{login}'"
        ),
        format!(
            "INSERT INTO accounts_passkeys (id, person_id, name, credential_digest, credential, made_at) \
             SELECT id, id, 'x', 'digest of ' || email, 'credential of ' || email, created_at FROM accounts_people WHERE email = '{login}'"
        ),
        format!(
            "INSERT INTO accounts_authenticators (id, person_id, secret, made_at, last_step) \
             SELECT id, id, 'secret of ' || email, created_at, 0 FROM accounts_people WHERE email = '{login}'"
        ),
        format!(
            "INSERT INTO accounts_recovery_codes (id, person_id, code_digest, made_at) \
             SELECT id, id, 'code of ' || email, created_at FROM accounts_people WHERE email = '{login}'"
        ),
        format!(
            "INSERT INTO api_writes (id, person_id, key_digest, request_digest, response, created_at) \
             SELECT id, id, 'x', 'x', 'response to ' || email, created_at FROM accounts_people WHERE email = '{login}'"
        ),
        format!(
            "INSERT INTO accounts_identities (id, person_id, provider, issuer, subject, linked_at, used_at) \
             SELECT id, id, 'x', 'x', email, created_at, created_at FROM accounts_people WHERE email = '{login}'"
        ),
        format!(
            "INSERT INTO accounts_origins (id, session_id, identity_id, provider_session) \
             SELECT sessions.id, sessions.id, sessions.person_id, 'x' FROM accounts_sessions sessions \
             JOIN accounts_people people ON people.id = sessions.person_id WHERE people.email = '{login}'"
        ),
        format!("INSERT INTO privacy_absences (id, last_seen_at) SELECT id, created_at FROM accounts_people WHERE email = '{login}'"),
    ] {
        assert_eq!(campus.change(&sql).await, 1);
    }
    assert_eq!(browser.get("/reports/completions").await.status(), 200);
    assert_eq!(browser.post("/reports/completions/export", &[]).await.status(), 200);
    campus.program(&mut browser, &["profile:read"]).await;
    (browser, person)
}

/// Whether a row of `table` is the person's.
fn theirs(table: &Table, person: Uuid) -> SimpleExpr {
    match table.whose {
        Whose::Own(column) => Expr::col(column).eq(person),
        Whose::Through(column, above) => {
            let above = self::table(above).unwrap();
            Expr::col(column).in_subquery(Query::select().column("id").from(above.name).and_where(theirs(above, person)).take())
        }
        Whose::Unknown => Expr::value(false),
    }
}

fn is_open(column: &&Column) -> bool {
    column.kind == Kind::Text && !CLOSED.contains(&column.name)
}

/// Writes a marker into every open text of the person's; which, by table and column.
async fn plant(campus: &Campus, person: Uuid, mark: &str) -> Vec<(&'static str, &'static str, String)> {
    let mut planted = Vec::new();
    for table in TABLES.iter().filter(|table| table.whose != Whose::Unknown) {
        let transaction = campus.platform.storage.begin().await.unwrap();
        for column in table.theirs().filter(is_open) {
            let number = planted.len();
            // Short enough for every column; e-mail addresses and codes are unique.
            let marker = format!("={mark}{number}\"<b>&,ñ");
            let only = Query::select().expr(Expr::col("id").max()).from(table.name).and_where(theirs(table, person)).take();
            let first = match transaction.get_database_backend() {
                // PostgreSQL has no greatest UUID.
                sea_orm::DbBackend::Postgres => Query::select()
                    .column("id")
                    .from(table.name)
                    .and_where(theirs(table, person))
                    .order_by("id", sea_orm::Order::Asc)
                    .limit(1)
                    .take(),
                _ => only,
            };
            let update =
                Query::update().table(table.name).value(column.name, marker.clone()).and_where(Expr::col("id").in_subquery(first)).take();
            let done = transaction.execute(&update).await.unwrap();
            assert_eq!(done.rows_affected(), 1, "{}.{}: nothing of theirs to mark", table.name, column.name);
            planted.push((table.name, column.name, marker));
        }
        transaction.commit().await.unwrap();
    }
    planted
}

fn marker_is_in(files: &[(String, Vec<u8>)], (table, column, marker): &(&str, &str, String)) -> bool {
    let (_, json) = files.iter().find(|(name, _)| *name == format!("data/{table}.json")).expect("each table has its file");
    let rows: Vec<Value> = serde_json::from_slice(json).unwrap();
    rows.iter().any(|row| row[*column] == marker.as_str())
}

on_both! {
    async fn everything_of_ones_own_is_in_it_and_nothing_of_anybody_else(campus) {
        let (_, eva_id) = somebody(campus, "eva").await;
        // Whoever looked at a record before it was there is not in it either.
        campus.clock.advance(TimeDelta::seconds(1));
        let (mut ana, ana_id) = somebody(campus, "ana").await;
        for round in 0..3_u32 {
            let chance: String = campus.platform.chance.secret().chars().filter(char::is_ascii_alphanumeric).take(8).collect();
            let (own, other) = (format!("a{round}{chance}x"), format!("e{round}{chance}y"));
            let planted = plant(campus, ana_id, &own).await;
            plant(campus, eva_id, &other).await;
            let answer = taken(&mut ana).await;
            let files = unzip(&answer.bytes);
            let missing: Vec<_> = planted.iter().filter(|planted| !marker_is_in(&files, planted)).collect();
            assert!(missing.is_empty(), "kept, and not in the archive: {missing:?}");
            for (name, bytes) in &files {
                let text = String::from_utf8_lossy(bytes);
                for foreign in [&other, &eva_id.to_string(), &eva_id.simple().to_string()] {
                    assert!(!text.contains(foreign.as_str()), "{name} holds {foreign} of somebody else");
                }
            }
        }
    }

    async fn the_page_the_tables_and_the_papers_are_there_to_be_read(campus) {
        let (mut ana, _) = somebody(campus, "ana").await;
        let answer = taken(&mut ana).await;
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"campus-2026-11-16.zip\"");
        assert_eq!(answer.header("cache-control"), "no-store");
        let files = unzip(&answer.bytes);
        let (_, index) = files.iter().find(|(name, _)| name == "index.html").unwrap();
        let index = String::from_utf8(index.clone()).unwrap();
        assert!(index.contains("Cursos que completó") && index.contains("16 de noviembre de 2026"), "{index}");
        assert!(index.contains(&CODE.to_uppercase()) && !index.contains("<script") && !index.contains("http"), "{index}");
        let pdfs: Vec<_> = files.iter().filter(|(name, bytes)| name.starts_with("certificates/ec-102-") && bytes.starts_with(b"%PDF")).collect();
        assert_eq!(pdfs.len(), 1);
        for table in TABLES.iter().filter(|table| table.whose != Whose::Unknown) {
            for name in [format!("data/{}.json", table.name), format!("tables/{}.csv", table.name)] {
                assert!(files.iter().any(|(file, _)| *file == name), "{name}");
            }
        }
        let names = files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ");
        assert!(!names.contains("ana") && !names.to_lowercase().contains("lgbt"), "{names}");
    }

    async fn no_secret_is_in_it(campus) {
        let (mut ana, _) = somebody(campus, "ana").await;
        let files = unzip(&taken(&mut ana).await.bytes);
        let mut secrets = vec![ana.cookie("campus").unwrap().to_owned()];
        for (table, column) in SECRETS {
            let kept = campus.texts(table, column).await;
            assert!(!kept.is_empty(), "{table}.{column}: there is nothing to look for");
            secrets.extend(kept);
        }
        for (name, bytes) in &files {
            let text = String::from_utf8_lossy(bytes);
            assert!(secrets.iter().all(|secret| !text.contains(secret.as_str())) && !text.contains("argon2"), "{name}");
        }
    }

    async fn no_cell_is_a_formula_to_a_spreadsheet(campus) {
        let mut ana = campus.learner_with("ana", &[("institution", "=HYPERLINK(\"https://evil.example\")")]).await;
        let files = unzip(&taken(&mut ana).await.bytes);
        let (_, csv) = files.iter().find(|(name, _)| name == "tables/accounts_people.csv").unwrap();
        let text = String::from_utf8(csv.clone()).unwrap();
        assert!(text.starts_with('\u{feff}') && text.contains("\"'=HYPERLINK(\"\"https://evil.example\"\")\""), "{text}");
    }

    async fn whoever_finds_an_open_session_takes_nothing_along(campus) {
        let mut ana = campus.learner("ana").await;
        assert_eq!(ana.get("/profile/data").await.status(), 200);
        campus.clock.advance(TimeDelta::minutes(15));
        for answer in [ana.get("/profile/data").await, ana.post("/profile/data", &[]).await] {
            assert_eq!((answer.status(), answer.location()), (303, Some("/confirm?to=%2Fprofile%2Fdata")));
        }
        let visitor = campus.visitor().post("/profile/data", &[]).await;
        assert_eq!(visitor.location(), Some("/sign-in?to=%2Fprofile%2Fdata"));
    }
}
