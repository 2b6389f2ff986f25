//! The schema: up and down again, equal to the entities, and never newer than the program.

use std::task::{Context, Poll, Waker};

use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database as Connection, DatabaseConnection, DbBackend, Statement};
use server::storage::{Storage, StorageError};
use tests::{Campus, Database, on_both};

async fn connection(database: &Database) -> DatabaseConnection {
    let file = database.data.path().join("schema.sqlite");
    let url = database.url.clone().unwrap_or_else(|| format!("sqlite:{}?mode=rwc", file.display()));
    Connection::connect(url).await.unwrap()
}

async fn tables(connection: &DatabaseConnection) -> Vec<String> {
    let backend = connection.get_database_backend();
    let sql = match backend {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        _ => "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name",
    };
    let rows = connection.query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
    rows.iter().map(|row| row.try_get::<String>("", "name").unwrap()).collect()
}

async fn up_down_up(database: Database) {
    let connection = connection(&database).await;
    Migrator::up(&connection, None).await.unwrap();
    let first = tables(&connection).await;
    assert!(first.len() > 10, "{first:?}");
    Migrator::down(&connection, None).await.unwrap();
    assert_eq!(tables(&connection).await, ["seaql_migrations"]);
    Migrator::up(&connection, None).await.unwrap();
    assert_eq!(tables(&connection).await, first);
}

#[tokio::test]
async fn the_schema_goes_up_and_down_and_up_on_sqlite() {
    up_down_up(Database::sqlite()).await;
}

#[tokio::test]
async fn the_schema_goes_up_and_down_and_up_on_postgresql() {
    if let Some(database) = Database::postgresql().await {
        up_down_up(database).await;
    }
}

async fn refuses_a_newer_schema(database: Database) {
    let connection = connection(&database).await;
    Migrator::up(&connection, None).await.unwrap();
    connection
        .execute_unprepared("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000001_tomorrow', 1)")
        .await
        .unwrap();
    let file = database.data.path().join("schema.sqlite");
    let url = database.url.clone().unwrap_or_else(|| format!("sqlite:{}", file.display()));
    match Storage::open(&url).await {
        Err(StorageError::Newer(name)) => assert_eq!(name, "m29990101_000001_tomorrow"),
        other => panic!("opened all the same: {other:?}"),
    }
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused_on_sqlite() {
    refuses_a_newer_schema(Database::sqlite()).await;
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused_on_postgresql() {
    if let Some(database) = Database::postgresql().await {
        refuses_a_newer_schema(database).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_that_start_at_once_on_an_empty_database_both_open() {
    if let Some(Database { url: Some(url), .. }) = Database::postgresql().await {
        let (one, other) = tokio::join!(Storage::open(&url), Storage::open(&url));
        assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
    }
}

on_both! {
    async fn a_commit_is_synced_to_disk_before_it_is_confirmed(campus) {
        let connection = campus.platform.storage.begin().await.unwrap();
        let backend = connection.get_database_backend();
        if backend == DbBackend::Sqlite {
            let pragma = |name: &str| Statement::from_string(backend, format!("PRAGMA {name}"));
            let synchronous: i32 = connection.query_one_raw(pragma("synchronous")).await.unwrap().unwrap().try_get_by_index(0).unwrap();
            let journal: String = connection.query_one_raw(pragma("journal_mode")).await.unwrap().unwrap().try_get_by_index(0).unwrap();
            let foreign_keys: i32 = connection.query_one_raw(pragma("foreign_keys")).await.unwrap().unwrap().try_get_by_index(0).unwrap();
            assert_eq!((synchronous, journal.as_str(), foreign_keys), (2, "wal", 1));
        } else {
            let statement = Statement::from_string(backend, "SHOW synchronous_commit");
            let synchronous: String = connection.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap();
            assert_eq!(synchronous, "on");
        }
    }
}

/// Writes that arrive together share a commit. Whoever goes away in the middle takes nothing with them that others were told of.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_write_that_is_given_up_takes_no_other_with_it() {
    let campus = std::sync::Arc::new(Campus::on(Database::sqlite()).await);
    let storage = campus.platform.storage.clone();
    let write = storage.begin().await.unwrap();
    write.execute_unprepared("CREATE TABLE written (n INTEGER PRIMARY KEY)").await.unwrap();
    write.commit().await.unwrap();
    let chance = server::world::Chance::seeded(11);
    let mut confirmed = Vec::new();
    for round in 0..150_u32 {
        let write = |n: u32| {
            let storage = storage.clone();
            async move {
                let write = storage.begin().await?;
                write.execute_unprepared(&format!("INSERT INTO written VALUES ({n})")).await?;
                write.commit().await.map(|()| n)
            }
        };
        let tasks: Vec<_> = (0..12)
            .map(|at| {
                let n = round * 12 + at;
                // Every third goes away after so many steps, wherever that is.
                let [roll, steps] = chance.bytes::<2>();
                let steps = (roll % 3 == 0).then_some(1 + steps % 24);
                tokio::spawn(given_up(write(n), steps))
            })
            .collect();
        for task in tasks {
            let done = tokio::time::timeout(std::time::Duration::from_secs(20), task).await.expect("nobody waits for ever").unwrap();
            if let Some(written) = done {
                confirmed.push(written.expect("a write that was not given up goes through"));
            }
        }
    }
    assert!(confirmed.len() > 300, "enough went through to tell: {}", confirmed.len());
    for n in confirmed {
        assert_eq!(campus.count("written", &format!("n = {n}")).await, 1, "{n} was confirmed");
    }
}

/// A full disk makes SQLite take back the transaction that several writes share, while one of them is at work.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writes_that_the_database_took_back_are_confirmed_to_nobody() {
    let campus = Campus::on(Database::sqlite()).await;
    let storage = campus.platform.storage.clone();
    let write = storage.begin().await.unwrap();
    write.execute_unprepared("CREATE TABLE written (n INTEGER PRIMARY KEY)").await.unwrap();
    write.commit().await.unwrap();

    let begin = || {
        let storage = storage.clone();
        tokio::spawn(async move { storage.begin().await })
    };
    let queued = async |writers: usize| {
        while storage.writes_waiting() < writers {
            tokio::task::yield_now().await;
        }
    };
    let first = storage.begin().await.unwrap();
    first.execute_unprepared("INSERT INTO written VALUES (1)").await.unwrap();
    let second = begin();
    queued(1).await;
    // It waits for the second one's commit.
    let first = tokio::spawn(first.commit());
    let second = second.await.unwrap().unwrap();
    let third = begin();
    queued(1).await;
    // As SQLite does by itself when a page finds no room.
    second.execute_unprepared("ROLLBACK").await.unwrap();
    drop(second);
    let third = third.await.unwrap().unwrap();
    third.execute_unprepared("INSERT INTO written VALUES (3)").await.unwrap();
    third.commit().await.expect("the next one has a transaction of its own");
    assert!(first.await.unwrap().is_err(), "what is gone is not confirmed");
    assert_eq!((campus.count("written", "n = 1").await, campus.count("written", "n = 3").await), (0, 1));
}

/// Does something to its end, or drops it after so many steps.
async fn given_up<T>(work: impl Future<Output = T>, steps: Option<u8>) -> Option<T> {
    let mut work = Box::pin(work);
    let Some(steps) = steps else { return Some(work.await) };
    for _ in 0..steps {
        let step = work.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        if let Poll::Ready(done) = step {
            return Some(done);
        }
        tokio::task::yield_now().await;
    }
    None
}
