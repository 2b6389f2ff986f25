//! Backups: made while the campus runs, and put back into either database.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database as Connection};
use server::backup::{Archive, BackupError, How, Manifest, RestoreError, back_up, restore};
use server::world::SystemClock;
use tests::{Browser, Campus, Database, Program, on_both_databases};
use zip::write::SimpleFileOptions;

use crate::course::complete;

/// Address of a database, as the program takes it.
fn address(database: &Database) -> String {
    database.url.clone().unwrap_or_else(|| format!("sqlite:{}", database.data.path().join("campus.sqlite").display()))
}

async fn saved(database: &Database, name: &str) -> PathBuf {
    let to = database.data.path().join(name);
    back_up(&address(database), &to, &SystemClock).await.unwrap();
    to
}

async fn put_back(from: &Path, into: &Database, replaces: bool, keeps_sessions: bool) -> Result<Manifest, RestoreError> {
    restore(&address(into), from, How { data: into.data.path(), replaces, keeps_sessions }, &SystemClock).await
}

/// The digests of everything in a database.
fn tables(archive: &Path) -> Vec<(String, u64, String)> {
    let manifest = Archive::open(archive).unwrap().manifest().clone();
    manifest.tables.into_iter().map(|(name, contents)| (name, contents.rows, contents.sha256)).collect()
}

/// A campus where somebody has done everything; who, and the archive made while it ran.
async fn lived_in(database: Database) -> (Database, Browser, String, PathBuf) {
    let campus = Campus::on(database).await;
    let mut ana = campus.learner_with("ana", &[("name", "Ana «Ñandú» \"O'Higgins\" \\ 😀")]).await;
    let code = complete(&campus, &mut ana).await;
    campus.demo("administrator").await;
    let to = campus.platform.config.data.join("first.zip");
    back_up(&campus.platform.config.database(), &to, &SystemClock).await.unwrap();
    (campus.closed().await, ana, code, to)
}

on_both_databases! {
    async fn a_backup_comes_back_as_it_was_into_either_database(database) {
        let (database, ana, code, first) = lived_in(database).await;
        let was = tables(&first);
        assert!(was.iter().map(|(_, rows, _)| rows).sum::<u64>() > 100, "{was:?}");
        let into_file = Database::sqlite();
        put_back(&first, &into_file, false, true).await.unwrap();
        assert_eq!(tables(&saved(&into_file, "again.zip").await), was);
        let mut last = saved(&into_file, "last.zip").await;
        let server = Database::postgresql().await;
        if let Some(into_server) = &server {
            put_back(&last, into_server, false, true).await.unwrap();
            last = saved(into_server, "again.zip").await;
            assert_eq!(tables(&last), was);
        }
        // And back over what is there, where a campus opens on it.
        put_back(&last, &database, true, true).await.unwrap();
        let campus = Campus::on(database).await;
        let mut ana = campus.returning(&ana);
        assert_eq!((ana.get("/profile").await.status(), campus.visitor().get(&format!("/verify/{code}")).await.status()), (200, 200));
    }

    async fn after_a_restore_everybody_signs_in_again_and_no_link_works(database) {
        let campus = Campus::on(database).await;
        let mut ana = campus.learner("ana@salud.example").await;
        let link = campus.mail_links("/verify-email/", 1).await.remove(0);
        assert_eq!((ana.get("/profile").await.status(), ana.get(&link).await.status()), (200, 200));
        let program = campus.program(&mut ana, &["profile:read"]).await;
        assert_eq!(program.get("/me").await.status(), 200);
        let database = campus.closed().await;
        let archive = saved(&database, "campus.zip").await;
        put_back(&archive, &database, true, false).await.unwrap();
        let campus = Campus::on(database).await;
        let mut ana = campus.returning(&ana);
        assert_eq!((ana.get("/profile").await.status(), ana.get(&link).await.status()), (303, 410));
        let program = Program { browser: campus.returning(&program.browser), ..program };
        assert_eq!((program.get("/me").await.status(), program.exchange(&program.refresh).await.status()), (401, 400));
        assert_eq!(campus.count("api_tokens", "revoked_at IS NULL").await, 0);
        assert_eq!(campus.count("accounts_people", "1 = 1").await, 1);
    }

    async fn whoever_was_erased_since_the_backup_is_erased_again_whichever_server_did_it(database) {
        let campus = Campus::on(database).await;
        campus.learner("ana").await;
        campus.learner("eva").await;
        let archive = campus.platform.config.data.join("campus.zip");
        back_up(&campus.platform.config.database(), &archive, &SystemClock).await.unwrap();
        // As another server does, whose journal is not here.
        let noted = "INSERT INTO privacy_erasures (id, keeps_certificates, erased_at) SELECT id, TRUE, created_at FROM accounts_people WHERE user_name = 'ana'";
        assert_eq!(campus.change(noted).await, 1);
        assert_eq!(campus.change("DELETE FROM accounts_people WHERE user_name = 'ana'").await, 1);
        let database = campus.closed().await;
        put_back(&archive, &database, true, false).await.unwrap();
        assert!(saved_text(&database, "accounts_people").await.contains("\"ana\""), "the backup had her");
        let campus = Campus::on(database).await;
        assert_eq!(campus.texts("accounts_people", "user_name").await, ["eva"]);
        // Once more, now that both know: nothing is doubled.
        let database = campus.closed().await;
        put_back(&archive, &database, true, false).await.unwrap();
        let campus = Campus::on(database).await;
        assert_eq!((campus.texts("accounts_people", "user_name").await, campus.count("privacy_erasures", "1 = 1").await), (vec!["eva".to_owned()], 1));
    }

    async fn a_backup_is_of_one_moment_while_others_write(database) {
        let campus = Arc::new(Campus::on(database).await);
        campus.learner("ana").await;
        let stop = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = (0..4).map(|writer| tokio::spawn(write_pairs(Arc::clone(&campus), writer, Arc::clone(&stop)))).collect();
        let data = campus.platform.config.data.clone();
        let mut seen = 0;
        for n in 0..5 {
            let to = data.join(format!("{n}.zip"));
            let manifest = back_up(&campus.platform.config.database(), &to, &SystemClock).await.unwrap();
            let grants = manifest.tables["accounts_grants"].rows;
            assert_eq!(grants, limits_written(&to), "each pair was written at once");
            seen = grants;
        }
        stop.store(true, Ordering::SeqCst);
        for writer in writers {
            writer.await.unwrap();
        }
        assert!(seen > 0, "somebody wrote meanwhile");
    }

    async fn a_restore_overwrites_nothing_unless_asked_and_never_what_a_server_uses(database) {
        let (database, _, _, archive) = lived_in(database).await;
        assert!(matches!(put_back(&archive, &database, false, false).await, Err(RestoreError::NotEmpty)));
        let campus = Campus::on(database).await;
        let address = campus.platform.config.database();
        let how = How { data: &campus.platform.config.data.clone(), replaces: true, keeps_sessions: false };
        assert!(matches!(restore(&address, &archive, how, &SystemClock).await, Err(RestoreError::InUse)));
        assert!(matches!(back_up(&address, &archive, &SystemClock).await, Err(BackupError::Exists(_))));
        assert_eq!(campus.count("accounts_people", "user_name = 'ana'").await, 1);
    }

    async fn a_backup_of_an_older_schema_is_brought_up_to_date(database) {
        let connection = Connection::connect(format!("{}{}", address(&database), if database.url.is_some() { "" } else { "?mode=rwc" })).await.unwrap();
        Migrator::up(&connection, Some(6)).await.unwrap();
        let sql = "INSERT INTO accounts_people (id, name, user_name, password_hash, language, country, institution, occupation, created_at) \
                   VALUES (ID, 'Ana', 'ana', '-', 'es', 'GT', 'Hospital', 'health', '2026-01-02 03:04:05.678901+00:00')";
        let id = if database.url.is_some() { "gen_random_uuid()" } else { "randomblob(16)" };
        connection.execute_unprepared(&sql.replace("ID", id)).await.unwrap();
        connection.close().await.unwrap();
        let archive = saved(&database, "old.zip").await;
        assert_eq!(Archive::open(&archive).unwrap().manifest().schema.len(), 6);
        put_back(&archive, &database, true, false).await.unwrap();
        let campus = Campus::on(database).await;
        assert_eq!(campus.texts("accounts_people", "user_name").await, ["ana"]);
        assert_eq!(campus.times("accounts_people", "created_at").await, ["2026-01-02T03:04:05Z"]);
    }
}

/// A table as an archive made now holds it.
async fn saved_text(database: &Database, table: &str) -> String {
    let archive = saved(database, &format!("{table}.zip")).await;
    let mut zip = zip::ZipArchive::new(File::open(archive).unwrap()).unwrap();
    let mut text = String::new();
    zip.by_name(&format!("tables/{table}.jsonl")).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Rows that `write_pairs` put into the second of its tables, by the archive.
fn limits_written(archive: &Path) -> u64 {
    let mut zip = zip::ZipArchive::new(File::open(archive).unwrap()).unwrap();
    let mut text = String::new();
    zip.by_name("tables/access_limits.jsonl").unwrap().read_to_string(&mut text).unwrap();
    u64::try_from(text.lines().filter(|line| line.contains("\"pair\"")).count()).unwrap()
}

/// Writes rows into two tables at once, over and over.
async fn write_pairs(campus: Arc<Campus>, writer: u8, stop: Arc<AtomicBool>) {
    let mut n = 0_u64;
    while !stop.load(Ordering::SeqCst) && n < 400 {
        n += 1;
        let id = uuid::Builder::from_random_bytes(server::world::Chance::from_system().bytes()).into_uuid();
        let is_file = campus.platform.config.database_url.is_none();
        let id = if is_file { format!("X'{}'", id.simple()) } else { format!("'{id}'") };
        let write = campus.platform.storage.begin().await.unwrap();
        let grant = format!(
            "INSERT INTO accounts_grants (id, person_id, role, granted_at) SELECT {id}, id, 'trainer', created_at FROM accounts_people"
        );
        write.execute_unprepared(&grant).await.unwrap();
        let digest = format!("{writer}-{n}");
        let limit =
            format!("INSERT INTO access_limits (id, kind, subject_digest, spent_until_micros) VALUES ({id}, 'pair', '{digest}', 1)");
        write.execute_unprepared(&limit).await.unwrap();
        write.commit().await.unwrap();
    }
}

/// A copy of an archive in which `change` made each file, by its name, into another; `None` leaves it out.
fn forged(archive: &Path, change: impl Fn(&str, Vec<u8>) -> Option<(String, Vec<u8>)>, added: &[(&str, &[u8])]) -> PathBuf {
    let mut old = zip::ZipArchive::new(File::open(archive).unwrap()).unwrap();
    let to = archive.with_extension("forged.zip");
    let mut new = zip::ZipWriter::new(File::create(&to).unwrap());
    for at in 0..old.len() {
        let mut entry = old.by_index(at).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        let name = entry.name().unwrap().to_string();
        if let Some((name, bytes)) = change(&name, bytes) {
            new.start_file(name, SimpleFileOptions::default()).unwrap();
            new.write_all(&bytes).unwrap();
        }
    }
    for (name, bytes) in added {
        new.start_file(*name, SimpleFileOptions::default()).unwrap();
        new.write_all(bytes).unwrap();
    }
    new.finish().unwrap();
    to
}

/// Replaces words in one file of an archive.
fn reworded(archive: &Path, file: &str, from: &str, to: &str) -> PathBuf {
    forged(
        archive,
        |name, bytes| {
            if name != file {
                return Some((name.to_owned(), bytes));
            }
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(from), "{file} holds {from}");
            Some((name.to_owned(), text.replacen(from, to, 1).into_bytes()))
        },
        &[],
    )
}

/// A copy of an archive with a second file of people. What writes ZIP files refuses to, so that file is given its name afterwards.
fn doubled(archive: &Path) -> PathBuf {
    let (name, other) = (b"accounts_people", b"accounts_second");
    let to = forged(archive, |name, bytes| Some((name.to_owned(), bytes)), &[("tables/accounts_second.jsonl", b"[]\n")]);
    let mut bytes = std::fs::read(&to).unwrap();
    while let Some(at) = bytes.windows(other.len()).position(|window| window == other) {
        bytes[at..at + name.len()].copy_from_slice(name);
    }
    std::fs::write(&to, bytes).unwrap();
    to
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forged_or_damaged_archive_changes_nothing() {
    let (database, _, _, archive) = lived_in(Database::sqlite()).await;
    let people = "tables/accounts_people.jsonl";
    let keep = |name: &str, bytes: Vec<u8>| Some((name.to_owned(), bytes));
    let truncated = archive.with_extension("short.zip");
    let bytes = std::fs::read(&archive).unwrap();
    std::fs::write(&truncated, &bytes[..bytes.len() / 2]).unwrap();
    let bomb = vec![b' '; 20 << 20];
    let contents = Archive::open(&archive).unwrap().manifest().tables["accounts_people"].clone();
    let (announced, rows) = (format!("\"bytes\": {}", contents.bytes), format!("\"rows\": {}", contents.rows));
    let no_people = |name: &str, bytes: Vec<u8>| (name != people).then(|| (name.to_owned(), bytes));
    let too_large =
        forged(&reworded(&archive, "manifest.json", &announced, &format!("\"bytes\": {}", bomb.len())), no_people, &[(people, &bomb)]);
    let kept = archive.with_extension("bomb.zip");
    std::fs::rename(too_large, &kept).unwrap();
    assert!(put_back(&kept, &database, true, false).await.unwrap_err().to_string().contains("larger than anything"), "a bomb");

    // Nobody asked for anything to be replaced: the archive is read to its end before the database is looked at.
    let refused = put_back(&reworded(&archive, people, "\"GT\"", "\"HN\""), &database, false, false).await;
    assert!(matches!(refused, Err(RestoreError::Archive(_))), "{refused:?}");
    let renamed = |name: &str, bytes: Vec<u8>| Some((name.replace("accounts_people", "x; DROP TABLE y"), bytes));

    let (unnamed, no_name) = ("does not name the files that are there", "a name that no table has");
    let (other, shorter) = ("does not hold what was put into it", "is not as long as announced");
    let forgeries: [(&str, &dyn Fn() -> PathBuf, &str); 12] = [
        ("a changed value", &|| reworded(&archive, people, "\"GT\"", "\"HN\""), other),
        ("another number of rows", &|| reworded(&archive, "manifest.json", &rows, "\"rows\": 7000"), other),
        ("a row that is gone", &|| reworded(&archive, people, "\n", ""), shorter),
        ("a table that is missing", &|| forged(&archive, no_people, &[]), unnamed),
        ("a file nobody announced", &|| forged(&archive, keep, &[("../../etc/cron.d/x", b"x")]), unnamed),
        ("a table that is there twice", &|| doubled(&archive), unnamed),
        ("a table that leaves the folder", &|| reworded(&archive, "manifest.json", "\"accounts_people\"", "\"../people\""), no_name),
        (
            "a statement for a name",
            &|| forged(&reworded(&archive, "manifest.json", "\"accounts_people\"", "\"x; DROP TABLE y\""), renamed, &[]),
            no_name,
        ),
        ("another form", &|| reworded(&archive, "manifest.json", "\"format\": 1", "\"format\": 2"), "use a newer one"),
        ("a newer schema", &|| reworded(&archive, "manifest.json", "000001_accounts", "000001_tomorrow"), "by a newer version"),
        ("too much", &|| reworded(&archive, "manifest.json", &announced, "\"bytes\": 18446744073709551615"), "more than any campus has"),
        ("half of it", &|| truncated.clone(), "no backup of a campus"),
    ];
    for (what, forged, words) in forgeries {
        let refused = put_back(&forged(), &database, true, false).await.unwrap_err().to_string();
        assert!(refused.contains(words), "{what}: {refused}");
    }
    let campus = Campus::on(database).await;
    assert_eq!(campus.count("accounts_people", "user_name = 'ana' AND country = 'GT'").await, 1);
}
