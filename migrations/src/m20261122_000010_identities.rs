//! Accounts elsewhere that people sign in with, and the sessions begun so.

use sea_orm_migration::prelude::*;

use crate::column::{drop, id, index, refer, reference, text, text_or_null, time};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let identities = Table::create()
            .table("accounts_identities")
            .col(id())
            .col(reference("person_id"))
            .col(text("provider", 60))
            .col(text("issuer", 255))
            .col(text("subject", 255))
            .col(time("linked_at"))
            .col(time("used_at"))
            .foreign_key(&mut refer("accounts_identities", "person_id", "accounts_people", ForeignKeyAction::Cascade))
            .take();
        manager.create_table(identities).await?;
        index(manager, "accounts_identities", &["issuer", "subject"], true).await?;
        index(manager, "accounts_identities", &["person_id", "issuer"], true).await?;

        let origins = Table::create()
            .table("accounts_origins")
            .col(id())
            .col(reference("session_id"))
            .col(reference("identity_id"))
            .col(text_or_null("provider_session", 255))
            .foreign_key(&mut refer("accounts_origins", "session_id", "accounts_sessions", ForeignKeyAction::Cascade))
            .foreign_key(&mut refer("accounts_origins", "identity_id", "accounts_identities", ForeignKeyAction::Cascade))
            .take();
        manager.create_table(origins).await?;
        index(manager, "accounts_origins", &["session_id"], true).await?;
        index(manager, "accounts_origins", &["identity_id"], false).await?;
        index(manager, "accounts_origins", &["provider_session"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["accounts_origins", "accounts_identities"]).await
    }
}
