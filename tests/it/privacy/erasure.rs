//! Erasure: whole, with what stays leading nowhere.

use chrono::TimeDelta;
use server::privacy::{Certificates, EraseError, erase_own, erase_person, replay};
use tests::{Browser, Campus, on_both, on_both_databases};

use super::{confirmed, everything, query, two_courses};
use crate::course::{self, CODE, complete, complete_small};

const ERASURE: &str = "/profile/erasure";

async fn erase(browser: &mut Browser, fields: &[(&str, &str)]) -> u16 {
    let fields = [&[("word", "borrar")], fields].concat();
    browser.post(ERASURE, &fields).await.status()
}

/// What the ledger says, without the name.
async fn ledger(campus: &Campus) -> Vec<Vec<String>> {
    let page = campus.demo("coordinator").await.get("/reports/completions").await;
    let cells = page.words("tbody td");
    cells.chunks(8).map(<[String]>::to_vec).collect()
}

/// The words that a learner of `ec-102` wrote somewhere.
async fn write_texts(campus: &Campus, browser: &mut Browser) {
    let published = course::published(campus).await;
    let survey = published.course.survey.as_ref().unwrap();
    let text = survey.questions.iter().find(|question| question.options.is_empty() && !question.is_required).unwrap();
    let changed = format!("UPDATE learning_surveys SET answers = REPLACE(answers, '}}', ',\"{}\":\"secreto de encuesta\"}}')", text.key);
    assert_eq!(campus.change(&changed).await, 1);
    let answers = "INSERT INTO quizzes_answers (id, attempt_id, question_key, sequence, response, received_at, is_late, is_final) \
                   SELECT id, id, 'reflection', 9, '\"secreto de reflexión\"', submitted_at, FALSE, FALSE FROM quizzes_attempts";
    assert!(campus.change(answers).await > 0);
    browser.get("/learning").await;
}

on_both! {
    async fn erasing_ends_every_session_and_leaves_nothing_that_names_the_person(campus) {
        let mut ana = campus.learner_with("ana.testigo@salud.example", &[("name", "Ana Testigo")]).await;
        let code = complete(campus, &mut ana).await;
        write_texts(campus, &mut ana).await;
        let mut elsewhere = ana.clone();
        let person = campus.signed_in(&ana).await.learner().person().to_string();
        let hex = person.replace('-', "");
        let before = everything(campus).await;
        assert!(before.contains("Ana Testigo") && before.contains("secreto de reflexión") && before.contains("secreto de encuesta"));
        let old_ids: Vec<uuid::Uuid> = ids(campus).await;

        assert_eq!(erase(&mut ana, &[]).await, 303);
        assert_eq!(ana.cookie("campus"), None);
        assert_eq!((ana.get("/learning").await.status(), elsewhere.get("/learning").await.status()), (303, 303));
        let after = everything(campus).await;
        let kept: Vec<&str> = after.lines().filter(|line| line.contains("Ana Testigo")).collect();
        assert!(kept.iter().all(|line| line.starts_with("certificates:")), "{kept:?}");
        assert!(!after.contains("ana.testigo") && !after.contains("secreto de"), "{after}");
        let with_id: Vec<&str> = after.lines().filter(|line| line.to_lowercase().replace('-', "").contains(&hex)).collect();
        assert!(with_id.iter().all(|line| line.starts_with("privacy_erasures:")), "{with_id:?}");
        let new_ids = ids(campus).await;
        assert!(!new_ids.is_empty() && new_ids.iter().all(|id| !old_ids.contains(id) && id.get_version_num() == 4), "ids lead back");
        assert_eq!(campus.visitor().get(&format!("/verify/{code}")).await.words("h1").len(), 1);
    }

    async fn what_stays_in_figures_has_no_date_no_text_and_no_owner(campus) {
        let mut ana = campus.learner("ana").await;
        complete(campus, &mut ana).await;
        write_texts(campus, &mut ana).await;
        let scores = campus.rows("quizzes_attempts").await.len();
        assert_eq!(erase(&mut ana, &[]).await, 303);
        assert_eq!(campus.rows("quizzes_attempts").await.len(), scores);
        assert!(campus.count("quizzes_answers", "1 = 1").await > 10, "choices stay");
        assert_eq!(campus.count("quizzes_answers", "response LIKE '\"%' OR device_id IS NOT NULL OR chosen_at IS NOT NULL").await, 0);
        assert_eq!(campus.count("learning_visits", "1 = 1").await, 0);
        for (table, column) in [("enrolments", "enrolled_at"), ("quizzes_attempts", "started_at"), ("learning_surveys", "answered_at"), ("quizzes_answers", "received_at")] {
            let times = campus.times(table, column).await;
            assert!(!times.is_empty() && times.iter().all(|at| at == "2026-01-01T00:00:00Z"), "{table}.{column}: {times:?}");
        }
        assert_eq!(campus.count("accounts_people", "name = '' AND country = 'ZZ' AND institution = '' AND email IS NULL AND user_name IS NULL").await, 1);
        assert_eq!(campus.count("certificates_completions", "name = '' AND person_id IS NULL AND enrolment_id IS NULL").await, 1);
    }

    async fn nobody_signs_in_as_the_nobody_that_stays(campus) {
        let mut ana = campus.learner("ana").await;
        ana.post(&format!("/courses/{CODE}/enrolment"), &[]).await;
        assert_eq!(erase(&mut ana, &[]).await, 303);
        for login in ["", "ana", " "] {
            let answer = campus.visitor().post("/sign-in", &[("login", login), ("password", "")]).await;
            assert_eq!(answer.status(), 422, "{login}");
        }
        campus.learner("ana").await;
        assert_eq!(campus.count("enrolments", "person_id IN (SELECT id FROM accounts_people WHERE user_name = 'ana')").await, 0);
    }

    async fn a_word_that_is_not_the_one_asked_for_erases_nothing(campus) {
        let mut ana = campus.learner("ana").await;
        let before = everything(campus).await;
        let page = ana.post(ERASURE, &[("word", "sí"), ("certificates", "destroy")]).await;
        assert_eq!((page.status(), page.words("#word-error").len()), (422, 1));
        assert_eq!((page.attributes("#word", "value"), page.attributes("input[type=checkbox]", "checked").len()), (vec!["sí".to_owned()], 1));
        assert_eq!(ana.get(ERASURE).await.status(), 200);
        assert_eq!(everything(campus).await, before);
    }

    async fn whoever_finds_an_open_session_erases_nobody(campus) {
        let mut ana = campus.learner("ana").await;
        campus.clock.advance(TimeDelta::minutes(15));
        assert_eq!(ana.get(ERASURE).await.location(), Some("/confirm?to=%2Fprofile%2Ferasure"));
        assert_eq!(ana.post(ERASURE, &[("word", "borrar")]).await.status(), 401);
        assert_eq!(campus.count("accounts_people", "user_name = 'ana'").await, 1);
    }

    async fn the_last_administrator_stays_until_there_is_another(campus) {
        let mut administrator = campus.demo("administrator").await;
        let page = administrator.post(ERASURE, &[("word", "borrar")]).await;
        assert_eq!((page.status(), page.words("#word-error").len()), (422, 1));
        let proof = confirmed(campus, &administrator).await;
        assert!(matches!(erase_own(&campus.platform, proof, Certificates::Kept).await, Err(EraseError::LastAdministrator)));
        campus.learner("otra").await;
        let grant = "INSERT INTO accounts_grants (id, person_id, role, granted_at) SELECT id, id, 'administrator', created_at FROM accounts_people WHERE user_name = 'otra'";
        assert_eq!(campus.change(grant).await, 1);
        campus.change("UPDATE accounts_people SET disabled_at = created_at WHERE user_name = 'otra'").await;
        assert_eq!(erase(&mut administrator, &[]).await, 422, "whose account is closed administers nothing");
        campus.change("UPDATE accounts_people SET disabled_at = NULL WHERE user_name = 'otra'").await;
        assert_eq!(erase(&mut administrator, &[]).await, 303);
        assert_eq!(campus.count("accounts_people", "user_name = 'demo-administrator'").await, 0);
    }

    async fn what_a_program_was_answered_of_the_person_goes_too(campus) {
        let mut administrator = campus.demo("administrator").await;
        let program = campus.program(&mut administrator, &["people:write"]).await;
        for (key, name, login) in [("k1", "Eva Testigo", "eva"), ("k2", "Luz Paz", "luz")] {
            let person = serde_json::json!({ "name": name, "login": login, "language": "es", "country": "GT", "occupation": "health" });
            assert_eq!(program.post("/people", key, &person).await.status(), 201);
        }
        let found = administrator.get("/administration/people?q=eva").await.attributes("tbody a", "href").remove(0);
        assert_eq!(administrator.post(&format!("{found}/erasure"), &[("word", "borrar")]).await.status(), 303);
        assert!(!everything(campus).await.contains("Testigo"));
        assert_eq!(campus.count("api_writes", "response LIKE '%Luz Paz%'").await, 1);
    }

    async fn an_erasure_that_the_database_refuses_is_not_done_later(campus) {
        let mut ana = campus.learner("ana").await;
        // What is only found out at the commit.
        campus.change("CREATE TABLE clings (id UUID REFERENCES accounts_people (id) DEFERRABLE INITIALLY DEFERRED)").await;
        campus.change("INSERT INTO clings SELECT id FROM accounts_people WHERE user_name = 'ana'").await;
        assert_eq!(erase(&mut ana, &[]).await, 500);
        campus.change("DROP TABLE clings").await;
        assert_eq!(replay(&campus.platform).await.unwrap(), 0);
        assert_eq!(campus.count("accounts_people", "user_name = 'ana'").await, 1);
        assert_eq!(erase(&mut ana, &[]).await, 303);
        assert_eq!(replay(&campus.platform).await.unwrap(), 0);
    }

    async fn of_two_administrators_who_leave_at_once_one_stays(campus) {
        let one = campus.demo("administrator").await;
        let other = campus.learner("otra").await;
        let grant = "INSERT INTO accounts_grants (id, person_id, role, granted_at) SELECT id, id, 'administrator', created_at FROM accounts_people WHERE user_name = 'otra'";
        campus.change(grant).await;
        let (one, other) = (confirmed(campus, &one).await, confirmed(campus, &other).await);
        let (one, other) = tokio::join!(
            erase_own(&campus.platform, one, Certificates::Kept),
            erase_own(&campus.platform, other, Certificates::Kept)
        );
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        assert_eq!(campus.count("accounts_grants", "role = 'administrator'").await, 1);
    }

    async fn an_administrator_erases_somebody_once(campus) {
        let ana = campus.learner("ana@salud.example").await;
        let person = campus.signed_in(&ana).await.learner().person();
        let mut administrator = campus.demo("administrator").await;
        let page = format!("/administration/people/{person}/erasure");
        let refused = administrator.post(&page, &[("word", "borar"), ("certificates", "destroy")]).await;
        assert_eq!((refused.status(), refused.attributes("#word", "value"), refused.attributes("[checked]", "name")), (422, vec!["borar".to_owned()], vec!["certificates".to_owned()]));
        assert_eq!(campus.count("accounts_people", "email = 'ana@salud.example'").await, 1);
        assert_eq!(administrator.post(&page, &[("word", "borrar")]).await.location(), Some("/administration/people"));
        let proofs = (campus.signed_in(&administrator).await.administrator().unwrap(), confirmed(campus, &administrator).await);
        let again = erase_person(&campus.platform, proofs.0, proofs.1, person, Certificates::Kept).await;
        assert!(matches!(again, Err(EraseError::Unknown)), "{again:?}");
        assert_eq!(campus.count("accounts_people", "email = 'ana@salud.example'").await, 0);
        assert_eq!(campus.count("privacy_erasures", "1 = 1").await, 1);
        campus.settled().await;
        let told = campus.visitor().get("/dev/mail").await.text();
        assert!(told.contains("borró su cuenta") && told.contains("ana@salud.example"), "{told}");
    }

    async fn mail_that_went_to_the_person_as_a_file_goes_too(campus) {
        let mut ana = campus.learner("ana@salud.example").await;
        campus.learner("eva@salud.example").await;
        campus.mail_links("/verify-email/", 2).await;
        assert_eq!(erase(&mut ana, &[]).await, 303);
        let left = campus.visitor().get("/dev/mail").await.text();
        assert!(!left.contains("ana@salud.example") && left.contains("eva@salud.example"), "{left}");
    }
}

on_both_databases! {
    async fn a_report_has_the_same_rows_without_the_name(database) {
        let campus = two_courses(database).await;
        let mut ana = campus.learner_with("ana", &[("name", "Ana Testigo")]).await;
        complete_small(&mut ana, "ec-201").await;
        let code = complete_small(&mut ana, "ec-202").await;
        let before = ledger(&campus).await;
        assert_eq!(erase(&mut ana, &[]).await, 303);
        assert_eq!(ledger(&campus).await, before);
        let mut coordinator = campus.demo("coordinator").await;
        assert_eq!(coordinator.get("/reports/completions").await.words("tbody th"), ["Nombre borrado"; 2]);
        assert!(!coordinator.post("/reports/completions/export", &[]).await.text().contains("Testigo"));
        let check = campus.visitor().get(&format!("/verify/{code}")).await;
        assert_eq!((check.status(), check.text().contains("Ana Testigo")), (200, true), "a paper can still be checked");
        assert_eq!(campus.count("accounts_people", "name = ''").await, 2, "two courses are of two nobodies");
    }

    async fn whoever_wants_it_leaves_no_certificate_behind(database) {
        let campus = two_courses(database).await;
        let mut ana = campus.learner_with("ana", &[("name", "Ana Testigo")]).await;
        let code = complete_small(&mut ana, "ec-201").await;
        let mut eva = campus.learner("eva").await;
        let other = complete_small(&mut eva, "ec-201").await;
        assert_eq!(erase(&mut ana, &[("certificates", "destroy")]).await, 303);
        let status = async |code: String| campus.visitor().get(&format!("/verify/{code}")).await.status();
        assert_eq!((status(code).await, status(other).await), (404, 200));
        assert!(!everything(&campus).await.contains("Testigo"));
        assert_eq!(ledger(&campus).await.len(), 2);
    }
}

/// An administrator who leaves while another server closes the account of the only other one stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_leaves_while_the_other_administrator_is_shut_out_stays() {
    let Some(database) = tests::Database::postgresql().await else { return };
    let campus = Campus::on(database).await;
    let mut one = campus.demo("administrator").await;
    campus.learner("otra").await;
    let grant = "INSERT INTO accounts_grants (id, person_id, role, granted_at) SELECT id, id, 'administrator', created_at FROM accounts_people WHERE user_name = 'otra'";
    campus.change(grant).await;
    let closes = [
        "SELECT id FROM accounts_grants WHERE role = 'administrator' FOR UPDATE",
        "UPDATE accounts_people SET disabled_at = created_at WHERE user_name = 'otra'",
    ];
    assert_eq!(campus.meanwhile(&closes, erase(&mut one, &[])).await, 422);
    assert_eq!(campus.count("accounts_people", "user_name = 'demo-administrator'").await, 1);
}

/// Ids of what is copied to nobody.
async fn ids(campus: &Campus) -> Vec<uuid::Uuid> {
    let mut ids = Vec::new();
    for table in ["enrolments", "quizzes_attempts", "quizzes_answers", "learning_surveys"] {
        ids.extend(query(campus, &format!("SELECT id FROM {table}")).await.iter().map(|row| row.try_get::<uuid::Uuid>("", "id").unwrap()));
    }
    ids
}
