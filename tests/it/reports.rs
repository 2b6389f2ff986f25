//! The completion report: who may see it, what its filter picks, and the file.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use sea_orm::DbBackend;
use server::reports::{Filter, Labels};
use tests::{Answer, Browser, Campus, Database, Library, on_both, on_both_databases};

use crate::course::{complete, complete_small};

const REPORT: &str = "/reports/completions";
const EXPORT: &str = "/reports/completions/export";

/// A campus with two small courses, ec-201 and ec-202.
async fn two_courses(database: Database) -> Campus {
    let library = Library::empty().with_small_course("consular", "ec-201").with_small_course("migration", "ec-202");
    Campus::with_library(database, Some(library.folder())).await
}

/// Somebody called `name` signs up with `changes` and completes `course` at this moment.
async fn completes(campus: &Campus, name: &str, course: &str, changes: &[(&str, &str)]) {
    let mut browser = campus.learner_with(name, &[changes, &[("name", name)]].concat()).await;
    complete_small(&mut browser, course).await;
}

async fn report(browser: &mut Browser, query: &str) -> Answer {
    let page = browser.get(&format!("{REPORT}?{query}")).await;
    assert_eq!(page.status(), 200, "{query}");
    page
}

/// Names on the screen, in alphabetical order.
async fn names(browser: &mut Browser, query: &str) -> Vec<String> {
    let page = report(browser, query).await;
    let mut names = page.words("tbody th");
    names.sort();
    let count = if names.len() == 1 { "1 finalización.".to_owned() } else { format!("{} finalizaciones.", names.len()) };
    assert_eq!(page.words("main [role=status] strong"), [count], "{query}");
    names
}

/// The rows of a file: before the heads, and after them.
fn rows(file: &Answer) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    let text = file.text();
    let text = text.strip_prefix('\u{feff}').expect("the file begins with a byte order mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let heads = rows.iter().position(|row| row[0] == "Nombre").expect("the columns have heads");
    let data = rows.split_off(heads + 1);
    assert!(data.iter().all(|row| row.len() == 9));
    rows.pop();
    (rows, data)
}

on_both! {
    async fn files_that_nobody_takes_stop_nobody(campus) {
        let mut ana = campus.learner("ana").await;
        complete(campus, &mut ana).await;
        let id = match campus.platform.storage.reader().get_database_backend() {
            DbBackend::Sqlite => "randomblob(16)",
            _ => "gen_random_uuid()",
        };
        let many = format!(
            "INSERT INTO certificates_completions (id, course_id, version_id, course_code, course_title, version_number, name, country, institution, institution_folded, occupation, language, minutes, completed_at) \
             WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2000) \
             SELECT {id}, course_id, version_id, course_code, course_title, version_number, name, country, institution, institution_folded, occupation, language, minutes, completed_at FROM certificates_completions, n"
        );
        assert_eq!(campus.change(&many).await, 2000);
        let coordinator = campus.demo("coordinator").await;
        let mut waiting = Vec::new();
        for _ in 0..10 {
            let coordinator = campus.signed_in(&coordinator).await.coordinator().unwrap();
            let labels = Labels { preamble: Vec::new(), heads: Default::default() };
            let file = server::reports::export(Arc::clone(&campus.platform), coordinator, Filter::default(), labels).await.unwrap();
            let mut file = Box::pin(file);
            let _ = tokio::time::timeout(Duration::from_millis(50), file.next()).await;
            waiting.push(file);
        }
        assert_eq!(campus.visitor().get("/health/ready").await.status(), 200);
        drop(waiting);
        let whole = campus.demo("coordinator").await.post(EXPORT, &[]).await;
        assert_eq!(whole.text().lines().filter(|line| line.contains("ec-102")).count(), 2001);
    }

    async fn a_learner_may_not_see_the_report_and_a_visitor_signs_in_first(campus) {
        let mut ana = campus.learner("ana").await;
        assert_eq!((ana.get(REPORT).await.status(), ana.post(EXPORT, &[]).await.status()), (403, 403));
        assert_eq!(campus.demo("trainer").await.post(EXPORT, &[]).await.status(), 403);
        let asked = campus.visitor().get(&format!("{REPORT}?country=HN")).await;
        assert_eq!(asked.location(), Some("/sign-in?to=%2Freports%2Fcompletions%3Fcountry%3DHN"));
        let exported = campus.visitor().post(EXPORT, &[("country", "HN")]).await;
        assert_eq!(exported.location(), Some("/sign-in?to=%2Freports%2Fcompletions%3Fcountry%3DHN"));
        assert_eq!(campus.count("reports_exports", "1 = 1").await, 0);
    }

    async fn what_cannot_be_read_is_refused_beside_its_field_and_kept(campus) {
        let mut coordinator = campus.demo("coordinator").await;
        let page = coordinator.get(&format!("{REPORT}?from=31%2F12%2F2026&to=2026-02-30&institution=Hospital+Regional&country=HN")).await;
        assert_eq!(page.status(), 422);
        assert_eq!(page.words(".field-error"), ["Escriba una fecha como 2026-03-31."; 2]);
        assert_eq!((page.words("#from-error").len(), page.words("#to-error").len()), (1, 1));
        assert_eq!(page.attributes(".error-summary a", "href"), ["#from", "#to"]);
        let kept: Vec<_> = ["#from", "#to", "#institution"].into_iter().flat_map(|field| page.attributes(field, "value")).collect();
        assert_eq!(kept, ["31/12/2026", "2026-02-30", "Hospital Regional"]);
        assert_eq!(page.attributes("#country option[selected]", "value"), ["HN"]);
        assert_eq!(page.words("main table").len(), 0);
    }

    async fn a_last_day_before_the_first_is_an_error_beside_the_field(campus) {
        let mut coordinator = campus.demo("coordinator").await;
        let page = coordinator.get(&format!("{REPORT}?from=2026-11-17&to=2026-11-16")).await;
        assert_eq!((page.status(), page.words("#to-error").len()), (422, 1));
        assert!(page.words("#to-error")[0].starts_with("El último día está antes del primero."));
        assert_eq!((page.attributes("#from", "value"), page.attributes("#to", "value")), (vec!["2026-11-17".to_owned()], vec!["2026-11-16".to_owned()]));
        let exported = coordinator.post(EXPORT, &[("from", "2026-11-17"), ("to", "2026-11-16")]).await;
        assert_eq!(exported.location(), Some("/reports/completions?from=2026-11-17&to=2026-11-16"));
        assert_eq!(campus.count("reports_exports", "1 = 1").await, 0);
    }

    async fn the_file_holds_every_page_of_the_screen(campus) {
        server::demo::make_learners(&campus.platform, 150, 7, |_| {}).await.unwrap();
        let mut coordinator = campus.demo("coordinator").await;
        let count = campus.count("certificates_completions", "1 = 1").await;
        assert!(count > 50, "{count} completions fill more than one page");
        let page = report(&mut coordinator, "").await;
        assert_eq!(page.words("main [role=status] strong"), [format!("{count} finalizaciones.")]);
        assert_eq!(page.words("tbody th").len(), 50);
        let (_, data) = rows(&coordinator.post(EXPORT, &[]).await);
        assert_eq!(i64::try_from(data.len()).unwrap(), count);
        let first: Vec<&String> = data.iter().take(50).map(|row| &row[0]).collect();
        assert_eq!(first, page.words("tbody th").iter().collect::<Vec<_>>(), "the file and the screen have one order");
        let next = page.attributes("main a[rel=next]", "href").remove(0);
        assert_eq!(coordinator.get(&next).await.words("tbody th")[0], data[50][0]);
    }
}

on_both_databases! {
    async fn both_ends_of_the_period_are_included_in_the_campuss_time_zone(database) {
        let campus = two_courses(database).await;
        // The 17th of November lasts from 06:00 to 06:00 UTC in Guatemala.
        for (at, login) in [
            ("2026-11-17T05:59:59Z", "eve-of"),
            ("2026-11-17T06:00:00Z", "first-second"),
            ("2026-11-18T05:59:59Z", "last-second"),
            ("2026-11-18T06:00:00Z", "day-after"),
        ] {
            campus.clock.move_to(at);
            completes(&campus, login, "ec-201", &[]).await;
        }
        let mut coordinator = campus.demo("coordinator").await;
        assert_eq!(names(&mut coordinator, "from=2026-11-17&to=2026-11-17").await, ["first-second", "last-second"]);
        assert_eq!(names(&mut coordinator, "from=2026-11-17").await, ["day-after", "first-second", "last-second"]);
        assert_eq!(names(&mut coordinator, "to=2026-11-17").await, ["eve-of", "first-second", "last-second"]);
        let page = report(&mut coordinator, "from=2026-11-17&to=2026-11-17").await;
        assert_eq!(page.words("tbody td:last-child"), ["17 de noviembre de 2026, 23:59", "17 de noviembre de 2026, 00:00"]);
        assert!(page.words("main [role=status]")[0].ends_with("Fechas en la hora de America/Guatemala."));
    }

    async fn a_quarter_is_its_first_to_its_last_day(database) {
        let campus = two_courses(database).await;
        for (at, login) in [("2027-01-01T05:59:59Z", "this-year"), ("2027-01-01T06:00:00Z", "next-year")] {
            campus.clock.move_to(at);
            completes(&campus, login, "ec-201", &[]).await;
        }
        let mut coordinator = campus.demo("coordinator").await;
        assert_eq!(names(&mut coordinator, "quarter=2026-Q4").await, ["this-year"]);
        assert_eq!(names(&mut coordinator, "quarter=2027-Q1").await, ["next-year"]);
        let quarter = report(&mut coordinator, "quarter=2026-Q4").await;
        let dates = report(&mut coordinator, "from=2026-10-01&to=2026-12-31").await;
        for part in ["tbody", "main dl.facts", "main [role=status]"] {
            assert_eq!(quarter.words(part), dates.words(part), "{part}");
        }
        assert_eq!(quarter.attributes("#quarter option[selected]", "value"), ["2026-Q4"]);
    }

    async fn country_institution_and_course_pick_and_leave_out(database) {
        let campus = two_courses(database).await;
        completes(&campus, "ana", "ec-201", &[("institution", "Clínica Ñandú del Sur")]).await;
        completes(&campus, "beto", "ec-202", &[("institution", "Hospital 100% Popular")]).await;
        completes(&campus, "cora", "ec-201", &[("country", "HN"), ("institution", "")]).await;
        let mut coordinator = campus.demo("coordinator").await;
        for (query, expected) in [
            ("", vec!["ana", "beto", "cora"]),
            ("country=GT", vec!["ana", "beto"]),
            ("country=HN", vec!["cora"]),
            ("country=MX", vec![]),
            ("course=ec-201", vec!["ana", "cora"]),
            ("course=ec-202", vec!["beto"]),
            ("institution=clinica+nandu", vec!["ana"]),
            ("institution=%C3%91AND%C3%9A", vec!["ana"]),
            ("institution=del+Norte", vec![]),
            ("institution=100%25", vec!["beto"]),
            ("institution=%25", vec!["beto"]),
            ("institution=d_l", vec![]),
            ("institution=%5C", vec![]),
            ("country=GT&course=ec-201&institution=sur&from=2026-11-16&to=2026-11-16", vec!["ana"]),
            ("country=HN&course=ec-202", vec![]),
        ] {
            assert_eq!(names(&mut coordinator, query).await, expected, "{query}");
        }
    }

    async fn a_coordinator_of_one_country_sees_that_country_and_no_other(database) {
        let campus = two_courses(database).await;
        completes(&campus, "ana", "ec-201", &[("institution", "Hospital de Guatemala")]).await;
        completes(&campus, "cora", "ec-201", &[("country", "HN"), ("institution", "Hospital de Honduras")]).await;
        let mut coordinator = campus.coordinator_of("HN").await;
        assert_eq!(names(&mut coordinator, "").await, ["cora"]);
        let page = report(&mut coordinator, "").await;
        assert_eq!(page.attributes("#country option", "value"), ["HN"]);
        assert_eq!(page.attributes("#institutions option", "value"), ["Hospital de Honduras"]);
        assert_eq!(coordinator.get(&format!("{REPORT}?country=GT")).await.status(), 422);
        let (preamble, data) = rows(&coordinator.post(EXPORT, &[]).await);
        assert_eq!(data.iter().map(|row| &row[0]).collect::<Vec<_>>(), ["cora"]);
        assert!(preamble.contains(&vec!["País".to_owned(), "Honduras".to_owned()]), "{preamble:?}");
        let other = coordinator.post(EXPORT, &[("country", "GT")]).await;
        assert_eq!((other.status(), other.location()), (303, Some("/reports/completions?country=GT")));
    }

    async fn the_report_keeps_what_was_so_on_the_day_of_completion(database) {
        let campus = two_courses(database).await;
        completes(&campus, "ana", "ec-201", &[]).await;
        assert_eq!(campus.change("UPDATE accounts_people SET name = 'Otra', country = 'HN' WHERE user_name = 'ana'").await, 1);
        let mut coordinator = campus.demo("coordinator").await;
        assert_eq!((names(&mut coordinator, "country=GT").await, names(&mut coordinator, "country=HN").await), (vec!["ana".to_owned()], vec![]));
        campus.change("DELETE FROM accounts_people WHERE user_name = 'ana'").await;
        assert_eq!(names(&mut coordinator, "country=GT").await, ["ana"]);
    }

    async fn the_file_says_what_it_is_and_holds_as_many_rows_as_the_screen_counts(database) {
        let campus = two_courses(database).await;
        completes(&campus, "ana", "ec-201", &[("institution", "=HYPERLINK(\"https://evil.example\")")]).await;
        completes(&campus, "=cmd Beto", "ec-201", &[("login", "beto"), ("institution", "Salud, \"Sur\"")]).await;
        completes(&campus, "cora", "ec-202", &[("country", "HN")]).await;
        let mut coordinator = campus.demo("coordinator").await;
        assert_eq!(names(&mut coordinator, "country=GT&from=2026-11-16").await, ["=cmd Beto", "ana"]);

        let file = coordinator.post(EXPORT, &[("country", "GT"), ("from", "2026-11-16")]).await;
        assert_eq!((file.status(), file.header("content-type")), (200, "text/csv; charset=utf-8"));
        assert_eq!(file.header("content-disposition"), "attachment; filename=\"completions-2026-11-16.csv\"");
        assert!(file.bytes.starts_with(b"\xef\xbb\xbf"));
        let (preamble, mut data) = rows(&file);
        let preamble: Vec<(&str, &str)> = preamble.iter().map(|row| (row[0].as_str(), row[1].as_str())).collect();
        assert_eq!(preamble, [
            ("Informe", "Informe de finalización"),
            ("Curso", "Todos"),
            ("País", "Guatemala"),
            ("Institución", "Todas"),
            ("Periodo", "Desde el 16 de noviembre de 2026, incluido"),
            ("Zona horaria", "America/Guatemala"),
            ("Preparado por", "Coralia Méndez Ruiz"),
            ("Fecha de preparación", "16 de noviembre de 2026, 09:00 (America/Guatemala)"),
        ]);
        data.sort();
        let rest = |name, institution| [name, "ec-201", "1", "GT", institution, "health", "es", "", "2026-11-16T09:00:00-06:00"];
        assert_eq!(data, [rest("'=cmd Beto", "Salud, \"Sur\""), rest("ana", "'=HYPERLINK(\"https://evil.example\")")]);
    }

    async fn every_export_is_in_the_log_with_its_author_its_filter_and_its_rows(database) {
        let campus = two_courses(database).await;
        completes(&campus, "ana", "ec-201", &[]).await;
        completes(&campus, "cora", "ec-201", &[("country", "HN")]).await;
        let mut coordinator = campus.demo("coordinator").await;
        report(&mut coordinator, "country=GT").await;
        assert_eq!(campus.count("reports_exports", "1 = 1").await, 0, "looking is not exporting");
        coordinator.post(EXPORT, &[("country", "GT"), ("to", "2026-12-31")]).await;

        assert_eq!(campus.times("reports_exports", "exported_at").await, ["2026-11-16T15:00:00Z"]);
        let author = "person_id = (SELECT id FROM accounts_people WHERE user_name = 'demo-coordinator')";
        assert_eq!(campus.count("reports_exports", &format!("rows = 1 AND report = 'completions' AND {author}")).await, 1);
        let filter: serde_json::Value = serde_json::from_str(&campus.texts("reports_exports", "filter").await[0]).unwrap();
        assert_eq!(filter, serde_json::json!({ "course": null, "country": "GT", "institution": null, "from": null, "to": "2026-12-31" }));
    }
}
