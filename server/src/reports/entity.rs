//! Table of the log of exports.

use courses::id::{ExportId, PersonId};
use sea_orm::entity::prelude::*;

/// One export of a report.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reports_exports")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExportId,
    pub person_id: Option<PersonId>,
    pub report: String,
    pub filter: String,
    pub rows: i64,
    pub exported_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
