//! Forgetting by the clock: what has been kept as long as the configuration says goes, batch by batch.
//!
//! Every server may do it at once: what is gone is gone. Nothing here is needed for anything to be right.

mod absent;
mod written;

use std::path::Path;

use chrono::{DateTime, Days, Utc};
use courses::id::PersonId;
use courses::language::Language;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};

use super::entity::access;
use super::erasure::EraseError;
use crate::Platform;
use crate::accounts::entity::{link, session};
use crate::reports::entity as export;

/// Rows of one transaction.
const BATCH: u64 = 1000;

pub use absent::{is_to_be_sent, note_sent};

/// Why not everything was forgotten.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// An account could not be erased.
    #[error(transparent)]
    Erase(#[from] EraseError),
    /// Mail files could not be read or removed.
    #[error("mail files: {0}")]
    Mail(#[from] std::io::Error),
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// How many of each were forgotten, or would be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Sessions that had ended.
    pub sessions: u64,
    /// Links used up or expired.
    pub links: u64,
    /// Lines of the logs of who saw and exported records.
    pub accesses: u64,
    /// Files of mail.
    pub mails: u64,
    /// Texts that learners wrote.
    pub texts: u64,
    /// Accounts nobody used.
    pub accounts: u64,
    /// People to be told that their account will be erased.
    pub warnings: Vec<Warning>,
}

/// Somebody whose account will be erased unless they come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Who.
    pub person: PersonId,
    /// Where to write.
    pub email: String,
    /// In which language.
    pub language: Language,
    /// The day from which the account may be erased.
    pub from: DateTime<Utc>,
}

impl Swept {
    /// Each figure with its name.
    #[must_use]
    pub fn figures(&self) -> [(&'static str, u64); 7] {
        let warnings = u64::try_from(self.warnings.len()).unwrap_or(u64::MAX);
        [
            ("sessions", self.sessions),
            ("links", self.links),
            ("accesses", self.accesses),
            ("mails", self.mails),
            ("texts", self.texts),
            ("accounts", self.accounts),
            ("warnings", warnings),
        ]
    }
}

/// Forgets what is old enough, or only counts it. The warnings it gives are for the caller to send, and to note once they are sent.
///
/// # Errors
/// [`SweepError`]; what was forgotten before stays forgotten.
pub async fn sweep(platform: &Platform, only_counts: bool) -> Result<Swept, SweepError> {
    let now = platform.clock.now();
    let before = |days: u32| now.checked_sub_days(Days::new(days.into())).unwrap_or(DateTime::UNIX_EPOCH);
    let config = &platform.config;
    let old_link = before(config.retention_links_days);
    let is_old_link = Condition::any().add(link::Column::UsedAt.lt(old_link)).add(link::Column::ExpiresAt.lt(old_link));
    let old_access = before(config.retention_accesses_days);
    let (accounts, warnings) = absent::sweep(platform, only_counts).await?;
    let swept = Swept {
        sessions: absent::sweep_sessions(platform, before(config.retention_sessions_days), only_counts).await?,
        links: rows::<link::Entity>(platform, is_old_link, only_counts).await?,
        accesses: rows::<access::Entity>(platform, Condition::all().add(access::Column::AccessedAt.lt(old_access)), only_counts).await?
            + rows::<export::Entity>(platform, Condition::all().add(export::Column::ExportedAt.lt(old_access)), only_counts).await?,
        mails: mails(platform, before(config.retention_mail_days), only_counts).await?,
        texts: written::sweep(platform, only_counts).await?,
        accounts,
        warnings,
    };
    if !only_counts {
        crate::access::limit::forget_old(platform).await?;
        let transaction = platform.storage.begin().await?;
        crate::api::forget_old(platform, &transaction).await?;
        transaction.commit().await?;
        let Swept { sessions, links, accesses, mails, texts, accounts, .. } = &swept;
        tracing::info!(sessions, links, accesses, mails, texts, accounts, "what was kept long enough was forgotten");
    }
    Ok(swept)
}

/// When a session is over, whichever way.
fn over_before(at: DateTime<Utc>) -> Condition {
    Condition::any().add(session::Column::EndedAt.lt(at)).add(session::Column::ExpiresAt.lt(at))
}

/// Deletes the rows of a table that `old` picks, batch by batch; or counts them.
async fn rows<E>(platform: &Platform, old: Condition, only_counts: bool) -> Result<u64, DbErr>
where
    E: EntityTrait,
    E::Model: Send + Sync,
{
    if only_counts {
        return E::find().filter(old).count(platform.storage.reader()).await;
    }
    let mut gone = 0;
    loop {
        let some = Query::select().column("id").from(E::default().table_name().to_owned()).cond_where(old.clone()).limit(BATCH).take();
        let transaction = platform.storage.begin().await?;
        let done = E::delete_many().filter(Expr::col("id").in_subquery(some)).exec(&transaction).await?;
        transaction.commit().await?;
        gone += done.rows_affected;
        if done.rows_affected < BATCH {
            return Ok(gone);
        }
    }
}

async fn mails(platform: &Platform, old: DateTime<Utc>, only_counts: bool) -> Result<u64, SweepError> {
    let Some(folder) = platform.mailer.folder().map(Path::to_owned) else { return Ok(0) };
    let done = tokio::task::spawn_blocking(move || remove_mails(&folder, old, only_counts)).await;
    Ok(done.map_err(std::io::Error::other)??)
}

fn remove_mails(folder: &Path, old: DateTime<Utc>, only_counts: bool) -> std::io::Result<u64> {
    let mut gone = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let is_mail = entry.path().extension().is_some_and(|extension| extension == "eml");
        if is_mail && DateTime::<Utc>::from(entry.metadata()?.modified()?) < old {
            if !only_counts {
                std::fs::remove_file(entry.path())?;
            }
            gone += 1;
        }
    }
    Ok(gone)
}
