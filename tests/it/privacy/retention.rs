//! Forgetting by the clock.

use chrono::TimeDelta;
use server::config::Config;
use server::privacy::{Swept, is_to_be_sent, note_sent, sweep};
use tests::{Browser, Campus, on_both, on_both_databases};

use super::two_courses;
use crate::course::{self, complete, complete_small};

async fn sign_in(campus: &Campus, login: &str) -> Browser {
    let mut browser = campus.visitor();
    let answer = browser.post("/sign-in", &[("login", login), ("password", "tres gatos en la lluvia")]).await;
    assert_eq!(answer.status(), 303);
    browser
}

/// Forgets, and sends the warnings: to whom.
async fn warns(campus: &Campus) -> Vec<String> {
    let warnings = sweep(&campus.platform, false).await.unwrap().warnings;
    for warning in &warnings {
        assert!(is_to_be_sent(&campus.platform, warning).await.unwrap());
        note_sent(&campus.platform, warning).await.unwrap();
        assert!(!is_to_be_sent(&campus.platform, warning).await.unwrap(), "another server sends it no more");
    }
    warnings.into_iter().map(|warning| warning.email).collect()
}

async fn forgets(campus: &Campus) -> Swept {
    let counted = sweep(&campus.platform, true).await.unwrap();
    let swept = sweep(&campus.platform, false).await.unwrap();
    assert_eq!(counted, swept, "a dry run counts what a run does");
    swept
}

/// The same campus, told to forget sooner.
async fn told(campus: Campus, change: impl FnOnce(&mut Config)) -> Campus {
    campus.restarted_with(change).await
}

on_both! {
    async fn a_session_is_forgotten_thirty_days_after_its_end_and_an_open_one_is_not(campus) {
        let mut ana = campus.learner("ana").await;
        ana.post("/sign-out", &[]).await;
        campus.clock.advance(TimeDelta::days(30));
        assert_eq!(forgets(campus).await.sessions, 0);
        campus.clock.advance(TimeDelta::seconds(1));
        let mut ana = sign_in(campus, "ana").await;
        assert_eq!(forgets(campus).await.sessions, 1);
        assert_eq!(ana.get("/learning").await.status(), 200);
        assert_eq!(campus.times("privacy_absences", "last_seen_at").await, ["2026-11-16T15:00:00Z"]);
    }

    async fn links_used_and_expired_are_forgotten_after_thirty_days(campus) {
        campus.learner("ana@salud.example").await;
        campus.learner("eva@salud.example").await;
        let link = campus.mail_links("/verify-email/", 2).await.remove(0);
        assert_eq!(campus.visitor().post(&link, &[]).await.status(), 303);
        campus.clock.advance(TimeDelta::days(30) + TimeDelta::seconds(1));
        assert_eq!(forgets(campus).await.links, 1, "the other one expired a week after it was made");
        campus.clock.advance(TimeDelta::days(7));
        assert_eq!((forgets(campus).await.links, campus.count("accounts_links", "1 = 1").await), (1, 0));
    }

    async fn mail_files_are_forgotten(campus) {
        campus.learner("ana@salud.example").await;
        campus.mail_links("/verify-email/", 1).await;
        assert_eq!(forgets(campus).await.mails, 0);
        // Files have the time of the machine: far enough beyond it, whatever it is.
        campus.clock.advance(TimeDelta::days(36_500));
        assert_eq!(forgets(campus).await.mails, 1);
        assert!(!campus.visitor().get("/dev/mail").await.text().contains("salud.example"));
    }

    async fn what_programs_were_answered_is_forgotten_after_a_day(campus) {
        let program = campus.program(&mut campus.demo("administrator").await, &["people:write"]).await;
        let eva = serde_json::json!({ "name": "Eva Xol", "login": "eva", "language": "es", "country": "GT", "occupation": "health" });
        assert_eq!(program.post("/people", "k1", &eva).await.status(), 201);
        campus.clock.advance(TimeDelta::hours(23));
        forgets(campus).await;
        assert_eq!(campus.count("api_writes", "response LIKE '%Eva Xol%'").await, 1);
        campus.clock.advance(TimeDelta::hours(1));
        forgets(campus).await;
        assert_eq!(campus.count("api_writes", "1 = 1").await, 0);
    }

    async fn more_than_a_batch_is_forgotten_too(campus) {
        campus.learner("ana").await;
        let transaction = campus.platform.storage.begin().await.unwrap();
        for number in 0..2_100_u32 {
            let id = uuid::Uuid::from_u128(number.into());
            let literal = match sea_orm::ConnectionTrait::get_database_backend(&transaction) {
                sea_orm::DbBackend::Sqlite => format!("X'{}'", id.simple()),
                _ => format!("'{id}'"),
            };
            let sql = format!(
                "INSERT INTO accounts_sessions (id, person_id, started_at, expires_at) \
                 SELECT {literal}, id, created_at, created_at FROM accounts_people"
            );
            sea_orm::ConnectionTrait::execute_unprepared(&transaction, &sql).await.unwrap();
        }
        transaction.commit().await.unwrap();
        campus.clock.advance(TimeDelta::days(31));
        assert_eq!(forgets(campus).await.sessions, 2_101);
        assert_eq!(campus.count("accounts_sessions", "1 = 1").await, 0);
    }
}

on_both_databases! {
    async fn a_session_that_nobody_ended_is_forgotten_after_it_expired_and_not_while_it_is_open(database) {
        let campus = Campus::configured(database, |config| config.retention_sessions_days = 1).await;
        campus.learner("ana").await;
        let mut own = campus.visitor();
        own.post("/sign-in", &[("login", "ana"), ("password", "tres gatos en la lluvia"), ("own_device", "yes")]).await;
        campus.clock.advance(TimeDelta::days(2));
        assert_eq!(forgets(&campus).await.sessions, 1, "that of the shared computer");
        assert_eq!(own.get("/learning").await.status(), 200);
    }

    async fn who_looked_is_forgotten_after_two_years(database) {
        let campus = two_courses(database).await;
        let mut ana = campus.learner("ana").await;
        complete_small(&mut ana, "ec-201").await;
        let mut coordinator = campus.demo("coordinator").await;
        coordinator.post("/reports/completions/export", &[]).await;
        campus.clock.advance(TimeDelta::days(730));
        assert_eq!(forgets(&campus).await.accesses, 0);
        campus.clock.advance(TimeDelta::seconds(1));
        assert_eq!(forgets(&campus).await.accesses, 2, "the look and the export");
    }

    async fn texts_are_emptied_where_the_campus_is_told_to_and_marks_stay(database) {
        let campus = Campus::on(database).await;
        let mut ana = campus.learner("ana").await;
        complete(&campus, &mut ana).await;
        let survey = course::published(&campus).await.course.survey.clone().unwrap();
        let text = survey.questions.iter().find(|question| question.options.is_empty() && !question.is_required).unwrap();
        campus.change(&format!("UPDATE learning_surveys SET answers = REPLACE(answers, '}}', ',\"{}\":\"secreto\"}}')", text.key)).await;
        let written = "UPDATE quizzes_answers SET response = '\"secreto\"' WHERE id IN (SELECT id FROM quizzes_answers ORDER BY id LIMIT 1)";
        assert_eq!(campus.change(written).await, 1);
        campus.clock.advance(TimeDelta::days(400));
        assert_eq!(forgets(&campus).await.texts, 0, "off unless it is asked for");
        let marks = campus.rows("quizzes_attempts").await;
        let campus = told(campus, |config| config.retention_texts_months = 12).await;
        assert_eq!(forgets(&campus).await.texts, 2);
        assert_eq!(forgets(&campus).await.texts, 0);
        assert_eq!(campus.count("quizzes_answers", "response LIKE '%secreto%'").await, 0);
        assert!(!campus.texts("learning_surveys", "answers").await.concat().contains("secreto"));
        assert_eq!(campus.rows("quizzes_attempts").await, marks);
    }

    async fn an_account_nobody_uses_is_warned_a_month_before_and_then_erased(database) {
        let campus = two_courses(database).await;
        let mut eva = campus.learner("eva@salud.example").await;
        campus.learner("ana").await;
        let link = campus.mail_links("/verify-email/", 1).await.remove(0);
        eva.post(&link, &[]).await;
        campus.demo("administrator").await;
        campus.clock.advance(TimeDelta::days(3_000));
        let swept = forgets(&campus).await;
        assert_eq!((swept.accounts, swept.warnings.len()), (0, 0), "never, unless it is asked for");

        let campus = told(campus, |config| config.retention_inactive_months = 24).await;
        assert_eq!(forgets(&campus).await.warnings.len(), 1);
        campus.clock.advance(TimeDelta::days(60));
        assert_eq!(forgets(&campus).await.accounts, 0, "whose letter could not be sent is not erased");
        assert_eq!(warns(&campus).await, ["eva@salud.example"]);
        assert_eq!(campus.count("accounts_people", "user_name = 'ana'").await, 0, "who has no address cannot be told");
        assert_eq!(campus.count("accounts_people", "user_name = 'demo-administrator'").await, 1, "somebody must run the campus");
        assert_eq!(warns(&campus).await, [""; 0], "told once");
        campus.clock.advance(TimeDelta::days(29));
        assert_eq!(forgets(&campus).await.accounts, 0);
        campus.clock.advance(TimeDelta::days(1));
        assert_eq!(sweep(&campus.platform, false).await.unwrap().accounts, 1);
        assert_eq!(campus.count("accounts_people", "email = 'eva@salud.example'").await, 0);
    }

    async fn whoever_comes_back_in_time_keeps_the_account(database) {
        let campus = two_courses(database).await;
        let mut eva = campus.learner("eva@salud.example").await;
        let link = campus.mail_links("/verify-email/", 1).await.remove(0);
        eva.post(&link, &[]).await;
        let campus = told(campus, |config| config.retention_inactive_months = 24).await;
        campus.clock.advance(TimeDelta::days(720));
        assert_eq!(warns(&campus).await.len(), 1);
        campus.clock.advance(TimeDelta::days(29));
        sign_in(&campus, "eva@salud.example").await;
        campus.clock.advance(TimeDelta::days(40));
        assert_eq!(sweep(&campus.platform, false).await.unwrap().accounts, 0);
        assert_eq!(campus.count("accounts_sessions", "1 = 1").await, 0, "the session is forgotten, not that somebody was there");
        campus.clock.advance(TimeDelta::days(260));
        let swept = sweep(&campus.platform, false).await.unwrap();
        assert_eq!((swept.accounts, swept.warnings.len()), (0, 0));
        campus.clock.advance(TimeDelta::days(430));
        let swept = sweep(&campus.platform, false).await.unwrap();
        assert_eq!((swept.accounts, swept.warnings.len()), (0, 1), "a second absence is warned of again, also after the session is forgotten");
    }
}
