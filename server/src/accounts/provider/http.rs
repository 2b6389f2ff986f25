//! Asking a provider: at addresses it may name, without following redirects, within a time and a size.

use std::pin::Pin;
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, http};
use reqwest::redirect::Policy;
use url::{Host, Url};

use crate::config::provider::is_loopback;

/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(4);
/// Longest wait for a whole answer.
const PATIENCE: Duration = Duration::from_secs(8);
/// Longest answer taken, in bytes: a hundred keys are half of it.
const LARGEST: usize = 256 * 1024;

/// The way to one provider.
pub(super) struct Http {
    client: reqwest::Client,
    /// A provider on this machine, for development: only it may be asked in the clear, and nothing else.
    is_local: bool,
}

/// Why a provider gave no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum HttpError {
    /// It named an address that is not asked.
    #[error("the provider named an address that is not asked")]
    Address,
    /// It could not be reached, or not in time.
    #[error(transparent)]
    Transport(#[from] reqwest::Error),
    /// It said too much.
    #[error("the answer is longer than {LARGEST} bytes")]
    TooLong,
    /// The answer could not be put together.
    #[error(transparent)]
    Malformed(#[from] http::Error),
}

impl Http {
    pub(super) fn new(issuer: &Url) -> Result<Self, reqwest::Error> {
        // An error says that one is in place, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .user_agent("campus")
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(PATIENCE)
            .build()?;
        Ok(Self { client, is_local: is_loopback(issuer) })
    }

    /// Whether the provider may name this address, for us or for a browser to go to.
    pub(super) fn may_name(&self, url: &Url) -> bool {
        if self.is_local {
            return matches!(url.scheme(), "http" | "https") && is_loopback(url);
        }
        let is_inside = is_loopback(url)
            || match url.host() {
                Some(Host::Ipv4(address)) => address.is_link_local() || address.is_unspecified(),
                Some(Host::Ipv6(address)) => address.is_unicast_link_local() || address.is_unspecified(),
                Some(Host::Domain(_)) => false,
                None => true,
            };
        url.scheme() == "https" && !is_inside
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let request = reqwest::Request::try_from(request)?;
        if !self.may_name(request.url()) {
            return Err(HttpError::Address);
        }
        let mut response = self.client.execute(request).await?;
        let mut answer = http::Response::builder().status(response.status());
        if let Some(headers) = answer.headers_mut() {
            headers.clone_from(response.headers());
        }
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await? {
            if body.len() + part.len() > LARGEST {
                return Err(HttpError::TooLong);
            }
            body.extend_from_slice(&part);
        }
        Ok(answer.body(body)?)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_elsewhere_never_leads_inside_and_one_here_never_outside() {
        let may = |issuer: &str, url: &str| Http::new(&issuer.parse().unwrap()).unwrap().may_name(&url.parse().unwrap());
        assert!(may("https://login.example", "https://keys.example/jwks") && may("http://127.0.0.1:4000", "http://127.0.0.1:4001/jwks"));
        for inside in [
            "http://login.example/jwks",
            "https://127.0.0.1/jwks",
            "https://localhost/jwks",
            "https://[::ffff:127.0.0.1]/",
            "https://169.254.169.254/latest/meta-data",
            "https://0.0.0.0/",
            "file:///etc/passwd",
            "javascript:alert(1)",
        ] {
            assert!(!may("https://login.example", inside), "{inside}");
        }
        assert!(!may("http://127.0.0.1:4000", "http://10.0.0.1/jwks"));
    }

    #[tokio::test]
    async fn what_may_not_be_named_is_not_asked() {
        let elsewhere = Http::new(&"https://login.example".parse().unwrap()).unwrap();
        for inside in ["http://127.0.0.1:9/jwks", "https://127.0.0.1:9/jwks", "https://169.254.169.254/latest/meta-data"] {
            let request: HttpRequest = http::Request::builder().uri(inside).body(Vec::new()).unwrap();
            assert!(matches!(elsewhere.ask(request).await, Err(HttpError::Address)), "{inside}");
        }
    }
}
