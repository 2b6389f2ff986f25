//! A row as a line of an archive, and back.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::{DbErr, QueryResult, TryGetable, Value};
use serde_json::Value as Json;
use uuid::Uuid;

use super::table::{Column, Kind, Table};

/// The line of a row that [`Table::select`] read, with its end.
pub(super) fn line(table: &Table, row: &QueryResult) -> Result<Vec<u8>, DbErr> {
    let mut cells = Vec::with_capacity(table.columns.len());
    for (at, column) in table.columns.iter().enumerate() {
        cells.push(cell(row, at, column.kind)?);
    }
    let mut line = serde_json::to_vec(&cells).map_err(|error| DbErr::Json(error.to_string()))?;
    line.push(b'\n');
    Ok(line)
}

fn cell(row: &QueryResult, at: usize, kind: Kind) -> Result<Json, DbErr> {
    Ok(match kind {
        Kind::Uuid => optional(row, at, |id: Uuid| id.to_string().into())?,
        Kind::Text => optional(row, at, |text: String| text.into())?,
        Kind::Time => optional(row, at, |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Micros, true).into())?,
        Kind::Boolean => optional(row, at, |is: bool| is.into())?,
        Kind::Bytes => optional(row, at, |bytes: Vec<u8>| STANDARD.encode(bytes).into())?,
        Kind::Integer => optional(row, at, |number: i32| number.into())?,
        Kind::Wide => optional(row, at, |number: i64| number.into())?,
    })
}

fn optional<T: TryGetable>(row: &QueryResult, at: usize, written: impl FnOnce(T) -> Json) -> Result<Json, DbErr> {
    Ok(row.try_get_by_index::<Option<T>>(at)?.map_or(Json::Null, written))
}

/// The values of a line, in the order of the table's columns; `None` if it is not a row of this table.
pub(super) fn values(table: &Table, line: &[u8]) -> Option<Vec<Value>> {
    let cells: Vec<Json> = serde_json::from_slice(line).ok()?;
    if cells.len() != table.columns.len() {
        return None;
    }
    table.columns.iter().zip(cells).map(|(column, cell)| value(column, cell)).collect()
}

fn value(column: &Column, cell: Json) -> Option<Value> {
    let is_null = cell.is_null();
    let text = if let Json::String(text) = &cell { Some(text.as_str()) } else { None };
    let value = match column.kind {
        Kind::Uuid => Value::from(text.and_then(|text| text.parse::<Uuid>().ok())),
        Kind::Text => Value::from(text.map(str::to_owned)),
        Kind::Time => Value::from(text.and_then(|text| text.parse::<DateTime<Utc>>().ok())),
        Kind::Boolean => Value::from(cell.as_bool()),
        Kind::Bytes => Value::from(text.and_then(|text| STANDARD.decode(text).ok())),
        Kind::Integer => Value::from(cell.as_i64().and_then(|number| i32::try_from(number).ok())),
        Kind::Wide => Value::from(cell.as_i64()),
    };
    // What cannot be read must not become nothing.
    (is_null || value != value.as_null()).then_some(value)
}
