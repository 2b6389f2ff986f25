//! A list as CSV for programs: its fields as columns, in the same order, whatever its length.

use std::sync::Arc;

use async_stream::try_stream;
use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use sea_orm::{DbErr, EntityTrait, FromQueryResult, Select};
use serde::Serialize;
use serde_json::Value;

use super::super::csv::{CHUNK_BYTES, line};
use crate::Platform;

/// Streams what `select` finds. A cell is what the field is in JSON; one that begins like a formula gets an apostrophe before it.
pub(super) fn stream<E, R>(platform: Arc<Platform>, name: &str, heads: &'static [&'static str], select: Select<E>) -> Response
where
    E: EntityTrait,
    R: FromQueryResult + Serialize + Send + Unpin + 'static,
{
    let disposition = format!("attachment; filename=\"{name}-{}.csv\"", platform.clock.now().date_naive());
    let of = Arc::clone(&platform);
    let rows = try_stream! {
        let mut out = Vec::with_capacity(CHUNK_BYTES * 2);
        line(&mut out, heads.iter().copied());
        let mut rows = select.into_model::<R>().stream(of.storage.reader()).await?;
        while let Some(row) = rows.next().await {
            write(&mut out, heads, &row?)?;
            if out.len() >= CHUNK_BYTES {
                yield std::mem::take(&mut out);
            }
        }
        yield out;
    };
    let rows: std::pin::Pin<Box<dyn futures_util::Stream<Item = Result<Vec<u8>, DbErr>> + Send>> = Box::pin(rows);
    let rows = platform.files.hand_on(rows);
    ([(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, disposition)], Body::from_stream(rows)).into_response()
}

fn write(out: &mut Vec<u8>, heads: &[&str], row: &impl Serialize) -> Result<(), DbErr> {
    let row = serde_json::to_value(row).map_err(|error| DbErr::Json(error.to_string()))?;
    let cells: Vec<String> = heads.iter().map(|head| row.get(head).map(cell).unwrap_or_default()).collect();
    line(out, cells.iter().map(String::as_str));
    Ok(())
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
