//! Service tokens, what was exchanged for them, and writes of other programs that are remembered for a day.

use sea_orm_migration::prelude::*;

use crate::column::{drop, id, index, opaque, refer, reference, text, time, time_or_null};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tokens = Table::create()
            .table("api_tokens")
            .col(id())
            .col(reference("person_id"))
            .col(text("name", 80))
            .col(text("scopes", 400))
            .col(text("secret_digest", 64).unique_key())
            .col(ColumnDef::new("has_second_factor").boolean().not_null())
            .col(time("created_at"))
            .col(time("expires_at"))
            .col(time_or_null("last_used_at"))
            .col(time_or_null("revoked_at"))
            .foreign_key(&mut refer("api_tokens", "person_id", "accounts_people", ForeignKeyAction::Cascade))
            .take();
        manager.create_table(tokens).await?;
        index(manager, "api_tokens", &["person_id"], false).await?;

        let families = Table::create()
            .table("api_families")
            .col(id())
            .col(reference("token_id"))
            .col(time("started_at"))
            .col(time("expires_at"))
            .col(time_or_null("ended_at"))
            .foreign_key(&mut refer("api_families", "token_id", "api_tokens", ForeignKeyAction::Cascade))
            .take();
        manager.create_table(families).await?;
        index(manager, "api_families", &["token_id"], false).await?;
        index(manager, "api_families", &["expires_at"], false).await?;

        let refreshes = Table::create()
            .table("api_refreshes")
            .col(id())
            .col(reference("family_id"))
            .col(ColumnDef::new("parent_id").uuid().null())
            .col(text("secret_digest", 64).unique_key())
            .col(time("created_at"))
            .col(time("expires_at"))
            .col(time_or_null("used_at"))
            .col(time_or_null("dropped_at"))
            .foreign_key(&mut refer("api_refreshes", "family_id", "api_families", ForeignKeyAction::Cascade))
            .take();
        manager.create_table(refreshes).await?;
        index(manager, "api_refreshes", &["family_id"], false).await?;
        index(manager, "api_refreshes", &["parent_id"], false).await?;

        let writes = Table::create()
            .table("api_writes")
            .col(id())
            .col(reference("person_id"))
            .col(text("key_digest", 64))
            .col(text("request_digest", 64))
            .col(opaque("response"))
            .col(time("created_at"))
            .foreign_key(&mut refer("api_writes", "person_id", "accounts_people", ForeignKeyAction::Cascade))
            .take();
        manager.create_table(writes).await?;
        index(manager, "api_writes", &["person_id", "key_digest"], true).await?;
        index(manager, "api_writes", &["created_at"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["api_writes", "api_refreshes", "api_families", "api_tokens"]).await
    }
}
