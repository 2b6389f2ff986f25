//! Attempts: saving, submitting, keys.

use axum::http::Method;
use chrono::TimeDelta;
use server::quizzes::{NewAnswer, Outcome, Refusal, save};
use tests::{Browser, Campus, on_both};

use crate::course::{CODE, published, right_answers, take};

/// Where an island's outbox sends to.
const SAVE: &str = "/api/island/quizzes/save";

async fn started(browser: &mut Browser) -> String {
    browser.post(&format!("/courses/{CODE}/enrolment"), &[]).await;
    let answer = browser.post(&format!("/courses/{CODE}/quizzes/module-1/attempts"), &[]).await;
    answer.location().unwrap().to_owned()
}

async fn first_question(campus: &Campus) -> (String, Vec<String>) {
    let published = published(campus).await;
    let question = &published.course.quizzes[&"module-1".parse().unwrap()].questions[0];
    (format!("a.{}", question.key), question.options.iter().map(ToString::to_string).collect())
}

on_both! {
    async fn starting_twice_goes_on_with_the_open_attempt(campus) {
        let mut ana = campus.learner("ana").await;
        let first = started(&mut ana).await;
        assert_eq!(started(&mut ana).await, first);
    }

    async fn answers_saved_for_later_are_there_in_another_language(campus) {
        let mut ana = campus.learner("ana").await;
        let attempt = started(&mut ana).await;
        let (question, options) = first_question(campus).await;
        let saved = ana.post(&attempt, &[(&question, &options[1]), ("do", "later")]).await;
        assert_eq!(saved.location(), Some("/learning"));
        ana.get("/language/en?to=/").await;
        let page = ana.get(&attempt).await;
        assert_eq!(page.attributes("html", "lang"), ["en"]);
        assert_eq!(page.attributes("fieldset input[checked]", "value"), [options[1].clone()]);
    }

    async fn switching_language_in_a_quiz_loses_nothing(campus) {
        let mut ana = campus.learner("ana").await;
        let attempt = started(&mut ana).await;
        let (question, options) = first_question(campus).await;
        let switched = ana.post(&attempt, &[(&question, &options[2]), ("switch_language", "en")]).await;
        let page = ana.follow(switched).await;
        assert_eq!(page.attributes("html", "lang"), ["en"]);
        assert_eq!(page.attributes("fieldset input[checked]", "value"), [options[2].clone()]);
    }

    async fn submitting_with_blanks_asks_first_and_keeps_what_was_chosen(campus) {
        let mut ana = campus.learner("ana").await;
        let attempt = started(&mut ana).await;
        let (question, options) = first_question(campus).await;
        let asked = ana.post(&attempt, &[(&question, &options[0]), ("do", "submit")]).await;
        assert_eq!(asked.status(), 422);
        assert_eq!(asked.attributes("fieldset input[checked]", "value"), [options[0].clone()]);
        assert_eq!(asked.words(".error-summary li").len(), 5);
        let sent = ana.post(&attempt, &[(&question, &options[0]), ("do", "submit-anyway")]).await;
        assert_eq!(sent.location(), Some(&*format!("{attempt}/result")));
    }

    async fn submitting_twice_keeps_the_first_score(campus) {
        let mut ana = campus.learner("ana").await;
        let attempt = started(&mut ana).await;
        ana.post(&attempt, &[("do", "submit-anyway")]).await;
        let score = ana.get(&format!("{attempt}/result")).await.words(".score-figure");
        let published = published(campus).await;
        let right = right_answers(&published.course.quizzes[&"module-1".parse().unwrap()]);
        let mut form: Vec<(&str, &str)> = right.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        form.push(("do", "submit"));
        campus.clock.advance(TimeDelta::minutes(5));
        ana.post(&attempt, &form).await;
        assert_eq!(ana.get(&format!("{attempt}/result")).await.words(".score-figure"), score);
        assert_eq!(score, ["0 %"]);
    }

    async fn the_right_answers_give_the_full_score_and_the_feedback(campus) {
        let mut ana = campus.learner("ana").await;
        ana.post(&format!("/courses/{CODE}/enrolment"), &[]).await;
        let published = published(campus).await;
        let key = "module-1".parse().unwrap();
        let result = take(&mut ana, &key, &right_answers(&published.course.quizzes[&key])).await;
        let page = ana.get(&result).await;
        assert_eq!(page.words(".score-figure"), ["100 %"]);
        assert_eq!(page.words(".option-feedback").len(), page.words(".option-label").len());
    }

    async fn the_pre_test_shows_no_answer_and_leads_on(campus) {
        let mut ana = campus.learner("ana").await;
        ana.post(&format!("/courses/{CODE}/enrolment"), &[]).await;
        let result = take(&mut ana, &"pre-test".parse().unwrap(), &[]).await;
        let page = ana.get(&result).await;
        assert!(page.words(".feedback").is_empty());
        assert_eq!(page.attributes(".actions a.button", "href")[0], format!("/courses/{CODE}/lessons/act-means-purpose"));
    }

    async fn the_post_test_gives_no_fourth_attempt(campus) {
        let mut ana = campus.learner("ana").await;
        ana.post(&format!("/courses/{CODE}/enrolment"), &[]).await;
        for _ in 0..3 {
            take(&mut ana, &"post-test".parse().unwrap(), &[]).await;
            campus.clock.advance(TimeDelta::hours(25));
            let again = ana.post("/sign-in", &[("login", "ana"), ("password", "tres gatos en la lluvia")]).await;
            assert_eq!(again.status(), 303);
        }
        let refused = ana.post(&format!("/courses/{CODE}/quizzes/post-test/attempts"), &[]).await;
        assert_eq!(refused.location(), Some("/courses/ec-102/quizzes/post-test"));
        assert!(ana.get("/courses/ec-102/quizzes/post-test").await.words("main form button").is_empty());
    }

    async fn a_page_left_open_on_another_device_wipes_no_answer(campus) {
        let mut ana = campus.learner("ana").await;
        let attempt = started(&mut ana).await;
        let (question, options) = first_question(campus).await;
        let drawn = question.replacen("a.", "drawn.", 1);
        let mut telephone = ana.clone();
        ana.post(&attempt, &[(&drawn, ""), (&question, &options[1]), ("do", "later")]).await;
        telephone.post(&attempt, &[(&drawn, ""), ("do", "later")]).await;
        assert_eq!(ana.get(&attempt).await.attributes("fieldset input[checked]", "value"), [options[1].clone()]);
        telephone.post(&attempt, &[(&drawn, ""), (&question, &options[0]), ("do", "later")]).await;
        assert_eq!(ana.get(&attempt).await.attributes("fieldset input[checked]", "value"), [options[0].clone()]);
    }

    async fn somebody_elses_attempt_is_not_there(campus) {
        let mut ana = campus.learner("ana").await;
        let attempt = started(&mut ana).await;
        let mut luis = campus.learner("luis").await;
        for path in [attempt.clone(), format!("{attempt}/result")] {
            assert_eq!(luis.get(&path).await.status(), 404, "{path}");
        }
        assert_eq!(luis.post(&attempt, &[("do", "submit-anyway")]).await.status(), 404);
        assert_eq!(campus.visitor().get(&attempt).await.status(), 303);
    }

    async fn a_repeated_answer_is_stored_once_and_a_refused_one_holds_up_no_other(campus) {
        let mut ana = campus.learner("ana").await;
        let attempt = started(&mut ana).await;
        let id = attempt.strip_prefix("/attempts/").unwrap().parse().unwrap();
        let learner = campus.signed_in(&ana).await.learner();
        let (question, options) = first_question(campus).await;
        let answer = NewAnswer {
            id: "0198c5f0-0000-4000-8000-000000000001".parse().unwrap(),
            question: question.strip_prefix("a.").unwrap().parse().unwrap(),
            device: Some("0198c5f0-0000-4000-8000-00000000000a".parse().unwrap()),
            sequence: 1,
            age: TimeDelta::zero(),
            response: format!("[\"{}\"]", options[0]),
        };
        let foreign = NewAnswer { question: "no-such-question".parse().unwrap(), id: "0198c5f0-0000-4000-8000-000000000002".parse().unwrap(), ..answer.clone() };
        let nonsense = NewAnswer { response: "[\"no-such-option\"]".to_owned(), id: "0198c5f0-0000-4000-8000-000000000003".parse().unwrap(), ..answer.clone() };
        let all = [answer.clone(), foreign.clone(), nonsense, answer.clone()].map(|answer| (id, answer)).to_vec();
        let outcomes: Vec<_> = save(&campus.platform, learner, all).await.unwrap().into_iter().map(|receipt| (receipt.outcome, receipt.is_repeat)).collect();
        let (unknown, not_an_answer) = (Outcome::Refused(Refusal::UnknownQuestion), Outcome::Refused(Refusal::NotAnAnswer));
        assert_eq!(outcomes, [(Outcome::Stored, false), (unknown, false), (not_an_answer, false), (Outcome::Stored, true)]);
        let again: Vec<_> = save(&campus.platform, learner, vec![(id, foreign), (id, answer)]).await.unwrap().into_iter().map(|receipt| (receipt.outcome, receipt.is_repeat)).collect();
        assert_eq!(again, [(unknown, true), (Outcome::Stored, true)], "a repeat returns the first outcome");
        assert_eq!(campus.times("quizzes_answers", "received_at").await.len(), 3, "what was refused is kept too");
    }

    async fn the_island_stores_an_answer_and_says_when(campus) {
        let mut ana = campus.learner("ana").await;
        let attempt = started(&mut ana).await;
        let (question, options) = first_question(campus).await;
        let person = campus.signed_in(&ana).await.learner().person();
        let body = |person: &str| serde_json::json!({ "person": person, "sent": [{
            "attempt": attempt.strip_prefix("/attempts/").unwrap(),
            "id": "0198c5f0-0000-4000-8000-000000000003",
            "device": "0198c5f0-0000-4000-8000-00000000000a",
            "question": question.strip_prefix("a.").unwrap(),
            "sequence": 1, "age_ms": 0,
            "response": format!("[\"{}\"]", options[3]),
        }] }).to_string();
        let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
        let somebody_else = ana.send(Method::POST, SAVE, &headers, body("0198c5f0-0000-4000-8000-000000000009").into()).await;
        assert_eq!((somebody_else.status(), somebody_else.text()), (200, "\"SignedOut\"".to_owned()));
        let answer = ana.send(Method::POST, SAVE, &headers, body(&person.to_string()).into()).await;
        let settled = r#"{"Settled":[{"id":"0198c5f0-0000-4000-8000-000000000003","is_refused":false,"is_late":false,"words":"Guardado a las 09:00"}]}"#;
        assert_eq!((answer.status(), answer.text()), (200, settled.to_owned()));
        assert_eq!(ana.get(&attempt).await.attributes("fieldset input[checked]", "value"), [options[3].clone()]);
        let signed_out = campus.visitor().send(Method::POST, SAVE, &headers, body(&person.to_string()).into()).await;
        assert_eq!(signed_out.text(), "\"SignedOut\"");
    }

    async fn no_key_is_in_anything_a_learner_reaches_before_submitting(campus) {
        let mut ana = campus.learner("ana").await;
        let attempt = started(&mut ana).await;
        let page = ana.get(&attempt).await.text();
        let published = published(campus).await;
        let quiz = &published.course.quizzes[&"module-1".parse().unwrap()];
        for text in quiz.texts.iter().flat_map(|(_, text)| text.questions.values()).flat_map(|question| question.options.values()) {
            let feedback = text.feedback.as_ref().unwrap().as_str();
            assert!(!page.contains(feedback), "feedback is on the page: {feedback}");
        }
        assert!(!page.contains("\"right\"") && !page.contains("key="), "the page names a key");
        let source = server::catalogue::course_file(&campus.platform, &courses::source::file_digest(key_file().as_slice())).await.unwrap();
        assert!(source.is_none(), "the file with the keys is handed out");
    }
}

fn key_file() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../courses/library/trafficking-health/quizzes/module-1.toml")).unwrap()
}
