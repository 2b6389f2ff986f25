//! Keys that can be rotated, limits on what may be tried how often, and what a session tells of itself.

use sea_orm_migration::prelude::*;

use crate::column::{drop, id, index, text, time, time_or_null};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let keys = Table::create()
            .table("access_keys")
            .col(id())
            .col(text("purpose", 20))
            .col(text("secret", 64))
            .col(time("created_at"))
            .col(time_or_null("retired_at"))
            .take();
        manager.create_table(keys).await?;
        index(manager, "access_keys", &["purpose"], false).await?;
        let database = manager.get_connection();
        let copied = "INSERT INTO access_keys (id, purpose, secret, created_at) SELECT id, purpose, secret, created_at FROM accounts_keys";
        database.execute_unprepared(copied).await?;
        drop(manager, &["accounts_keys"]).await?;

        let limits = Table::create()
            .table("access_limits")
            .col(id())
            .col(text("kind", 20))
            .col(text("subject_digest", 64))
            .col(ColumnDef::new("spent_until_micros").big_integer().not_null())
            .take();
        manager.create_table(limits).await?;
        index(manager, "access_limits", &["kind", "subject_digest"], true).await?;
        index(manager, "access_limits", &["spent_until_micros"], false).await?;

        for column in [time_or_null("confirmed_at"), time_or_null("last_seen_at"), no("is_own_device"), no("has_second_factor"), device()] {
            manager.alter_table(Table::alter().table("accounts_sessions").add_column(column).take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["device", "has_second_factor", "is_own_device", "last_seen_at", "confirmed_at"] {
            manager.alter_table(Table::alter().table("accounts_sessions").drop_column(column).take()).await?;
        }
        let keys = Table::create()
            .table("accounts_keys")
            .col(id())
            .col(text("purpose", 20).unique_key())
            .col(text("secret", 64))
            .col(time("created_at"))
            .take();
        manager.create_table(keys).await?;
        let oldest = "INSERT INTO accounts_keys (id, purpose, secret, created_at) SELECT id, purpose, secret, created_at FROM access_keys AS kept \
                      WHERE NOT EXISTS (SELECT 1 FROM access_keys AS older WHERE older.purpose = kept.purpose \
                      AND (older.created_at < kept.created_at OR (older.created_at = kept.created_at AND older.id < kept.id)))";
        manager.get_connection().execute_unprepared(oldest).await?;
        drop(manager, &["access_limits", "access_keys"]).await
    }
}

/// A column that is false for the rows there are.
fn no(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().default(false).take()
}

/// What a person's device calls itself, in a few words.
fn device() -> ColumnDef {
    ColumnDef::new("device").string_len(120).not_null().default("").take()
}
