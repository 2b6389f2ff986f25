//! The report as a file.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use server::access::CoordinatorOf;
use server::accounts;
use server::reports::{Filter, Labels};

use super::asked::Asked;
use super::{coordinator, words};
use crate::form::{Fields, redirect};
use crate::reader::Reader;
use crate::routes::Fault;

/// Sends the completions that the filter picks as CSV; a filter that cannot be read goes back to the page, which says why.
pub(super) async fn export(reader: Reader, sent: Fields) -> Result<Response, Fault> {
    let asked = Asked::read(sent.pairs());
    let coordinator = coordinator(&reader, &asked)?;
    accounts::take_export(&reader.platform, coordinator.person()).await?;
    let Ok(filter) = asked.filter(coordinator.countries()) else { return Ok(redirect(&asked.address(0))) };
    let today = reader.platform.clock.now().with_timezone(&reader.platform.config.zone()).date_naive();
    let labels = labels(&reader, &coordinator, &filter);
    let rows = server::reports::export(Arc::clone(&reader.platform), coordinator, filter, labels).await?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"completions-{today}.csv\"")),
    ];
    Ok((headers, Body::from_stream(rows)).into_response())
}

/// What the file says of itself: its filter, time zone, author and date, in the reader's language.
fn labels(reader: &Reader, coordinator: &CoordinatorOf, filter: &Filter) -> Labels {
    let (texts, zone) = (reader.texts, reader.platform.config.zone());
    let author = reader.person.as_ref().map(|person| person.name.clone()).unwrap_or_default();
    let mut preamble = vec![(texts.t("report-file-title").to_owned(), texts.t("report-title").to_owned())];
    preamble.extend(words::in_words(texts, filter, coordinator.countries()));
    preamble.extend([
        (texts.t("report-file-zone").to_owned(), zone.name().to_owned()),
        (texts.t("report-file-author").to_owned(), author),
        (texts.t("report-file-made").to_owned(), texts.moment(reader.platform.clock.now(), zone)),
    ]);
    Labels { preamble, heads: words::heads(texts).map(str::to_owned) }
}
