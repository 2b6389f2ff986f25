//! A campus with people who have done things, each in every state that a row asks for.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use server::accounts::first_administrator_link;
use server::config::Config;
use tests::{Browser, Campus, Database, Library, Program};

use super::people::{PASSWORD, PEOPLE, Person, sign_up};
use crate::course::complete_small;

/// The campus, who asks, and what they ask for.
pub struct Prepared {
    /// The campus; its database is kept, to be put back.
    pub campus: Campus,
    /// Who asks, by name; `visitor` is nobody.
    pub browsers: BTreeMap<String, Browser>,
    /// The programs that ask, by name: `ana:all` has everything that Ana can give a program, `admin:people:read` this scope alone.
    pub programs: BTreeMap<String, Program>,
    /// What rows name: ids, codes, secrets.
    pub things: BTreeMap<String, String>,
    /// Whose, which field, and its value.
    pub fields: Vec<(String, &'static str, String)>,
}

/// Prepares a campus on `database`.
pub async fn prepare(database: Database) -> Prepared {
    prepare_with(database, |_| ()).await
}

/// Prepares a campus on `database` with a configuration that `change` makes of the default.
pub async fn prepare_with(database: Database, change: impl FnOnce(&mut Config)) -> Prepared {
    let library = Library::empty()
        .with_trafficking_health()
        .with_every_kind()
        .with_small_course("consular", "ec-201")
        .with_small_course("migration", "ec-202")
        .with_small_course("refuge", "ec-203");
    let campus = Campus::configured(database, |config| {
        config.library = Some(library.folder());
        // Everybody comes from one address here.
        config.burst_per_address = 10_000;
        change(config);
    })
    .await;
    let browsers = BTreeMap::from([("visitor".to_owned(), campus.visitor())]);
    let mut prepared = Prepared { campus, browsers, programs: BTreeMap::new(), things: BTreeMap::new(), fields: Vec::new() };
    prepared.make_dead_links().await;
    for person in &PEOPLE {
        prepared.arrive(person).await;
    }
    prepared.make_links().await;
    prepared.learn("ana").await;
    prepared.learn("rosa").await;
    prepared.browser("luis").post("/courses/ec-203/enrolment", &[]).await;
    let mut nora = prepared.browser("nora").clone();
    prepared.field("nora", "certificate", complete_small(&mut nora, "ec-201").await);
    prepared.find_files().await;
    prepared.come_again().await;
    prepared.campus.keep().await;
    prepared
}

impl Prepared {
    /// The browser of `actor`.
    pub fn browser(&mut self, actor: &str) -> &mut Browser {
        self.browsers.get_mut(actor).unwrap_or_else(|| panic!("nobody is called {actor}"))
    }

    /// What `name` stands for, or the name itself.
    pub fn thing<'a>(&'a self, name: &'a str) -> &'a str {
        self.things.get(name).map_or(name, String::as_str)
    }

    /// `text` with what is prepared in place of each `<name>`.
    pub fn fill(&self, text: &str) -> String {
        self.things.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("<{name}>"), value))
    }

    /// `text` with `<name>` in place of everything prepared, and `<new>` in place of ids and codes that were not.
    pub fn blank(&self, text: &str) -> String {
        let text = self.things.iter().fold(text.to_owned(), |text, (name, value)| text.replace(value.as_str(), &format!("<{name}>")));
        let parts: Vec<&str> = text.split('/').map(|part| if is_new(part) { "<new>" } else { part }).collect();
        parts.join("/")
    }

    fn name(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.things.insert(name.into(), value.into());
    }

    fn field(&mut self, person: &str, field: &'static str, value: impl Into<String>) {
        self.fields.push((person.to_owned(), field, value.into()));
    }

    /// Everybody signs in anew a while later; `ana-later` and `admin-later` go on with the sessions from before, in which they have not
    /// shown for twenty minutes who they are.
    async fn come_again(&mut self) {
        self.browser("ana").post("/profile/email", &[("email", "nueva@tzoc.example")]).await;
        let link = self.campus.mail_links("/email-change/", 1).await.remove(0);
        self.name("ana-email", link.rsplit('/').next().unwrap_or_default());
        self.campus.clock.advance(TimeDelta::minutes(20));
        for person in &PEOPLE {
            let mut before = self.browsers[person.key].clone();
            // It is in use, which is written down when something is sent; not again while the clock stands still.
            before.post("/profile/sessions", &[("do", "nothing")]).await;
            let mut browser = self.campus.visitor();
            let answer = browser.post("/sign-in", &[("login", person.login), ("password", PASSWORD)]).await;
            assert_eq!(answer.status(), 303, "{}", answer.text());
            self.field(person.key, "session", browser.cookie("campus").expect("signed in"));
            if ["ana", "admin"].contains(&person.key) {
                let session = self.campus.signed_in(&before).await.session().to_string();
                self.name(format!("{}-later-session", person.key), session);
                self.browsers.insert(format!("{}-later", person.key), before);
            }
            self.browsers.insert(person.key.to_owned(), browser);
        }
    }

    /// Everybody makes a program of theirs, Ana also two that do not work any more, and the administrator one for each scope.
    pub async fn make_programs(&mut self) {
        let campus = &self.campus;
        let mut programs = vec![("nobody".to_owned(), campus.nobodys_program())];
        let mut ana = self.browsers["ana"].clone();
        programs.push(("ana:expired".to_owned(), campus.program(&mut ana, &["profile:read"]).await));
        campus.clock.advance(TimeDelta::minutes(10));
        for person in &PEOPLE {
            let mut browser = self.browsers[person.key].clone();
            let scopes = browser.get("/profile/tokens/new").await.attributes("input[name=scope]", "value");
            let all: Vec<&str> = scopes.iter().map(String::as_str).collect();
            programs.push((format!("{}:all", person.key), campus.program(&mut browser, &all).await));
            for scope in scopes.iter().filter(|_| person.key == "admin") {
                programs.push((format!("admin:{scope}"), campus.program(&mut browser, &[scope]).await));
            }
        }
        let given_back = campus.program(&mut ana, &["profile:read"]).await;
        given_back.form("/token/revocation", &[("token", &given_back.refresh)]).await;
        programs.push(("ana:revoked".to_owned(), given_back));
        self.programs = programs.into_iter().collect();
        for key in ["ana", "rosa"] {
            let own = self.programs[&format!("{key}:all")].json("/me/enrolments").await;
            let in_ec_201 = own["items"].as_array().unwrap().iter().find(|enrolment| enrolment["course_code"] == "ec-201").unwrap();
            self.name(format!("{key}-enrolment"), in_ec_201["id"].as_str().unwrap());
        }
        self.campus.keep().await;
    }

    async fn arrive(&mut self, person: &Person) {
        let browser = sign_up(&self.campus, person).await;
        let signed_in = self.campus.signed_in(&browser).await;
        self.name(format!("{}-id", person.key), signed_in.learner().person().to_string());
        self.field(person.key, "id", signed_in.learner().person().to_string());
        for (field, value) in [("name", person.name), ("login", person.login), ("institution", person.institution)] {
            self.field(person.key, field, value);
        }
        self.browsers.insert(person.key.to_owned(), browser);
    }

    /// Links whose time is over, and links that were used, of somebody who is no actor.
    async fn make_dead_links(&mut self) {
        let mut eva = self.campus.learner("eva@gone.example").await;
        let expired = self.campus.mail_links("/verify-email/", 1).await.remove(0);
        self.campus.visitor().post("/password-reset", &[("login", "eva@gone.example")]).await;
        let late = self.campus.mail_links("/password-reset/", 1).await.remove(0);
        self.campus.clock.advance(TimeDelta::days(8));
        eva.post("/sign-in", &[("login", "eva@gone.example"), ("password", PASSWORD)]).await;
        eva.post("/verify-email", &[]).await;
        let used = self.new_link("/verify-email/", &[&expired]).await;
        eva.post(&used, &[]).await;
        self.campus.visitor().post("/password-reset", &[("login", "eva@gone.example")]).await;
        let spent = self.new_link("/password-reset/", &[&late]).await;
        let changed = self.campus.visitor().post(&spent, &[("password", "cuatro perros bajo el sol")]).await;
        assert_eq!(changed.status(), 303);
        for (name, link) in [("verify-expired", &expired), ("verify-used", &used), ("reset-expired", &late), ("reset-used", &spent)] {
            self.name(name, link.rsplit('/').next().unwrap_or_default());
        }
        let setup = first_administrator_link(&self.campus.platform).await.unwrap().expect("nobody administers yet");
        self.name("setup-too-late", setup.reveal());
    }

    /// Ana's links, still to be used.
    async fn make_links(&mut self) {
        let links = self.campus.mail_links("/verify-email/", 4).await;
        // Two are Ana's and Rosa's; which is whose, only pressing it would tell, so she asks again.
        let known: Vec<&str> = links.iter().map(String::as_str).collect();
        self.browser("ana").post("/verify-email", &[]).await;
        let fresh = self.new_link("/verify-email/", &known).await;
        self.name("ana-verify", fresh.rsplit('/').next().unwrap_or_default());
        let known = ["reset-expired", "reset-used"].map(|name| format!("/password-reset/{}", self.thing(name)));
        self.campus.visitor().post("/password-reset", &[("login", "ana@tzoc.example")]).await;
        let fresh = self.new_link("/password-reset/", &known.each_ref().map(String::as_str)).await;
        self.name("ana-reset", fresh.rsplit('/').next().unwrap_or_default());
    }

    async fn new_link(&self, start: &str, known: &[&str]) -> String {
        let links = self.campus.mail_links(start, known.len() + 1).await;
        links.into_iter().find(|link| !known.contains(&link.as_str())).expect("a new link came")
    }

    /// One certificate that is valid and one that is revoked, one attempt that is open and one that is submitted, one course begun.
    async fn learn(&mut self, key: &'static str) {
        let mut browser = self.browser(key).clone();
        let valid = complete_small(&mut browser, "ec-201").await;
        let revoked = complete_small(&mut browser, "ec-202").await;
        self.campus.change(&format!("UPDATE certificates SET revoked_at = issued_at WHERE code = '{revoked}'")).await;
        browser.post("/courses/ec-901/enrolment", &[]).await;
        let open = started(&mut browser, "kinds").await;
        let written = format!("lo que {key} piensa");
        browser.post(&format!("/attempts/{open}"), &[("a.thought", &written), ("do", "later")]).await;
        let submitted = started(&mut browser, "one-by-one").await;
        browser.post(&format!("/attempts/{submitted}"), &[("do", "submit-anyway")]).await;
        browser.post("/courses/ec-102/enrolment", &[]).await;
        for (field, value) in [
            ("certificate", &valid),
            ("revoked certificate", &revoked),
            ("open attempt", &open),
            ("submitted attempt", &submitted),
            ("answer", &written),
        ] {
            self.field(key, field, value.clone());
        }
        for (name, value) in [("certificate", valid), ("revoked", revoked), ("open", open), ("submitted", submitted)] {
            self.name(format!("{key}-{name}"), value);
        }
    }

    /// A figure of a course, and a file of the program.
    async fn find_files(&mut self) {
        let page = self.campus.visitor().get("/").await;
        let figure = page.attributes("img[src^='/files/']", "src").remove(0);
        let mut parts = figure.rsplit('/').map(str::to_owned);
        let (name, digest) = (parts.next().unwrap(), parts.next().unwrap());
        self.name("figure-name", name);
        self.name("figure-digest", digest);
        let style = page.attributes("link[rel=stylesheet]", "href").remove(0);
        self.name("style-sheet", style.rsplit('/').next().unwrap_or_default());
        self.name("no-attempt", uuid::Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001).to_string());
    }
}

async fn started(browser: &mut Browser, quiz: &str) -> String {
    let answer = browser.post(&format!("/courses/ec-901/quizzes/{quiz}/attempts"), &[]).await;
    answer.location().and_then(|to| to.strip_prefix("/attempts/")).expect("the attempt starts").to_owned()
}

/// Whether a part of a path is an id or the code of a certificate.
fn is_new(part: &str) -> bool {
    uuid::Uuid::parse_str(part).is_ok() || courses::certificate::normalise_code(part).is_some()
}
