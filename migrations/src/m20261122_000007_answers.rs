//! Time limits of attempts; and of each answer, the device it came from, when it was chosen, and what became of it.

use sea_orm_migration::prelude::*;

use crate::column::{index, time_or_null};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

fn columns() -> [(&'static str, ColumnDef); 6] {
    [
        ("quizzes_attempts", time_or_null("due_at")),
        ("quizzes_attempts", time_or_null("closes_at")),
        ("quizzes_answers", ColumnDef::new("device_id").uuid().null().take()),
        ("quizzes_answers", time_or_null("chosen_at")),
        ("quizzes_answers", ColumnDef::new("is_final").boolean().not_null().default(false).take()),
        ("quizzes_answers", ColumnDef::new("refusal").string_len(30).null().take()),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, mut column) in columns() {
            manager.alter_table(Table::alter().table(table).add_column(&mut column).take()).await?;
        }
        index(manager, "quizzes_attempts", &["closes_at"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("quizzes_attempts_closes_at").table("quizzes_attempts").to_owned()).await?;
        for (table, column) in columns() {
            manager.alter_table(Table::alter().table(table).drop_column(column.get_column_name()).take()).await?;
        }
        Ok(())
    }
}
