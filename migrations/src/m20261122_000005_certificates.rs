//! The completion ledger, frozen at completion, and the certificates it gave.

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
        let completions = Table::create()
            .table("certificates_completions")
            .col(id())
            .col(ColumnDef::new("person_id").uuid().null())
            .col(ColumnDef::new("enrolment_id").uuid().null().unique_key())
            .col(reference("course_id"))
            .col(reference("version_id"))
            .col(text("course_code", 60))
            .col(opaque("course_title"))
            .col(number("version_number"))
            .col(text("name", 120))
            .col(text("country", 2))
            .col(text("institution", 160))
            .col(text("institution_folded", 480))
            .col(text("occupation", 20))
            .col(text("language", 2))
            .col(number("minutes"))
            .col(ColumnDef::new("score_permille").integer().null())
            .col(time("completed_at"))
            .foreign_key(&mut refer("certificates_completions", "person_id", "accounts_people", ForeignKeyAction::SetNull))
            .foreign_key(&mut refer("certificates_completions", "enrolment_id", "enrolments", ForeignKeyAction::SetNull))
            .foreign_key(&mut refer("certificates_completions", "course_id", "catalogue_courses", ForeignKeyAction::Restrict))
            .foreign_key(&mut refer("certificates_completions", "version_id", "catalogue_versions", ForeignKeyAction::Restrict))
            .take();
        manager.create_table(completions).await?;
        index(manager, "certificates_completions", &["person_id"], false).await?;
        index(manager, "certificates_completions", &["completed_at"], false).await?;
        index(manager, "certificates_completions", &["course_id", "completed_at"], false).await?;
        index(manager, "certificates_completions", &["country", "completed_at"], false).await?;
        index(manager, "certificates_completions", &["institution_folded"], false).await?;
        index(manager, "certificates_completions", &["version_id"], false).await?;

        let certificates = Table::create()
            .table("certificates")
            .col(id())
            .col(reference("completion_id"))
            .col(text("code", 40).unique_key())
            .col(opaque("facts"))
            .col(opaque("seal"))
            .col(time("issued_at"))
            .col(time_or_null("expires_at"))
            .col(time_or_null("revoked_at"))
            .col(ColumnDef::new("replaced_by").uuid().null())
            .foreign_key(&mut refer("certificates", "completion_id", "certificates_completions", ForeignKeyAction::Restrict))
            .take();
        manager.create_table(certificates).await?;
        index(manager, "certificates", &["completion_id"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["certificates", "certificates_completions"]).await
    }
}
