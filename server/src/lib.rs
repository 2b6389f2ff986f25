//! What touches the world: the database, the clock, chance, mail, course files; and the services that people's verbs are.
//!
//! A service is a function that takes the [`Platform`] and a proof of who acts ([`access`]), opens its transaction,
//! changes what the verb names and returns what the caller shows. `courses` and `migrations` are below; `app` is above.

pub mod access;
pub mod accounts;
pub mod api;
pub mod backup;
pub mod catalogue;
pub mod certificates;
pub mod config;
pub mod demo;
pub mod enrolments;
pub mod health;
pub mod learning;
pub mod mail;
pub mod metrics;
pub mod privacy;
pub mod quizzes;
pub mod reports;
pub mod storage;
pub mod world;

use std::sync::Arc;

use access::key::{KeyRing, Purpose};
use accounts::provider::Providers;
use certificates::paper::Press;
use certificates::seal::SealKey;
use config::Config;
use mail::Mailer;
use storage::Storage;
use world::{Chance, Clock};

/// Everything a running campus holds. One per process, shared by every request.
pub struct Platform {
    /// What is in force.
    pub config: Config,
    /// The database.
    pub storage: Storage,
    /// The time, for everyone.
    pub clock: Arc<dyn Clock>,
    /// Ids, seeds and secrets.
    pub chance: Chance,
    /// Course versions in memory and the library's problems.
    pub catalogue: catalogue::Catalogue,
    /// Outgoing mail.
    pub mailer: Mailer,
    /// Whether this server asks for requests.
    pub health: health::Health,
    pub(crate) passwords: accounts::password::Gate,
    pub(crate) keys: KeyRing,
    pub(crate) quotas: api::Quotas,
    pub(crate) files: reports::Places,
    pub(crate) seal_key: SealKey,
    pub(crate) press: Press,
    pub(crate) providers: Providers,
}

/// Why a campus could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database refused, or its schema is newer than this program.
    #[error(transparent)]
    Storage(#[from] storage::StorageError),
    /// The signing keys could not be read.
    #[error("the campus's signing keys could not be read: {0}")]
    Keys(String),
    /// Certificates cannot be set.
    #[error("certificates cannot be set: {0}")]
    Press(#[from] certificates::paper::PaperError),
    /// Outgoing mail is not usable as configured.
    #[error("mail is not usable as configured: {0}")]
    Mail(#[from] mail::MailError),
    /// A sign-in provider is not usable as configured.
    #[error("the sign-in provider `{id}` is not usable as configured: {why}")]
    Provider {
        /// Which.
        id: courses::id::ProviderKey,
        /// What is wrong with it.
        why: String,
    },
    /// The course library could not be read at all.
    #[error("the course library could not be read: {0}")]
    Library(#[from] catalogue::LoadError),
    /// People who were erased could not be kept so.
    #[error("people who were erased could not be kept so: {0}")]
    Erasures(#[from] privacy::EraseError),
}

impl Platform {
    /// Opens the database (creating and migrating it), reads or makes the signing keys, loads the course library, and erases
    /// again whom a restored backup brought back.
    ///
    /// # Errors
    /// See [`OpenError`]. A malformed course is not an error: it is kept in the catalogue's problems.
    pub async fn open(config: Config, clock: Arc<dyn Clock>, chance: Chance) -> Result<Self, OpenError> {
        let storage = Storage::open(&config.database()).await?;
        let keys = KeyRing::open(&storage, clock.as_ref(), &chance).await?;
        // Certificates name one key for good.
        let seal = keys.oldest(Purpose::Seal).ok_or_else(|| OpenError::Keys("no key to seal certificates with".to_owned()))?;
        let platform = Self {
            mailer: Mailer::new(&config)?,
            passwords: accounts::password::Gate::new(),
            seal_key: SealKey::generate(seal.secret),
            keys,
            quotas: api::Quotas::default(),
            files: reports::Places::default(),
            press: Press::new()?,
            providers: Providers::open(&config).map_err(|(id, why)| OpenError::Provider { id, why })?,
            catalogue: catalogue::Catalogue::default(),
            health: health::Health::default(),
            config,
            storage,
            clock,
            chance,
        };
        catalogue::load_library(&platform).await?;
        privacy::replay(&platform).await?;
        Ok(platform)
    }
}
