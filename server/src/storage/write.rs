//! The one way to write: a transaction that, on SQLite, shares its commit with those that arrive while it works.
//!
//! A commit on SQLite waits for the disk, and there is one writer. So writes that arrive together run one after the other as
//! savepoints of one transaction, and the last one in the queue commits for all. Nobody is told of a write before that commit:
//! what was confirmed is on disk, and a hundred answers cost one wait. PostgreSQL does this by itself.
//!
//! When the disk is full SQLite takes back the whole transaction while one of them writes. A savepoint below all of them tells:
//! after a write that was not finished nothing more is done, nor confirmed, before that savepoint was seen to be there.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use sea_orm::prelude::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use crate::metrics;

/// Most writes that share a commit: bounds how long the first of them waits.
const MOST: usize = 256;
/// Lays the savepoint below all writes of a transaction.
const MARK: &str = "SAVEPOINT campus_batch";
/// The same again, which fails where it is gone.
const SEE_MARK: &str = "RELEASE SAVEPOINT campus_batch; SAVEPOINT campus_batch";

/// A write transaction. Dropped without [`Write::commit`], it changes nothing.
pub struct Write {
    transaction: DatabaseTransaction,
    turn: Option<Turn>,
}

/// The writer of a SQLite database.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    connection: DatabaseConnection,
    batch: Arc<Mutex<Batch>>,
    waiting: Arc<AtomicUsize>,
}

/// The transaction that is open, and who waits for its commit.
#[derive(Debug, Default)]
struct Batch {
    open: Option<DatabaseTransaction>,
    confirm: Vec<oneshot::Sender<Result<(), DbErr>>>,
    /// A write in it was not finished.
    is_doubtful: bool,
}

/// The right to write now. However it ends, what others wait for is committed.
struct Turn {
    writer: Writer,
    batch: Option<OwnedMutexGuard<Batch>>,
    /// Whether a write began and was not finished.
    is_unfinished: bool,
}

/// A place in the queue.
struct Place<'w>(&'w Writer);

impl Write {
    /// A transaction of its own.
    pub(super) const fn alone(transaction: DatabaseTransaction) -> Self {
        Self { transaction, turn: None }
    }

    /// Makes the changes last. Returns when they are on disk.
    ///
    /// # Errors
    /// When the database refuses; then nothing has changed.
    pub async fn commit(self) -> Result<(), DbErr> {
        // In a task of its own: whoever asked may go away in the middle, and others share what is under way.
        let committed = tokio::spawn(async move {
            let Self { transaction, turn } = self;
            let Some(mut turn) = turn else { return commit_alone(transaction).await };
            transaction.commit().await?;
            turn.is_unfinished = false;
            let (confirm, confirmed) = oneshot::channel();
            if let Some(batch) = &mut turn.batch {
                batch.confirm.push(confirm);
            }
            drop(turn);
            confirmed.await.unwrap_or_else(|_| Err(stopped()))
        });
        committed.await.unwrap_or_else(|_| Err(stopped()))
    }
}

async fn commit_alone(transaction: DatabaseTransaction) -> Result<(), DbErr> {
    let began = Instant::now();
    let outcome = transaction.commit().await;
    metrics::commit(1, began.elapsed(), outcome.is_ok());
    outcome
}

fn stopped() -> DbErr {
    DbErr::Custom("the writer stopped before the commit".to_owned())
}

impl Deref for Write {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Write {
    fn get_database_backend(&self) -> DbBackend {
        self.transaction.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.transaction.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.transaction.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.transaction.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.transaction.query_all_raw(statement).await
    }
}

impl Writer {
    pub(super) fn new(connection: DatabaseConnection) -> Self {
        Self { connection, batch: Arc::default(), waiting: Arc::default() }
    }

    /// Waits for its turn and begins.
    pub(super) async fn begin(&self) -> Result<Write, DbErr> {
        let place = Place::take(self);
        let batch = Arc::clone(&self.batch).lock_owned().await;
        drop(place);
        let turn = Turn::new(self, batch);
        // In a task of its own: SeaORM's begin, dropped half-way, rolls back the transaction around it, and with it the writes
        // of others.
        tokio::spawn(turn.begin()).await.unwrap_or_else(|_| Err(stopped()))
    }

    /// Commits what is open if nobody is coming who would.
    fn see_to_the_rest(&self) {
        if self.waiting.load(Ordering::SeqCst) == 0
            && let Ok(batch) = Arc::clone(&self.batch).try_lock_owned()
        {
            drop(Turn::new(self, batch));
        }
    }

    /// How many wait for their turn.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    /// Throws the connection away: after a commit that failed nobody knows what state it is in.
    async fn renew(&self) {
        match self.connection.get_sqlite_connection_pool().acquire().await {
            Ok(connection) => {
                if let Err(error) = connection.close().await {
                    tracing::error!(%error, "the connection that writes could not be closed");
                }
            }
            Err(error) => tracing::error!(%error, "the connection that writes could not be renewed"),
        }
    }

    pub(super) async fn close(self) -> Result<(), DbErr> {
        self.connection.close().await
    }
}

impl Place<'_> {
    fn take(writer: &Writer) -> Place<'_> {
        writer.waiting.fetch_add(1, Ordering::SeqCst);
        Place(writer)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
        // Somebody who left the queue may have been the one whom the batch waited for.
        self.0.see_to_the_rest();
    }
}

impl Turn {
    fn new(writer: &Writer, batch: OwnedMutexGuard<Batch>) -> Self {
        Self { writer: writer.clone(), batch: Some(batch), is_unfinished: false }
    }

    /// A savepoint in the open transaction, which is begun if there is none.
    async fn begin(mut self) -> Result<Write, DbErr> {
        let Some(batch) = self.batch.as_deref_mut() else { return Err(stopped()) };
        if let Err(error) = batch.see_mark().await {
            tracing::error!(%error, "the database took back what was written together");
            batch.end(&Err(error));
            self.writer.renew().await;
        }
        let begun = match batch.open(&self.writer.connection).await {
            Ok(open) => open.begin().await,
            Err(error) => Err(error),
        };
        match begun {
            Ok(transaction) => {
                self.is_unfinished = true;
                Ok(Write { transaction, turn: Some(self) })
            }
            Err(error) => {
                // SeaORM has taken the outer transaction back by now: what others did in it is gone, and they are told.
                batch.end(&Err(error.clone()));
                self.writer.renew().await;
                Err(error)
            }
        }
    }
}

impl Batch {
    /// The open transaction, which is begun if there is none.
    async fn open(&mut self, connection: &DatabaseConnection) -> Result<&DatabaseTransaction, DbErr> {
        let open = match self.open.take() {
            Some(open) => open,
            None => {
                // The write lock is taken at once, so that it can never fail half-way.
                let sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
                let open = connection.begin_with_options(TransactionOptions { sqlite_transaction_mode, ..Default::default() }).await?;
                open.execute_unprepared(MARK).await?;
                open
            }
        };
        Ok(self.open.insert(open))
    }

    /// After a write that was not finished: an error if the transaction around it is gone.
    async fn see_mark(&mut self) -> Result<(), DbErr> {
        if self.is_doubtful
            && let Some(open) = &self.open
        {
            open.execute_unprepared(SEE_MARK).await?;
        }
        self.is_doubtful = false;
        Ok(())
    }

    /// Commits what is open.
    async fn commit(&mut self) -> Result<(), DbErr> {
        let seen = self.see_mark().await;
        let Some(open) = self.open.take() else { return seen };
        seen?;
        open.commit().await
    }

    /// Tells everybody who waits how it ended.
    fn end(&mut self, outcome: &Result<(), DbErr>) {
        self.open = None;
        self.is_doubtful = false;
        for confirm in self.confirm.drain(..) {
            let _ = confirm.send(outcome.clone());
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(mut batch) = self.batch.take() else { return };
        if batch.open.is_none() {
            return;
        }
        batch.is_doubtful |= self.is_unfinished;
        let others_wait = self.writer.waiting.load(Ordering::SeqCst) > 0;
        if others_wait && batch.confirm.len() < MOST {
            drop(batch);
            // They may have left meanwhile, and could not take the turn to see to it.
            self.writer.see_to_the_rest();
            return;
        }
        // In a task of its own: whoever waited here may be gone, and others wait for this commit.
        let writer = self.writer.clone();
        tokio::spawn(async move {
            let (writes, began) = (batch.confirm.len(), Instant::now());
            let outcome = batch.commit().await;
            if writes > 0 {
                metrics::commit(writes, began.elapsed(), outcome.is_ok());
            }
            if outcome.is_err() {
                writer.renew().await;
            }
            batch.end(&outcome);
        });
    }
}
