//! Links that work once: one purpose each, only a digest of the secret is kept.

use chrono::TimeDelta;
use courses::id::{LinkId, PersonId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::entity::link;
use crate::Platform;
use crate::access::digest;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sea_orm::EnumIter, sea_orm::DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(sea_orm::prelude::StringLen::N(20))", rename_all = "kebab-case")]
pub enum Purpose {
    /// Proves that an e-mail address is the person's.
    VerifyEmail,
    /// Sets a new password.
    ResetPassword,
    /// Takes another e-mail address into use.
    ChangeEmail,
    /// Makes the first administrator.
    FirstAdministrator,
    /// Sets the first password of somebody who was invited.
    Invitation,
}

impl Purpose {
    const fn lifetime(self) -> TimeDelta {
        match self {
            Self::VerifyEmail | Self::Invitation => TimeDelta::days(7),
            Self::ResetPassword | Self::ChangeEmail => TimeDelta::hours(1),
            Self::FirstAdministrator => TimeDelta::days(30),
        }
    }

    /// Purposes of links that do what a link for this one does: whoever was invited sets a password like everybody else.
    fn served_by(self) -> Vec<Self> {
        if self == Self::ResetPassword { vec![self, Self::Invitation] } else { vec![self] }
    }
}

/// The secret part of a link. Shown to nobody but the person it is sent to.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The secret as it stands in the link.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Makes a link for `purpose`.
pub(crate) async fn make(
    platform: &Platform,
    database: &impl ConnectionTrait,
    purpose: Purpose,
    person: Option<PersonId>,
    email: Option<String>,
) -> Result<Secret, DbErr> {
    let now = platform.clock.now();
    let secret = platform.chance.secret();
    let row = link::ActiveModel {
        id: Set(LinkId(platform.chance.id(now))),
        person_id: Set(person),
        purpose: Set(purpose),
        secret_digest: Set(digest(&secret)),
        email: Set(email),
        created_at: Set(now),
        expires_at: Set(now + purpose.lifetime()),
        used_at: Set(None),
    };
    link::Entity::insert(row).exec_without_returning(database).await?;
    Ok(Secret(secret))
}

/// The link behind `secret`, if it is for `purpose`, unused and not expired.
pub(crate) async fn find(
    platform: &Platform,
    database: &impl ConnectionTrait,
    purpose: Purpose,
    secret: &str,
) -> Result<Option<link::Model>, DbErr> {
    link::Entity::find()
        .filter(link::Column::SecretDigest.eq(digest(secret)))
        .filter(link::Column::Purpose.is_in(purpose.served_by()))
        .filter(link::Column::UsedAt.is_null())
        .filter(link::Column::ExpiresAt.gt(platform.clock.now()))
        .one(database)
        .await
}

/// Whether a link still works, so that nobody fills in a form for one that does not. Looking changes nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn link_works(platform: &Platform, purpose: Purpose, secret: &str) -> Result<bool, DbErr> {
    Ok(find(platform, platform.storage.reader(), purpose, secret).await?.is_some())
}

/// Uses the link up; false if somebody was faster.
pub(crate) async fn use_up(platform: &Platform, database: &impl ConnectionTrait, id: LinkId) -> Result<bool, DbErr> {
    let done = link::Entity::update_many()
        .col_expr(link::Column::UsedAt, Expr::value(platform.clock.now()))
        .filter(link::Column::Id.eq(id))
        .filter(link::Column::UsedAt.is_null())
        .exec(database)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Uses up every link of `person` for `purpose`.
pub(crate) async fn use_up_all(
    platform: &Platform,
    database: &impl ConnectionTrait,
    person: PersonId,
    purpose: Purpose,
) -> Result<(), DbErr> {
    link::Entity::update_many()
        .col_expr(link::Column::UsedAt, Expr::value(platform.clock.now()))
        .filter(link::Column::PersonId.eq(person))
        .filter(link::Column::Purpose.is_in(purpose.served_by()))
        .filter(link::Column::UsedAt.is_null())
        .exec(database)
        .await?;
    Ok(())
}
