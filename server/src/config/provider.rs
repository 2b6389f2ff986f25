//! Sign-in providers, as they stand in the configuration.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use courses::id::ProviderKey;
use courses::language::Language;
use courses::people::Country;
use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// An OpenID Connect provider that people may sign in with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderConfig {
    /// What stands in addresses; stays the same for good.
    pub id: ProviderKey,
    /// What people call it.
    pub name: Called,
    /// Its issuer, as in its discovery document.
    pub issuer: String,
    /// What it knows the campus as.
    pub client_id: String,
    /// Secret it gave to the campus.
    #[serde(default)]
    pub client_secret: Option<Hidden>,
    /// File that holds this secret, beside `campus.toml` or by its whole path.
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    /// In place of a secret: file of a private key (PEM) whose public half the provider has.
    #[serde(default)]
    pub private_key_file: Option<PathBuf>,
    /// Name the provider has for this key.
    #[serde(default)]
    pub key_id: Option<String>,
    /// Whom the signature is for, where the provider wants another name than its issuer.
    #[serde(default)]
    pub assertion_audience: Option<String>,
    /// Scopes asked for besides `openid`.
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
    /// Domains of e-mail addresses it may bring; none = all.
    #[serde(default)]
    pub email_domains: Vec<String>,
    /// Country suggested to people who come by it for the first time.
    #[serde(default)]
    pub country: Option<Country>,
    /// Whether somebody without an account gets one.
    #[serde(default)]
    pub creates_people: bool,
    /// Values of `acr` that stand for more than one factor.
    #[serde(default)]
    pub second_factor_by_acr: Vec<String>,
}

/// What something is called: the same everywhere, or in each language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Called {
    /// The same in every language.
    Everywhere(String),
    /// By language.
    In(BTreeMap<Language, String>),
}

impl Called {
    /// The name in `language`, else in another one.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match self {
            Self::Everywhere(name) => name,
            Self::In(names) => names.get(&language).or_else(|| names.values().next()).map_or("", String::as_str),
        }
    }

    fn all(&self) -> Vec<&str> {
        match self {
            Self::Everywhere(name) => vec![name],
            Self::In(names) => names.values().map(String::as_str).collect(),
        }
    }
}

/// A secret of the configuration: never written anywhere.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Hidden(String);

impl Hidden {
    /// The secret.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Hidden {
    fn from(secret: &str) -> Self {
        Self(secret.to_owned())
    }
}

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hidden(…)")
    }
}

impl Serialize for Hidden {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("…")
    }
}

fn scopes() -> Vec<String> {
    ["profile", "email"].map(str::to_owned).to_vec()
}

/// What is wrong with the providers, if anything is.
pub(super) fn complaint(providers: &[ProviderConfig]) -> Option<String> {
    let (mut ids, mut issuers) = (BTreeSet::new(), BTreeSet::new());
    for provider in providers {
        if !ids.insert(&provider.id) {
            return Some(format!("`{}` stands there twice", provider.id));
        }
        if !issuers.insert(&provider.issuer) {
            return Some(format!("`{}` has the issuer of another one", provider.id));
        }
        if let Some(why) = provider.complaint() {
            return Some(format!("of `{}`, {why}", provider.id));
        }
    }
    None
}

impl ProviderConfig {
    fn complaint(&self) -> Option<&'static str> {
        let credentials = [self.client_secret.is_some(), self.client_secret_file.is_some(), self.private_key_file.is_some()];
        let names = self.name.all();
        let is_domain = |domain: &String| domain.contains('.') && !domain.contains(['@', '*', ' ']) && *domain == domain.to_lowercase();
        if ["code", "passkey"].contains(&self.id.as_str()) {
            Some("`id` is the name of another page of signing in")
        } else if names.is_empty() || names.iter().any(|name| name.trim().is_empty()) {
            Some("`name` is empty")
        } else if self.issuer.len() > 255 || !Url::parse(&self.issuer).is_ok_and(|issuer| is_issuer(&issuer)) {
            Some("`issuer` must be an address that begins with https:// and has no query")
        } else if self.client_id.is_empty() {
            Some("`client_id` is empty")
        } else if credentials.into_iter().filter(|is_there| *is_there).count() != 1 {
            Some("one of `client_secret`, `client_secret_file` and `private_key_file` must be there, and only one")
        } else if !self.email_domains.iter().all(is_domain) {
            Some("`email_domains` holds something else than domains in lower case, such as salud.gob.gt")
        } else {
            None
        }
    }
}

fn is_issuer(issuer: &Url) -> bool {
    let is_safe = issuer.scheme() == "https" || (issuer.scheme() == "http" && is_loopback(issuer));
    is_safe && issuer.query().is_none() && issuer.fragment().is_none() && issuer.username().is_empty() && issuer.password().is_none()
}

/// Whether an address is on this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.to_canonical().is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(changes: &str) -> Result<ProviderConfig, String> {
        let name = if changes.contains("name =") { "" } else { "name = \"Salud\"\n" };
        let base = "id = \"salud\"\nissuer = \"https://login.salud.example\"\nclient_id = \"campus\"\n";
        figment::Figment::from(<figment::providers::Toml as figment::providers::Format>::string(&format!("{base}{name}{changes}")))
            .extract()
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_provider_needs_one_credential_and_no_more() {
        let complaint = |changes: &str| provider(changes).unwrap().complaint();
        assert_eq!(complaint("client_secret = \"x\""), None);
        assert_eq!(complaint("private_key_file = \"key.pem\""), None);
        assert!(complaint("").is_some_and(|why| why.contains("client_secret")));
        assert!(complaint("client_secret = \"x\"\nprivate_key_file = \"key.pem\"").is_some());
    }

    #[test]
    fn an_issuer_is_reached_by_tls_unless_it_is_on_this_machine() {
        let of = |issuer: &str| is_issuer(&Url::parse(issuer).unwrap());
        assert!(of("https://login.salud.example/realms/campus") && of("http://127.0.0.1:4000") && of("http://[::1]:4000"));
        for bad in ["http://login.salud.example", "https://login.example/?a=b", "https://ana:x@login.example", "http://127.0.0.1.example"] {
            assert!(!of(bad), "{bad}");
        }
    }

    #[test]
    fn a_secret_is_never_shown_and_an_unknown_key_is_refused() {
        let known = provider("client_secret = \"quetzal\"").unwrap();
        assert!(!serde_json::to_string(&known).unwrap().contains("quetzal") && !format!("{known:?}").contains("quetzal"));
        assert!(provider("client_secret = \"x\"\ncolour = \"red\"").unwrap_err().contains("colour"));
    }

    #[test]
    fn two_providers_differ_in_id_and_issuer() {
        let one = provider("client_secret = \"x\"").unwrap();
        let other = ProviderConfig { id: "otra".parse().unwrap(), issuer: "https://login.otra.example".into(), ..one.clone() };
        assert_eq!(complaint(&[one.clone(), other.clone()]), None);
        assert!(complaint(&[one.clone(), ProviderConfig { issuer: one.issuer.clone(), ..other.clone() }]).is_some());
        assert!(complaint(&[one.clone(), ProviderConfig { id: one.id.clone(), ..other }]).is_some());
    }

    #[test]
    fn a_name_may_be_the_same_everywhere_or_one_a_language() {
        let both = Called::In([(Language::Es, "Salud".to_owned()), (Language::En, "Health".to_owned())].into());
        assert_eq!((both.in_language(Language::En), both.in_language(Language::Fr)), ("Health", "Salud"));
        assert_eq!(provider("name = { es = \"Salud\", en = \"Health\" }").unwrap().name, both);
        assert!(provider("name = { xx = \"Salud\" }").is_err());
        assert_eq!(Called::Everywhere("MSPAS".to_owned()).in_language(Language::En), "MSPAS");
    }
}
