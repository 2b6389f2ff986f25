//! Passkeys (WebAuthn): a key on a device or in a password manager, which asks for a finger, a face or a PIN before it signs. One is
//! a second factor, and all that is needed to sign in.
//!
//! What the server must remember between its challenge and the answer goes along with the page, signed, and is taken once: so opening
//! a page writes nothing.

use std::net::Ipv6Addr;

use chrono::{DateTime, TimeDelta, Utc};
use courses::id::{PasskeyId, PersonId, TokenId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, SqlErr};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::{Host, Url};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::allowance::{self, FromAddress};
use super::confirm;
use super::entity::{passkey, person};
use super::event::{self, By, Try};
use super::notice::{self, Event, Notice};
use super::recovery_code;
use super::second_factor::{self, Added, CodeError};
use super::session::Started;
use super::sign_in::{self, Place};
use crate::Platform;
use crate::access::key::Purpose;
use crate::access::token::{self, Use};
use crate::access::{Confirmed, SignedIn, digest};

/// Tokens that carry the server's half of making a passkey.
const MAKING: Use = Use { purpose: Purpose::Session, kind: "campus-passkey-new+jwt", audience: "campus-passkey-new" };
/// Tokens that carry the server's half of using one.
const USING: Use = Use { purpose: Purpose::Session, kind: "campus-passkey+jwt", audience: "campus-passkey" };
/// How long the browser may take.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);
/// Most passkeys of a person.
const MOST: usize = 10;

/// A passkey as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPasskey {
    /// Its id.
    pub id: PasskeyId,
    /// What the person calls it.
    pub name: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// When somebody last signed in with it.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// What a page needs to ask a browser for a passkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Options of `navigator.credentials`, in JSON.
    pub options: String,
    /// The server's half, to come back with the answer.
    pub state: String,
}

#[derive(Serialize, Deserialize)]
struct Claims<S> {
    jti: TokenId,
    /// Whose passkey is made.
    person: Option<PersonId>,
    state: S,
}

/// The second factors that a person has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecondFactors {
    /// Whether an app shows them codes.
    pub has_app: bool,
    /// Their passkeys, oldest first.
    pub passkeys: Vec<OwnPasskey>,
    /// Recovery codes not used yet.
    pub codes_left: u64,
}

/// The person's own second factors.
///
/// # Errors
/// When the database does not answer.
pub async fn second_factors(platform: &Platform, signed_in: &SignedIn) -> Result<SecondFactors, DbErr> {
    let reader = platform.storage.reader();
    let passkeys = of(reader, signed_in.person).await?;
    Ok(SecondFactors {
        has_app: second_factor::app_of(reader, signed_in.person).await?.is_some(),
        passkeys: passkeys
            .into_iter()
            .map(|row| OwnPasskey { id: row.id, name: row.name, made_at: row.made_at, last_used_at: row.last_used_at })
            .collect(),
        codes_left: recovery_code::left(reader, signed_in.person).await?,
    })
}

/// Whether browsers make passkeys for the address of this campus: they want a name, and TLS unless it is this machine's.
#[must_use]
pub fn passkeys_work(platform: &Platform) -> bool {
    webauthn(platform).is_some()
}

/// Asks for a new passkey; `None` where there are none, or the person has as many as one may have.
///
/// # Errors
/// When the database does not answer.
pub async fn new_passkey_challenge(platform: &Platform, confirmed: Confirmed) -> Result<Option<Challenge>, DbErr> {
    let reader = platform.storage.reader();
    let known = of(reader, confirmed.person()).await?;
    let person = person::Entity::find_by_id(confirmed.person()).one(reader).await?;
    let (Some(webauthn), Some(person), true) = (webauthn(platform), person, known.len() < MOST) else { return Ok(None) };
    let known = known.iter().filter_map(|row| parsed::<Passkey>(&row.credential)).map(|passkey| passkey.cred_id().clone()).collect();
    let login = person.user_name.or(person.email).unwrap_or_default();
    let (options, state) = webauthn.start_passkey_registration(person.id.0, &login, &person.name, Some(known)).map_err(failed)?;
    let mut options = serde_json::to_value(options).map_err(failed)?;
    // Found by itself when signing in, without a user name: the device must keep it.
    if let Some(selection) = options.pointer_mut("/publicKey/authenticatorSelection").and_then(Value::as_object_mut) {
        selection.insert("residentKey".to_owned(), json!("required"));
        selection.insert("requireResidentKey".to_owned(), json!(true));
    }
    challenge(platform, MAKING, Some(confirmed.person()), &options, state).map(Some)
}

/// Stores the passkey that the browser has made.
///
/// # Errors
/// [`CodeError`]: half-way when it took too long or was done already, wrong when it is no passkey for this campus.
pub async fn add_passkey(
    platform: &Platform,
    confirmed: Confirmed,
    state: &str,
    credential: &str,
    name: &str,
) -> Result<(Added, Option<Notice>), CodeError> {
    let claims: Claims<PasskeyRegistration> = token::read(platform, MAKING, state).await?.ok_or(CodeError::HalfWay)?;
    if claims.person != Some(confirmed.person()) {
        return Err(CodeError::HalfWay);
    }
    let webauthn = webauthn(platform).ok_or(CodeError::Wrong)?;
    let credential: RegisterPublicKeyCredential = parsed(credential).ok_or(CodeError::Wrong)?;
    let passkey = webauthn.finish_passkey_registration(&credential, &claims.state).map_err(|_| CodeError::Wrong)?;
    let now = platform.clock.now();
    let transaction = platform.storage.begin().await?;
    if !token::spend(&transaction, claims.jti, now + PATIENCE).await? {
        return Err(CodeError::HalfWay);
    }
    let row = passkey::ActiveModel {
        id: Set(PasskeyId(platform.chance.id(now))),
        person_id: Set(confirmed.person()),
        name: Set(super::profile::tidy(name).chars().take(60).collect()),
        credential_digest: Set(digest(passkey.cred_id())),
        credential: Set(serde_json::to_string(&passkey).map_err(failed)?),
        made_at: Set(now),
        last_used_at: Set(None),
    };
    match passkey::Entity::insert(row).exec_without_returning(&transaction).await {
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => return Err(CodeError::Wrong),
        stored => stored?,
    };
    let added = second_factor::added(platform, &transaction, confirmed).await?;
    let notice = notice::to(&transaction, confirmed.person(), Event::SecondFactorAdded).await?;
    transaction.commit().await?;
    Ok((added, notice))
}

/// Forgets one of the person's passkeys. Forgetting it twice, or somebody else's, changes nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn remove_passkey(platform: &Platform, confirmed: Confirmed, id: PasskeyId) -> Result<Option<Notice>, DbErr> {
    let transaction = platform.storage.begin().await?;
    let own = passkey::Column::Id.eq(id).and(passkey::Column::PersonId.eq(confirmed.person()));
    if passkey::Entity::delete_many().filter(own).exec(&transaction).await?.rows_affected == 0 {
        return Ok(None);
    }
    let notice = second_factor::removed(&transaction, confirmed.person()).await?;
    transaction.commit().await?;
    Ok(notice)
}

/// Asks for any passkey of this campus; `None` where there are none.
///
/// # Errors
/// When the challenge cannot be signed.
pub fn passkey_challenge(platform: &Platform) -> Result<Option<Challenge>, DbErr> {
    let Some(webauthn) = webauthn(platform) else { return Ok(None) };
    let (options, state) = webauthn.start_discoverable_authentication().map_err(failed)?;
    let options = serde_json::to_value(options).map_err(failed)?;
    challenge(platform, USING, None, &options, state).map(Some)
}

/// Signs in whoever holds the passkey that answered.
///
/// # Errors
/// [`CodeError`].
pub async fn sign_in_by_passkey(platform: &Platform, state: &str, credential: &str, from: &Place) -> Result<Started, CodeError> {
    let started = let_in(platform, state, credential, from).await;
    event::tried(Try::SignIn, By::Passkey, &started);
    started
}

async fn let_in(platform: &Platform, state: &str, credential: &str, from: &Place) -> Result<Started, CodeError> {
    allowance::from_address(platform, FromAddress::SignIn, from.address).await?;
    let person = take_passkey(platform, state, credential).await?;
    let transaction = platform.storage.begin().await?;
    let person = person::Entity::find_by_id(person).one(&transaction).await?;
    let person = person.filter(|person| person.disabled_at.is_none()).ok_or(CodeError::Wrong)?;
    let started = sign_in::open(platform, &transaction, &person, from, true).await?;
    transaction.commit().await?;
    Ok(started)
}

/// Confirms by a passkey of one's own. The session goes on under a new id, and has the second factor.
///
/// # Errors
/// [`CodeError`].
pub async fn confirm_by_passkey(platform: &Platform, signed_in: &SignedIn, state: &str, credential: &str) -> Result<Started, CodeError> {
    let started = by_passkey(platform, signed_in, state, credential).await;
    event::tried(Try::Confirmation, By::Passkey, &started);
    started
}

async fn by_passkey(platform: &Platform, signed_in: &SignedIn, state: &str, credential: &str) -> Result<Started, CodeError> {
    if take_passkey(platform, state, credential).await? != signed_in.person {
        return Err(CodeError::Wrong);
    }
    confirm::go_on(platform, signed_in, true).await
}

/// Whose passkey it was that answered the challenge. The challenge is used up; a passkey whose count of signatures went back, as that
/// of a copy does, is refused.
async fn take_passkey(platform: &Platform, state: &str, credential: &str) -> Result<PersonId, CodeError> {
    let claims: Claims<DiscoverableAuthentication> = token::read(platform, USING, state).await?.ok_or(CodeError::HalfWay)?;
    let webauthn = webauthn(platform).ok_or(CodeError::Wrong)?;
    let credential: PublicKeyCredential = parsed(credential).ok_or(CodeError::Wrong)?;
    let (user, id) = webauthn.identify_discoverable_authentication(&credential).map_err(|_| CodeError::Wrong)?;
    let transaction = platform.storage.begin().await?;
    let known = passkey::Column::CredentialDigest.eq(digest(id)).and(passkey::Column::PersonId.eq(user));
    let row = passkey::Entity::find().filter(known).one(&transaction).await?.ok_or(CodeError::Wrong)?;
    let mut passkey: Passkey = parsed(&row.credential).ok_or(CodeError::Wrong)?;
    let key = DiscoverableKey::from(&passkey);
    let shown = webauthn.finish_discoverable_authentication_v2(&credential, claims.state, &key).map_err(|_| CodeError::Wrong)?;
    let now = platform.clock.now();
    if !token::spend(&transaction, claims.jti, now + PATIENCE).await? {
        return Err(CodeError::HalfWay);
    }
    passkey.update_credential(&shown);
    let credential = serde_json::to_string(&passkey).map_err(failed)?;
    let change = passkey::ActiveModel { id: Set(row.id), credential: Set(credential), last_used_at: Set(Some(now)), ..Default::default() };
    change.update(&transaction).await?;
    transaction.commit().await?;
    Ok(row.person_id)
}

/// The passkeys of `person`, oldest first.
pub(super) async fn of(database: &impl ConnectionTrait, person: PersonId) -> Result<Vec<passkey::Model>, DbErr> {
    passkey::Entity::find().filter(passkey::Column::PersonId.eq(person)).order_by_asc(passkey::Column::Id).all(database).await
}

fn challenge(platform: &Platform, to: Use, person: Option<PersonId>, options: &Value, state: impl Serialize) -> Result<Challenge, DbErr> {
    let now = platform.clock.now();
    let claims = Claims { jti: TokenId(platform.chance.id(now)), person, state };
    let options = options.get("publicKey").map(Value::to_string).unwrap_or_default();
    Ok(Challenge { options, state: token::sign(platform, to, claims, now + PATIENCE)? })
}

/// The campus as browsers know it. Reached at this machine's own address, it is `localhost` to them: an address of numbers has no passkeys.
fn webauthn(platform: &Platform) -> Option<Webauthn> {
    let mut origin = Url::parse(&platform.config.origin()).ok()?;
    let is_this_machine = match origin.host()? {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address == Ipv6Addr::LOCALHOST,
        Host::Domain(_) => false,
    };
    if is_this_machine {
        origin.set_host(Some("localhost")).ok()?;
    }
    let domain = origin.domain()?.to_owned();
    WebauthnBuilder::new(&domain, &origin).ok()?.rp_name("E-Campus").build().ok()
}

fn parsed<T: DeserializeOwned>(json: &str) -> Option<T> {
    serde_json::from_str(json).ok()
}

fn failed(error: impl std::fmt::Display) -> DbErr {
    DbErr::Custom(format!("a passkey: {error}"))
}
