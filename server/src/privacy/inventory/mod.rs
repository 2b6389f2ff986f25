//! Every table that holds something of a person, column by column: what it is, whose, how long it is kept, who sees it, whether
//! the person takes it along, and what erasure does to it. The privacy page, the archive of own data and the tests all read this one
//! table, so a table that is not in it is noticed.

mod tables;

use crate::config::Config;

pub use tables::{NOT_PERSONAL, TABLES};

/// A table with something of a person.
#[derive(Debug)]
pub struct Table {
    /// Its name in the database.
    pub name: &'static str,
    /// How its rows are a person's.
    pub whose: Whose,
    /// How long its rows are kept.
    pub kept: Kept,
    /// Who sees them beside the person.
    pub seen_by: SeenBy,
    /// What erasure does to them.
    pub fate: Fate,
    /// Every column.
    pub columns: &'static [Column],
}

/// How the rows of a table are a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// By the person's id in this column.
    Own(&'static str),
    /// By this column, which names a row of another table.
    Through(&'static str, &'static str),
    /// Nobody can tell.
    Unknown,
}

/// How long rows are kept.
#[derive(Clone, Copy, Debug)]
pub enum Kept {
    /// As long as the account.
    Account,
    /// So many days after they have ended.
    Days(fn(&Config) -> u32),
    /// Until a limit is given back: hours.
    Hours,
    /// For good.
    Always,
}

/// Who sees rows beside the person whose they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeenBy {
    /// Nobody: only the program reads them.
    Nobody,
    /// Coordinators of the country, and administrators.
    Coordinators,
    /// Administrators.
    Administrators,
    /// Anyone who holds the certificate's code.
    CodeHolders,
    /// The people whose records were seen.
    Affected,
}

/// What erasure does to rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They are gone.
    Deleted,
    /// What counts in figures is copied without anything that leads back; the rows are gone.
    Pseudonym,
    /// The name goes, the rest stays.
    Nameless,
    /// They stay, unless the person wants them gone too.
    Stays,
    /// Who did it is gone, that it was done stays.
    Authorless,
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// Its name in the database.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// What it is to the person.
    pub role: Role,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// An id.
    Id,
    /// An instant.
    Time,
    /// Yes or no.
    Flag,
    /// A number of 32 bits.
    Number,
    /// A number of 64 bits.
    Long,
}

/// What a column is to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Tells something of them: theirs to take along.
    Theirs,
    /// Tells something of them, but would open a door to whoever finds it: not in the archive.
    Secret,
    /// Tells nothing of them: joins rows, or chance.
    Inner,
}

impl Table {
    /// The columns that a person takes along.
    pub fn theirs(&self) -> impl Iterator<Item = &'static Column> {
        self.columns.iter().filter(|column| column.role == Role::Theirs)
    }
}

/// The table called `name`.
#[must_use]
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}
