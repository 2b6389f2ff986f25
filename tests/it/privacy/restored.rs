//! Nothing undoes an erasure: not a restored backup, not a power cut.

use server::backup::{self, How};
use server::privacy::merge_journal;
use server::world::SystemClock;
use tests::{Campus, on_both_databases};

use super::two_courses;
use crate::course::complete_small;

/// Tables that a backup brings people back by.
const OF_PEOPLE: [&str; 4] = ["accounts_people", "accounts_grants", "enrolments", "learning_visits"];

/// Keeps what stands now, as a backup does.
async fn back_up(campus: &Campus) {
    for table in OF_PEOPLE {
        campus.change(&format!("CREATE TABLE backup_{table} AS SELECT * FROM {table}")).await;
    }
}

/// Brings back what the backup holds, and forgets in the database what was erased since.
async fn restore(campus: &Campus) {
    for table in OF_PEOPLE {
        campus.change(&format!("INSERT INTO {table} SELECT * FROM backup_{table} WHERE id NOT IN (SELECT id FROM {table})")).await;
        campus.change(&format!("DROP TABLE backup_{table}")).await;
    }
    campus.change("UPDATE certificates_completions SET name = 'Ana Testigo'").await;
    campus.change("UPDATE certificates_completions SET person_id = (SELECT id FROM accounts_people WHERE user_name = 'ana')").await;
    campus.change("DELETE FROM privacy_erasures").await;
}

fn journal(campus: &Campus) -> String {
    std::fs::read_to_string(campus.platform.config.data.join("erasures.log")).unwrap_or_default()
}

on_both_databases! {
    async fn whom_an_old_backup_brings_back_is_erased_again_before_anybody_is_served(database) {
        let campus = two_courses(database).await;
        let mut ana = campus.learner_with("ana", &[("name", "Ana Testigo")]).await;
        let code = complete_small(&mut ana, "ec-201").await;
        campus.learner("eva").await;
        back_up(&campus).await;
        let fields = [("word", "borrar"), ("certificates", "destroy")];
        assert_eq!(ana.post("/profile/erasure", &fields).await.status(), 303);
        assert_eq!(journal(&campus).lines().count(), 1);
        assert!(!journal(&campus).contains("ana") && !journal(&campus).contains("Testigo"));
        restore(&campus).await;
        assert_eq!(campus.count("accounts_people", "user_name = 'ana'").await, 1);

        let campus = campus.restarted(None).await;
        assert_eq!(campus.count("accounts_people", "user_name = 'ana'").await, 0);
        assert_eq!(campus.count("accounts_people", "user_name = 'eva'").await, 1);
        assert_eq!(campus.count("certificates_completions", "name <> ''").await, 0);
        assert_eq!(campus.visitor().get(&format!("/verify/{code}")).await.status(), 404, "what was to go with the account went again");
        assert_eq!(campus.count("privacy_erasures", "1 = 1").await, 1);
    }

    async fn an_erasure_that_a_power_cut_left_undone_is_finished_at_the_next_start(database) {
        let campus = two_courses(database).await;
        let ana = campus.learner("ana").await;
        let person = campus.signed_in(&ana).await.learner().person();
        let line = format!("{{\"person\":\"{person}\",\"keeps_certificates\":true,\"erased_at\":\"2026-11-16T15:00:00Z\"}}\n");
        std::fs::write(campus.platform.config.data.join("erasures.log"), line).unwrap();
        let campus = campus.restarted(None).await;
        assert_eq!(campus.count("accounts_people", "user_name = 'ana'").await, 0);
    }

    async fn every_server_comes_to_know_every_erasure(database) {
        let campus = two_courses(database).await;
        let mut ana = campus.learner("ana").await;
        assert_eq!(ana.post("/profile/erasure", &[("word", "borrar")]).await.status(), 303);
        let known = journal(&campus);
        // Another server of the same database has a folder of its own.
        std::fs::remove_file(campus.platform.config.data.join("erasures.log")).unwrap();
        let campus = campus.restarted(None).await;
        assert_eq!(journal(&campus), known);
        merge_journal(&campus.platform.config.data, &known).unwrap();
        assert_eq!(journal(&campus), known);
    }

    async fn a_restore_keeps_an_erasure_in_the_database_and_notes_it_in_the_journal(database) {
        let campus = two_courses(database).await;
        let mut ana = campus.learner("ana").await;
        campus.learner("eva").await;
        // Whoever restores has a folder of their own.
        let (address, folder) = (campus.platform.config.database(), tempfile::tempdir().unwrap());
        let archive = folder.path().join("campus.zip");
        backup::back_up(&address, &archive, &SystemClock).await.unwrap();
        assert_eq!(ana.post("/profile/erasure", &[("word", "borrar")]).await.status(), 303);
        let known = journal(&campus);
        std::fs::remove_file(campus.platform.config.data.join("erasures.log")).unwrap();
        let database = campus.closed().await;
        let how = How { data: folder.path(), replaces: true, keeps_sessions: false };
        backup::restore(&address, &archive, how, &SystemClock).await.unwrap();
        assert_eq!(std::fs::read_to_string(folder.path().join("erasures.log")).unwrap(), known);
        let campus = Campus::on(database).await;
        assert_eq!(campus.texts("accounts_people", "user_name").await, ["eva"], "no journal here tells of her, only the database");
    }

    async fn where_the_journal_cannot_be_written_nobody_is_erased(database) {
        let campus = two_courses(database).await;
        let mut ana = campus.learner("ana").await;
        std::fs::create_dir(campus.platform.config.data.join("erasures.log")).unwrap();
        assert_eq!(ana.post("/profile/erasure", &[("word", "borrar")]).await.status(), 500);
        assert_eq!(ana.get("/learning").await.status(), 200);
        assert_eq!(campus.count("privacy_erasures", "1 = 1").await, 0);
    }
}
