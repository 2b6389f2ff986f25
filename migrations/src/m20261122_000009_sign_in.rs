//! Second factors, tokens that work once, and accounts that are closed.

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
        manager.alter_table(Table::alter().table("accounts_people").add_column(time_or_null("disabled_at")).take()).await?;

        let authenticators = Table::create()
            .table("accounts_authenticators")
            .col(id())
            .col(reference("person_id"))
            .col(text("secret", 64))
            .col(time("made_at"))
            .col(time_or_null("confirmed_at"))
            .col(ColumnDef::new("last_step").big_integer().not_null())
            .foreign_key(&mut refer("accounts_authenticators", "person_id", "accounts_people", ForeignKeyAction::Cascade))
            .take();
        manager.create_table(authenticators).await?;
        index(manager, "accounts_authenticators", &["person_id"], false).await?;

        let codes = Table::create()
            .table("accounts_recovery_codes")
            .col(id())
            .col(reference("person_id"))
            .col(text("code_digest", 64))
            .col(time("made_at"))
            .col(time_or_null("used_at"))
            .foreign_key(&mut refer("accounts_recovery_codes", "person_id", "accounts_people", ForeignKeyAction::Cascade))
            .take();
        manager.create_table(codes).await?;
        index(manager, "accounts_recovery_codes", &["person_id", "code_digest"], true).await?;

        let passkeys = Table::create()
            .table("accounts_passkeys")
            .col(id())
            .col(reference("person_id"))
            .col(text("name", 120))
            .col(text("credential_digest", 64).unique_key())
            .col(opaque("credential"))
            .col(time("made_at"))
            .col(time_or_null("last_used_at"))
            .foreign_key(&mut refer("accounts_passkeys", "person_id", "accounts_people", ForeignKeyAction::Cascade))
            .take();
        manager.create_table(passkeys).await?;
        index(manager, "accounts_passkeys", &["person_id"], false).await?;

        let spent = Table::create().table("access_spent").col(id()).col(time("expires_at")).take();
        manager.create_table(spent).await?;
        index(manager, "access_spent", &["expires_at"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["access_spent", "accounts_passkeys", "accounts_recovery_codes", "accounts_authenticators"]).await?;
        manager.alter_table(Table::alter().table("accounts_people").drop_column("disabled_at").take()).await
    }
}
