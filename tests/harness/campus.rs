//! A campus in process.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use app::routes;
use axum::Router;
use chrono::{DateTime, TimeDelta, Utc};
use server::Platform;
use server::config::Config;
use server::world::{Chance, Clock};

use crate::{Browser, Database};

/// When every campus starts: a Monday, 09:00 in Guatemala.
pub const START: &str = "2026-11-16T15:00:00Z";

/// A clock that stands still until it is moved.
pub struct TestClock(Mutex<DateTime<Utc>>);

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

impl TestClock {
    /// Moves the clock on.
    pub fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }

    /// Moves the clock on to `at`, in RFC 3339.
    pub fn move_to(&self, at: &str) {
        let at = at.parse().unwrap();
        let mut now = self.0.lock().unwrap();
        assert!(*now <= at, "clocks do not go back");
        *now = at;
    }
}

/// A campus on a fresh database, with the library of the program.
pub struct Campus {
    /// The platform.
    pub platform: Arc<Platform>,
    /// Its clock.
    pub clock: Arc<TestClock>,
    pub(crate) router: Router,
    /// How many hold the platform while no answer is under way.
    pub(crate) holders: usize,
    database: Database,
}

impl Campus {
    /// Opens a campus on `database`.
    pub async fn on(database: Database) -> Self {
        Self::with_library(database, None).await
    }

    /// Opens a campus on `database` with the courses of `library`.
    pub async fn with_library(database: Database, library: Option<PathBuf>) -> Self {
        Self::configured(database, |config| config.library = library).await
    }

    /// Opens a campus on `database` with a configuration that `change` makes of the default.
    pub async fn configured(database: Database, change: impl FnOnce(&mut Config)) -> Self {
        let clock = Arc::new(TestClock(Mutex::new(START.parse().unwrap())));
        Self::over(database, change, clock).await
    }

    async fn over(database: Database, change: impl FnOnce(&mut Config), clock: Arc<TestClock>) -> Self {
        let platform = open(&database, change, &clock).await;
        let router = routes::router(Arc::clone(&platform));
        Self { router, holders: Arc::strong_count(&platform), platform, clock, database }
    }

    /// Stops the campus and opens it again on the same database, perhaps with another library.
    pub async fn restarted(self, library: Option<PathBuf>) -> Self {
        let Self { clock, database, platform, router, .. } = self;
        drop(router);
        drop(platform);
        Self::over(database, |config| config.library = library, clock).await
    }

    /// Stops the campus; what is left is its database.
    pub async fn closed(self) -> Database {
        let Self { database, platform, router, .. } = self;
        drop(router);
        platform.storage.clone().close().await.expect("the database closes");
        drop(platform);
        database
    }

    /// Stops the campus and opens it again with the program's library and another configuration.
    pub async fn restarted_with(self, change: impl FnOnce(&mut Config)) -> Self {
        let Self { clock, database, platform, router, .. } = self;
        drop(router);
        drop(platform);
        Self::over(database, change, clock).await
    }

    /// Somebody who is not signed in.
    #[must_use]
    pub fn visitor(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// Somebody who signed up as `user_name`, in Guatemala, in Spanish.
    pub async fn learner(&self, user_name: &str) -> Browser {
        self.learner_from(user_name, "GT").await
    }

    /// Somebody who signed up as `user_name` in `country`.
    pub async fn learner_from(&self, user_name: &str, country: &str) -> Browser {
        self.learner_with(user_name, &[("country", country)]).await
    }

    /// Somebody who signed up as `user_name` and typed something else in the fields of `changes`.
    pub async fn learner_with(&self, user_name: &str, changes: &[(&str, &str)]) -> Browser {
        let mut form = sign_up_form(user_name, "GT");
        for (field, value) in &mut form {
            if let Some((_, changed)) = changes.iter().find(|(name, _)| name == field) {
                *value = changed;
            }
        }
        let mut browser = self.visitor();
        let answer = browser.post("/sign-up", &form).await;
        assert_eq!(answer.status(), 303, "{}", answer.text());
        browser
    }

    /// Somebody who coordinates `country` and no other.
    pub async fn coordinator_of(&self, country: &str) -> Browser {
        let user_name = format!("coordinator-{}", country.to_lowercase());
        let browser = self.learner(&user_name).await;
        let grant = format!(
            "INSERT INTO accounts_grants (id, person_id, role, country, granted_at) \
             SELECT id, id, 'coordinator', '{country}', created_at FROM accounts_people WHERE user_name = '{user_name}'"
        );
        assert_eq!(self.change(&grant).await, 1);
        browser
    }

    /// The same browser, come back after the campus was restarted.
    #[must_use]
    pub fn returning(&self, browser: &Browser) -> Browser {
        browser.on(self.router.clone())
    }

    /// One of the demonstration people: `learner`, `trainer`, `coordinator`, `administrator`.
    pub async fn demo(&self, role: &str) -> Browser {
        server::demo::make_people(&self.platform).await.unwrap();
        let mut browser = self.visitor();
        let login = format!("demo-{role}");
        let answer = browser.post("/sign-in", &[("login", &login), ("password", server::demo::PASSWORD)]).await;
        assert_eq!(answer.status(), 303, "{}", answer.text());
        browser
    }
}

/// What somebody types to sign up.
#[must_use]
pub fn sign_up_form<'a>(user_name: &'a str, country: &'a str) -> [(&'a str, &'a str); 7] {
    [
        ("name", "Ana Lucía Ramírez"),
        ("login", user_name),
        ("password", "tres gatos en la lluvia"),
        ("language", "es"),
        ("country", country),
        ("institution", "Hospital Regional"),
        ("occupation", "health"),
    ]
}

async fn open(database: &Database, change: impl FnOnce(&mut Config), clock: &Arc<TestClock>) -> Arc<Platform> {
    let mut config = Config { data: database.data.path().to_owned(), database_url: database.url.clone(), ..Config::default() };
    change(&mut config);
    let clock: Arc<dyn Clock> = clock.clone();
    Arc::new(Platform::open(config, clock, Chance::from_system()).await.expect("the campus opens"))
}
