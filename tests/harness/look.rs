//! Looking into a campus's database from outside.

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use server::access::SignedIn;
use server::accounts;

use crate::{Browser, Campus};

/// Tables a GET must not change.
const TABLES: [&str; 19] = [
    "accounts_people",
    "accounts_grants",
    "accounts_sessions",
    "accounts_links",
    "accounts_authenticators",
    "accounts_recovery_codes",
    "accounts_passkeys",
    "access_spent",
    "accounts_identities",
    "accounts_origins",
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
        rows.iter()
            .map(|row| row.try_get::<chrono::DateTime<chrono::Utc>>("", "at").unwrap().format("%Y-%m-%dT%H:%M:%SZ").to_string())
            .collect()
    }

    /// The texts in `column` of `table`, in order.
    pub async fn texts(&self, table: &str, column: &str) -> Vec<String> {
        let sql = format!("SELECT {column} AS words FROM {table} ORDER BY {column}");
        let rows = self.platform.storage.reader().query_all_raw(self.statement(sql)).await.unwrap();
        rows.iter().map(|row| row.try_get("", "words").unwrap()).collect()
    }

    /// How many rows of `table` meet `condition`.
    pub async fn count(&self, table: &str, condition: &str) -> i64 {
        let sql = format!("SELECT COUNT(*) AS n FROM {table} WHERE {condition}");
        let row = self.platform.storage.reader().query_one_raw(self.statement(sql)).await.unwrap().unwrap();
        row.try_get("", "n").unwrap()
    }

    /// Changes rows as an administrator's tool will; how many were changed.
    pub async fn change(&self, sql: &str) -> u64 {
        let transaction = self.platform.storage.begin().await.unwrap();
        let done = transaction.execute_raw(self.statement(sql.to_owned())).await.unwrap();
        transaction.commit().await.unwrap();
        done.rows_affected()
    }

    /// Every row of every table that people's doings are in, as text.
    pub async fn contents(&self) -> String {
        let mut all = String::new();
        for table in TABLES {
            all.push_str(&format!("{table}: {:?}\n", self.rows(table).await));
        }
        all
    }

    /// Every row of `table`, each as one text.
    pub async fn rows(&self, table: &str) -> Vec<String> {
        let reader = self.platform.storage.reader();
        let line = match reader.get_database_backend() {
            DbBackend::Sqlite => {
                let columns = reader.query_all_raw(self.statement(format!("SELECT name FROM pragma_table_info('{table}')"))).await.unwrap();
                let quoted: Vec<String> =
                    columns.iter().map(|row| format!("quote({})", row.try_get::<String>("", "name").unwrap())).collect();
                quoted.join(" || '|' || ")
            }
            _ => format!("{table}::text"),
        };
        let rows = reader.query_all_raw(self.statement(format!("SELECT {line} AS line FROM {table} ORDER BY id"))).await.unwrap();
        rows.iter().map(|row| row.try_get("", "line").unwrap()).collect()
    }

    pub(crate) fn statement(&self, sql: String) -> Statement {
        let backend = self.platform.storage.reader().get_database_backend();
        assert!(matches!(backend, DbBackend::Sqlite | DbBackend::Postgres));
        Statement::from_string(backend, sql)
    }
}
