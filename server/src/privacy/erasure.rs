//! Erasing a person: once, whole, and for good.
//!
//! Whatever hangs on the account goes with it, by the database's own rules (`ON DELETE CASCADE`), also what later tables hang on it.
//! Before that, what counts in figures is copied to nobody (`pseudonym`), and the ledger loses the name. Nothing undoes it:
//! the journal is on disk before the commit, and every start erases again whom a restored backup brought back.

use std::path::Path;

use courses::id::PersonId;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use super::entity::erasure;
use super::journal::{self, Entry};
use super::pseudonym;
use crate::Platform;
use crate::access::{Administrator, Confirmed};
use crate::accounts::entity::person;
use crate::accounts::{self, Event, Notice, event};
use crate::api;
use crate::certificates::entity::{certificate, completion};

/// What becomes of the certificates of somebody who is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certificates {
    /// They can still be checked by their code, and say the name.
    Kept,
    /// They are gone: a paper of them can be checked no more.
    Destroyed,
}

/// Why somebody was not erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// There is nobody of that id, or no more.
    #[error("no such person")]
    Unknown,
    /// Nobody could run the campus any more.
    #[error("the last administrator cannot be erased")]
    LastAdministrator,
    /// The journal could not be written or read.
    #[error("the journal of erasures: {0}")]
    Journal(#[from] std::io::Error),
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// Erases whoever asks.
///
/// # Errors
/// [`EraseError`]; nothing is changed then.
pub async fn erase_own(platform: &Platform, confirmed: Confirmed, certificates: Certificates) -> Result<(), EraseError> {
    erase(platform, confirmed.person(), certificates, true).await.map(drop)
}

/// Erases somebody else, who is told by mail where they have an address: it was there until now.
///
/// # Errors
/// [`EraseError`]; nothing is changed then.
pub async fn erase_person(
    platform: &Platform,
    _: Administrator,
    _: Confirmed,
    person: PersonId,
    certificates: Certificates,
) -> Result<Option<Notice>, EraseError> {
    let known = erase(platform, person, certificates, true).await?.ok_or(EraseError::Unknown)?;
    Ok(known.email.map(|email| Notice { email, language: known.language, event: Event::AccountErased }))
}

/// Erases whoever is in the journal and in the database all the same: after a restore. Gives the number of them.
///
/// # Errors
/// [`EraseError`].
pub async fn replay(platform: &Platform) -> Result<usize, EraseError> {
    let data = platform.config.data.clone();
    note_erasures(platform.storage.reader(), &data).await?;
    let mut erased = 0;
    for entries in journal::read(&data)?.chunks(500) {
        let ids = entries.iter().map(|entry| entry.person);
        let back = person::Entity::find().filter(person::Column::Id.is_in(ids)).all(platform.storage.reader()).await?;
        for person in &back {
            let keeps = entries.iter().find(|entry| entry.person == person.id).is_none_or(|entry| entry.keeps_certificates);
            erase(platform, person.id, if keeps { Certificates::Kept } else { Certificates::Destroyed }, false).await?;
        }
        erased += back.len();
    }
    if erased > 0 {
        tracing::warn!(erased, "people whom a restored database brought back were erased again");
    }
    Ok(erased)
}

/// Adds to the journal in the folder `data` what only the database knows: the erasures of other servers.
pub(crate) async fn note_erasures(database: &impl ConnectionTrait, data: &Path) -> Result<(), EraseError> {
    let known = journal::read(data)?;
    let rows = erasure::Entity::find().all(database).await?;
    let is_missing = |row: &&erasure::Model| !known.iter().any(|entry| entry.person == row.id);
    let missing: Vec<Entry> = rows.iter().filter(is_missing).map(Entry::from).collect();
    Ok(journal::append(data, &missing)?)
}

/// The one way to erase; who it was, or `None` when there is nobody. `asks` whether somebody is left to run the campus; a replay does not, for that was asked then.
pub(super) async fn erase(
    platform: &Platform,
    id: PersonId,
    certificates: Certificates,
    asks: bool,
) -> Result<Option<person::Model>, EraseError> {
    let Some(known) = person::Entity::find_by_id(id).one(platform.storage.reader()).await? else { return Ok(None) };
    if let (Some(folder), Some(email)) = (platform.mailer.folder(), &known.email) {
        forget_mail(folder, email)?;
    }
    let now = platform.clock.now();
    let transaction = platform.storage.begin().await?;
    // Before the person, as whoever takes a role does; and read again after that: two who leave at once wait for each other here.
    accounts::lock_administrators(&transaction).await?;
    if person::Entity::find_by_id(id).lock(LockType::Update).one(&transaction).await?.is_none() {
        return Ok(None);
    }
    if asks && is_last_administrator(&transaction, id).await? {
        return Err(EraseError::LastAdministrator);
    }
    pseudonym::copy(platform, &transaction, id).await?;
    let own_lines = completion::Column::PersonId.eq(id);
    if certificates == Certificates::Destroyed {
        let lines: Vec<_> = completion::Entity::find().filter(own_lines.clone()).all(&transaction).await?;
        let ids = lines.iter().map(|line| line.id);
        certificate::Entity::delete_many().filter(certificate::Column::CompletionId.is_in(ids)).exec(&transaction).await?;
    }
    completion::Entity::update_many().col_expr(completion::Column::Name, Expr::value("")).filter(own_lines).exec(&transaction).await?;
    let keeps_certificates = certificates == Certificates::Kept;
    let row = erasure::ActiveModel { id: Set(id), keeps_certificates: Set(keeps_certificates), erased_at: Set(now) };
    erasure::Entity::insert(row).on_conflict_do_nothing_on([erasure::Column::Id]).exec_without_returning(&transaction).await?;
    api::forget_answers_about(&transaction, id).await?;
    person::Entity::delete_by_id(id).exec(&transaction).await?;
    // From here on a restart finishes what a power cut leaves undone.
    let entry = Entry { person: id, keeps_certificates, erased_at: now, is_withdrawn: false };
    journal::append(&platform.config.data, std::slice::from_ref(&entry))?;
    if let Err(error) = transaction.commit().await {
        // They are told that nothing was changed: nor must it be later.
        if person::Entity::find_by_id(id).one(platform.storage.reader()).await?.is_some() {
            journal::append(&platform.config.data, &[Entry { is_withdrawn: true, ..entry }])?;
        }
        return Err(error.into());
    }
    event::happened("account-erased");
    Ok(Some(known))
}

/// Whether nobody but `id` administers, with an account that is open.
pub(super) async fn is_last_administrator(database: &impl ConnectionTrait, id: PersonId) -> Result<bool, DbErr> {
    Ok(accounts::administrators(database).await? == [id])
}

/// Removes mail that went to `email` as files.
fn forget_mail(folder: &Path, email: &str) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let is_mail = path.extension().is_some_and(|extension| extension == "eml");
        if is_mail && std::fs::read(&path).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).to_lowercase().contains(email)) {
            std::fs::remove_file(&path)?;
        }
    }
    Ok(())
}
