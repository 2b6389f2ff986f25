//! Enrolments, lessons read, surveys answered.

use sea_orm_migration::prelude::*;

use crate::column::{drop, id, index, opaque, refer, reference, text, time};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let enrolments = Table::create()
            .table("enrolments")
            .col(id())
            .col(reference("person_id"))
            .col(reference("course_id"))
            .col(reference("version_id"))
            .col(time("enrolled_at"))
            .foreign_key(&mut refer("enrolments", "person_id", "accounts_people", ForeignKeyAction::Cascade))
            .foreign_key(&mut refer("enrolments", "course_id", "catalogue_courses", ForeignKeyAction::Restrict))
            .foreign_key(&mut refer("enrolments", "version_id", "catalogue_versions", ForeignKeyAction::Restrict))
            .take();
        manager.create_table(enrolments).await?;
        index(manager, "enrolments", &["person_id", "course_id"], true).await?;
        index(manager, "enrolments", &["course_id"], false).await?;
        index(manager, "enrolments", &["version_id"], false).await?;

        let visits = Table::create()
            .table("learning_visits")
            .col(id())
            .col(reference("enrolment_id"))
            .col(text("lesson_key", 60))
            .col(time("visited_at"))
            .foreign_key(&mut refer("learning_visits", "enrolment_id", "enrolments", ForeignKeyAction::Cascade))
            .take();
        manager.create_table(visits).await?;
        index(manager, "learning_visits", &["enrolment_id", "lesson_key"], true).await?;

        let surveys = Table::create()
            .table("learning_surveys")
            .col(id())
            .col(reference("enrolment_id").unique_key())
            .col(opaque("answers"))
            .col(time("answered_at"))
            .foreign_key(&mut refer("learning_surveys", "enrolment_id", "enrolments", ForeignKeyAction::Cascade))
            .take();
        manager.create_table(surveys).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["learning_surveys", "learning_visits", "enrolments"]).await
    }
}
