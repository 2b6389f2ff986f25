//! What an address says.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::Fault;

/// The variable parts of an address. One that cannot be read, such as a malformed id, is no address of ours.
pub struct At<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for At<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        Path::from_request_parts(parts, state).await.map(|Path(value)| Self(value)).map_err(|_| Fault::NotFound)
    }
}
