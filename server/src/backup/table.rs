//! What tables a database has, as it tells itself: a backup works on any schema, also one older than this program.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value};

/// Where SeaORM notes which changes of the schema were made: not contents, but what they are read by.
const NOTES: &str = "seaql_migrations";

/// A table.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: String,
    /// In the order of their names, which is the same on every database.
    pub(super) columns: Vec<Column>,
}

/// A column.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
    /// Whether it is part of the primary key.
    is_key: bool,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Uuid,
    Text,
    Time,
    Boolean,
    Bytes,
    /// 32 bits, where the database tells them apart.
    Integer,
    /// 64 bits.
    Wide,
}

impl Kind {
    /// Its name in a manifest. SQLite has one kind of integer.
    const fn name(self) -> &'static str {
        match self {
            Self::Uuid => "uuid",
            Self::Text => "text",
            Self::Time => "time",
            Self::Boolean => "boolean",
            Self::Bytes => "bytes",
            Self::Integer | Self::Wide => "integer",
        }
    }

    /// By the type a database gives the column.
    fn of(declared: &str) -> Option<Self> {
        let base = declared.split('(').next().unwrap_or_default().trim().to_ascii_lowercase();
        match base.as_str() {
            "uuid" | "uuid_text" => Some(Self::Uuid),
            "varchar" | "text" | "bpchar" | "char" => Some(Self::Text),
            "timestamptz" | "timestamp_with_timezone_text" => Some(Self::Time),
            "bool" | "boolean" => Some(Self::Boolean),
            "bytea" | "blob" | "varbinary_blob" => Some(Self::Bytes),
            "int4" => Some(Self::Integer),
            "int8" | "integer" | "bigint" => Some(Self::Wide),
            _ => None,
        }
    }
}

impl Table {
    /// Its columns as a manifest names them.
    pub(super) fn described(&self) -> BTreeMap<String, String> {
        self.columns.iter().map(|column| (column.name.clone(), column.kind.name().to_owned())).collect()
    }

    /// Reads every row, in the order of the primary key.
    pub(super) fn select(&self, backend: DbBackend) -> Statement {
        let columns: Vec<String> = self.columns.iter().map(|column| quoted(&column.name)).collect();
        // Texts by their bytes: each server has its own idea of the alphabet.
        let collation = |kind| if kind == Kind::Text && backend == DbBackend::Postgres { " COLLATE \"C\"" } else { "" };
        let keys = self.columns.iter().filter(|column| column.is_key);
        let order: Vec<String> = keys.map(|column| format!("{}{}", quoted(&column.name), collation(column.kind))).collect();
        let sql = format!("SELECT {} FROM {} ORDER BY {}", columns.join(", "), quoted(&self.name), order.join(", "));
        Statement::from_string(backend, sql)
    }
}

/// A name as it stands in statements.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Every table that holds what people did, in the order of names.
pub(super) async fn tables(database: &impl ConnectionTrait) -> Result<Vec<Table>, DbErr> {
    let mut tables = Vec::new();
    for name in names(database).await? {
        let columns = columns(database, &name).await?;
        if !columns.iter().any(|column| column.is_key) {
            return Err(DbErr::Custom(format!("the table {name} has no primary key, so its rows have no order")));
        }
        tables.push(Table { name, columns });
    }
    tables.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(tables)
}

/// Changes of the schema that were made, in order; none where there is no campus yet.
pub(super) async fn schema(database: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    if !all_names(database).await?.iter().any(|name| name == NOTES) {
        return Ok(Vec::new());
    }
    let sql = format!("SELECT version FROM {NOTES} ORDER BY version");
    let made = database.query_all_raw(Statement::from_string(database.get_database_backend(), sql)).await?;
    made.iter().map(|change| change.try_get("", "version")).collect()
}

async fn names(database: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    Ok(all_names(database).await?.into_iter().filter(|name| name != NOTES).collect())
}

async fn all_names(database: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let backend = database.get_database_backend();
    let sql = match backend {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'",
        _ => "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema()",
    };
    let rows = database.query_all_raw(Statement::from_string(backend, sql)).await?;
    rows.iter().map(|row| row.try_get("", "name")).collect()
}

async fn columns(database: &impl ConnectionTrait, table: &str) -> Result<Vec<Column>, DbErr> {
    let backend = database.get_database_backend();
    let sql = match backend {
        DbBackend::Sqlite => "SELECT name, type AS declared, pk > 0 AS is_key FROM pragma_table_info(?)",
        _ => {
            "SELECT a.attname::text AS name, t.typname::text AS declared, COALESCE(a.attnum = ANY(i.indkey), FALSE) AS is_key \
             FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary \
             WHERE a.attrelid = to_regclass(quote_ident($1)) AND a.attnum > 0 AND NOT a.attisdropped"
        }
    };
    let rows = database.query_all_raw(Statement::from_sql_and_values(backend, sql, [Value::from(table)])).await?;
    let mut columns = Vec::with_capacity(rows.len());
    for row in rows {
        let (name, declared): (String, String) = (row.try_get("", "name")?, row.try_get("", "declared")?);
        let unknown = || DbErr::Custom(format!("{table}.{name} is of the type {declared}, which a backup cannot hold yet"));
        let kind = Kind::of(&declared).ok_or_else(unknown)?;
        columns.push(Column { name, kind, is_key: row.try_get("", "is_key")? });
    }
    columns.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(columns)
}
