//! Attempts at quizzes and the answers stored for them.

use sea_orm_migration::prelude::*;

use crate::column::{drop, id, index, number, opaque, refer, reference, text, time, time_or_null};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let attempts = Table::create()
            .table("quizzes_attempts")
            .col(id())
            .col(reference("enrolment_id"))
            .col(reference("version_id"))
            .col(text("quiz_key", 60))
            .col(number("number"))
            .col(ColumnDef::new("seed").big_integer().not_null())
            .col(opaque("layout"))
            .col(number("pass_permille"))
            .col(time("started_at"))
            .col(time_or_null("submitted_at"))
            .col(ColumnDef::new("score_permille").integer().null())
            .col(ColumnDef::new("has_passed").boolean().null())
            .foreign_key(&mut refer("quizzes_attempts", "enrolment_id", "enrolments", ForeignKeyAction::Cascade))
            .foreign_key(&mut refer("quizzes_attempts", "version_id", "catalogue_versions", ForeignKeyAction::Restrict))
            .take();
        manager.create_table(attempts).await?;
        index(manager, "quizzes_attempts", &["enrolment_id", "quiz_key", "number"], true).await?;
        index(manager, "quizzes_attempts", &["version_id"], false).await?;

        let answers = Table::create()
            .table("quizzes_answers")
            .col(id())
            .col(reference("attempt_id"))
            .col(text("question_key", 60))
            .col(ColumnDef::new("sequence").big_integer().not_null())
            .col(opaque("response"))
            .col(time("received_at"))
            .col(ColumnDef::new("is_late").boolean().not_null())
            .foreign_key(&mut refer("quizzes_answers", "attempt_id", "quizzes_attempts", ForeignKeyAction::Cascade))
            .take();
        manager.create_table(answers).await?;
        index(manager, "quizzes_answers", &["attempt_id"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["quizzes_answers", "quizzes_attempts"]).await
    }
}
