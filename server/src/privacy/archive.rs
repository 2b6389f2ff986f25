//! Own data as one ZIP: a page to read, tables for a spreadsheet, and the same for programs.

use std::io::{self, Cursor, Write};

use serde_json::{Map, Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::own_data::{OwnData, Topic};
use crate::reports::line;

/// Why the archive was not made.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// A file could not be added.
    #[error("the archive could not be written: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// The bytes could not be written.
    #[error("the archive could not be written: {0}")]
    Io(#[from] io::Error),
}

impl OwnData {
    /// The ZIP. `index` is the page to read, `in_words` says what a table or a column (`column-…`) is called. File names are
    /// neutral.
    ///
    /// # Errors
    /// [`ArchiveError`].
    pub fn archive(&self, index: &str, in_words: impl Fn(&str) -> String) -> Result<Vec<u8>, ArchiveError> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let mut add = |name: &str, bytes: &[u8]| -> Result<(), ArchiveError> {
            zip.start_file(name, options)?;
            Ok(zip.write_all(bytes)?)
        };
        add("index.html", index.as_bytes())?;
        for topic in &self.topics {
            add(&format!("data/{}.json", topic.table), &serde_json::to_vec_pretty(&topic.json()).map_err(io::Error::from)?)?;
            add(&format!("tables/{}.csv", topic.table), &topic.csv(&in_words))?;
        }
        add("data/accesses_to_my_record.json", &serde_json::to_vec_pretty(&self.accesses_json()).map_err(io::Error::from)?)?;
        for (name, pdf) in &self.papers {
            add(&format!("certificates/{name}"), pdf)?;
        }
        Ok(zip.finish()?.into_inner())
    }

    fn accesses_json(&self) -> Value {
        let line = |access: &super::Access| {
            json!({
                "at": access.at, "role": access.role, "countries": access.countries, "institution": access.institution,
                "list": access.list.name(), "manner": access.manner.name(), "from": access.days.0, "to": access.days.1,
                "courses": access.courses,
            })
        };
        self.accesses.iter().map(line).collect()
    }
}

impl Topic {
    /// The rows, each an object by column.
    #[must_use]
    pub fn json(&self) -> Value {
        self.rows.iter().zip(&self.courses).map(|(row, course)| self.object(row, course.as_ref())).collect()
    }

    fn object(&self, row: &[Value], course: Option<&String>) -> Value {
        let mut object: Map<String, Value> = Map::new();
        if let Some(course) = course {
            object.insert("course".to_owned(), Value::from(course.clone()));
        }
        object.extend(self.columns.iter().zip(row).map(|(column, value)| (column.name.to_owned(), value.clone())));
        Value::Object(object)
    }

    fn csv(&self, in_words: impl Fn(&str) -> String) -> Vec<u8> {
        let mut out = "\u{feff}".as_bytes().to_vec();
        let heads: Vec<String> = self.columns.iter().map(|column| in_words(&format!("column-{}", column.name))).collect();
        line(&mut out, heads.iter().map(String::as_str));
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(cell).collect();
            line(&mut out, cells.iter().map(String::as_str));
        }
        out
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
