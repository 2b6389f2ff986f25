//! The schema, one file a change, the same on SQLite and PostgreSQL.
//!
//! Portable types only: UUIDs made by the program, UTC timestamps, strings for closed lists, integers with
//! their unit in the name. Every migration runs in a transaction and can be undone. Nothing is below this crate.

use sea_orm_migration::prelude::*;

pub use sea_orm_migration::MigratorTrait;

mod column;
mod m20261122_000001_accounts;
mod m20261122_000002_catalogue;
mod m20261122_000003_learning;
mod m20261122_000004_quizzes;
mod m20261122_000005_certificates;
mod m20261122_000006_reports;
mod m20261122_000007_answers;
mod m20261122_000008_access;
mod m20261122_000009_sign_in;
mod m20261122_000010_identities;
mod m20261122_000011_api;
mod m20261122_000012_privacy;

/// Brings a database to the schema this program knows.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_accounts::Migration),
            Box::new(m20261122_000002_catalogue::Migration),
            Box::new(m20261122_000003_learning::Migration),
            Box::new(m20261122_000004_quizzes::Migration),
            Box::new(m20261122_000005_certificates::Migration),
            Box::new(m20261122_000006_reports::Migration),
            Box::new(m20261122_000007_answers::Migration),
            Box::new(m20261122_000008_access::Migration),
            Box::new(m20261122_000009_sign_in::Migration),
            Box::new(m20261122_000010_identities::Migration),
            Box::new(m20261122_000011_api::Migration),
            Box::new(m20261122_000012_privacy::Migration),
        ]
    }
}
