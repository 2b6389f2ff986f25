//! The inventory is the database: nothing is kept that it does not tell.

use std::collections::BTreeMap;

use sea_orm::DbBackend;
use server::privacy::inventory::{Fate, Kind, NOT_PERSONAL, Role, TABLES, Whose};
use tests::{Campus, on_both};

use super::{SECRETS, query, tables};

/// Tables with their columns as the database has them.
async fn schema(campus: &Campus) -> BTreeMap<String, Vec<String>> {
    let mut schema = BTreeMap::new();
    for table in tables(campus).await {
        let sql = match campus.platform.storage.reader().get_database_backend() {
            DbBackend::Sqlite => format!("SELECT name FROM pragma_table_info('{table}') ORDER BY name"),
            _ => format!(
                "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}'"
            ),
        };
        let mut columns: Vec<String> = query(campus, &sql).await.iter().map(|row| row.try_get("", "name").unwrap()).collect();
        columns.sort();
        schema.insert(table, columns);
    }
    schema
}

/// What becomes of rows that refer to a person who is deleted, by table and column.
async fn on_delete(campus: &Campus) -> BTreeMap<(String, String), String> {
    let mut rules = BTreeMap::new();
    for table in tables(campus).await {
        let sql = match campus.platform.storage.reader().get_database_backend() {
            DbBackend::Sqlite => format!(
                "SELECT \"from\" AS name, on_delete AS rule FROM pragma_foreign_key_list('{table}') WHERE \"table\" = 'accounts_people'"
            ),
            _ => format!(
                "SELECT own.column_name AS name, rules.delete_rule AS rule FROM information_schema.referential_constraints rules \
                 JOIN information_schema.key_column_usage own ON own.constraint_name = rules.constraint_name \
                 JOIN information_schema.constraint_column_usage other ON other.constraint_name = rules.constraint_name \
                 WHERE own.table_name = '{table}' AND other.table_name = 'accounts_people'"
            ),
        };
        for row in query(campus, &sql).await {
            rules.insert((table.clone(), row.try_get("", "name").unwrap()), row.try_get("", "rule").unwrap());
        }
    }
    rules
}

on_both! {
    async fn every_column_of_every_table_is_in_the_inventory_or_named_as_nobodys(campus) {
        let mut schema = schema(campus).await;
        for (table, _) in NOT_PERSONAL {
            assert!(schema.remove(table).is_some(), "{table} is named as nobody's, and is no table");
        }
        let inventory: BTreeMap<String, Vec<String>> = TABLES
            .iter()
            .map(|table| {
                let mut columns: Vec<String> = table.columns.iter().map(|column| column.name.to_owned()).collect();
                columns.sort();
                (table.name.to_owned(), columns)
            })
            .collect();
        assert_eq!(schema, inventory, "what is kept (left) and what the campus says it keeps (right)");
    }

    async fn the_inventory_reads_every_column_as_what_it_is(campus) {
        if campus.platform.storage.reader().get_database_backend() == DbBackend::Sqlite {
            return;
        }
        for column in query(campus, "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'").await {
            let text = |name: &str| column.try_get::<String>("", name).unwrap();
            let Some(table) = TABLES.iter().find(|table| table.name == text("table_name")) else { continue };
            let Some(known) = table.theirs().find(|known| known.name == text("column_name")) else { continue };
            let kind = match text("data_type").as_str() {
                "uuid" => Kind::Id,
                "timestamp with time zone" => Kind::Time,
                "boolean" => Kind::Flag,
                "integer" => Kind::Number,
                "bigint" => Kind::Long,
                _ => Kind::Text,
            };
            assert_eq!(known.kind, kind, "{}.{}", table.name, known.name);
        }
    }

    async fn what_hangs_on_a_person_goes_with_them_as_the_inventory_says(campus) {
        let mut rules = on_delete(campus).await;
        for table in TABLES {
            let Whose::Own(column) = table.whose else { continue };
            if table.name == "accounts_people" {
                continue;
            }
            let rule = match table.fate {
                Fate::Deleted | Fate::Pseudonym => "CASCADE",
                Fate::Nameless | Fate::Authorless | Fate::Stays => "SET NULL",
            };
            assert_eq!(rules.remove(&(table.name.to_owned(), column.to_owned())).as_deref(), Some(rule), "{}.{column}", table.name);
        }
        assert_eq!(rules, BTreeMap::new(), "columns that refer to people and are not in the inventory");
    }

    async fn anybody_can_read_what_is_kept_and_how_long(campus) {
        for (language, days) in [("es", "30 días después de terminar"), ("en", "30 days after it ended")] {
            let page = campus.visitor().speaking(language).get("/about/privacy").await;
            assert_eq!((page.status(), page.words("main section h3").len()), (200, TABLES.len()));
            assert!(page.text().contains(days), "{language}");
        }
        for path in ["/", "/about", "/sign-up"] {
            assert!(!campus.visitor().get(path).await.words("a[href='/about/privacy']").is_empty(), "{path}");
        }
    }

    async fn no_secret_is_for_taking_along(campus) {
        let columns = TABLES.iter().flat_map(|table| table.columns.iter().map(move |column| (table.name, column)));
        let named: Vec<_> = columns.filter(|(_, column)| column.role == Role::Secret).map(|(table, column)| (table, column.name)).collect();
        assert_eq!(named, SECRETS);
        for (table, columns) in schema(campus).await {
            for column in columns.iter().filter(|column| ["secret", "digest", "hash", "password"].iter().any(|word| column.contains(word))) {
                let known = TABLES.iter().find(|known| known.name == table).and_then(|known| known.columns.iter().find(|own| own.name == *column));
                assert!(known.is_none_or(|known| known.role != Role::Theirs), "{table}.{column}");
            }
        }
    }
}
