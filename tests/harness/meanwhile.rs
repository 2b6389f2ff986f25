//! What another server does at the same moment, on PostgreSQL.

use std::pin::pin;
use std::time::Duration;

use sea_orm::ConnectionTrait;

use crate::Campus;

impl Campus {
    /// Does `work` while another server has done `sql` and not committed it yet. It commits once somebody waits for it, or `work` is over.
    pub async fn meanwhile<T>(&self, sql: &[&str], work: impl Future<Output = T>) -> T {
        let other = self.platform.storage.begin().await.unwrap();
        for statement in sql {
            other.execute_unprepared(statement).await.unwrap();
        }
        let somebody_waits = async {
            while self.count("pg_stat_activity", "datname = current_database() AND wait_event_type = 'Lock'").await == 0 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let mut work = pin!(work);
        let done = tokio::select! {
            done = &mut work => Some(done),
            () = somebody_waits => None,
        };
        other.commit().await.unwrap();
        match done {
            Some(done) => done,
            None => work.await,
        }
    }
}
