//! Believing a provider: every check of an ID token (OpenID Connect Core 1.0, section 3.1.3.7), and what is taken from it.

use chrono::{DateTime, TimeDelta, Utc};
use courses::people::check_email;
use openidconnect::core::{CoreGenderClaim, CoreIdTokenVerifier};
use openidconnect::{
    AccessTokenHash, ClaimsVerificationError, ClientId, EndUserEmail, EndUserName, IssuerUrl, LocalizedClaim, Nonce, OAuth2TokenResponse,
    SignatureVerificationError, SubjectIdentifier, TokenResponse as _, UserInfoClaims,
};

use super::ProviderError;
use super::discovery::Provider;
use super::flow::Flow;
use super::protocol::{ALGORITHMS, Client, IdTokenClaims, Metadata, OwnClaims, TokenResponse};

/// How far a provider's clock may be from ours.
pub(super) const LEEWAY: TimeDelta = TimeDelta::minutes(2);
/// How long ago a token may have been made.
pub(super) const OLDEST: TimeDelta = TimeDelta::minutes(10);
/// Longest name of somebody or something at a provider, in bytes.
const LONGEST: usize = 255;

/// What a provider says of the person who has come, all of it checked.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// Who they are there, for good.
    pub(super) subject: String,
    /// Address, only where the provider has verified it.
    pub(super) email: Option<String>,
    /// What they are called there.
    pub(super) name: Option<String>,
    /// Name of their session there.
    pub(super) session: Option<String>,
    /// When they showed there that it is them.
    pub(super) shown_at: Option<DateTime<Utc>>,
    /// Whether by more than one factor.
    pub(super) has_second_factor: bool,
}

/// Why a token is not believed.
pub(super) enum Doubt {
    /// Its key is not among those known: the provider may have a new one.
    Key,
    /// For good.
    Token(String),
}

impl From<Doubt> for ProviderError {
    fn from(doubt: Doubt) -> Self {
        match doubt {
            Doubt::Key => Self::Untrusted("no key of the provider has signed it".to_owned()),
            Doubt::Token(why) => Self::Untrusted(why),
        }
    }
}

/// Checks what came for a code.
pub(super) fn check(
    provider: &Provider,
    metadata: &Metadata,
    response: &TokenResponse,
    flow: &Flow,
    now: DateTime<Utc>,
) -> Result<Told, Doubt> {
    let token = response.id_token().ok_or_else(|| Doubt::Token("there is no ID token".to_owned()))?;
    let verifier = verifier(provider, metadata, now).map_err(Doubt::Token)?;
    let claims = token.claims(&verifier, &Nonce::new(flow.nonce.clone())).map_err(|error| match error {
        ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => Doubt::Key,
        other => Doubt::Token(other.to_string()),
    })?;
    let hash = claims.access_token_hash().map(|claimed| {
        let signed = token.signing_alg().and_then(|algorithm| token.signing_key(&verifier).map(|key| (algorithm, key)));
        signed.is_ok_and(|(algorithm, key)| {
            AccessTokenHash::from_token(response.access_token(), algorithm, key).is_ok_and(|hash| hash == *claimed)
        })
    });
    if hash == Some(false) {
        return Err(Doubt::Token("at_hash is of another access token".to_owned()));
    }
    further(provider, claims, flow, now).map_err(|why| Doubt::Token(why.to_owned()))?;
    told(provider, claims, now).map_err(|why| Doubt::Token(why.to_owned()))
}

/// Issuer, audience, signature by an asymmetric algorithm, expiry and age, by the campus's clock; the nonce comes with the claims.
fn verifier(provider: &Provider, metadata: &Metadata, now: DateTime<Utc>) -> Result<CoreIdTokenVerifier<'static>, String> {
    let issuer = IssuerUrl::new(provider.config.issuer.clone()).map_err(|error| error.to_string())?;
    let client = ClientId::new(provider.config.client_id.clone());
    Ok(CoreIdTokenVerifier::new_public_client(client, issuer, metadata.jwks().clone())
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || now - LEEWAY)
        .set_issue_time_verifier_fn(move |made_at| match made_at {
            made_at if made_at > now + LEEWAY => Err("it was made in the future".to_owned()),
            made_at if made_at < now - OLDEST => Err("it was made too long ago".to_owned()),
            _ => Ok(()),
        }))
}

/// What the library leaves to its callers.
fn further(provider: &Provider, claims: &IdTokenClaims, flow: &Flow, now: DateTime<Utc>) -> Result<(), &'static str> {
    if claims.authorized_party().is_some_and(|party| party.as_str() != provider.config.client_id) {
        return Err("it was made for another client");
    }
    if claims.additional_claims().nbf.is_some_and(|from| from > (now + LEEWAY).timestamp()) {
        return Err("it is not valid yet");
    }
    let shown_just_now = claims.auth_time().is_some_and(|at| at >= now - OLDEST && at <= now + LEEWAY);
    if flow.again && !shown_just_now {
        return Err("the person was not asked again");
    }
    Ok(())
}

fn told(provider: &Provider, claims: &IdTokenClaims, now: DateTime<Utc>) -> Result<Told, &'static str> {
    let session = claims.additional_claims().sid.clone();
    if !is_name(claims.subject()) || session.as_deref().is_some_and(|session| !is_name(session)) {
        return Err("a name is too long or has control characters");
    }
    let class = claims.auth_context_ref().map(|class| class.as_str());
    Ok(Told {
        subject: claims.subject().to_string(),
        email: verified(claims.email(), claims.email_verified()),
        name: called(claims.name()),
        session,
        shown_at: claims.auth_time().map(|at| at.min(now)),
        has_second_factor: class.is_some_and(|class| provider.config.second_factor_by_acr.iter().any(|known| known == class)),
    })
}

/// Asks for the address and the name where the ID token did not say them. Whoever is told of must be the same.
pub(super) async fn complete(provider: &Provider, client: &Client, response: &TokenResponse, told: &mut Told) -> Result<(), ProviderError> {
    // The library puts it into a header, and does not expect that it might not fit.
    let fits = response.access_token().secret().bytes().all(|byte| byte.is_ascii_graphic());
    if (told.email.is_some() && told.name.is_some()) || !fits {
        return Ok(());
    }
    let subject = SubjectIdentifier::new(told.subject.clone());
    let Ok(request) = client.user_info(response.access_token().clone(), Some(subject)) else { return Ok(()) };
    let claims: UserInfoClaims<OwnClaims, CoreGenderClaim> =
        request.request_async(&provider.http).await.map_err(|error| ProviderError::Untrusted(format!("of the user info: {error}")))?;
    told.email = told.email.take().or_else(|| verified(claims.email(), claims.email_verified()));
    told.name = told.name.take().or_else(|| called(claims.name()));
    Ok(())
}

/// The address as it is stored, if the provider has verified it. An unverified one is as good as none.
fn verified(email: Option<&EndUserEmail>, is_verified: Option<bool>) -> Option<String> {
    email.filter(|_| is_verified == Some(true)).and_then(|email| check_email(email).ok())
}

fn called(name: Option<&LocalizedClaim<EndUserName>>) -> Option<String> {
    let name = name.and_then(|names| names.get(None).or_else(|| names.iter().next().map(|(_, name)| name)))?;
    courses::people::check_name(name).ok()
}

/// Whether a provider's name for somebody or something can be stored.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= LONGEST && !name.chars().any(char::is_control)
}
