//! The token endpoints, in the manner of RFC 6749 and RFC 7009.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::FormRejection;
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::read::unbuffered;
use super::super::{Code, Problem, Scope, Scopes};
use super::exchange::{ACCESS_FOR, ExchangeError, exchange, revoke_credential};
use crate::Platform;

pub(in crate::api) fn endpoints() -> OpenApiRouter<Arc<Platform>> {
    OpenApiRouter::new().routes(routes!(token)).routes(routes!(revocation))
}

/// What a program exchanges.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct TokenRequest {
    /// Always `refresh_token`.
    #[schema(example = "refresh_token", pattern = "^refresh_token$")]
    grant_type: String,
    /// A service token, or the refresh token of the last answer.
    #[schema(example = "campus_service_hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg", pattern = "^[!-~]{20,200}$")]
    refresh_token: String,
    /// Scopes wanted, separated by spaces, if not all that the service token has.
    #[schema(example = "profile:read learning:read")]
    scope: Option<String>,
}

/// Access for ten minutes, and what to exchange next.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TokenAnswer {
    /// For the header `Authorization: Bearer …`.
    access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// How many seconds the access token works.
    #[schema(example = 600)]
    expires_in: i64,
    /// Works once, for the next access token.
    refresh_token: String,
    /// Scopes that work now, separated by spaces.
    #[schema(example = "profile:read learning:read")]
    scope: String,
}

/// What a program gives back.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct RevocationRequest {
    /// A service token, a refresh token or an access token.
    #[schema(example = "campus_refresh_hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg")]
    token: String,
}

/// Exchange a service token or a refresh token.
///
/// Begin with the service token, go on with the refresh token of the last answer. A refresh token works once; one that comes a second
/// time ends everything that grew out of the same exchange. If an answer was lost, the same request may be sent again within ten seconds.
/// Make one exchange at a time. Unknown fields are ignored, as RFC 6749 asks.
#[utoipa::path(
    post, path = "/token", tag = "Tokens", operation_id = "exchange_token",
    request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "Access for ten minutes", body = TokenAnswer))
)]
async fn token(State(platform): State<Arc<Platform>>, Form(request): Form<TokenRequest>) -> Result<Json<TokenAnswer>, Problem> {
    if request.grant_type != "refresh_token" {
        return Err(Code::UnsupportedGrantType.into());
    }
    let narrowed = request.scope.as_deref().map(read_scopes).transpose()?;
    let issued = exchange(&platform, &request.refresh_token, narrowed.as_ref()).await.map_err(|error| match error {
        ExchangeError::Refused => Code::InvalidGrant.into(),
        ExchangeError::Scope => Code::InvalidScope.into(),
        ExchangeError::Storage(error) => Problem::from(error),
    })?;
    Ok(Json(TokenAnswer {
        access_token: issued.access,
        token_type: "Bearer",
        expires_in: ACCESS_FOR.num_seconds(),
        refresh_token: issued.refresh,
        scope: issued.scopes.to_string(),
    }))
}

/// Give a token back.
///
/// A service token is revoked with everything that grew out of it; a refresh token or an access token ends everything that grew out of the
/// same exchange. It acts at once. A token that is none is answered alike.
#[utoipa::path(
    post, path = "/token/revocation", tag = "Tokens", operation_id = "revoke_token",
    request_body(content = RevocationRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = 204, description = "It does not work any more"))
)]
async fn revocation(State(platform): State<Arc<Platform>>, Form(request): Form<RevocationRequest>) -> Result<StatusCode, Problem> {
    revoke_credential(&platform, &request.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Every name of `text` as a scope.
fn read_scopes(text: &str) -> Result<Scopes, Problem> {
    let scopes: Result<Scopes, _> = text.split(' ').filter(|name| !name.is_empty()).map(str::parse::<Scope>).collect();
    scopes.map_err(|_| Code::InvalidScope.into())
}

/// A body as a form, each name once.
struct Form<T>(T);

impl<T: DeserializeOwned> FromRequest<Arc<Platform>> for Form<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, platform: &Arc<Platform>) -> Result<Self, Problem> {
        match axum::Form::from_request(request, platform).await {
            Ok(axum::Form(form)) => Ok(Self(form)),
            Err(FormRejection::InvalidFormContentType(_)) => Err(Code::UnsupportedMediaType.into()),
            Err(FormRejection::BytesRejection(rejection)) => Err(unbuffered(rejection)),
            Err(_) => Err(Code::InvalidRequest.into()),
        }
    }
}
