//! Columns as every table writes them.

use sea_orm_migration::prelude::*;

/// `id uuid primary key`.
pub fn id() -> ColumnDef {
    ColumnDef::new("id").uuid().not_null().primary_key().take()
}

/// A required reference; the constraint is added by [`refer`].
pub fn reference(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().not_null().take()
}

/// A required string of at most `length` characters.
pub fn text(name: &'static str, length: u32) -> ColumnDef {
    ColumnDef::new(name).string_len(length).not_null().take()
}

/// An optional string of at most `length` characters.
pub fn text_or_null(name: &'static str, length: u32) -> ColumnDef {
    ColumnDef::new(name).string_len(length).null().take()
}

/// Opaque text of any length: JSON, tokens, sources.
pub fn opaque(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}

/// A required instant in UTC.
pub fn time(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().not_null().take()
}

/// An optional instant in UTC.
pub fn time_or_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().null().take()
}

/// A required 32-bit integer.
pub fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().take()
}

/// A foreign key from `table.column` to the id of `target`.
pub fn refer(table: &'static str, column: &'static str, target: &'static str, on_delete: ForeignKeyAction) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to(target, "id").on_delete(on_delete).take()
}

/// An index over `columns` of `table`, unique if asked.
pub async fn index(manager: &SchemaManager<'_>, table: &'static str, columns: &[&'static str], is_unique: bool) -> Result<(), DbErr> {
    let mut statement = Index::create();
    statement.name(format!("{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        statement.col(*column);
    }
    if is_unique {
        statement.unique();
    }
    manager.create_index(statement.take()).await
}

/// Drops `tables` in the order given.
pub async fn drop(manager: &SchemaManager<'_>, tables: &[&'static str]) -> Result<(), DbErr> {
    for table in tables {
        manager.drop_table(Table::drop().table(*table).take()).await?;
    }
    Ok(())
}
