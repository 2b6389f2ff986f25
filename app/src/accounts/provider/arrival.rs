//! Back from a provider.

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use chrono::TimeDelta;
use courses::id::ProviderKey;
use server::accounts::Step;
use server::accounts::provider::{self, Answer, Arrived, ProviderError};

use super::super::onward::Onward;
use super::super::{message, session, without_referrer};
use super::{FLOW, NEWCOMER, held, keep, refused};
use crate::form::{notice, redirect};
use crate::reader::Reader;
use crate::routes::{At, Fault};

/// How long somebody new may take to complete their profile.
const COMPLETED_WITHIN: TimeDelta = TimeDelta::hours(1);

/// `GET /sign-in/{provider}/callback`: the one GET that changes something, because that is how the protocol comes back. It does
/// nothing without what this browser took along, and nothing twice.
pub(super) async fn callback(
    reader: Reader,
    At(key): At<ProviderKey>,
    method: Method,
    headers: HeaderMap,
    answer: Result<Query<Answer>, QueryRejection>,
) -> Result<Response, Fault> {
    let platform = &reader.platform;
    let Some(Query(answer)) = answer.ok().filter(|_| method == Method::GET) else { return refused(&reader, &key, ProviderError::Stale) };
    let taken_along = held(&reader, &headers, FLOW).unwrap_or_default();
    let place = reader.place(false).await?;
    let arrived = provider::arrive(platform, &key, taken_along, answer, reader.person.as_ref(), &place).await;
    // What somebody else sent here does not use up what this browser has begun.
    let is_over = !matches!(arrived, Err(ProviderError::Stale | ProviderError::Unknown));
    let mut response = match arrived {
        Ok(Arrived::SignedIn { step, to, notice }) => {
            message::tell(platform, notice);
            match step {
                Step::In(started) => session::begin(&reader, started, &place, Onward::to(&to).path()).await?,
                Step::HalfWay(token, keep_for) => session::half_way(platform, &Onward::to(&to), &token, keep_for),
            }
        }
        Ok(Arrived::Linked { notice: told }) => {
            message::tell(platform, told);
            notice(redirect("/profile/sign-in-providers"), "provider-linked")
        }
        Ok(Arrived::New { cookie }) => {
            let mut response = redirect(&format!("/sign-in/{key}/account"));
            keep(&mut response, platform, NEWCOMER, &cookie, COMPLETED_WITHIN);
            response
        }
        Err(error) => refused(&reader, &key, error)?,
    };
    if is_over {
        keep(&mut response, platform, FLOW, "", TimeDelta::zero());
    }
    Ok(without_referrer(response))
}
