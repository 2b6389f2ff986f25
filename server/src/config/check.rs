//! What a configuration must hold to be used: all that is wrong is said at once, before anything is opened.

use std::fmt;
use std::path::Path;

use chrono_tz::Tz;
use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, Tokio1Executor};

use super::{Config, provider};

/// Something about one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The key.
    pub key: &'static str,
    /// What is the matter with its value, and what to write instead.
    pub why: String,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.key, self.why)
    }
}

impl Config {
    /// Everything that keeps this configuration from being used, by key; none = it can be used.
    #[must_use]
    pub fn problems(&self) -> Vec<Remark> {
        let found = [
            ("data", folder_problem(&self.data)),
            ("database_url", self.database_problem()),
            ("public_url", self.public_url_problem()),
            ("metrics_listen", self.metrics_problem()),
            ("library", self.library_problem()),
            ("time_zone", unless(self.time_zone.parse::<Tz>().is_ok(), "it must be an IANA name such as America/Guatemala")),
            ("issuer", unless(!self.issuer.trim().is_empty(), "certificates name the body that issues them: it may not be empty")),
            ("smtp_url", self.smtp_problem()),
            ("mail_from", unless(self.mail_from.parse::<Mailbox>().is_ok(), "it must be an address: E-Campus <campus@example.org>")),
            ("session_hours", unless(self.session_hours > 0, "a session lasts at least an hour")),
            ("idle_hours", unless(self.idle_hours > 0, "a session lasts at least an hour")),
            ("own_device_days", unless(self.own_device_days > 0, "a session lasts at least a day")),
            ("own_device_idle_days", unless(self.own_device_idle_days > 0, "a session lasts at least a day")),
            ("burst_per_address", unless(self.burst_per_address > 0, "somebody must be able to sign in")),
            (
                "retention_inactive_months",
                unless(
                    !matches!(self.retention_inactive_months, 1 | 2),
                    "people are told a month before: it must be 3 or more, or 0 for never",
                ),
            ),
            ("leave_url", unless(self.leave_url.starts_with("https://"), "it must begin with https://")),
            ("providers", provider::complaint(&self.providers)),
            ("api_requests_per_minute", unless((1..=1_000_000).contains(&self.api_requests_per_minute), "it must be 1 to 1000000")),
        ];
        found.into_iter().filter_map(|(key, why)| why.map(|why| Remark { key, why })).collect()
    }

    /// What can be used, and is rarely meant.
    #[must_use]
    pub fn warnings(&self) -> Vec<Remark> {
        let is_public = !self.listen.ip().is_loopback() || self.public_url.as_deref().is_some_and(|url| !is_local(url));
        let is_metrics_open = self.metrics_listen.is_some_and(|address| !address.ip().is_loopback());
        let found = [
            ("public_url", is_public && !self.is_secure(), "without https:// passwords and answers can be read on the way"),
            (
                "smtp_url",
                is_public && self.smtp_url.is_none(),
                "without it nobody gets mail: messages are kept as files in the data folder",
            ),
            ("metrics_listen", is_metrics_open, "whoever reaches this address can read the metrics: a loopback or private one is safer"),
        ];
        found.into_iter().filter(|(_, applies, _)| *applies).map(|(key, _, why)| Remark { key, why: why.to_owned() }).collect()
    }

    fn database_problem(&self) -> Option<String> {
        let url = self.database_url.as_deref()?;
        let is_known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
        unless(is_known, "it must be postgres://USER@HOST/NAME, or left out for SQLite in the data folder")
    }

    fn public_url_problem(&self) -> Option<String> {
        match &self.public_url {
            Some(url) if !url.starts_with("https://") && !url.starts_with("http://") => {
                Some("it must begin with https:// or http://".to_owned())
            }
            Some(url) if url.splitn(4, '/').count() > 3 => {
                Some("it must be an address without a path: https://campus.example.org".to_owned())
            }
            None if self.listen.ip().is_unspecified() => {
                Some("listening on every address, the campus must be told the one people use".to_owned())
            }
            _ => None,
        }
    }

    fn metrics_problem(&self) -> Option<String> {
        unless(self.metrics_listen != Some(self.listen), "metrics need an address of their own, not the one people use")
    }

    fn library_problem(&self) -> Option<String> {
        let folder = self.library.as_deref()?;
        unless(folder.is_dir(), &format!("there is no folder {}", folder.display()))
    }

    fn smtp_problem(&self) -> Option<String> {
        let url = self.smtp_url.as_deref()?;
        // The error repeats the address, and with it the password.
        unless(AsyncSmtpTransport::<Tokio1Executor>::from_url(url).is_ok(), "it must be smtp://HOST or smtps://USER:PASSWORD@HOST")
    }
}

fn unless(is_well: bool, why: &str) -> Option<String> {
    (!is_well).then(|| why.to_owned())
}

/// Whether `url` names this machine.
fn is_local(url: &str) -> bool {
    let host = url.split("://").nth(1).unwrap_or_default();
    host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]")
}

/// Why files cannot be kept in `folder`, which is made where it is missing.
fn folder_problem(folder: &Path) -> Option<String> {
    let Some(nearest) = folder.ancestors().find(|folder| folder.exists()) else {
        // A name alone: it stands in the folder the program was started in.
        return None;
    };
    if !nearest.is_dir() && !nearest.as_os_str().is_empty() {
        return Some(format!("{} is no folder", nearest.display()));
    }
    let is_read_only = nearest.metadata().is_ok_and(|metadata| metadata.permissions().readonly());
    unless(!is_read_only, &format!("{} cannot be written to", nearest.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(config: &Config) -> Vec<&'static str> {
        config.problems().iter().map(|remark| remark.key).collect()
    }

    #[test]
    fn the_defaults_can_be_used_and_call_for_no_remark() {
        assert_eq!((Config::default().problems(), Config::default().warnings()), (Vec::new(), Vec::new()));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once_with_its_key() {
        let config = Config {
            listen: "0.0.0.0:80".parse().unwrap(),
            metrics_listen: Some("0.0.0.0:80".parse().unwrap()),
            data: "/dev/null/campus".into(),
            database_url: Some("mysql://db/campus".to_owned()),
            library: Some("/nowhere/at/all".into()),
            time_zone: "Guatemala".to_owned(),
            issuer: " ".to_owned(),
            smtp_url: Some("mail.example.org".to_owned()),
            mail_from: "E-Campus".to_owned(),
            session_hours: 0,
            own_device_days: 0,
            leave_url: "http://example.org".to_owned(),
            api_requests_per_minute: 0,
            ..Config::default()
        };
        let expected = [
            "data",
            "database_url",
            "public_url",
            "metrics_listen",
            "library",
            "time_zone",
            "issuer",
            "smtp_url",
            "mail_from",
            "session_hours",
            "own_device_days",
            "leave_url",
            "api_requests_per_minute",
        ];
        assert_eq!(keys(&config), expected);
    }

    #[test]
    fn a_password_in_a_mail_address_is_not_repeated() {
        let config = Config { smtp_url: Some("smtps//ana:secreto@mail.example.org".to_owned()), ..Config::default() };
        assert!(!format!("{:?}", config.problems()).contains("secreto"));
        assert_eq!(keys(&config), ["smtp_url"]);
    }

    #[test]
    fn an_address_without_tls_that_others_reach_is_remarked_on() {
        let keys = |public_url: &str| {
            let config = Config { public_url: Some(public_url.to_owned()), smtp_url: Some("smtp://mail".to_owned()), ..Config::default() };
            config.warnings().iter().map(|remark| remark.key).collect::<Vec<_>>()
        };
        assert_eq!(keys("http://campus.example.org"), ["public_url"]);
        assert_eq!(keys("https://campus.example.org"), Vec::<&str>::new());
        assert_eq!(keys("http://127.0.0.1:3000"), Vec::<&str>::new());
    }
}
