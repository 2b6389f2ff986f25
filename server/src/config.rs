//! Configuration: one typed struct, filled from defaults, then a file, then the environment, then the command line.

mod check;
pub(crate) mod provider;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;

use chrono_tz::Tz;
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};

pub use check::Remark;
pub use provider::{Called, Hidden, ProviderConfig};

/// What is in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Folder of the database, of mail files and of `campus.toml`.
    pub data: PathBuf,
    /// `postgres://…`; none = SQLite in the data folder.
    pub database_url: Option<String>,
    /// Address people use, without a slash at the end; none = `http://` and the address listened on.
    pub public_url: Option<String>,
    /// Folder of course sources; none = the library inside the program.
    pub library: Option<PathBuf>,
    /// IANA time zone of reports, and of people whose country names no single one.
    pub time_zone: String,
    /// Body that issues certificates, as printed on them.
    pub issuer: String,
    /// `smtp://…` or `smtps://…`; none = mail goes to files in the data folder.
    pub smtp_url: Option<String>,
    /// Sender of mail.
    pub mail_from: String,
    /// Hours after which a session ends on a shared computer.
    pub session_hours: u32,
    /// Hours without a page after which a session ends on a shared computer.
    pub idle_hours: u32,
    /// Days after which a session ends on a person's own device.
    pub own_device_days: u32,
    /// Days without a page after which a session ends on a person's own device.
    pub own_device_idle_days: u32,
    /// Tries to sign in, sign up or recover a password that pass at once from one address; then they are slowed.
    pub burst_per_address: u16,
    /// Whether coordinators and administrators must have a second factor.
    pub second_factor: SecondFactor,
    /// Neutral page that "leave quickly" opens.
    pub leave_url: String,
    /// Networks of the proxies in front: their word on where a request comes from is taken, nobody else's.
    pub trusted_proxies: Vec<IpNet>,
    /// Requests a minute that a program may make of the interface for programs, and an address without a token.
    pub api_requests_per_minute: u32,
    /// How the log is written.
    pub log_format: LogFormat,
    /// Address where Prometheus reads metrics; none = nowhere.
    pub metrics_listen: Option<SocketAddr>,
    /// Seconds between telling proxies that this server stops and stopping to listen.
    pub drain_seconds: u32,
    /// OpenID Connect providers that people may sign in with.
    pub providers: Vec<ProviderConfig>,
    /// Days that ended sessions are kept.
    pub retention_sessions_days: u32,
    /// Days that used and expired links are kept.
    pub retention_links_days: u32,
    /// Days that mail files are kept.
    pub retention_mail_days: u32,
    /// Days that the logs of who saw and exported people's records are kept.
    pub retention_accesses_days: u32,
    /// Months after which texts that learners wrote in quizzes and surveys are emptied; 0 = never.
    pub retention_texts_months: u32,
    /// Months without signing in after which an account is erased; 0 = never.
    pub retention_inactive_months: u32,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// What the campus asks of people who coordinate or administer. Everybody may have a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecondFactor {
    /// They may have one.
    Offered,
    /// Without one their role gives them nothing.
    Required,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 3000),
            data: PathBuf::from("data"),
            database_url: None,
            public_url: None,
            library: None,
            time_zone: "America/Guatemala".to_owned(),
            issuer: "E-Campus".to_owned(),
            smtp_url: None,
            mail_from: "E-Campus <campus@localhost>".to_owned(),
            session_hours: 12,
            idle_hours: 2,
            own_device_days: 30,
            own_device_idle_days: 14,
            burst_per_address: 300,
            second_factor: SecondFactor::Offered,
            leave_url: "https://www.wikipedia.org/".to_owned(),
            trusted_proxies: vec![IpNet::from(IpAddr::V4(Ipv4Addr::LOCALHOST)), IpNet::from(IpAddr::V6(Ipv6Addr::LOCALHOST))],
            log_format: LogFormat::Text,
            metrics_listen: None,
            drain_seconds: 0,
            providers: Vec::new(),
            retention_sessions_days: 30,
            retention_links_days: 30,
            retention_mail_days: 30,
            retention_accesses_days: 730,
            retention_texts_months: 0,
            retention_inactive_months: 0,
            api_requests_per_minute: 600,
        }
    }
}

/// Why a configuration is refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A key is unknown or a value is of the wrong form.
    #[error("{0}")]
    Unreadable(Box<figment::Error>),
    /// Values cannot be used.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n  "))]
    Unusable(Vec<Remark>),
}

/// Names in the environment that begin with `CAMPUS_` but configure the log, the build and its tests.
const NOT_CONFIGURATION: [&str; 8] = ["chromium", "log", "program", "site", "test_minutes", "test_postgres", "test_run", "tools"];

/// A configuration with the place each value came from.
#[derive(Debug)]
pub struct Sourced {
    /// What is in force.
    pub config: Config,
    figment: Figment,
}

impl Sourced {
    /// Reads defaults, then `file` or `DATA/campus.toml`, then `CAMPUS_…` in the environment, then `flags`. Whether the values can
    /// be used is asked by [`Sourced::usable`].
    ///
    /// # Errors
    /// [`ConfigError`], naming the key and where it stands.
    pub fn read(file: Option<PathBuf>, flags: &serde_json::Map<String, serde_json::Value>) -> Result<Self, ConfigError> {
        let flags = Serialized::globals(flags);
        let environment = || Env::prefixed("CAMPUS_").ignore(&NOT_CONFIGURATION);
        let base = Figment::from(Serialized::defaults(Config::default()));
        let data: PathBuf = base.clone().merge(environment()).merge(&flags).extract_inner("data").map_err(unreadable)?;
        let file = file.or_else(|| Some(data.join("campus.toml")).filter(|file| file.is_file()));
        let with_file = match file {
            Some(file) => base.merge(Toml::file_exact(file)),
            None => base,
        };
        let figment = with_file.merge(environment()).merge(flags);
        let config: Config = figment.extract().map_err(unreadable)?;
        Ok(Self { config, figment })
    }

    /// The configuration, if it can be used.
    ///
    /// # Errors
    /// [`ConfigError::Unusable`], with everything that is wrong at once.
    pub fn usable(self) -> Result<Config, ConfigError> {
        let problems = self.config.problems();
        if problems.is_empty() { Ok(self.config) } else { Err(ConfigError::Unusable(problems)) }
    }

    /// Every key with its value and where it came from, in the order of [`Config`]. Passwords in addresses are hidden.
    #[must_use]
    pub fn lines(&self) -> Vec<(String, String, String)> {
        let Ok(serde_json::Value::Object(values)) = serde_json::to_value(&self.config) else { return Vec::new() };
        values
            .into_iter()
            .map(|(key, value)| {
                let source = self.figment.find_metadata(&key).map_or_else(|| "default".to_owned(), source_of);
                (key, shown(&value), source)
            })
            .collect()
    }
}

fn source_of(metadata: &figment::Metadata) -> String {
    if metadata.name.contains("Config") {
        return "default".to_owned();
    }
    match &metadata.source {
        Some(figment::Source::File(path)) => path.display().to_string(),
        _ if metadata.name.contains("environment") => "environment".to_owned(),
        _ => "command line".to_owned(),
    }
}

fn shown(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => "–".to_owned(),
        serde_json::Value::String(text) => without_password(text),
        other => other.to_string(),
    }
}

fn without_password(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let Some((user, host)) = rest.rsplit_once('@') else { return text.to_owned() };
    let user = user.split(':').next().unwrap_or_default();
    format!("{scheme}://{user}:…@{host}")
}

fn unreadable(error: figment::Error) -> ConfigError {
    ConfigError::Unreadable(Box::new(error))
}

impl Config {
    /// Address of the database.
    #[must_use]
    pub fn database(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite:{}", self.data.join("campus.sqlite").display()))
    }

    /// Address people use, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.listen))
    }

    /// Whether people reach the campus by TLS, so that cookies may carry `Secure`.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.origin().starts_with("https://")
    }

    /// The campus's time zone.
    #[must_use]
    pub fn zone(&self) -> Tz {
        self.time_zone.parse().unwrap_or(Tz::UTC)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(pairs: &[(&str, &str)]) -> serde_json::Map<String, serde_json::Value> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), serde_json::Value::from(*value))).collect()
    }

    #[test]
    fn an_unknown_key_is_refused_and_named() {
        let error = Sourced::read(None, &flags(&[("lisen", "127.0.0.1:1")])).unwrap_err();
        assert!(error.to_string().contains("lisen"), "{error}");
    }

    #[test]
    fn a_flag_is_stronger_than_the_default_and_says_so() {
        let sourced = Sourced::read(None, &flags(&[("listen", "127.0.0.1:4000")])).unwrap();
        assert_eq!(sourced.config.listen.port(), 4000);
        let (_, value, source) = sourced.lines().into_iter().find(|(key, ..)| key == "listen").unwrap();
        assert_eq!((value.as_str(), source.as_str()), ("127.0.0.1:4000", "command line"));
    }

    #[test]
    fn a_password_in_an_address_is_not_shown() {
        assert_eq!(without_password("postgres://ana:secret@db/campus"), "postgres://ana:…@db/campus");
    }
}
