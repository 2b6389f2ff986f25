//! The program that asks, and the person it asks for.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use courses::id::{FamilyId, PersonId};
use sea_orm::DbErr;

use super::{Code, Problem, Scope, Scopes, tokens};
use crate::Platform;
use crate::access::{Administrator, Confirmed, CoordinatorOf, Learner, SignedIn};

/// A program with an access token that was checked in this request.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(super) person: SignedIn,
    pub(super) family: FamilyId,
    pub(super) scopes: Scopes,
}

/// What a request showed of who asks.
#[derive(Clone, Debug)]
pub(super) enum Shown {
    /// Nothing.
    Nothing,
    /// More than one credential, or one that is none.
    Malformed,
    /// A token that does not work.
    Invalid,
    /// A token that works.
    Known(Box<Caller>),
}

impl Shown {
    /// Looks at the one header `Authorization`. A token anywhere else is not looked at.
    pub(super) async fn of(platform: &Platform, headers: &HeaderMap) -> Result<Self, DbErr> {
        let mut values = headers.get_all(AUTHORIZATION).into_iter();
        let Some(value) = values.next() else { return Ok(Self::Nothing) };
        let token = value.to_str().ok().and_then(bearer).filter(|_| values.next().is_none());
        let Some(token) = token else { return Ok(Self::Malformed) };
        Ok(tokens::authenticate(platform, token).await?.map_or(Self::Invalid, |caller| Self::Known(Box::new(caller))))
    }
}

/// The token of a value `Bearer …`; the scheme's capitals do not matter (RFC 9110, section 11.1).
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim_start_matches(' ');
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && !token.contains([' ', ','])).then_some(token)
}

impl Caller {
    /// Who is asked for.
    pub(crate) fn person(&self) -> PersonId {
        self.person.person
    }

    /// The person as signed in, to show their own record.
    pub(crate) fn signed_in(&self, scope: Scope) -> Result<&SignedIn, Problem> {
        self.reach(scope)?;
        Ok(&self.person)
    }

    /// Everybody may learn, as far as the token reaches.
    pub(crate) fn learner(&self, scope: Scope) -> Result<Learner, Problem> {
        self.reach(scope)?;
        Ok(self.person.learner())
    }

    /// Proof of coordination, if the person has it and the token reaches that far.
    pub(crate) fn coordinator(&self, scope: Scope) -> Result<CoordinatorOf, Problem> {
        self.reach(scope)?;
        self.person.coordinator().ok_or_else(|| Code::Forbidden.into())
    }

    /// Proof of administration, if the person has it and the token reaches that far.
    pub(crate) fn administrator(&self, scope: Scope) -> Result<Administrator, Problem> {
        self.reach(scope)?;
        self.person.administrator().ok_or_else(|| Code::Forbidden.into())
    }

    /// The same, with what stands for being there in person: the owner was, when they gave the token this scope.
    pub(crate) fn confirmed_administrator(&self, scope: Scope) -> Result<(Administrator, Confirmed), Problem> {
        Ok((self.administrator(scope)?, Confirmed::by_token(&self.person)))
    }

    /// The scopes that work now.
    pub(crate) fn scopes(&self) -> Scopes {
        self.scopes.open_to(&self.person)
    }

    fn reach(&self, scope: Scope) -> Result<(), Problem> {
        if self.scopes.has(scope) { Ok(()) } else { Err(Problem::insufficient(scope)) }
    }
}

impl FromRequestParts<Arc<Platform>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Platform>) -> Result<Self, Problem> {
        match parts.extensions.get::<Shown>() {
            Some(Shown::Known(caller)) => Ok(caller.as_ref().clone()),
            Some(Shown::Invalid) => Err(Problem::unauthorized(Some("invalid_token"))),
            Some(Shown::Malformed) => Err(Problem::unauthorized(Some("invalid_request"))),
            Some(Shown::Nothing) | None => Err(Problem::unauthorized(None)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::bearer;

    #[test]
    fn a_token_stands_after_the_word_bearer_and_nothing_else_is_one() {
        for good in ["Bearer abc", "bearer abc", "BEARER  abc"] {
            assert_eq!(bearer(good), Some("abc"), "{good}");
        }
        for bad in ["abc", "Bearer", "Bearer ", "Basic abc", "Bearer a b", "Bearer a,Bearer b", " Bearer abc", "Bearerabc"] {
            assert_eq!(bearer(bad), None, "{bad}");
        }
    }
}
