//! A second factor: codes of an app (TOTP, RFC 6238).
//!
//! The secret of an app is stored as it is: the keys that could hide it stand in the same database.

use courses::id::{AuthenticatorId, PersonId};
use data_encoding::{BASE32_NOPAD, Encoding};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use totp_rs::{Builder, Secret, Totp};

use super::allowance;
use super::entity::{authenticator, passkey, person, session};
use super::notice::{self, Event, Notice};
use super::recovery_code;
use super::session::{Started, end_all, start_anew};
use crate::Platform;
use crate::access::Confirmed;
use crate::access::limit::{self, LimitError, TooMany};
use crate::api;

/// Letters and digits of a code typed from a screen.
pub(super) const BASE32: Encoding = BASE32_NOPAD;

/// Why a code did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum CodeError {
    /// Whoever shows the code is not half-way any more: it took too long, or was done already.
    #[error("nobody waits for a code")]
    HalfWay,
    /// It is not the code, or it was used before.
    #[error("a wrong code")]
    Wrong,
    /// Tried too often.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

impl From<LimitError> for CodeError {
    fn from(error: LimitError) -> Self {
        match error {
            LimitError::TooMany(too_many) => Self::TooMany(too_many),
            LimitError::Storage(error) => Self::Storage(error),
        }
    }
}

/// What a right code was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    FromApp,
    Recovery,
}

impl Code {
    /// What the person is told of it.
    pub(super) fn notice(self, person: &person::Model) -> Option<Notice> {
        match self {
            Self::FromApp => None,
            Self::Recovery => notice::of(person, Event::RecoveryCodeUsed),
        }
    }
}

/// The secret of an app that is being set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppSecret {
    /// In groups of four, to be typed.
    pub typed: String,
    /// QR code that the app reads: a picture in SVG.
    pub qr: String,
}

/// A second factor that was added.
#[derive(Debug)]
pub struct Added {
    /// The session, under a new id.
    pub started: Started,
    /// Recovery codes to keep, shown this once; none if the person has some.
    pub codes: Vec<String>,
}

/// Begins to set up an app: what was begun before is forgotten.
///
/// # Errors
/// When the database does not answer.
pub async fn begin_app(platform: &Platform, confirmed: Confirmed) -> Result<(), DbErr> {
    let now = platform.clock.now();
    let transaction = platform.storage.begin().await?;
    delete_apps(&transaction, confirmed.person(), authenticator::Column::ConfirmedAt.is_null()).await?;
    let row = authenticator::ActiveModel {
        id: Set(AuthenticatorId(platform.chance.id(now))),
        person_id: Set(confirmed.person()),
        secret: Set(BASE32.encode(&platform.chance.bytes::<20>())),
        made_at: Set(now),
        confirmed_at: Set(None),
        last_step: Set(0),
    };
    authenticator::Entity::insert(row).exec_without_returning(&transaction).await?;
    transaction.commit().await
}

/// The secret of the app that is being set up.
///
/// # Errors
/// When the database does not answer.
pub async fn app_secret(platform: &Platform, confirmed: Confirmed) -> Result<Option<AppSecret>, DbErr> {
    let reader = platform.storage.reader();
    let Some(app) = begun(reader, confirmed.person()).await? else { return Ok(None) };
    let person = person::Entity::find_by_id(confirmed.person()).one(reader).await?;
    let login = person.and_then(|person| person.user_name.or(person.email)).unwrap_or_default();
    let mut address = url::Url::parse("otpauth://totp/").map_err(|error| DbErr::Custom(error.to_string()))?;
    address.set_path(&format!("E-Campus:{login}"));
    address.query_pairs_mut().append_pair("secret", &app.secret).append_pair("issuer", "E-Campus");
    let picture = QrCode::with_error_correction_level(address.as_str(), EcLevel::M).map_err(|error| DbErr::Custom(error.to_string()))?;
    let qr = picture.render::<svg::Color<'_>>().module_dimensions(4, 4).build();
    // A part of a page has no declaration of its own.
    let qr = qr.split_once("?>").map_or(qr.as_str(), |(_, picture)| picture).to_owned();
    Ok(Some(AppSecret { typed: grouped(&app.secret), qr }))
}

/// Takes the app into use once it has shown a right code. Another one that the person had is forgotten.
///
/// # Errors
/// [`CodeError`].
pub async fn confirm_app(platform: &Platform, confirmed: Confirmed, code: &str) -> Result<(Added, Option<Notice>), CodeError> {
    let person = confirmed.person();
    let subject = person.to_string();
    limit::take(platform, allowance::CODE, &subject).await?;
    let app = begun(platform.storage.reader(), person).await?.ok_or(CodeError::HalfWay)?;
    let step = step_of(platform, &app.secret, code).ok_or(CodeError::Wrong)?;
    allowance::give_back(platform, allowance::CODE, &subject).await?;
    let transaction = platform.storage.begin().await?;
    delete_apps(&transaction, person, authenticator::Column::Id.ne(app.id)).await?;
    authenticator::Entity::update_many()
        .col_expr(authenticator::Column::ConfirmedAt, Expr::value(platform.clock.now()))
        .col_expr(authenticator::Column::LastStep, Expr::value(step))
        .filter(authenticator::Column::Id.eq(app.id))
        .exec(&transaction)
        .await?;
    let added = added(platform, &transaction, confirmed).await?;
    let notice = notice::to(&transaction, person, Event::SecondFactorAdded).await?;
    transaction.commit().await?;
    Ok((added, notice))
}

/// What follows from a second factor that was added: recovery codes if there are none, a session that has it, and the end of those
/// that have none: whoever came in with a password alone is not to go on.
pub(super) async fn added(platform: &Platform, database: &impl ConnectionTrait, confirmed: Confirmed) -> Result<Added, CodeError> {
    let has_codes = recovery_code::left(database, confirmed.person()).await? > 0;
    let codes = if has_codes { Vec::new() } else { recovery_code::make(platform, database, confirmed.person()).await? };
    let started = start_anew(platform, database, confirmed.session(), true).await?.ok_or(CodeError::HalfWay)?;
    let without = session::Column::PersonId.eq(confirmed.person()).and(session::Column::HasSecondFactor.eq(false));
    end_all(platform, database, without).await?;
    Ok(Added { started, codes })
}

/// Takes the app away. With the last second factor the recovery codes go, and no session and no token counts as having had one.
///
/// # Errors
/// When the database does not answer.
pub async fn remove_app(platform: &Platform, confirmed: Confirmed) -> Result<Option<Notice>, DbErr> {
    let transaction = platform.storage.begin().await?;
    delete_apps(&transaction, confirmed.person(), authenticator::Column::Id.is_not_null()).await?;
    let notice = removed(&transaction, confirmed.person()).await?;
    transaction.commit().await?;
    Ok(notice)
}

/// What follows from a second factor that was taken away.
pub(super) async fn removed(database: &impl ConnectionTrait, person: PersonId) -> Result<Option<Notice>, DbErr> {
    if !has_any(database, person).await? {
        recovery_code::forget(database, person).await?;
        session::Entity::update_many()
            .col_expr(session::Column::HasSecondFactor, Expr::value(false))
            .filter(session::Column::PersonId.eq(person))
            .exec(database)
            .await?;
        api::without_second_factor(database, person).await?;
    }
    notice::to(database, person, Event::SecondFactorRemoved).await
}

/// Takes every second factor of `person` away.
pub(super) async fn remove_all(database: &impl ConnectionTrait, person: PersonId) -> Result<Option<Notice>, DbErr> {
    delete_apps(database, person, authenticator::Column::Id.is_not_null()).await?;
    passkey::Entity::delete_many().filter(passkey::Column::PersonId.eq(person)).exec(database).await?;
    removed(database, person).await
}

/// Whether `person` has a second factor.
pub(super) async fn has_any(database: &impl ConnectionTrait, person: PersonId) -> Result<bool, DbErr> {
    Ok(app_of(database, person).await?.is_some()
        || passkey::Entity::find().filter(passkey::Column::PersonId.eq(person)).count(database).await? > 0)
}

/// The app that `person` uses.
pub(super) async fn app_of(database: &impl ConnectionTrait, person: PersonId) -> Result<Option<authenticator::Model>, DbErr> {
    let used = authenticator::Entity::find().filter(authenticator::Column::PersonId.eq(person));
    used.filter(authenticator::Column::ConfirmedAt.is_not_null()).one(database).await
}

/// Takes a code of `person`: one from the app, each of which works once, or a recovery code, which is used up.
pub(super) async fn take_code(platform: &Platform, person: PersonId, code: &str) -> Result<Code, CodeError> {
    let subject = person.to_string();
    limit::take(platform, allowance::CODE, &subject).await?;
    let taken = match app_of(platform.storage.reader(), person).await? {
        Some(app) if use_step(platform, &app, code).await? => Code::FromApp,
        _ if recovery_code::use_up(platform, person, code).await? => Code::Recovery,
        _ => return Err(CodeError::Wrong),
    };
    allowance::give_back(platform, allowance::CODE, &subject).await?;
    Ok(taken)
}

/// Uses the time step that `code` is of; false if it is no code of the app, or one of a step that was used, or of an earlier one.
async fn use_step(platform: &Platform, app: &authenticator::Model, code: &str) -> Result<bool, DbErr> {
    let Some(step) = step_of(platform, &app.secret, code) else { return Ok(false) };
    let transaction = platform.storage.begin().await?;
    let done = authenticator::Entity::update_many()
        .col_expr(authenticator::Column::LastStep, Expr::value(step))
        .filter(authenticator::Column::Id.eq(app.id))
        .filter(authenticator::Column::LastStep.lt(step))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(done.rows_affected == 1)
}

async fn begun(database: &impl ConnectionTrait, person: PersonId) -> Result<Option<authenticator::Model>, DbErr> {
    authenticator::Entity::find()
        .filter(authenticator::Column::PersonId.eq(person))
        .filter(authenticator::Column::ConfirmedAt.is_null())
        .order_by_desc(authenticator::Column::Id)
        .one(database)
        .await
}

async fn delete_apps(database: &impl ConnectionTrait, person: PersonId, which: sea_orm::sea_query::SimpleExpr) -> Result<(), DbErr> {
    authenticator::Entity::delete_many().filter(authenticator::Column::PersonId.eq(person)).filter(which).exec(database).await?;
    Ok(())
}

/// The time step that `code` is of, one before or after now at most.
fn step_of(platform: &Platform, secret: &str, code: &str) -> Option<i64> {
    let now = u64::try_from(platform.clock.now().timestamp()).ok()?;
    let digits: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    totp(secret)?.check(&digits, now).and_then(|step| i64::try_from(step).ok())
}

fn totp(secret: &str) -> Option<Totp> {
    let bytes: [u8; 20] = BASE32.decode(secret.as_bytes()).ok()?.try_into().ok()?;
    Builder::new().with_secret(Secret::new_stack(bytes)).build().ok()
}

/// Groups of four, so that they can be read from a screen.
pub(super) fn grouped(letters: &str) -> String {
    let groups: Vec<String> = letters.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_one_of_rfc_6238() {
        // Appendix B: the secret "12345678901234567890" at 59 s shows …287082.
        let secret = BASE32.encode(b"12345678901234567890");
        let totp = totp(&secret).unwrap();
        assert_eq!((totp.check("287082", 59), totp.check("287082", 200)), (Some(1), None));
    }
}
