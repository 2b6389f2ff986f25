//! Who reads a page: their language, their session, where they are.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use courses::language::Language;
use courses::people::Country;
use server::Platform;
use server::access::{ClientAddress, Confirmed, SignedIn};
use server::accounts::{self, Device, KnownPeople, Place};
use server::storage::DbErr;

use crate::quizzes::has_unsent;
use crate::routes::Fault;
use crate::texts::{INTERFACE, Texts};

/// The person at the other end of a request, signed in or not.
#[derive(Clone)]
pub struct Reader {
    /// The campus.
    pub platform: Arc<Platform>,
    /// Interface texts in the reader's language.
    pub texts: Texts,
    /// Language the reader wants courses in.
    pub language: Language,
    /// The signed-in person.
    pub person: Option<SignedIn>,
    /// Path and query of the page, to come back to.
    pub path: String,
    /// Where the request comes from.
    pub address: ClientAddress,
    /// The device by its own account: browser and system.
    pub device: String,
    /// What this device says of who has signed in on it, as it came.
    pub known_people: Option<String>,
    /// Id of the request, for error pages and logs.
    pub request_id: String,
    /// Message to show once, left by the page before.
    pub notice: Option<String>,
    /// Whether answers wait on this device, by its own account.
    pub has_unsent: bool,
}

impl Reader {
    /// The signed-in person; otherwise a way to sign in and come back here.
    ///
    /// # Errors
    /// [`Fault::SignIn`].
    pub fn signed_in(&self) -> Result<&SignedIn, Fault> {
        self.person.as_ref().ok_or_else(|| Fault::SignIn { back_to: self.path.clone() })
    }

    /// Proof that the signed-in person is there; otherwise a way to show it and come back here.
    ///
    /// # Errors
    /// [`Fault::SignIn`] or [`Fault::Confirm`].
    pub fn confirmed(&self) -> Result<Confirmed, Fault> {
        let confirmed = self.signed_in()?.confirmed(self.platform.clock.now());
        confirmed.ok_or_else(|| Fault::Confirm { back_to: self.path.clone() })
    }

    /// Where somebody signs in from who reads this; `is_own_device` by their own account.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn place(&self, is_own_device: bool) -> Result<Place, DbErr> {
        let known = KnownPeople::of(&self.platform, self.known_people.as_deref()).await?;
        Ok(Place { address: self.address, device: Device { name: self.device.clone(), is_own: is_own_device }, known })
    }

    /// Time zone that dates are shown in: that of the person's country where it names one, else the campus's.
    #[must_use]
    pub fn zone(&self) -> Tz {
        let of_country = self.person.as_ref().and_then(|person| person.country.parse::<Country>().ok()).map(Country::time_zone);
        of_country.filter(|zone| *zone != "UTC").and_then(|zone| zone.parse().ok()).unwrap_or_else(|| self.platform.config.zone())
    }

    /// The time of day `at`, where the reader is.
    #[must_use]
    pub fn clock(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone()).format("%H:%M").to_string()
    }

    /// The same reader in another language.
    #[must_use]
    pub fn speaking(mut self, language: Language) -> Self {
        self.language = language;
        self.texts = Texts::of(language);
        self
    }
}

impl FromRequestParts<Arc<Platform>> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, platform: &Arc<Platform>) -> Result<Self, Infallible> {
        let token = cookie(&parts.headers, session_cookie(platform.config.is_secure()));
        let person = match token {
            Some(token) => accounts::authenticate(platform, token).await.unwrap_or_else(|error| {
                tracing::error!(%error, "a session could not be checked");
                None
            }),
            None => None,
        };
        note_use(platform, person.as_ref(), &parts.method).await;
        let has_unsent = person.as_ref().is_some_and(|person| has_unsent(&parts.headers, person));
        let language = language(&parts.headers, person.as_ref());
        // A form is re-shown at its own address; what is not a page cannot be come back to.
        let path = match parts.method {
            Method::GET => parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            _ => page_of(parts.uri.path()).to_owned(),
        };
        Ok(Self {
            platform: Arc::clone(platform),
            texts: Texts::of(language),
            language,
            person,
            path,
            address: parts.extensions.get().copied().unwrap_or_default(),
            device: Device::of(header(&parts.headers, USER_AGENT), false).name,
            known_people: cookie(&parts.headers, &bound(KNOWN_COOKIE, platform.config.is_secure())).map(str::to_owned),
            request_id: parts.headers.get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned(),
            notice: cookie(&parts.headers, NOTICE_COOKIE).map(str::to_owned),
            has_unsent,
        })
    }
}

/// Writes down that a session is in use when something is sent in it, every few minutes. Reading writes nothing.
async fn note_use(platform: &Platform, person: Option<&SignedIn>, method: &Method) {
    let Some(person) = person.filter(|person| !method.is_safe() && !person.was_seen_just_now(platform.clock.now())) else { return };
    if let Err(error) = accounts::seen(platform, person).await {
        tracing::error!(%error, "the use of a session could not be written down");
    }
}

fn header(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The page whose form sends to `path`.
fn page_of(path: &str) -> &str {
    ["/visit", "/attempts", "/enrolment"].iter().find_map(|verb| path.strip_suffix(verb)).filter(|page| !page.is_empty()).unwrap_or(path)
}

/// Cookie of a message to show once.
pub const NOTICE_COOKIE: &str = "campus-notice";
/// Cookie of the language chosen.
pub const LANGUAGE_COOKIE: &str = "campus-language";

/// Cookie of who has signed in on a device.
pub(crate) const KNOWN_COOKIE: &str = "campus-known";
/// Cookie of somebody whose second factor is missing.
pub(crate) const HALF_WAY_COOKIE: &str = "campus-half-way";

/// Name of the session cookie: bound to this host where people come by TLS.
#[must_use]
pub fn session_cookie(is_secure: bool) -> &'static str {
    if is_secure { "__Host-campus" } else { "campus" }
}

/// Name of another cookie that opens or eases something, bound in the same way.
pub(crate) fn bound(name: &str, is_secure: bool) -> String {
    if is_secure { format!("__Host-{name}") } else { name.to_owned() }
}

/// The value of the cookie `name`.
#[must_use]
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// Language chosen here, else the person's own, else the browser's, else Spanish.
fn language(headers: &HeaderMap, person: Option<&SignedIn>) -> Language {
    let chosen = cookie(headers, LANGUAGE_COOKIE).and_then(|code| code.parse().ok());
    chosen.or_else(|| person.map(|person| person.language)).or_else(|| accepted(headers)).unwrap_or_default()
}

/// The first language of `Accept-Language` that the interface is written in.
fn accepted(headers: &HeaderMap) -> Option<Language> {
    let header = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    header
        .split(',')
        .filter_map(|range| range.trim().get(..2)?.to_ascii_lowercase().parse().ok())
        .find(|language| INTERFACE.contains(language))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect::<HeaderMap>()
    }

    #[test]
    fn the_language_chosen_here_is_stronger_than_the_browsers() {
        assert_eq!(language(&headers(&[("accept-language", "fr-FR,en;q=0.8")]), None), Language::En);
        assert_eq!(language(&headers(&[("accept-language", "en"), ("cookie", "a=b; campus-language=es")]), None), Language::Es);
        assert_eq!(language(&headers(&[("accept-language", "ñandú, x")]), None), Language::Es);
    }
}
