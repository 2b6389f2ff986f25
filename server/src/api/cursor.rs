//! Where a list goes on: after the last thing seen, newest first, so that what is added meanwhile moves nothing.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{IntoColumnRef, SimpleExpr};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

/// The place of a thing in a list that is newest first: its time and its id. It says where to go on, never what may be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub at: DateTime<Utc>,
    pub id: Uuid,
}

/// Text that is no cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no cursor: take `next` of the page before as it is")]
pub(crate) struct NoCursor;

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut bytes = [0; 24];
        let (time, id) = bytes.split_at_mut(8);
        time.copy_from_slice(&self.at.timestamp_micros().to_be_bytes());
        id.copy_from_slice(self.id.as_bytes());
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl std::str::FromStr for Cursor {
    type Err = NoCursor;
    fn from_str(text: &str) -> Result<Self, NoCursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NoCursor)?;
        let (time, id) = bytes.split_at_checked(8).ok_or(NoCursor)?;
        let micros = i64::from_be_bytes(time.try_into().map_err(|_| NoCursor)?);
        let at = DateTime::from_timestamp_micros(micros).ok_or(NoCursor)?;
        // What no row can have, a database need not be able to compare with.
        if !(2000..=9999).contains(&chrono::Datelike::year(&at)) {
            return Err(NoCursor);
        }
        Ok(Self { at, id: Uuid::from_slice(id).map_err(|_| NoCursor)? })
    }
}

/// What comes after `cursor` in a list ordered by `time` and `id`, both descending.
pub(crate) fn before<C: ColumnTrait + IntoColumnRef>(cursor: Cursor, time: C, id: C) -> Condition {
    let same_time: SimpleExpr = time.eq(cursor.at);
    Condition::any().add(time.lt(cursor.at)).add(Condition::all().add(same_time).add(id.lt(cursor.id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_is_written_and_nothing_else_is_one() {
        let cursor = Cursor { at: "2026-11-16T15:00:00.123456Z".parse().unwrap(), id: Uuid::from_u128(7) };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for none in ["", "AAAA", "x y", &"A".repeat(32), &"_".repeat(32), &format!("{cursor}AAAA")] {
            assert_eq!(none.parse::<Cursor>(), Err(NoCursor), "{none}");
        }
    }
}
