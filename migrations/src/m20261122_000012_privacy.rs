//! Who looked at people's records, who was erased, and who has been away for long.

use sea_orm_migration::prelude::*;

use crate::column::{drop, id, index, opaque, refer, text, time, time_or_null};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let accesses = Table::create()
            .table("privacy_accesses")
            .col(id())
            .col(ColumnDef::new("person_id").uuid().null())
            .col(text("role", 20))
            .col(text("institution", 160))
            .col(text("list", 20))
            .col(text("manner", 20))
            .col(opaque("picked"))
            .col(opaque("people"))
            .col(ColumnDef::new("rows").big_integer().not_null())
            .col(time("accessed_at"))
            .foreign_key(&mut refer("privacy_accesses", "person_id", "accounts_people", ForeignKeyAction::SetNull))
            .take();
        manager.create_table(accesses).await?;
        index(manager, "privacy_accesses", &["person_id"], false).await?;
        index(manager, "privacy_accesses", &["accessed_at"], false).await?;

        // No foreign key: the people are gone.
        let erasures = Table::create()
            .table("privacy_erasures")
            .col(id())
            .col(ColumnDef::new("keeps_certificates").boolean().not_null())
            .col(time("erased_at"))
            .take();
        manager.create_table(erasures).await?;

        let absences = Table::create()
            .table("privacy_absences")
            .col(id())
            .col(time_or_null("last_seen_at"))
            .col(time_or_null("warned_at"))
            .foreign_key(&mut refer("privacy_absences", "id", "accounts_people", ForeignKeyAction::Cascade))
            .take();
        manager.create_table(absences).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["privacy_absences", "privacy_erasures", "privacy_accesses"]).await
    }
}
