//! What anybody reads, and what a learner reads of themselves.

use axum::body::Body;
use axum::http::Method;
use serde_json::json;
use tests::{Campus, Program, on_both};

use crate::course::{complete, read_all_lessons};

const LEARNER: [&str; 3] = ["profile:read", "learning:read", "learning:write"];

/// Names of the fields of an answer, at every depth: `items[].code`.
pub fn fields(value: &serde_json::Value) -> Vec<String> {
    fn collect(value: &serde_json::Value, path: &str, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(object) => {
                for (name, value) in object {
                    collect(value, &if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, found);
                }
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, &format!("{path}[]"), found)),
            _ => found.push(path.to_owned()),
        }
    }
    let mut found = Vec::new();
    collect(value, "", &mut found);
    found.sort();
    found.dedup();
    found
}

async fn ana(campus: &Campus) -> (tests::Browser, Program) {
    let mut browser = campus.learner("ana").await;
    let program = campus.program(&mut browser, &LEARNER).await;
    (browser, program)
}

on_both! {
    async fn anybody_reads_the_courses_on_offer_in_their_language(campus) {
        let program = campus.nobodys_program();
        let courses = program.get("/courses?language=en").await;
        assert_eq!((courses.status(), courses.header("cache-control")), (200, "public, max-age=60"));
        let codes: Vec<_> = courses.json()["items"].as_array().unwrap().iter().map(|course| course["code"].as_str().unwrap().to_owned()).collect();
        assert_eq!(codes, ["ec-101", "ec-102", "ec-103"]);
        let (en, es) = (program.json("/courses/ec-102?language=en").await, program.json("/courses/ec-102").await);
        assert_ne!(en["title"], es["title"]);
        assert_eq!((&en["language"], &es["language"]), (&json!("en"), &json!("es")));
        assert!(en["modules"].as_array().unwrap().iter().all(|module| !module["lessons"].as_array().unwrap().is_empty()));
        assert_eq!(program.get("/courses/ec-999").await.status(), 404);
        assert_eq!(program.get("/courses/EC%20102").await.status(), 404);
    }

    async fn an_outline_holds_no_question_and_no_key(campus) {
        let outline = campus.nobodys_program().get("/courses/ec-102").await.text();
        for quiz in crate::course::published(campus).await.course.quizzes.values() {
            for question in &quiz.questions {
                assert!(!outline.contains(&format!("\"{}\"", question.key)), "{}", question.key);
            }
        }
    }

    async fn a_learner_sees_themselves_and_nobody_else(campus) {
        let (_, program) = ana(campus).await;
        let me = program.get("/me").await;
        assert_eq!(me.header("cache-control"), "no-store");
        let me = me.json();
        assert_eq!((me["login"].as_str(), me["country"].as_str(), me["scopes"].as_array().unwrap().len()), (Some("ana"), Some("GT"), 3));
        insta::assert_snapshot!(fields(&me).join(" "), @"country created_at id institution is_closed is_email_verified language login name occupation scopes[]");
    }

    async fn a_learner_enrols_and_sees_how_far_they_are(campus) {
        let (mut browser, program) = ana(campus).await;
        let made = program.post("/me/enrolments", "one", &json!({ "course_code": "ec-102" })).await;
        assert_eq!(made.status(), 201, "{}", made.text());
        let again = program.post("/me/enrolments", "two", &json!({ "course_code": "ec-102" })).await;
        assert_eq!(again.json(), made.json(), "enrolling twice keeps the first enrolment");
        let id = made.json()["id"].as_str().unwrap().to_owned();
        assert_eq!(made.header("location"), format!("/api/v1/me/enrolments/{id}/progress"));
        let progress = program.json(&format!("/me/enrolments/{id}/progress")).await;
        assert_eq!((&progress["permille"], progress["lessons_read"].as_array().unwrap().len()), (&json!(0), 0));
        read_all_lessons(campus, &mut browser).await;
        let progress = program.json(&format!("/me/enrolments/{id}/progress")).await;
        assert!(progress["permille"].as_i64().unwrap() > 0 && progress["lessons_read"].as_array().unwrap().len() > 5);
        assert_eq!(program.json("/me/enrolments").await["items"].as_array().unwrap().len(), 1);
        let unknown = program.post("/me/enrolments", "three", &json!({ "course_code": "ec-999" })).await;
        assert_eq!((unknown.status(), unknown.json()["errors"][0]["pointer"].as_str()), (422, Some("/course_code")));

        let mut luis = campus.learner("luis").await;
        let luis = campus.program(&mut luis, &LEARNER).await;
        assert_eq!(luis.get(&format!("/me/enrolments/{id}/progress")).await.status(), 404);
    }

    async fn attempts_and_certificates_are_ones_own_and_hold_no_key(campus) {
        let (mut browser, program) = ana(campus).await;
        let code = complete(campus, &mut browser).await;
        let attempts = program.json("/me/attempts?limit=2").await;
        assert_eq!(attempts["items"].as_array().unwrap().len(), 2);
        let post_test = crate::course::published(campus).await.course.post_test.clone().unwrap().to_string();
        let attempts = program.json("/me/attempts").await;
        let last = attempts["items"].as_array().unwrap().iter().find(|attempt| attempt["quiz"] == post_test.as_str()).unwrap();
        let id = last["id"].as_str().unwrap().to_owned();
        let attempt = program.json(&format!("/me/attempts/{id}")).await;
        assert_eq!((&attempt["score_permille"], &attempt["shows_feedback"]), (&json!(1000), &json!(true)));
        insta::assert_snapshot!(fields(&attempt).join(" "), @"course_code due_at enrolment_id has_passed id number pass_permille questions[].feedback_html[] questions[].key questions[].kind questions[].mark_permille questions[].response[] questions[].stem_html quiz score_permille shows_feedback started_at submitted_at");
        for question in attempt["questions"].as_array().unwrap() {
            let (chosen, told) = (question["response"].as_array().unwrap().len(), question["feedback_html"].as_array().unwrap().len());
            assert_eq!(told, chosen, "feedback on what was chosen and on nothing else: {question}");
        }
        let certificates = program.json("/me/certificates").await;
        assert_eq!(certificates["items"][0]["code"].as_str(), Some(&*code));
        assert_eq!(program.json(&format!("/me/certificates/{code}")).await["standing"], json!("valid"));
        let verified = campus.nobodys_program().json(&format!("/certificates/{}/verification", code.to_lowercase())).await;
        assert_eq!(verified, program.json(&format!("/me/certificates/{code}")).await);
        assert_eq!(campus.nobodys_program().get("/certificates/0000-0000-0000-0000-0000-0000/verification").await.status(), 404);

        let mut luis = campus.learner("luis").await;
        let luis = campus.program(&mut luis, &LEARNER).await;
        assert_eq!(luis.get(&format!("/me/attempts/{id}")).await.status(), 404);
        assert_eq!(luis.get(&format!("/me/certificates/{code}")).await.status(), 404);
    }

    async fn an_open_attempt_shows_neither_marks_nor_feedback(campus) {
        let (mut browser, program) = ana(campus).await;
        read_all_lessons(campus, &mut browser).await;
        let published = crate::course::published(campus).await;
        // Once they are submitted, one shows feedback after the last attempt, the other one at once.
        for key in [published.course.post_test.clone().unwrap(), "module-1".parse().unwrap()] {
            let started = browser.post(&format!("/courses/ec-102/quizzes/{key}/attempts"), &[]).await;
            let id = started.location().unwrap().strip_prefix("/attempts/").unwrap().to_owned();
            let answers = crate::course::right_answers(&published.course.quizzes[&key]);
            let form: Vec<(&str, &str)> = answers.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain([("do", "later")]).collect();
            browser.post(&format!("/attempts/{id}"), &form).await;
            let attempt = program.json(&format!("/me/attempts/{id}")).await;
            assert_eq!((&attempt["shows_feedback"], &attempt["score_permille"]), (&json!(false), &json!(null)), "{key}");
            let questions = attempt["questions"].as_array().unwrap();
            assert!(questions.iter().any(|question| !question["response"].is_null()), "{key}: what was answered is there");
            assert!(questions.iter().all(|question| question["mark_permille"].is_null() && question["feedback_html"] == json!([])), "{key}");
        }
    }

    async fn a_reading_that_is_known_already_is_not_sent_again(campus) {
        let (_, program) = ana(campus).await;
        for path in ["/me", "/courses", "/openapi.json", "/me/enrolments"] {
            let first = program.get(path).await;
            let tag = first.header("etag").to_owned();
            assert!(tag.starts_with('"') && tag.len() == 34, "{path}: {tag}");
            let again = program.send(Method::GET, path, &[("if-none-match", &tag)], Body::empty()).await;
            assert_eq!((again.status(), again.bytes.len(), again.header("etag")), (304, 0, &*tag), "{path}");
            let weak = program.send(Method::GET, path, &[("if-none-match", &format!("\"x\", W/{tag}"))], Body::empty()).await;
            assert_eq!(weak.status(), 304, "{path}");
            let other = program.send(Method::GET, path, &[("if-none-match", "\"x\"")], Body::empty()).await;
            assert_eq!(other.status(), 200, "{path}");
            let head = program.send(Method::HEAD, path, &[], Body::empty()).await;
            assert_eq!((head.status(), head.bytes.len(), head.header("etag")), (200, 0, &*tag), "{path}");
        }
        let before = program.get("/me").await.header("etag").to_owned();
        campus.change("UPDATE accounts_people SET name = 'Ana Paz' WHERE user_name = 'ana'").await;
        assert_ne!(program.get("/me").await.header("etag"), before);
    }
}
