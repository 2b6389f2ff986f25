//! After a database was put back to an earlier moment.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::entity::{link, session};

/// Ends every session and uses up every link: some had ended when the database was put back.
pub(crate) async fn let_nobody_in(database: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(now))
        .filter(session::Column::EndedAt.is_null())
        .exec(database)
        .await?;
    link::Entity::update_many()
        .col_expr(link::Column::UsedAt, Expr::value(now))
        .filter(link::Column::UsedAt.is_null())
        .exec(database)
        .await?;
    Ok(())
}
