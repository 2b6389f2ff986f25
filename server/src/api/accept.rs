//! In which form an answer is wanted.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use axum::http::request::Parts;

use super::{Code, Problem};
use crate::Platform;

/// Form of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// JSON, page by page.
    Json,
    /// CSV, all of it.
    Csv,
}

impl FromRequestParts<Arc<Platform>> for Wanted {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Platform>) -> Result<Self, Problem> {
        match best(&parts.headers, &["application/json", "text/csv"]) {
            Some("text/csv") => Ok(Self::Csv),
            Some(_) => Ok(Self::Json),
            None => Err(Code::NotAcceptable.into()),
        }
    }
}

/// Which of `offers` the request likes best (RFC 9110, section 12.5.1), the first one where it does not mind.
pub(super) fn best(headers: &HeaderMap, offers: &[&'static str]) -> Option<&'static str> {
    let ranges: Vec<&str> =
        headers.get_all(ACCEPT).into_iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).collect();
    if ranges.iter().all(|range| range.trim().is_empty()) {
        return offers.first().copied();
    }
    let weighed = offers.iter().map(|offer| (*offer, weight(&ranges, offer))).filter(|(_, weight)| *weight > 0);
    weighed.rev_max()
}

/// The largest, and among equals the first.
trait RevMax {
    fn rev_max(self) -> Option<&'static str>;
}

impl<I: Iterator<Item = (&'static str, u16)>> RevMax for I {
    fn rev_max(self) -> Option<&'static str> {
        self.fold(None, |best: Option<(&'static str, u16)>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        })
        .map(|(offer, _)| offer)
    }
}

/// How much `offer` is liked, in thousandths: what the most particular range that covers it says.
fn weight(ranges: &[&str], offer: &str) -> u16 {
    let covering = ranges.iter().filter_map(|range| {
        let mut parts = range.split(';').map(str::trim);
        let particular = particularity(parts.next()?, offer)?;
        let q = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="))).map_or(1000, thousandths);
        Some((particular, q))
    });
    covering.max().map_or(0, |(_, q)| q)
}

fn particularity(range: &str, offer: &str) -> Option<u8> {
    let range = range.to_ascii_lowercase();
    let kind = offer.split('/').next().unwrap_or_default();
    match range.as_str() {
        "*/*" => Some(0),
        exact if exact == offer => Some(2),
        wide if wide.strip_suffix("/*") == Some(kind) => Some(1),
        _ => None,
    }
}

/// A quality value in thousandths; one that cannot be read is none.
fn thousandths(q: &str) -> u16 {
    let Some((whole, part)) = q.split_once('.').or(Some((q, ""))) else { return 0 };
    let digits: String = format!("{whole}{part:0<3}").chars().take(4).collect();
    digits.parse::<u16>().map_or(0, |q| q.min(1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn liked(accept: &str) -> Option<&'static str> {
        let headers = [(ACCEPT, accept.parse().unwrap())].into_iter().collect();
        best(&headers, &["application/json", "text/csv"])
    }

    #[test]
    fn the_form_liked_best_is_chosen_and_none_where_none_is_liked() {
        assert_eq!(best(&HeaderMap::new(), &["application/json"]), Some("application/json"));
        assert_eq!(liked("*/*"), Some("application/json"));
        assert_eq!(liked("text/csv"), Some("text/csv"));
        assert_eq!(liked("text/csv;q=0.5, application/json;q=0.9"), Some("application/json"));
        assert_eq!(liked("application/json;q=0.1, text/*;q=0.25"), Some("text/csv"));
        assert_eq!(liked("*/*, application/json;q=0"), Some("text/csv"));
        assert_eq!(liked("image/png"), None);
        assert_eq!(liked("text/csv;q=x"), None);
    }
}
