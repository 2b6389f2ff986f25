//! Passwords: argon2id, a bound on how many are hashed at once, and the refusal of common ones.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use courses::letters::plain;
use courses::people::{PasswordError, check_password};
use sea_orm::DbErr;
use tokio::sync::Semaphore;

use super::entity::person;
use crate::metrics::Waiting;

/// Memory per hash in KiB, passes, lanes: OWASP's first choice for argon2id (Password Storage Cheat Sheet, 2024).
const COST: (u32, u32, u32) = (19_456, 2, 1);

/// Words that people of the region, and of the services that use a campus, begin passwords with; the library's own lists are English.
const REGIONAL: [&str; 40] = [
    "contraseña",
    "contrasena",
    "clave",
    "claves",
    "secreto",
    "acceso",
    "usuario",
    "campus",
    "ecampus",
    "e-campus",
    "hola",
    "amor",
    "teamo",
    "tequiero",
    "dios",
    "jesus",
    "cristo",
    "mariposa",
    "princesa",
    "estrella",
    "barcelona",
    "realmadrid",
    "america",
    "mexico",
    "guatemala",
    "honduras",
    "salvador",
    "nicaragua",
    "costarica",
    "panama",
    "dominicana",
    "haiti",
    "jamaica",
    "belize",
    "hospital",
    "enfermera",
    "consulado",
    "migracion",
    "salud",
    "trabajo",
];

/// Characters of a password whose commonness is judged.
const JUDGED_CHARS: usize = 30;
/// Words of a name that are looked for in a password.
const OWN_WORDS: usize = 12;
/// Longest wait for a place.
const PATIENCE: Duration = Duration::from_secs(10);

/// What stands in place of a hash where a person has no password.
pub(crate) const NONE: &str = "";

/// Whether there is a password behind `phc`.
pub(crate) fn is_set(phc: &str) -> bool {
    phc != NONE
}

/// Lets a bounded number of passwords be hashed at once, each off the request threads.
pub(crate) struct Gate {
    places: Arc<Semaphore>,
    decoy: String,
}

/// Why a password cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefused {
    /// Shorter than 8 or longer than 128 characters.
    #[error(transparent)]
    Length(#[from] PasswordError),
    /// Among the first that an attacker tries.
    #[error("this password is among the first that are tried")]
    Common,
}

/// Checks that `password` may be taken by the person whose `own` names are given: neither they nor their words are one.
pub(crate) fn judge(password: &str, own: &[&str]) -> Result<(), PasswordRefused> {
    check_password(password)?;
    // The estimate's cost grows steeply with length, and what is common shows early.
    let start: String = password.chars().take(JUDGED_CHARS).collect();
    let words_of = own.iter().map(|name| name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()));
    let words = words_of.flat_map(|words| words.take(OWN_WORDS)).chain(own.iter().copied());
    // Many type names without their accents.
    let words: Vec<String> = words.flat_map(|word| [word.to_owned(), plain(word)]).collect();
    let known = words.iter().map(String::as_str).chain(REGIONAL).filter(|word| word.len() <= 4 * JUDGED_CHARS).collect::<Vec<_>>();
    if zxcvbn::zxcvbn(&start, &known).score() < zxcvbn::Score::Two {
        return Err(PasswordRefused::Common);
    }
    Ok(())
}

/// Whether `person` may have `password`: nor is it what they are called here, or where they work.
pub(crate) fn judge_for(person: &person::Model, password: &str) -> Result<(), PasswordRefused> {
    let logins = [&person.user_name, &person.email].map(|login| login.as_deref().unwrap_or_default());
    judge(password, &[&person.name, logins[0], logins[1], &person.institution])
}

impl Gate {
    /// A gate with as many places as this machine has cores.
    pub(crate) fn new() -> Self {
        let places = std::thread::available_parallelism().map_or(2, usize::from);
        Self { places: Arc::new(Semaphore::new(places)), decoy: hash("a password nobody has").unwrap_or_default() }
    }

    /// The PHC string of `password`.
    pub(crate) async fn hash(&self, password: String) -> Result<String, DbErr> {
        self.work(move || hash(&password)).await?.ok_or_else(|| DbErr::Custom("a password could not be hashed".into()))
    }

    /// Whether `password` is the one behind `phc`. Without an account (`None`) or a password the same work is done, and the answer is no.
    pub(crate) async fn verify(&self, password: String, phc: Option<String>) -> Result<bool, DbErr> {
        let phc = phc.filter(|phc| is_set(phc));
        let has_account = phc.is_some();
        let phc = phc.unwrap_or_else(|| self.decoy.clone());
        let is_right = self.work(move || verify(&password, &phc)).await?;
        Ok(has_account && is_right)
    }

    /// Does `work` off the request threads once a place is free. The place goes with the work, also when nobody waits for it any more.
    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, DbErr> {
        let waiting = Waiting::join("campus_passwords_waiting");
        let busy = || DbErr::Custom("too many passwords are being checked at once".into());
        let place =
            tokio::time::timeout(PATIENCE, Arc::clone(&self.places).acquire_owned()).await.map_err(|_| busy())?.map_err(|_| busy())?;
        drop(waiting);
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(place);
            done
        });
        done.await.map_err(|_| busy())
    }
}

fn argon2() -> Option<Argon2<'static>> {
    let params = Params::new(COST.0, COST.1, COST.2, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str) -> Option<String> {
    argon2()?.hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

fn verify(password: &str, phc: &str) -> bool {
    PasswordHash::new(phc).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_hashed_with_argon2id_at_19_mib_and_two_passes() {
        let phc = Gate::new().hash("correct horse".into()).await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
    }

    #[tokio::test]
    async fn only_the_right_password_opens_and_nobody_opens_without_an_account() {
        let gate = Gate::new();
        let phc = gate.hash("correct horse".into()).await.ok();
        assert!(gate.verify("correct horse".into(), phc.clone()).await.unwrap());
        assert!(!gate.verify("correct horsf".into(), phc).await.unwrap());
        assert!(!gate.verify("a password nobody has".into(), None).await.unwrap());
    }

    #[tokio::test]
    async fn whoever_hashes_holds_one_of_the_places_until_it_is_done() {
        let gate = Gate { places: Arc::new(Semaphore::new(1)), decoy: String::new() };
        let places = Arc::clone(&gate.places);
        assert_eq!(gate.work(move || places.available_permits()).await.unwrap(), 0);
        assert_eq!(gate.places.available_permits(), 1);
    }

    #[test]
    fn common_passwords_and_ones_own_name_are_refused() {
        for common in ["password1", "contraseña", "12345678", "qwertyuiop", "ecampus2026", "Hospital123", "consulado1"] {
            assert_eq!(judge(common, &[]), Err(PasswordRefused::Common), "{common}");
        }
        assert_eq!(judge("maria.lopez", &["maria.lopez"]), Err(PasswordRefused::Common));
        assert_eq!(judge("Xelajunoj2026", &["Clínica Xelajunoj"]), Err(PasswordRefused::Common));
        assert_eq!(judge("Ahuachapan2026", &["Hospital de Ahuachapán"]), Err(PasswordRefused::Common));
        assert_eq!((judge("Xelajunoj2026", &[]), judge("Ahuachapan2026", &[])), (Ok(()), Ok(())));
        assert_eq!(judge("tres gatos en la lluvia", &[]), Ok(()));
    }
}
