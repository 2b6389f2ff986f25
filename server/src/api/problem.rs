//! What is amiss, for programs: problem details (RFC 9457) whose codes never change.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sea_orm::DbErr;
use serde::Serialize;
use utoipa::ToSchema;

use super::Scope;

macro_rules! codes {
    ($($name:ident = $status:ident $code:literal $title:literal $words:literal;)+) => {
        /// Why a request is refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            $(#[doc = $title] $name),+
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Status it comes with.
            #[must_use]
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status),+ }
            }

            /// The code itself; it never changes.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// What it says in one line.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title),+ }
            }

            /// What to do about it.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$name => $words),+ }
            }
        }
    };
}

codes! {
    Malformed = BAD_REQUEST "malformed" "The request cannot be read"
        "What was sent is not JSON, or a header is not what it must be. Mend the request; the same one will fail again.";
    KeyMissing = BAD_REQUEST "idempotency-key-missing" "This write needs an Idempotency-Key"
        "Send a header Idempotency-Key with a value of your own (a UUID, say), new for each thing you mean to do and the same when you try it again.";
    InvalidRequest = BAD_REQUEST "invalid-request" "The token request cannot be read"
        "Send grant_type=refresh_token and refresh_token=… as application/x-www-form-urlencoded, each once (RFC 6749, section 5.2).";
    InvalidGrant = BAD_REQUEST "invalid-grant" "The credential does not work"
        "It is none of ours, expired or revoked, or it was used before: then everything that grew out of it is revoked. Begin again with the service token; if that fails, its owner makes a new one.";
    InvalidScope = BAD_REQUEST "invalid-scope" "A scope asked for is not the credential's"
        "Ask for scopes that the service token was made with, or leave scope out.";
    UnsupportedGrantType = BAD_REQUEST "unsupported-grant-type" "There is one grant type: refresh_token"
        "Send grant_type=refresh_token.";
    Unauthorized = UNAUTHORIZED "unauthorized" "A valid access token is needed"
        "Send one header Authorization: Bearer … with an access token from POST /token that is not older than ten minutes. A token that worked stops at once when its service token is revoked.";
    InsufficientScope = FORBIDDEN "insufficient-scope" "The token does not reach this far"
        "Make a service token with the scope named in WWW-Authenticate.";
    Forbidden = FORBIDDEN "forbidden" "The person behind the token may not do this"
        "The role that this needs is not theirs, or not theirs any more, or is for another country.";
    NotFound = NOT_FOUND "not-found" "There is no such thing, or not for you"
        "What you may not know of and what does not exist look the same.";
    MethodNotAllowed = METHOD_NOT_ALLOWED "method-not-allowed" "The address does not take this method"
        "The header Allow names those it takes.";
    NotAcceptable = NOT_ACCEPTABLE "not-acceptable" "There is no answer in a form you accept"
        "Accept application/json; lists for coordination also come as text/csv.";
    Conflict = CONFLICT "conflict" "It does not go together with how things stand"
        "The detail says with what.";
    PreconditionFailed = PRECONDITION_FAILED "precondition-failed" "It has changed since you read it"
        "Read it again, look at what changed, and send the new ETag in If-Match.";
    TooLarge = PAYLOAD_TOO_LARGE "too-large" "The body is too large"
        "A body is at most 64 kB.";
    UnsupportedMediaType = UNSUPPORTED_MEDIA_TYPE "unsupported-media-type" "The body is in a form that is not taken here"
        "Send application/json; the token endpoints take application/x-www-form-urlencoded.";
    Validation = UNPROCESSABLE_ENTITY "validation" "Something in the request cannot be taken"
        "Each entry of errors names a place in the body (a JSON pointer) or a parameter, and says what is wrong with it.";
    KeyReused = UNPROCESSABLE_ENTITY "idempotency-key-reused" "The Idempotency-Key was used for something else"
        "A key stands for one request for 24 hours. Use a new one.";
    PreconditionRequired = PRECONDITION_REQUIRED "precondition-required" "A change needs If-Match"
        "Read the thing first and send its ETag in If-Match, so that nobody's change is lost.";
    TooManyRequests = TOO_MANY_REQUESTS "too-many-requests" "Too many requests"
        "Wait as long as Retry-After says. RateLimit and RateLimit-Policy tell how much is left.";
    Internal = INTERNAL_SERVER_ERROR "internal" "Something failed here"
        "You have done nothing wrong. Try again; if it stays so, tell the campus the request_id.";
}

impl Code {
    /// Address of its explanation, relative to the campus.
    #[must_use]
    pub fn address(self) -> String {
        format!("/api/problems/{}", self.name())
    }

    /// Its name by RFC 6749, section 5.2, where it has one.
    const fn oauth(self) -> Option<&'static str> {
        match self {
            Self::InvalidRequest => Some("invalid_request"),
            Self::InvalidGrant => Some("invalid_grant"),
            Self::InvalidScope => Some("invalid_scope"),
            Self::UnsupportedGrantType => Some("unsupported_grant_type"),
            _ => None,
        }
    }
}

/// Why a request is refused, with what is known about it.
#[derive(Clone, Debug)]
pub struct Problem {
    code: Code,
    detail: Option<String>,
    errors: Vec<FieldFault>,
    retry_after_seconds: Option<i64>,
    challenge: Option<String>,
    cause: Option<String>,
}

/// One thing that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldFault {
    /// Where in the body, as a JSON pointer (RFC 6901); absent for a parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/country")]
    pub pointer: Option<String>,
    /// Which parameter of the address; absent for a place in the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "quarter")]
    pub parameter: Option<String>,
    /// What is wrong, in English.
    #[schema(example = "a quarter is written 2026-Q3")]
    pub detail: String,
}

/// Problem details (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Address of an explanation, relative to the campus; one for each code.
    #[schema(example = "/api/problems/not-found")]
    pub r#type: String,
    /// What it is, in one line; one for each code.
    #[schema(example = "There is no such thing, or not for you")]
    pub title: &'static str,
    /// Status of the answer.
    #[schema(example = 404)]
    pub status: u16,
    /// Stable name of the problem: what a program should look at.
    #[schema(example = "not-found")]
    pub code: &'static str,
    /// What it is this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Everything that cannot be taken, when the code is `validation`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldFault>,
    /// The problem's name by RFC 6749, at the token endpoints.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<&'static str>,
    /// Id of the request, as in the header `x-request-id`: to be told when asking for help.
    pub request_id: String,
}

impl FieldFault {
    /// Something in the body; `pointer` is a JSON pointer.
    pub(crate) fn at(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: Some(pointer.into()), parameter: None, detail: detail.into() }
    }

    /// A parameter of the address.
    pub(crate) fn parameter(name: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: None, parameter: Some(name.into()), detail: detail.into() }
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self { code, detail: None, errors: Vec::new(), retry_after_seconds: None, challenge: None, cause: None }
    }
}

impl From<DbErr> for Problem {
    fn from(error: DbErr) -> Self {
        Self { cause: Some(error.to_string()), ..Code::Internal.into() }
    }
}

impl Problem {
    /// The problem with what it is this time.
    pub(crate) fn because(code: Code, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..code.into() }
    }

    /// Fields or parameters that cannot be taken.
    pub(crate) fn invalid(errors: Vec<FieldFault>) -> Self {
        Self { errors, ..Code::Validation.into() }
    }

    /// No credential, or one that does not work: `error` is its name by RFC 6750.
    pub(crate) fn unauthorized(error: Option<&str>) -> Self {
        let challenge =
            error.map_or_else(|| "Bearer realm=\"campus\"".to_owned(), |error| format!("Bearer realm=\"campus\", error=\"{error}\""));
        Self { challenge: Some(challenge), ..Code::Unauthorized.into() }
    }

    /// The token lacks `scope`.
    pub(crate) fn insufficient(scope: Scope) -> Self {
        let challenge = format!("Bearer realm=\"campus\", error=\"insufficient_scope\", scope=\"{}\"", scope.name());
        Self { challenge: Some(challenge), ..Code::InsufficientScope.into() }
    }

    /// The allowance is spent; the next request passes after so many seconds.
    pub(crate) fn too_many(retry_after_seconds: i64) -> Self {
        Self { retry_after_seconds: Some(retry_after_seconds), ..Code::TooManyRequests.into() }
    }

    fn body(&self, request_id: String) -> ProblemBody {
        ProblemBody {
            r#type: self.code.address(),
            title: self.code.title(),
            status: self.code.status().as_u16(),
            code: self.code.name(),
            detail: self.detail.clone(),
            errors: self.errors.clone(),
            error: self.code.oauth(),
            request_id,
        }
    }
}

impl IntoResponse for Problem {
    /// An empty answer that carries the problem; [`draw`] writes it, for it knows the request.
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Writes the problem that a handler answered with.
pub(super) async fn draw(request: Request, next: Next) -> Response {
    let request_id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned();
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Arc<Problem>>() else { return response };
    if let Some(cause) = &problem.cause {
        tracing::error!(cause, request_id, "a request of a program failed");
    }
    let body = serde_json::to_vec(&problem.body(request_id)).unwrap_or_default();
    *response.status_mut() = problem.code.status();
    *response.body_mut() = body.into();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.remove("content-length");
    if let Some(seconds) = problem.retry_after_seconds {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if let Some(challenge) = problem.challenge.as_deref().and_then(|text| HeaderValue::from_str(text).ok()) {
        headers.insert(WWW_AUTHENTICATE, challenge);
    }
    response
}

/// Answers for every address that is none.
pub(super) async fn not_found() -> Problem {
    Code::NotFound.into()
}

/// Answers for addresses that exist for another method.
pub(super) async fn method_not_allowed() -> Problem {
    Code::MethodNotAllowed.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_its_own_and_made_of_words_and_hyphens() {
        let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        assert!(names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
