//! Who saw whose record: told to the person, right for ever, and before anything is shown.

use axum::body::Body;
use axum::http::Method;
use server::privacy::{List, Manner, Seen, record_access};
use tests::{Browser, Campus, on_both, on_both_databases};

use super::two_courses;
use crate::course::complete_small;

const REPORT: &str = "/reports/completions";
const EXPORT: &str = "/reports/completions/export";
/// Takes from people the log of who saw them.
const NO_LOG: &str = "ALTER TABLE privacy_accesses RENAME TO elsewhere";

/// Somebody signs up in `country` and completes `course` now.
async fn completes(campus: &Campus, name: &str, country: &str, course: &str) -> Browser {
    let mut browser = campus.learner_with(&name.to_lowercase().replace(" ", "."), &[("name", name), ("country", country)]).await;
    complete_small(&mut browser, course).await;
    browser
}

/// What the page says of who looked.
async fn seen(browser: &mut Browser) -> Vec<String> {
    let page = browser.get("/profile/accesses").await;
    assert_eq!(page.status(), 200);
    page.words("main dd")
}

on_both_databases! {
    async fn a_person_sees_who_saw_their_completion_and_how(database) {
        let campus = two_courses(database).await;
        let mut ana = completes(&campus, "ana", "GT", "ec-201").await;
        assert_eq!(seen(&mut ana).await, Vec::<String>::new());
        let mut coordinator = campus.coordinator_of("GT").await;
        coordinator.get(&format!("{REPORT}?quarter=2026-Q4")).await;
        coordinator.post(EXPORT, &[("country", "GT")]).await;
        campus.demo("administrator").await.get(REPORT).await;
        let mut told = seen(&mut ana).await;
        told.sort();
        assert_eq!(told, [
            "Alguien que administra el campus (Hospital Regional de Occidente) vio el informe de finalización en la pantalla. Fechas: Todas las fechas. Mostraba que usted completó EC-201.",
            "Alguien que coordina en Guatemala (Hospital Regional) vio el informe de finalización como archivo. Fechas: Todas las fechas. Mostraba que usted completó EC-201.",
            "Alguien que coordina en Guatemala (Hospital Regional) vio el informe de finalización en la pantalla. Fechas: Del 1 de octubre de 2026 al 31 de diciembre de 2026, ambos incluidos. Mostraba que usted completó EC-201.",
        ]);
        assert!(ana.get("/profile/accesses").await.words("main dt").iter().all(|at| at.starts_with("16 de noviembre de 2026")));
    }

    async fn who_was_not_in_it_is_told_nothing(database) {
        let campus = two_courses(database).await;
        let mut ana = completes(&campus, "ana", "GT", "ec-201").await;
        let mut cora = completes(&campus, "cora", "HN", "ec-202").await;
        // Somebody is in the list each time, so that it is logged.
        let mut nora = campus.learner_with("nora", &[("institution", "Clínica del Norte")]).await;
        complete_small(&mut nora, "ec-201").await;
        let mut coordinator = campus.demo("coordinator").await;
        for (query, ana_is_in, cora_is_in) in [
            ("country=GT", true, false),
            ("course=ec-202", false, true),
            ("institution=regional", true, true),
            ("institution=norte", false, false),
            ("from=2026-11-16&to=2026-11-16", true, true),
            ("from=2026-11-17", false, false),
            ("to=2026-11-15", false, false),
        ] {
            let before = (seen(&mut ana).await.len(), seen(&mut cora).await.len());
            let page = coordinator.get(&format!("{REPORT}?{query}")).await;
            let shown = page.words("tbody th");
            assert_eq!((shown.contains(&"ana".to_owned()), shown.contains(&"cora".to_owned())), (ana_is_in, cora_is_in), "{query}");
            let after = (seen(&mut ana).await.len(), seen(&mut cora).await.len());
            assert_eq!((after.0 - before.0, after.1 - before.1), (usize::from(ana_is_in), usize::from(cora_is_in)), "{query}");
        }
        campus.coordinator_of("HN").await.get(REPORT).await;
        assert!(seen(&mut cora).await.concat().contains("Honduras") && !seen(&mut ana).await.concat().contains("Honduras"));
    }

    async fn somebody_who_moves_is_told_by_what_the_ledger_says(database) {
        let campus = two_courses(database).await;
        let mut ana = completes(&campus, "ana", "GT", "ec-201").await;
        campus.coordinator_of("GT").await.get(REPORT).await;
        campus.change("UPDATE accounts_people SET country = 'HN', institution = 'Otra' WHERE user_name = 'ana'").await;
        campus.coordinator_of("HN").await.get(REPORT).await;
        campus.demo("coordinator").await.get(&format!("{REPORT}?institution=hospital")).await;
        let told = seen(&mut ana).await;
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().all(|told| !told.contains("Honduras")), "{told:?}");
    }

    async fn a_course_completed_after_a_look_was_not_in_it(database) {
        let campus = two_courses(database).await;
        let mut ana = completes(&campus, "ana", "GT", "ec-201").await;
        let mut coordinator = campus.demo("coordinator").await;
        coordinator.post(EXPORT, &[]).await;
        campus.clock.advance(chrono::TimeDelta::seconds(1));
        complete_small(&mut ana, "ec-202").await;
        assert!(seen(&mut ana).await[0].ends_with("completó EC-201."));
        coordinator.post(EXPORT, &[]).await;
        assert!(seen(&mut ana).await[0].contains("EC-202"), "the newest is first");
    }

    async fn only_those_on_the_page_that_was_opened_are_told(database) {
        let campus = two_courses(database).await;
        let mut first = completes(&campus, "first", "GT", "ec-201").await;
        for number in 0..50 {
            campus.clock.advance(chrono::TimeDelta::seconds(1));
            completes(&campus, &format!("learner{number}"), "GT", "ec-201").await;
        }
        let mut coordinator = campus.demo("coordinator").await;
        assert!(!coordinator.get(REPORT).await.words("tbody th").contains(&"first".to_owned()));
        assert_eq!(seen(&mut first).await.len(), 0);
        assert_eq!(coordinator.get(&format!("{REPORT}?page=2")).await.words("tbody th"), ["first"]);
        assert_eq!(seen(&mut first).await.len(), 1);
    }

    async fn a_list_of_people_is_told_to_those_in_it(database) {
        let campus = two_courses(database).await;
        let (mut ana, mut eva) = (campus.learner("ana").await, campus.learner("eva").await);
        let viewer = campus.coordinator_of("GT").await;
        let viewer = campus.signed_in(&viewer).await.learner().person();
        let shown = [campus.signed_in(&ana).await.learner().person(), viewer];
        let list = Seen::People { list: List::Enrolments, manner: Manner::Program, people: &shown };
        record_access(&campus.platform, viewer, list).await.unwrap();
        assert_eq!(seen(&mut ana).await, ["Alguien que coordina en Guatemala (Hospital Regional) vio su registro en la lista de inscripciones, con otro programa."]);
        assert_eq!(seen(&mut eva).await.len(), 0);
        record_access(&campus.platform, viewer, Seen::People { list: List::People, manner: Manner::Screen, people: &[] }).await.unwrap();
        assert_eq!(campus.count("privacy_accesses", "1 = 1").await, 1, "nobody seen is nothing logged");
    }

    async fn where_the_look_cannot_be_logged_nothing_is_shown(database) {
        let campus = two_courses(database).await;
        completes(&campus, "Ana Testigo", "GT", "ec-201").await;
        let mut coordinator = campus.demo("coordinator").await;
        campus.change(NO_LOG).await;
        for answer in [coordinator.get(REPORT).await, coordinator.post(EXPORT, &[]).await] {
            assert_eq!(answer.status(), 500);
            assert!(!answer.text().contains("Ana Testigo"));
        }
    }

    async fn what_a_program_reads_is_told_to_those_in_it_or_not_shown(database) {
        let campus = two_courses(database).await;
        let mut ana = completes(&campus, "Ana Testigo", "GT", "ec-201").await;
        let reports = campus.program(&mut campus.demo("coordinator").await, &["reports:read"]).await;
        let people = campus.program(&mut campus.demo("administrator").await, &["people:read"]).await;
        let list = "/people?login=ana.testigo";
        let person = format!("/people/{}", people.json(list).await["items"][0]["id"].as_str().unwrap());
        let (json, csv) = ("application/json", "text/csv");
        let reads = [
            (&people, list, json),
            (&people, person.as_str(), json),
            (&reports, "/completions", json),
            (&reports, "/completions", csv),
            (&reports, "/enrolments", json),
            (&reports, "/enrolments", csv),
        ];
        for (program, path, form) in reads {
            let before = seen(&mut ana).await.len();
            let shown = program.send(Method::GET, path, &[("accept", form)], Body::empty()).await;
            assert!(shown.status() == 200 && shown.text().contains("Ana Testigo"), "{path}: {}", shown.text());
            assert_eq!(seen(&mut ana).await.len(), before + 1, "{path} as {form}");
        }
        campus.change(NO_LOG).await;
        for (program, path, form) in reads {
            let failed = program.send(Method::GET, path, &[("accept", form)], Body::empty()).await;
            assert!(failed.status() == 500 && !failed.text().contains("Ana Testigo"), "{path} as {form}: {}", failed.text());
        }
    }
}

on_both! {
    async fn an_administrator_who_looks_at_a_person_is_seen_or_sees_nothing(campus) {
        let mut ana = campus.learner_with("ana", &[("name", "Ana Testigo")]).await;
        let mut adela = campus.demo("administrator").await;
        let list = "/administration/people?q=testigo";
        let person = adela.get(list).await.attributes("tbody a", "href").remove(0);
        assert_eq!(seen(&mut ana).await.len(), 1);
        assert!(adela.get(&person).await.text().contains("Ana Testigo"));
        let told = seen(&mut ana).await;
        assert!(told.len() == 2 && told.iter().all(|words| words.starts_with("Alguien que administra el campus")), "{told:?}");
        campus.change(NO_LOG).await;
        for path in [list, &person] {
            let failed = adela.get(path).await;
            assert!(failed.status() == 500 && !failed.text().contains("Ana Testigo"), "{path}");
        }
    }

    async fn the_page_is_ones_own_and_says_when_nobody_looked(campus) {
        assert_eq!(campus.visitor().get("/profile/accesses").await.location(), Some("/sign-in?to=%2Fprofile%2Faccesses"));
        let page = campus.learner("ana").await.get("/profile/accesses").await;
        assert_eq!(page.words(".empty p")[0], "Nadie ha visto su registro.");
    }
}
