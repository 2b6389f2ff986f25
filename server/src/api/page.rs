//! Pages of a list.

use axum::Json;
use axum::http::header::LINK;
use axum::http::{HeaderValue, Uri};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::{BASE, Cursor, FieldFault, Problem};
use crate::Platform;

/// Things on a page, when the request does not say how many, and at most.
const LIMIT: (u64, u64) = (50, 200);

/// A page of a list, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Address of the next page, as in the header `Link`; null on the last one.
    #[schema(format = "uri")]
    pub next: Option<String>,
}

/// Where a page begins and how long it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub after: Option<Cursor>,
    pub limit: u64,
}

impl Place {
    /// The place that the parameters `cursor` and `limit` name.
    ///
    /// # Errors
    /// A problem that names the parameter.
    pub(crate) fn read(cursor: Option<&str>, limit: Option<u64>) -> Result<Self, Problem> {
        let after = cursor.map(str::parse::<Cursor>).transpose();
        let after = after.map_err(|error| Problem::invalid(vec![FieldFault::parameter("cursor", error.to_string())]))?;
        let limit = limit.unwrap_or(LIMIT.0);
        if !(1..=LIMIT.1).contains(&limit) {
            return Err(Problem::invalid(vec![FieldFault::parameter("limit", format!("a limit is 1 to {}", LIMIT.1))]));
        }
        Ok(Self { after, limit })
    }

    /// How many rows to ask the database for: one more than are shown tells whether there is a next page.
    pub(crate) const fn rows(self) -> u64 {
        self.limit + 1
    }
}

/// The page of `rows`, which are at most one more than `place` asks for, at the address `uri`.
pub(crate) fn listed<T: Serialize>(
    platform: &Platform,
    uri: &Uri,
    place: Place,
    mut rows: Vec<T>,
    cursor: impl Fn(&T) -> Cursor,
) -> Response {
    let limit = usize::try_from(place.limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| has_more).map(|last| address(platform, uri, cursor(last)));
    let link = next.as_ref().and_then(|next| HeaderValue::from_str(&format!("<{next}>; rel=\"next\"")).ok());
    let mut response = Json(Page { items: rows, next }).into_response();
    if let Some(link) = link {
        response.headers_mut().insert(LINK, link);
    }
    response
}

/// The address asked for, with another cursor.
fn address(platform: &Platform, uri: &Uri, cursor: Cursor) -> String {
    let others = uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let query: Vec<String> = others.map(str::to_owned).chain([format!("cursor={cursor}")]).collect();
    let path = uri.path().trim_start_matches(BASE);
    format!("{}{BASE}{path}?{}", platform.config.origin(), query.join("&"))
}
