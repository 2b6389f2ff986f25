//! The device somebody sits at: what it calls itself, and who has signed in there before.

use chrono::TimeDelta;
use courses::id::PersonId;
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};

use crate::Platform;
use crate::access::key::Purpose;
use crate::access::token::{self, Use};

/// Tokens that say who has signed in on a device. They open nothing.
const KNOWN: Use = Use { purpose: Purpose::Session, kind: "campus-device+jwt", audience: "campus-device" };
/// How long a device remembers.
const REMEMBERED: TimeDelta = TimeDelta::days(180);
/// Most people that a device remembers: a shared one has many, and a cookie is short.
const MOST: usize = 8;

/// A device as it is shown in the list of sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Device {
    /// Browser and system, in a few words; empty where it does not say.
    pub name: String,
    /// Whether nobody else uses it, by the person's own account.
    pub is_own: bool,
}

/// Browsers by what their `User-Agent` holds; the first one counts, for each later one is named by earlier ones too.
const BROWSERS: [(&str, &str); 6] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
/// Systems, in the same way.
const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

impl Device {
    /// The device that sends `user_agent`: only browser and system are kept of it.
    #[must_use]
    pub fn of(user_agent: &str, is_own: bool) -> Self {
        let first = |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name);
        let words: Vec<&str> = [first(&BROWSERS), first(&SYSTEMS)].into_iter().flatten().collect();
        Self { name: words.join(" · "), is_own }
    }
}

/// Who has signed in on a device before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownPeople(Vec<PersonId>);

#[derive(Serialize, Deserialize)]
struct Claims {
    people: Vec<PersonId>,
}

impl KnownPeople {
    /// What the token of a device says; nobody for one that is not ours.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of(platform: &Platform, token: Option<&str>) -> Result<Self, DbErr> {
        let Some(token) = token else { return Ok(Self::default()) };
        let claims: Option<Claims> = token::read(platform, KNOWN, token).await?;
        Ok(Self(claims.map(|claims| claims.people).unwrap_or_default()))
    }

    /// Whether `person` is among them.
    pub(crate) fn has(&self, person: PersonId) -> bool {
        self.0.contains(&person)
    }

    /// The token for this device once `person` has signed in there, and how long the browser may keep it.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn token_with(&self, platform: &Platform, person: PersonId) -> Result<(String, TimeDelta), DbErr> {
        let others = self.0.iter().copied().filter(|known| *known != person);
        let people = std::iter::once(person).chain(others).take(MOST).collect();
        let token = token::sign(platform, KNOWN, Claims { people }, platform.clock.now() + REMEMBERED)?;
        Ok((token, REMEMBERED))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_by_browser_and_system_and_by_nothing_else() {
        let name = |agent: &str| Device::of(agent, false).name;
        let android =
            "Mozilla/5.0 (Linux; Android 14; SM-A155M) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36";
        assert_eq!(name(android), "Chrome · Android");
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0";
        assert_eq!(name(edge), "Edge · Windows");
        let phone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/604.1";
        assert_eq!(name(phone), "Safari · iPhone");
        assert_eq!(name("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"), "Firefox · Linux");
        assert_eq!((name("curl/8.5"), name("<b>\0")), (String::new(), String::new()));
    }
}
