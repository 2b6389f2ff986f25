//! The whole database of a campus: comparing it, keeping it, putting it back.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbBackend};

use crate::Campus;

/// The table of the courses' files: large, and never changed.
const FILES: &str = "catalogue_files";

/// The content of every table, by its name.
pub type Contents = BTreeMap<String, String>;

impl Campus {
    /// Every row of every table; of the files of courses, how many there are.
    pub async fn everything(&self) -> Contents {
        let mut parts = Vec::new();
        for table in self.tables().await {
            parts.push(match self.backend() {
                _ if table == FILES => format!("SELECT '{table}' AS name, CAST(COUNT(*) AS TEXT) AS lines FROM {table}"),
                DbBackend::Sqlite => {
                    let line = self.line(&table).await;
                    format!("SELECT '{table}' AS name, (SELECT group_concat(line, char(10)) FROM (SELECT {line} AS line FROM {table} ORDER BY 1)) AS lines")
                }
                _ => format!("SELECT '{table}' AS name, (SELECT string_agg(t::text, E'\\n' ORDER BY t::text) FROM {table} t) AS lines"),
            });
        }
        let rows = self.platform.storage.reader().query_all_raw(self.statement(parts.join(" UNION ALL "))).await.unwrap();
        let content = |row: &sea_orm::QueryResult| row.try_get::<Option<String>>("", "lines").unwrap().unwrap_or_default();
        rows.iter().map(|row| (row.try_get("", "name").unwrap(), content(row))).collect()
    }

    /// Keeps a copy of every table beside it, in place of one kept before; not of the library's: no request changes that.
    pub async fn keep(&self) {
        for table in self.kept_tables().await {
            self.change(&format!("DROP TABLE IF EXISTS kept_{table}")).await;
            self.change(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).await;
        }
    }

    /// Makes every table what it was when it was kept.
    pub async fn put_back(&self) {
        let tables = self.kept_tables().await;
        let transaction = self.platform.storage.begin().await.unwrap();
        // Only the end of the transaction must agree with the foreign keys.
        let later = match self.backend() {
            DbBackend::Sqlite => "PRAGMA defer_foreign_keys = ON",
            _ => "SET LOCAL session_replication_role = replica",
        };
        let delete = tables.iter().map(|table| format!("DELETE FROM {table}"));
        let insert = tables.iter().map(|table| format!("INSERT INTO {table} SELECT * FROM kept_{table}"));
        for sql in std::iter::once(later.to_owned()).chain(delete).chain(insert) {
            transaction.execute_raw(self.statement(sql)).await.unwrap();
        }
        transaction.commit().await.unwrap();
    }

    async fn kept_tables(&self) -> Vec<String> {
        self.tables().await.into_iter().filter(|table| !table.starts_with("catalogue_")).collect()
    }

    /// The tables of the schema, by name.
    pub async fn tables(&self) -> Vec<String> {
        let sql = match self.backend() {
            DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
            _ => "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
        };
        let rows = self.platform.storage.reader().query_all_raw(self.statement(sql.to_owned())).await.unwrap();
        let names = rows.iter().map(|row| row.try_get::<String>("", "name").unwrap());
        names.filter(|name| !["sqlite_", "seaql_", "kept_"].iter().any(|start| name.starts_with(start))).collect()
    }

    /// A row of `table` as one text, in SQLite's words.
    async fn line(&self, table: &str) -> String {
        let columns = format!("SELECT name FROM pragma_table_info('{table}')");
        let columns = self.platform.storage.reader().query_all_raw(self.statement(columns)).await.unwrap();
        let quoted = columns.iter().map(|row| format!("quote({})", row.try_get::<String>("", "name").unwrap()));
        quoted.collect::<Vec<_>>().join(" || '|' || ")
    }

    fn backend(&self) -> DbBackend {
        self.platform.storage.reader().get_database_backend()
    }
}
