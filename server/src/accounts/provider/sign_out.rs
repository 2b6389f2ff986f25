//! Signing out where one signed in (OpenID Connect RP-Initiated Logout 1.0).

use courses::id::ProviderKey;
use openidconnect::{ClientId, EndSessionUrl, LogoutRequest, PostLogoutRedirectUrl};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};

use super::ProviderError;
use super::entity::{identity, origin};
use crate::Platform;
use crate::access::SignedIn;

/// The provider that the session was begun with.
///
/// # Errors
/// When the database does not answer.
pub async fn began_with(platform: &Platform, signed_in: &SignedIn) -> Result<Option<ProviderKey>, DbErr> {
    if platform.config.providers.is_empty() {
        return Ok(None);
    }
    let reader = platform.storage.reader();
    let Some(origin) = origin::Entity::find().filter(origin::Column::SessionId.eq(signed_in.session)).one(reader).await? else {
        return Ok(None);
    };
    let identity = identity::Entity::find_by_id(origin.identity_id).one(reader).await?;
    let issuer = identity.map(|identity| identity.issuer);
    Ok(platform.config.providers.iter().find(|provider| Some(&provider.issuer) == issuer.as_ref()).map(|provider| provider.id.clone()))
}

/// Where people sign out at a provider, coming back to the campus afterwards; `None` where it has no such place. No ID token is kept
/// to show there, so it will ask them.
///
/// # Errors
/// [`ProviderError::Unknown`] or [`ProviderError::Unreachable`].
pub async fn sign_out_address(platform: &Platform, key: &ProviderKey) -> Result<Option<String>, ProviderError> {
    let provider = platform.providers.find(key)?;
    let metadata = provider.metadata(platform.clock.now()).await?;
    let Some(address) = metadata.additional_metadata().end_session_endpoint.clone() else { return Ok(None) };
    let untrusted = |why: url::ParseError| ProviderError::Untrusted(why.to_string());
    let back = PostLogoutRedirectUrl::new(format!("{}/sign-in", platform.config.origin())).map_err(untrusted)?;
    let request = LogoutRequest::from(EndSessionUrl::new(address).map_err(untrusted)?)
        .set_client_id(ClientId::new(provider.config.client_id.clone()))
        .set_post_logout_redirect_uri(back);
    Ok(Some(request.http_get_url().into()))
}
