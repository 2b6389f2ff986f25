//! What is kept of people: the inventory, own data, erasure, retention, and who saw whose record.

mod accesses;
mod erasure;
mod inventory;
mod own_data;
mod restored;
mod retention;

use std::io::Read;

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use server::access::Confirmed;
use tests::{Browser, Campus, Database, Library};

/// What would open a door to whoever finds it, by table and column.
const SECRETS: [(&str, &str); 10] = [
    ("accounts_people", "password_hash"),
    ("accounts_authenticators", "secret"),
    ("accounts_recovery_codes", "code_digest"),
    ("api_tokens", "secret_digest"),
    ("api_refreshes", "secret_digest"),
    ("api_writes", "response"),
    ("accounts_passkeys", "credential_digest"),
    ("accounts_passkeys", "credential"),
    ("accounts_links", "secret_digest"),
    ("access_limits", "subject_digest"),
];

/// A campus with two small courses, ec-201 and ec-202.
async fn two_courses(database: Database) -> Campus {
    let library = Library::empty().with_small_course("consular", "ec-201").with_small_course("migration", "ec-202");
    Campus::with_library(database, Some(library.folder())).await
}

/// Proof that the person of `browser` is there.
async fn confirmed(campus: &Campus, browser: &Browser) -> Confirmed {
    campus.signed_in(browser).await.confirmed(campus.platform.clock.now()).expect("has just signed in")
}

async fn query(campus: &Campus, sql: &str) -> Vec<QueryResult> {
    let reader = campus.platform.storage.reader();
    reader.query_all_raw(Statement::from_string(reader.get_database_backend(), sql)).await.unwrap()
}

/// Names of every table.
async fn tables(campus: &Campus) -> Vec<String> {
    let sql = match campus.platform.storage.reader().get_database_backend() {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        _ => "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name",
    };
    query(campus, sql).await.iter().map(|row| row.try_get("", "name").unwrap()).collect()
}

/// Every row of every table that has an id, as text.
async fn everything(campus: &Campus) -> String {
    let mut all = String::new();
    for table in tables(campus).await.into_iter().filter(|table| table != "seaql_migrations" && !table.starts_with("catalogue")) {
        all.push_str(&format!("{table}: {:?}\n", campus.rows(&table).await));
    }
    all
}

/// The files of a ZIP by name.
fn unzip(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}
