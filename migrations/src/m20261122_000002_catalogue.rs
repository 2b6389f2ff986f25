//! Courses, their immutable versions, and the source files each version is made of.

use sea_orm_migration::prelude::*;

use crate::column::{drop, id, index, number, refer, reference, text, time};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let courses = Table::create()
            .table("catalogue_courses")
            .col(id())
            .col(text("code", 60).unique_key())
            .col(ColumnDef::new("current_version_id").uuid().null())
            .col(time("created_at"))
            .take();
        manager.create_table(courses).await?;

        let versions = Table::create()
            .table("catalogue_versions")
            .col(id())
            .col(reference("course_id"))
            .col(number("number"))
            .col(text("digest", 64))
            .col(time("published_at"))
            .foreign_key(&mut refer("catalogue_versions", "course_id", "catalogue_courses", ForeignKeyAction::Restrict))
            .take();
        manager.create_table(versions).await?;
        index(manager, "catalogue_versions", &["course_id", "number"], true).await?;
        index(manager, "catalogue_versions", &["course_id", "digest"], true).await?;

        let files = Table::create()
            .table("catalogue_files")
            .col(id())
            .col(reference("version_id"))
            .col(text("path", 400))
            .col(text("digest", 64))
            .col(ColumnDef::new("bytes").binary().not_null())
            .foreign_key(&mut refer("catalogue_files", "version_id", "catalogue_versions", ForeignKeyAction::Cascade))
            .take();
        manager.create_table(files).await?;
        index(manager, "catalogue_files", &["version_id", "path"], true).await?;
        index(manager, "catalogue_files", &["digest"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["catalogue_files", "catalogue_versions", "catalogue_courses"]).await
    }
}
