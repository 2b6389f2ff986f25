//! Looking into a campus's database from outside.

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use server::access::SignedIn;
use server::accounts;

use crate::{Browser, Campus};

/// Tables a GET must not change.
const TABLES: [&str; 13] = [
    "accounts_people",
    "accounts_grants",
    "accounts_sessions",
    "accounts_links",
    "catalogue_courses",
    "catalogue_versions",
    "enrolments",
    "learning_visits",
    "learning_surveys",
    "quizzes_attempts",
    "quizzes_answers",
    "certificates_completions",
    "certificates",
];

impl Campus {
    /// The person whose session `browser` holds.
    pub async fn signed_in(&self, browser: &Browser) -> SignedIn {
        let token = browser.cookie("campus").expect("signed in");
        accounts::authenticate(&self.platform, token).await.unwrap().expect("the session is open")
    }

    /// The times in `column` of `table`, in order.
    pub async fn times(&self, table: &str, column: &str) -> Vec<String> {
        let sql = format!("SELECT {column} AS at FROM {table} ORDER BY {column}");
        let rows = self.platform.storage.reader().query_all_raw(self.statement(sql)).await.unwrap();
        rows.iter().map(|row| row.try_get::<chrono::DateTime<chrono::Utc>>("", "at").unwrap().format("%Y-%m-%dT%H:%M:%SZ").to_string()).collect()
    }

    /// Every row of every table that people's doings are in, as text.
    pub async fn contents(&self) -> String {
        let mut all = String::new();
        for table in TABLES {
            let rows = self.platform.storage.reader().query_all_raw(self.statement(format!("SELECT * FROM {table} ORDER BY id"))).await.unwrap();
            all.push_str(&format!("{table}: {rows:?}\n"));
        }
        all
    }

    fn statement(&self, sql: String) -> Statement {
        let backend = self.platform.storage.reader().get_database_backend();
        assert!(matches!(backend, DbBackend::Sqlite | DbBackend::Postgres));
        Statement::from_string(backend, sql)
    }
}
