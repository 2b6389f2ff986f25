//! The completion report as a file: streamed row by row from the query of the screen.

use async_stream::try_stream;
use chrono::SecondsFormat;
use courses::id::ExportId;
use futures_util::{Stream, StreamExt};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};
use std::sync::Arc;

use super::{Filter, Row, columns, entity, query};
use crate::Platform;
use crate::access::CoordinatorOf;
use crate::certificates::entity::completion;
use crate::privacy::{self, Manner, Seen};

/// Bytes gathered before they are handed on.
pub(super) const CHUNK_BYTES: usize = 16 * 1024;

/// What the file says in the reader's language.
#[derive(Clone, Debug)]
pub struct Labels {
    /// Lines before the table: filter, time zone, author, date.
    pub preamble: Vec<(String, String)>,
    /// Column heads, in order.
    pub heads: [String; 9],
}

/// Logs the export, then streams the report as CSV (RFC 4180, UTF-8 with a mark, so that spreadsheets read accents).
///
/// # Errors
/// When the database does not answer; also in the middle of the stream.
pub async fn export(
    platform: Arc<Platform>,
    coordinator: CoordinatorOf,
    filter: Filter,
    labels: Labels,
) -> Result<impl Stream<Item = Result<Vec<u8>, DbErr>> + Send + 'static, DbErr> {
    let now = platform.clock.now();
    let rows = query(&platform, &coordinator, &filter).count(platform.storage.reader()).await?;
    log(&platform, &coordinator, "completions", &filter, rows).await?;
    let seen = Seen::Completions { manner: Manner::File, filter: &filter, countries: coordinator.countries(), between: None, rows };
    privacy::record_access(&platform, coordinator.person(), seen).await?;
    let of = Arc::clone(&platform);
    let parts = try_stream! {
        let mut out = Vec::with_capacity(CHUNK_BYTES * 2);
        out.extend_from_slice("\u{feff}".as_bytes());
        for (label, value) in &labels.preamble {
            line(&mut out, [label.as_str(), value.as_str()]);
        }
        line(&mut out, labels.heads.iter().map(String::as_str));
        let database = of.storage.reader();
        // Whoever completes from now on is not in what was logged.
        let up_to_now = query(&of, &coordinator, &filter).filter(completion::Column::CompletedAt.lte(now));
        let mut rows = columns(up_to_now).into_model::<Row>().stream(database).await?;
        let zone = of.config.zone();
        while let Some(row) = rows.next().await {
            write_row(&mut out, &row?, zone);
            if out.len() >= CHUNK_BYTES {
                yield std::mem::take(&mut out);
            }
        }
        yield out;
    };
    Ok(platform.files.hand_on(parts))
}

/// Notes who took how many rows of which report.
pub(super) async fn log(platform: &Platform, coordinator: &CoordinatorOf, report: &str, filter: &Filter, rows: u64) -> Result<(), DbErr> {
    let now = platform.clock.now();
    let entry = entity::ActiveModel {
        id: Set(ExportId(platform.chance.id(now))),
        person_id: Set(Some(coordinator.person())),
        report: Set(report.to_owned()),
        filter: Set(serde_json::to_string(filter).map_err(|error| DbErr::Json(error.to_string()))?),
        rows: Set(i64::try_from(rows).unwrap_or(i64::MAX)),
        exported_at: Set(now),
    };
    let transaction = platform.storage.begin().await?;
    entity::Entity::insert(entry).exec_without_returning(&transaction).await?;
    transaction.commit().await
}

fn write_row(out: &mut Vec<u8>, row: &Row, zone: chrono_tz::Tz) {
    let score = row.score_permille.map(percent).unwrap_or_default();
    let completed = row.completed_at.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false);
    let version = row.version_number.to_string();
    line(
        out,
        [
            row.name.as_str(),
            &row.course_code,
            &version,
            &row.country,
            &row.institution,
            row.occupation.code(),
            row.language.code(),
            &score,
            &completed,
        ],
    );
}

/// A permille as a percentage with one decimal: 875 → `87.5`.
fn percent(permille: i32) -> String {
    format!("{}.{}", permille / 10, permille % 10)
}

/// Appends a line of CSV (RFC 4180) whose cells no spreadsheet takes for formulas.
pub fn line<'a>(out: &mut Vec<u8>, cells: impl IntoIterator<Item = &'a str>) {
    let mut writer = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(out);
    for cell in cells {
        // Writing to memory cannot fail.
        let _ = writer.write_field(neutral(cell).as_ref());
    }
    let _ = writer.write_record(None::<&[u8]>);
    let _ = writer.flush();
}

/// A cell that no spreadsheet takes for a formula: one that begins like a formula gets an apostrophe before it (OWASP, CSV injection).
fn neutral(cell: &str) -> std::borrow::Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{cell}").into()
    } else {
        cell.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_begins_like_a_formula_is_made_harmless() {
        let mut out = Vec::new();
        line(&mut out, ["=1+1", "+502", "-1", "@x", "Ana, \"la\" Pérez", ""]);
        assert_eq!(String::from_utf8(out).unwrap(), "'=1+1,'+502,'-1,'@x,\"Ana, \"\"la\"\" Pérez\",\r\n");
    }

    #[test]
    fn every_beginning_of_a_formula_is_known_and_nothing_else_is_touched() {
        for cell in ["=", "+", "-", "@", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"] {
            assert_eq!(neutral(cell), format!("'{cell}"), "{cell:?}");
        }
        for cell in ["", "a=1", " =1", "'=1", "Ana Paz"] {
            assert_eq!(neutral(cell), cell);
        }
    }

    #[test]
    fn a_permille_is_a_percentage_with_one_decimal() {
        assert_eq!(percent(875), "87.5");
        assert_eq!(percent(1000), "100.0");
    }
}
