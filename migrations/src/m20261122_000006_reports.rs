//! The log of exports.

use sea_orm_migration::prelude::*;

use crate::column::{drop, id, index, opaque, refer, text, time};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let exports = Table::create()
            .table("reports_exports")
            .col(id())
            .col(ColumnDef::new("person_id").uuid().null())
            .col(text("report", 40))
            .col(opaque("filter"))
            .col(ColumnDef::new("rows").big_integer().not_null())
            .col(time("exported_at"))
            .foreign_key(&mut refer("reports_exports", "person_id", "accounts_people", ForeignKeyAction::SetNull))
            .take();
        manager.create_table(exports).await?;
        index(manager, "reports_exports", &["person_id"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["reports_exports"]).await
    }
}
