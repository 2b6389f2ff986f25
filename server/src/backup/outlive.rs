//! What a restore takes back from nobody: rows of the replaced database that say what was done for good.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use super::restore::insertion;
use super::row;
use super::table::{self, Table};
use super::write::copy;

/// Tables of such rows. Whoever stands in one is erased again when the campus opens, whichever server had erased them.
const TABLES: [&str; 1] = ["privacy_erasures"];

/// A row, and the table it is of.
pub(super) struct Outliving {
    table: String,
    line: Vec<u8>,
}

/// Such rows of a database that is about to be emptied.
pub(super) async fn outliving(database: &DatabaseTransaction, tables: &[Table]) -> Result<Vec<Outliving>, DbErr> {
    let mut rows = Vec::new();
    for table in tables.iter().filter(|table| TABLES.contains(&table.name.as_str())) {
        let take = |line: &[u8]| {
            rows.push(Outliving { table: table.name.clone(), line: line.to_vec() });
            Ok::<(), DbErr>(())
        };
        copy(database, table, take).await?;
    }
    Ok(rows)
}

/// Adds those that the restored database does not have.
pub(super) async fn add(database: &DatabaseTransaction, rows: Vec<Outliving>) -> Result<(), DbErr> {
    let tables = table::tables(database).await?;
    for Outliving { table, line } in rows {
        let other = || DbErr::Custom(format!("a row of {table} has a form that this program does not know"));
        let table = tables.iter().find(|known| known.name == table).ok_or_else(other)?;
        let values = row::values(table, line.trim_ascii_end()).ok_or_else(other)?;
        let mut insertion = insertion(table, vec![values])?;
        database.execute(insertion.on_conflict(OnConflict::new().do_nothing().to_owned())).await?;
    }
    Ok(())
}
