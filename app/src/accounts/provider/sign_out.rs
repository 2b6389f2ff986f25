//! Signing out, there too.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use courses::id::ProviderKey;
use leptos::prelude::*;
use server::accounts::provider::{self, ProviderError};

use super::with_name;
use crate::form::Fields;
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;

/// `GET /sign-in/{provider}/signed-out`: what is left open elsewhere.
pub(super) async fn show(reader: Reader, At(key): At<ProviderKey>) -> Result<Response, Fault> {
    let texts = reader.texts;
    let name = provider::known(&reader.platform, &key).map_err(|_| Fault::NotFound)?.name.in_language(texts.language()).to_owned();
    // One that does not answer has no address to offer; what is said is true all the same.
    let address = provider::sign_out_address(&reader.platform, &key).await.unwrap_or_default();
    Ok(reader.page(Head::new(texts.t("signed-out")).narrow(), move || {
        let there = address.map(|address| view! { <a class="button" href=address>{with_name(texts, "signed-out-there", &name)}</a> });
        view! {
            <h1>{texts.t("signed-out")}</h1>
            <p class="lead">{with_name(texts, "signed-out-words", &name)}</p>
            <p class="actions">{there} " " <a class="button button-quiet" href="/">{texts.t("to-catalogue")}</a></p>
        }
    }))
}

/// `POST /sign-in/{provider}/back-channel-logout`: from the provider itself. Says only whether the token was taken.
pub(super) async fn by_provider(reader: Reader, At(key): At<ProviderKey>, fields: Fields) -> Result<Response, Fault> {
    match provider::sign_out_by_provider(&reader.platform, &key, fields.get("logout_token")).await {
        Ok(()) => Ok(StatusCode::OK.into_response()),
        Err(ProviderError::Unknown) => Err(Fault::NotFound),
        Err(ProviderError::Storage(error)) => Err(error.into()),
        Err(error) => {
            tracing::warn!(provider = %key, %error, "a sign-out by a provider was refused");
            Ok(StatusCode::BAD_REQUEST.into_response())
        }
    }
}
