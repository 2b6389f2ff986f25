//! Fresh databases.

use sea_orm::{ConnectionTrait, Database as Connection};
use tempfile::TempDir;

/// A database that no other test sees.
pub struct Database {
    /// Address, as the program takes it; none = SQLite in the data folder.
    pub url: Option<String>,
    /// Folder of the campus.
    pub data: TempDir,
}

impl Database {
    /// A file.
    #[must_use]
    pub fn sqlite() -> Self {
        Self { url: None, data: folder() }
    }

    /// A database of the server in `CAMPUS_TEST_POSTGRES`, which `make test` starts; `None`, and said aloud, where there is none.
    pub async fn postgresql() -> Option<Self> {
        let Ok(server) = std::env::var("CAMPUS_TEST_POSTGRES") else {
            eprintln!("SKIPPED: CAMPUS_TEST_POSTGRES is not set, so nothing was tried on PostgreSQL; `make test` sets it");
            return None;
        };
        let name = format!("campus_{}", uuid::Builder::from_random_bytes(random()).into_uuid().simple());
        let connection = Connection::connect(&server).await.expect("PostgreSQL answers");
        connection.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database is made");
        connection.close().await.expect("the connection ends");
        let (server, query) = server.split_once('?').map_or((server.as_str(), ""), |(server, query)| (server, query));
        let base = server.rsplit_once('/').map_or(server, |(base, _)| base);
        let url = if query.is_empty() { format!("{base}/{name}") } else { format!("{base}/{name}?{query}") };
        Some(Self { url: Some(url), data: folder() })
    }
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder is made")
}

fn random() -> [u8; 16] {
    server::world::Chance::from_system().bytes()
}
