//! Certificates: checking them, proving them, printing them, and what becomes of them.

use courses::certificate::Facts;
use courses::language::Language;
use server::certificates::seal;
use tests::{Answer, Campus, Database, Library, on_both, on_both_databases};

use crate::course::{complete, complete_small, published};

const UNKNOWN: &str = "/verify/0000-0000-0000-0000-0000-0000";

/// What the public page says of `code`, as its reader sees it.
async fn checked(campus: &Campus, code: &str) -> Answer {
    let page = campus.visitor().get(&format!("/verify/{code}")).await;
    assert_eq!(page.status(), 200, "{code}");
    page
}

/// The one key that the campus publishes.
async fn published_key(campus: &Campus) -> serde_json::Value {
    let keys = campus.visitor().get("/.well-known/campus-certificate-keys.json").await;
    assert_eq!((keys.status(), keys.header("content-type")), (200, "application/json"));
    let keys: serde_json::Value = serde_json::from_slice(&keys.bytes).unwrap();
    assert_eq!(keys["keys"].as_array().unwrap().len(), 1);
    keys["keys"][0].clone()
}

async fn proof(campus: &Campus, code: &str) -> String {
    let proof = campus.visitor().get(&format!("/verify/{code}/proof")).await;
    assert_eq!(proof.status(), 200);
    proof.text()
}

/// A campus whose course gives certificates for a year.
async fn with_certificates_for_a_year(database: Database) -> Campus {
    let library = Library::empty().with_small_course("consular", "ec-201");
    library.replace("consular/course.toml", "minutes = 30", "minutes = 30\ncertificate_months = 12");
    Campus::with_library(database, Some(library.folder())).await
}

on_both! {
    async fn anybody_with_the_code_sees_what_the_certificate_says_and_that_it_is_valid(campus) {
        let mut ana = campus.learner("ana").await;
        let code = complete(campus, &mut ana).await;
        let page = checked(campus, &code).await;
        let title = published(campus).await.course.text(Language::Es).1.title.clone();
        assert_eq!(page.words(".verdict-valid h2"), ["Certificado válido"]);
        assert_eq!(page.words(".facts-rows dd"), [
            "Ana Lucía Ramírez",
            &title,
            "ec-102, versión 1",
            "3 h 30 min",
            "16 de noviembre de 2026 (hora de America/Guatemala)",
            "No vence",
            "E-Campus",
            &code,
        ]);
        assert_eq!(page.header("x-robots-tag"), "noindex");
        // What the certificate does not say, its page does not say either.
        assert!(!page.text().contains("Hospital Regional"));
    }

    async fn a_code_typed_in_lower_case_without_hyphens_leads_there(campus) {
        let mut ana = campus.learner("ana").await;
        let code = complete(campus, &mut ana).await;
        let typed = code.to_lowercase().replace('-', "");
        let address = format!("/verify/{code}");
        for asked in [format!("/verify?code={typed}"), format!("/verify?code=+{}+", code.replace('-', "+"))] {
            assert_eq!(campus.visitor().get(&asked).await.location(), Some(address.as_str()), "{asked}");
        }
        assert_eq!(checked(campus, &typed).await.words(".facts-rows dd"), checked(campus, &code).await.words(".facts-rows dd"));
    }

    async fn an_unknown_code_is_not_found_and_says_what_to_do(campus) {
        for path in [UNKNOWN, "/verify/nothing"] {
            let page = campus.visitor().get(path).await;
            assert_eq!(page.status(), 404, "{path}");
            assert_eq!(page.words(".verdict-unknown h2"), ["No encontramos ese código"]);
            assert!(page.words(".verdict-unknown p")[0].starts_with("Revise si se confundió alguna letra"));
            assert_eq!(page.attributes("main form", "action"), ["/verify"]);
        }
        assert_eq!(campus.visitor().get(&format!("{UNKNOWN}/proof")).await.status(), 404);
        let malformed = campus.visitor().get("/verify?code=7KQ4-M2").await;
        assert_eq!((malformed.status(), malformed.words("#code-error").len()), (422, 1));
        assert_eq!(malformed.attributes("#code", "value"), ["7KQ4-M2"]);
    }

    async fn the_signed_proof_opens_with_the_published_key_and_says_what_the_page_says(campus) {
        let mut ana = campus.learner("ana").await;
        let code = complete(campus, &mut ana).await;
        let key = published_key(campus).await;
        assert!(key.get("d").is_none(), "the secret half is published");
        let token = proof(campus, &code).await;
        let Facts { code: signed, holder, course, title, version, minutes, language, completed_at, valid_until } =
            seal::open(&token, &key).unwrap();
        let page = checked(campus, &code).await.words(".facts-rows dd");
        assert_eq!(page[0], holder);
        assert_eq!(page[1], title);
        assert_eq!(page[2], format!("{course}, versión {version}"));
        assert_eq!((page[3].as_str(), minutes), ("3 h 30 min", 210));
        assert_eq!((language.code(), completed_at.as_str(), valid_until), ("es", "2026-11-16T15:00:00Z", None));
        assert_eq!((page[7].as_str(), signed.as_str()), (code.as_str(), code.as_str()));
    }

    async fn one_changed_byte_breaks_the_proof_and_so_does_another_campuss_key(campus) {
        let mut ana = campus.learner("ana").await;
        let code = complete(campus, &mut ana).await;
        let (key, token) = (published_key(campus).await, proof(campus, &code).await);
        assert!(seal::open(&token, &key).is_ok());
        for at in (0..token.len()).step_by(7) {
            let mut changed = token.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            assert!(seal::open(&String::from_utf8(changed).unwrap(), &key).is_err(), "byte {at}");
        }
        let other = Campus::on(Database::sqlite()).await;
        assert!(seal::open(&token, &published_key(&other).await).is_err());
    }

    async fn the_pdf_is_the_holders_and_nobody_elses(campus) {
        let mut ana = campus.learner("ana").await;
        let code = complete(campus, &mut ana).await;
        let mut luis = campus.learner("luis").await;
        let (page, pdf) = (format!("/certificates/{code}"), format!("/certificates/{code}/pdf"));

        let file = ana.get(&pdf).await;
        assert_eq!((file.status(), file.header("content-type")), (200, "application/pdf"));
        assert_eq!(file.header("content-disposition"), "attachment; filename=\"ec-102-certificate.pdf\"");
        assert!(file.bytes.starts_with(b"%PDF-") && file.bytes.len() > 5_000, "{} bytes", file.bytes.len());
        assert_eq!(ana.get(&page).await.words(".certificate-name"), ["Ana Lucía Ramírez"]);

        assert_eq!((luis.get(&page).await.status(), luis.get(&pdf).await.status()), (404, 404));
        assert_eq!((campus.visitor().get(&page).await.status(), campus.visitor().get(&pdf).await.status()), (303, 303));
        assert_eq!(luis.get("/certificates").await.attributes("main a[href^='/certificates/']", "href"), Vec::<String>::new());
    }

    async fn a_revoked_certificate_says_so_and_is_not_printed_again(campus) {
        let mut ana = campus.learner("ana").await;
        let code = complete(campus, &mut ana).await;
        assert_eq!(campus.change(&format!("UPDATE certificates SET revoked_at = issued_at WHERE code = '{code}'")).await, 1);
        let page = checked(campus, &code).await;
        assert_eq!((page.words(".verdict-revoked h2"), page.words(".verdict-valid").len()), (vec!["Certificado anulado".to_owned()], 0));
        assert!(page.words(".verdict p")[0].ends_with("Ya no tiene valor."));
        let own = ana.get(&format!("/certificates/{code}")).await;
        assert_eq!(own.words(".verdict-revoked").len(), 1);
        assert!(own.attributes("main a", "href").iter().all(|href| !href.ends_with("/pdf")));
        assert_eq!(ana.get(&format!("/certificates/{code}/pdf")).await.status(), 404);
        assert_eq!(ana.get("/certificates").await.words(".course-card .state-bad"), ["Certificado anulado"]);
    }

    async fn a_replaced_certificate_says_so(campus) {
        let mut ana = campus.learner("ana").await;
        let code = complete(campus, &mut ana).await;
        assert_eq!(campus.change(&format!("UPDATE certificates SET replaced_by = completion_id WHERE code = '{code}'")).await, 1);
        let page = checked(campus, &code).await;
        assert_eq!((page.words(".verdict-replaced h2"), page.words(".verdict-valid").len()), (vec!["Certificado reemplazado".to_owned()], 0));
    }

    async fn a_certificate_outlives_its_holders_account(campus) {
        let mut ana = campus.learner("ana").await;
        let code = complete(campus, &mut ana).await;
        let before = checked(campus, &code).await.words("main");
        assert_eq!(campus.change("DELETE FROM accounts_people WHERE user_name = 'ana'").await, 1);

        assert_eq!(checked(campus, &code).await.words("main"), before);
        assert!(seal::open(&proof(campus, &code).await, &published_key(campus).await).is_ok());
        assert_eq!(campus.count("certificates_completions", "person_id IS NULL AND enrolment_id IS NULL").await, 1);
        assert_eq!(campus.texts("certificates_completions", "name").await, ["Ana Lucía Ramírez"]);
        for table in ["enrolments", "learning_visits", "learning_surveys", "quizzes_attempts", "quizzes_answers", "accounts_sessions"] {
            assert_eq!(campus.count(table, "1 = 1").await, 0, "{table}");
        }
        assert_eq!(ana.get("/profile").await.status(), 303);
    }
}

on_both_databases! {
    async fn an_expired_certificate_says_so(database) {
        let campus = with_certificates_for_a_year(database).await;
        let code = complete_small(&mut campus.learner("ana").await, "ec-201").await;
        let page = checked(&campus, &code).await;
        assert_eq!(page.words(".verdict-valid").len(), 1);
        assert!(page.words(".facts-rows dd").contains(&"Hasta el 16 de noviembre de 2027, incluido".to_owned()));

        campus.clock.move_to("2027-12-16T15:00:00Z");
        let page = checked(&campus, &code).await;
        assert_eq!((page.words(".verdict-expired h2"), page.words(".verdict-valid").len()), (vec!["Certificado vencido".to_owned()], 0));
        let mut ana = campus.visitor();
        ana.post("/sign-in", &[("login", "ana"), ("password", "tres gatos en la lluvia")]).await;
        assert_eq!(ana.get("/certificates").await.words(".course-card .state-bad"), ["Certificado vencido"]);
        assert_eq!(ana.get(&format!("/certificates/{code}/pdf")).await.status(), 200);
    }

    async fn the_last_day_of_a_certificate_ends_at_midnight_where_the_campus_is(database) {
        let campus = with_certificates_for_a_year(database).await;
        // Half past eleven at night in Guatemala, already the next day in UTC.
        campus.clock.move_to("2026-11-17T05:30:00Z");
        let code = complete_small(&mut campus.learner("ana").await, "ec-201").await;
        let facts = checked(&campus, &code).await.words(".facts-rows dd");
        assert!(facts.contains(&"16 de noviembre de 2026 (hora de America/Guatemala)".to_owned()), "{facts:?}");
        assert!(facts.contains(&"Hasta el 16 de noviembre de 2027, incluido".to_owned()), "{facts:?}");
        campus.clock.move_to("2027-11-17T05:59:59Z");
        assert_eq!(checked(&campus, &code).await.words(".verdict-valid").len(), 1);
        campus.clock.move_to("2027-11-17T06:00:00Z");
        assert_eq!(checked(&campus, &code).await.words(".verdict-expired").len(), 1);
    }
}
