//! Recovery codes: for whoever has lost the second factor. Shown once, kept as digests, each good for one time.

use courses::id::{PersonId, RecoveryCodeId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};

use super::entity::recovery_code;
use super::second_factor::{BASE32, grouped};
use crate::Platform;
use crate::access::{self, Confirmed};

/// Codes that a person has at first.
const MOST: usize = 10;

/// New recovery codes in place of those there are.
///
/// # Errors
/// When the database does not answer.
pub async fn new_recovery_codes(platform: &Platform, confirmed: Confirmed) -> Result<Vec<String>, DbErr> {
    let transaction = platform.storage.begin().await?;
    let codes = make(platform, &transaction, confirmed.person()).await?;
    transaction.commit().await?;
    Ok(codes)
}

/// New codes of `person` in place of those there are.
pub(super) async fn make(platform: &Platform, database: &impl ConnectionTrait, person: PersonId) -> Result<Vec<String>, DbErr> {
    let now = platform.clock.now();
    forget(database, person).await?;
    let codes: Vec<String> = (0..MOST).map(|_| grouped(&BASE32.encode(&platform.chance.bytes::<10>()))).collect();
    let rows = codes.iter().map(|code| recovery_code::ActiveModel {
        id: Set(RecoveryCodeId(platform.chance.id(now))),
        person_id: Set(person),
        code_digest: Set(digest(code)),
        made_at: Set(now),
        used_at: Set(None),
    });
    recovery_code::Entity::insert_many(rows).exec_without_returning(database).await?;
    Ok(codes)
}

/// How many codes `person` has left.
pub(super) async fn left(database: &impl ConnectionTrait, person: PersonId) -> Result<u64, DbErr> {
    let unused = recovery_code::Column::PersonId.eq(person).and(recovery_code::Column::UsedAt.is_null());
    recovery_code::Entity::find().filter(unused).count(database).await
}

/// Uses `code` up; false if it is none of `person`, or was used before.
pub(super) async fn use_up(platform: &Platform, person: PersonId, code: &str) -> Result<bool, DbErr> {
    let transaction = platform.storage.begin().await?;
    let done = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(platform.clock.now()))
        .filter(recovery_code::Column::PersonId.eq(person))
        .filter(recovery_code::Column::CodeDigest.eq(digest(code)))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(done.rows_affected == 1)
}

/// Forgets every code of `person`.
pub(super) async fn forget(database: &impl ConnectionTrait, person: PersonId) -> Result<(), DbErr> {
    recovery_code::Entity::delete_many().filter(recovery_code::Column::PersonId.eq(person)).exec(database).await?;
    Ok(())
}

/// A recovery code as it is stored, however it was typed: its 80 bits of chance need no salt.
fn digest(code: &str) -> String {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect();
    access::digest(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_code_is_the_same_however_it_is_typed() {
        assert_eq!(digest("ABCD-EFGH-IJKL-MNOP"), digest(" abcd efgh ijkl mnop "));
        assert_ne!(digest("ABCD-EFGH-IJKL-MNOP"), digest("ABCD-EFGH-IJKL-MNOQ"));
    }
}
