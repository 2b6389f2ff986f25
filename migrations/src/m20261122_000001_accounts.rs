//! People, their roles, sessions and one-time links; the keys the campus signs with.

use sea_orm_migration::prelude::*;

use crate::column::{drop, id, index, refer, reference, text, text_or_null, time, time_or_null};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let people = Table::create()
            .table("accounts_people")
            .col(id())
            .col(text("name", 120))
            .col(text_or_null("email", 254).unique_key())
            .col(text_or_null("user_name", 40).unique_key())
            .col(text("password_hash", 200))
            .col(text("language", 2))
            .col(text("country", 2))
            .col(text("institution", 160))
            .col(text("occupation", 20))
            .col(time("created_at"))
            .col(time_or_null("email_verified_at"))
            .take();
        manager.create_table(people).await?;

        let grants = Table::create()
            .table("accounts_grants")
            .col(id())
            .col(reference("person_id"))
            .col(text("role", 20))
            .col(text_or_null("country", 2))
            .col(time("granted_at"))
            .foreign_key(&mut refer("accounts_grants", "person_id", "accounts_people", ForeignKeyAction::Cascade))
            .take();
        manager.create_table(grants).await?;
        index(manager, "accounts_grants", &["person_id"], false).await?;

        let sessions = Table::create()
            .table("accounts_sessions")
            .col(id())
            .col(reference("person_id"))
            .col(time("started_at"))
            .col(time("expires_at"))
            .col(time_or_null("ended_at"))
            .foreign_key(&mut refer("accounts_sessions", "person_id", "accounts_people", ForeignKeyAction::Cascade))
            .take();
        manager.create_table(sessions).await?;
        index(manager, "accounts_sessions", &["person_id"], false).await?;

        let links = Table::create()
            .table("accounts_links")
            .col(id())
            .col(ColumnDef::new("person_id").uuid().null())
            .col(text("purpose", 20))
            .col(text("secret_digest", 64).unique_key())
            .col(text_or_null("email", 254))
            .col(time("created_at"))
            .col(time("expires_at"))
            .col(time_or_null("used_at"))
            .foreign_key(&mut refer("accounts_links", "person_id", "accounts_people", ForeignKeyAction::Cascade))
            .take();
        manager.create_table(links).await?;
        index(manager, "accounts_links", &["person_id"], false).await?;

        let keys = Table::create()
            .table("accounts_keys")
            .col(id())
            .col(text("purpose", 20).unique_key())
            .col(text("secret", 64))
            .col(time("created_at"))
            .take();
        manager.create_table(keys).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["accounts_keys", "accounts_links", "accounts_sessions", "accounts_grants", "accounts_people"]).await
    }
}
