//! Coming back from a provider: the code is exchanged, what it brings is checked, and somebody is signed in, linked or new.

use courses::id::ProviderKey;
use openidconnect::{AuthorizationCode, PkceCodeVerifier, RequestTokenError};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Deserialize;

use super::check::{self, Doubt, Told};
use super::discovery::Provider;
use super::flow::{self, Flow, LASTS};
use super::identity::Via;
use super::protocol::{Client, TokenResponse};
use super::{ProviderError, identity, newcomer, spent};
use crate::Platform;
use crate::access::SignedIn;
use crate::accounts::device::Device;
use crate::accounts::entity::person;
use crate::accounts::event::{self, By, Try};
use crate::accounts::notice::{self, Event, Notice};
use crate::accounts::sign_in::{Place, Step};

/// What a browser comes back with, as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    code: String,
    state: String,
    iss: Option<String>,
    error: Option<String>,
}

/// What came of it.
#[derive(Debug)]
pub enum Arrived {
    /// Somebody known is signed in.
    SignedIn {
        /// How far they got: a second factor may be missing.
        step: Step,
        /// Path to go on to.
        to: String,
        /// What their mailbox is told, if the account was linked just now.
        notice: Option<Notice>,
    },
    /// The account elsewhere is linked to the account that asked for it.
    Linked {
        /// What their mailbox is told.
        notice: Option<Notice>,
    },
    /// Somebody new: what is known of them, for a cookie.
    New {
        /// The cookie.
        cookie: String,
    },
}

/// Takes what a browser comes back with, and the cookie that it took along.
///
/// # Errors
/// [`ProviderError`]. What was taken along is used up by then.
pub async fn arrive(
    platform: &Platform,
    key: &ProviderKey,
    cookie: &str,
    answer: Answer,
    signed_in: Option<&SignedIn>,
    from: &Place,
) -> Result<Arrived, ProviderError> {
    let arrived = take(platform, key, cookie, answer, signed_in, from).await;
    match &arrived {
        Ok(Arrived::SignedIn { step: Step::HalfWay(..), .. }) => event::half_way(By::Provider),
        // Nobody came in, or somebody who was in already; and what belongs to nothing begun here is nobody's try.
        Ok(Arrived::Linked { .. } | Arrived::New { .. }) | Err(ProviderError::Unknown | ProviderError::Stale) => {}
        ended => event::tried(Try::SignIn, By::Provider, ended),
    }
    arrived
}

async fn take(
    platform: &Platform,
    key: &ProviderKey,
    cookie: &str,
    answer: Answer,
    signed_in: Option<&SignedIn>,
    from: &Place,
) -> Result<Arrived, ProviderError> {
    let provider = platform.providers.find(key)?;
    let flow = flow::resume(platform, key, cookie, &answer.state).await?;
    if !spent::spend(platform, "state", &flow.state, platform.clock.now() + LASTS).await? {
        return Err(ProviderError::Stale);
    }
    let metadata = provider.metadata(platform.clock.now()).await?;
    let must_name_itself = metadata.additional_metadata().authorization_response_iss_parameter_supported;
    // Mix-up: the answer of one provider brought back as another's (RFC 9207, section 2.4).
    if answer.iss.as_ref().map_or(must_name_itself, |issuer| *issuer != provider.config.issuer) {
        return Err(ProviderError::Untrusted("the answer names another issuer, or none".to_owned()));
    }
    if let Some(error) = &answer.error {
        tracing::info!(provider = %key, error = error.get(..60).unwrap_or(error), "a sign-in provider said no");
        return Err(ProviderError::Denied);
    }
    let client = provider.client(platform, &metadata)?;
    let response = exchange(platform, provider, &client, answer.code, &flow).await?;
    let now = platform.clock.now();
    let told = match check::check(provider, &metadata, &response, &flow, now) {
        Err(Doubt::Key) => check::check(provider, &*provider.with_fresh_keys(now).await?, &response, &flow, now)?,
        checked => checked?,
    };
    let from = Place { device: Device { is_own: flow.own, ..from.device.clone() }, ..from.clone() };
    decide(platform, provider, (&client, &response), told, flow, signed_in, &from).await
}

/// What the code is good for.
async fn exchange(
    platform: &Platform,
    provider: &Provider,
    client: &Client,
    code: String,
    flow: &Flow,
) -> Result<TokenResponse, ProviderError> {
    let untrusted = |why: String| ProviderError::Untrusted(why);
    let assertion = provider.credential.assertion(platform, &provider.config).map_err(|error| untrusted(error.to_string()))?;
    let mut request = client
        .exchange_code(AuthorizationCode::new(code))
        .map_err(|error| untrusted(error.to_string()))?
        .set_pkce_verifier(PkceCodeVerifier::new(flow.verifier.clone()));
    if let Some(assertion) = assertion {
        request = request
            .add_extra_param("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            .add_extra_param("client_assertion", assertion);
    }
    request.request_async(&provider.http).await.map_err(|error| match error {
        RequestTokenError::Request(error) => {
            tracing::warn!(provider = %provider.config.id, %error, "a sign-in provider did not answer");
            ProviderError::Unreachable
        }
        other => untrusted(format!("of the code: {other}")),
    })
}

/// Who it is, and what may happen.
async fn decide(
    platform: &Platform,
    provider: &Provider,
    (client, response): (&Client, &TokenResponse),
    mut told: Told,
    flow: Flow,
    signed_in: Option<&SignedIn>,
    from: &Place,
) -> Result<Arrived, ProviderError> {
    let known = identity::find(platform.storage.reader(), &provider.config.issuer, &told.subject).await?;
    if let Some(session) = flow.link {
        let asked = signed_in.filter(|person| person.session == session).ok_or(ProviderError::Stale)?;
        if known.is_some() {
            return Err(ProviderError::LinkedElsewhere);
        }
        let person = person::Entity::find_by_id(asked.person).one(platform.storage.reader()).await?.ok_or(ProviderError::Stale)?;
        let transaction = platform.storage.begin().await?;
        identity::link(platform, &transaction, provider, &told.subject, person.id).await?;
        transaction.commit().await?;
        return Ok(Arrived::Linked { notice: notice::of(&person, Event::ProviderLinked) });
    }
    if let Some(known) = known {
        let transaction = platform.storage.begin().await?;
        let person = person::Entity::find_by_id(known.person_id).one(&transaction).await?.ok_or(ProviderError::Stale)?;
        let via = Via { identity: known.id, session: told.session.clone() };
        let step = identity::come_in(platform, &transaction, &person, via, &told, from).await?;
        transaction.commit().await?;
        return Ok(Arrived::SignedIn { step, to: flow.to, notice: None });
    }
    check::complete(provider, client, response, &mut told).await?;
    meet(platform, provider, told, flow, from).await
}

/// Somebody who has come for the first time: an account with the address that both sides have verified is theirs.
async fn meet(platform: &Platform, provider: &Provider, told: Told, flow: Flow, from: &Place) -> Result<Arrived, ProviderError> {
    let domains = &provider.config.email_domains;
    let domain = told.email.as_deref().and_then(|email| email.rsplit_once('@')).map(|(_, domain)| domain);
    if !domains.is_empty() && !domain.is_some_and(|domain| domains.iter().any(|allowed| allowed == domain)) {
        return Err(ProviderError::Domain);
    }
    let account = match &told.email {
        Some(email) => person::Entity::find().filter(person::Column::Email.eq(email)).one(platform.storage.reader()).await?,
        None => None,
    };
    let Some(person) = account else {
        if !provider.config.creates_people {
            return Err(ProviderError::NoAccount);
        }
        return Ok(Arrived::New { cookie: newcomer::remember(platform, provider, told, flow)? });
    };
    if person.email_verified_at.is_none() {
        return Err(ProviderError::Unverified);
    }
    let transaction = platform.storage.begin().await?;
    let identity = identity::link(platform, &transaction, provider, &told.subject, person.id).await?;
    let via = Via { identity, session: told.session.clone() };
    let step = identity::come_in(platform, &transaction, &person, via, &told, from).await?;
    transaction.commit().await?;
    Ok(Arrived::SignedIn { step, to: flow.to, notice: notice::of(&person, Event::ProviderLinked) })
}
