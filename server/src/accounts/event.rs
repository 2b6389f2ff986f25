//! What happens at the doors of a campus, for its log: what, by which means and how it ended, never who. The id of the request joins
//! a line to the others of that request. `docs/OPERATION.md` lists them.

use super::provider::ProviderError;
use super::second_factor::CodeError;
use super::sign_in::SignInError;

/// What somebody tried.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Try {
    SignIn,
    /// Showing once more who is there.
    Confirmation,
    /// A program's credential for access.
    Exchange,
}

/// By which means.
#[derive(Clone, Copy, Debug)]
pub(crate) enum By {
    Password,
    /// Of an app or of the recovery codes.
    Code,
    Passkey,
    Provider,
    /// A service token or a refresh token.
    Token,
}

/// How it ended.
#[derive(Clone, Copy, Debug)]
pub(crate) enum End {
    Done,
    /// Right, and the second factor is still missing.
    HalfWay,
    Refused,
    /// Tried too often.
    Slowed,
    /// The campus could not tell.
    Failed,
}

impl From<&SignInError> for End {
    fn from(error: &SignInError) -> Self {
        match error {
            SignInError::Unknown => Self::Refused,
            SignInError::TooMany(_) => Self::Slowed,
            SignInError::Storage(_) => Self::Failed,
        }
    }
}

impl From<&CodeError> for End {
    fn from(error: &CodeError) -> Self {
        match error {
            CodeError::HalfWay | CodeError::Wrong => Self::Refused,
            CodeError::TooMany(_) => Self::Slowed,
            CodeError::Storage(_) => Self::Failed,
        }
    }
}

impl From<&ProviderError> for End {
    fn from(error: &ProviderError) -> Self {
        match error {
            ProviderError::Unreachable | ProviderError::Storage(_) => Self::Failed,
            _ => Self::Refused,
        }
    }
}

/// Says that somebody tried something, and how it ended.
pub(crate) fn tried<'a, T, E>(what: Try, by: By, result: &'a Result<T, E>)
where
    End: From<&'a E>,
{
    say(what, by, result.as_ref().map_or_else(End::from, |_| End::Done));
}

/// Says that somebody got half-way.
pub(crate) fn half_way(by: By) {
    say(Try::SignIn, by, End::HalfWay);
}

fn say(what: Try, by: By, end: End) {
    let what = match what {
        Try::SignIn => "sign-in",
        Try::Confirmation => "confirmation",
        Try::Exchange => "token-exchange",
    };
    let by = match by {
        By::Password => "password",
        By::Code => "code",
        By::Passkey => "passkey",
        By::Provider => "provider",
        By::Token => "token",
    };
    let end = match end {
        End::Done => "done",
        End::HalfWay => "half-way",
        End::Refused => "refused",
        End::Slowed => "slowed",
        End::Failed => "failed",
    };
    tracing::info!(event = what, by, end, "tried");
}

/// Says that something changed about who may enter, and where to.
pub(crate) fn happened(what: &'static str) {
    tracing::info!(event = what, "happened");
}
