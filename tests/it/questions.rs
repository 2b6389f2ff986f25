//! Every kind of question and every rule of a quiz, without scripts.

use std::sync::Arc;

use axum::http::Method;
use chrono::TimeDelta;
use courses::quiz::Quiz;
use server::catalogue::{self, Published};
use server::quizzes;
use tests::{Browser, Campus, Database, Library, on_both_databases};

use crate::course::right_answers;

const CODE: &str = "ec-901";

async fn open(database: Database) -> (Campus, Browser) {
    let library = Library::empty().with_every_kind();
    let campus = Campus::with_library(database, Some(library.folder())).await;
    let mut ana = campus.learner("ana").await;
    ana.post(&format!("/courses/{CODE}/enrolment"), &[]).await;
    (campus, ana)
}

async fn published(campus: &Campus) -> Arc<Published> {
    catalogue::offered_course(&campus.platform, &CODE.parse().unwrap()).await.unwrap().unwrap()
}

async fn quiz(campus: &Campus, key: &str) -> Quiz {
    published(campus).await.course.quizzes[&key.parse().unwrap()].clone()
}

async fn start(browser: &mut Browser, quiz: &str) -> String {
    let answer = browser.post(&format!("/courses/{CODE}/quizzes/{quiz}/attempts"), &[]).await;
    answer.location().unwrap().to_owned()
}

async fn send(browser: &mut Browser, to: &str, fields: &[(String, String)], button: (&str, &str)) -> tests::Answer {
    let form: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain([button]).collect();
    browser.post(to, &form).await
}

async fn sign_in_again(browser: &mut Browser) {
    let answer = browser.post("/sign-in", &[("login", "ana"), ("password", "tres gatos en la lluvia")]).await;
    assert_eq!(answer.status(), 303);
}

fn field(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

on_both_databases! {
    async fn every_kind_is_answered_in_a_form_and_the_whole_key_is_full_marks(database) {
        let (campus, mut ana) = open(database).await;
        let attempt = start(&mut ana, "kinds").await;
        let page = ana.get(&attempt).await;
        assert_eq!(page.words("fieldset.question").len(), 9);
        assert_eq!(page.words("select.gap").len(), 2);
        let right = right_answers(&quiz(&campus, "kinds").await);
        let sent = send(&mut ana, &attempt, &right, ("do", "submit")).await;
        let result = ana.follow(sent).await;
        assert_eq!(result.words(".score-figure"), ["100 %"]);
        assert_eq!(result.words("section.question").len(), 9);
    }

    async fn what_an_answer_lacks_is_said_beside_it_and_nothing_is_lost(database) {
        let (_campus, mut ana) = open(database).await;
        let attempt = start(&mut ana, "kinds").await;
        let typed = [
            field("a.match.act", "recruiting"),
            field("a.order.greet", "1"),
            field("a.order.private", "1"),
            field("a.order.explain-why", "2"),
            field("a.order.offer-help", "3"),
            field("a.figure", "setenta y dos"),
            field("a.word", "consentimiento"),
            field("a.do", "true"),
            field("a.thought", "Pondré un biombo."),
        ];
        let asked = send(&mut ana, &attempt, &typed, ("do", "submit")).await;
        assert_eq!(asked.status(), 422);
        let said = asked.words(".field-error").join(" · ");
        for words in ["Elija una opción", "Faltan 2 por elegir", "Hay dos pasos en el mismo lugar", "Escriba un número"] {
            assert!(said.contains(words), "{words} is not in {said}");
        }
        assert_eq!(asked.words(".error-summary li").len(), 6);
        assert_eq!(asked.attributes("input[name='a.figure']", "value"), ["setenta y dos"]);
        assert_eq!(asked.attributes("select[name='a.match.act'] option[selected]", "value"), ["recruiting"]);
        assert_eq!(asked.words("textarea"), ["Pondré un biombo."]);
        ana.get("/language/en?to=/").await;
        let english = ana.get(&attempt).await;
        assert_eq!(english.attributes("html", "lang"), ["en"]);
        assert_eq!(english.attributes("select[name='a.order.private'] option[selected]", "value"), ["1"]);
    }

    async fn part_of_an_answer_earns_its_part(database) {
        let (campus, mut ana) = open(database).await;
        let attempt = start(&mut ana, "kinds").await;
        let right = right_answers(&quiz(&campus, "kinds").await);
        let mut some: Vec<_> = right.into_iter().filter(|(name, _)| name.starts_with("a.match") || name.starts_with("a.sentence")).collect();
        for (name, value) in &mut some {
            if name == "a.match.act" {
                "border".clone_into(value);
            }
        }
        let sent = send(&mut ana, &attempt, &some, ("do", "submit-anyway")).await;
        let result = ana.follow(sent).await;
        // Two of three parts and a whole sentence, out of eight marked questions: (2/3 + 1) / 8.
        assert_eq!(result.words(".score-figure"), ["20,8 %"]);
        assert!(result.words(".option-right").iter().any(|words| words.contains("Captar a alguien")));
    }

    async fn no_part_of_a_key_reaches_a_learner_before_the_rule_allows_it(database) {
        let (campus, mut ana) = open(database).await;
        let attempt = start(&mut ana, "kinds").await;
        let mut seen = Vec::new();
        for language in ["es", "en"] {
            ana.get(&format!("/language/{language}?to=/")).await;
            for path in ["/courses/ec-901".to_owned(), "/courses/ec-901/quizzes/kinds".to_owned(), attempt.clone(), "/courses/ec-901/lessons/first".to_owned(), "/learning".to_owned()] {
                seen.push(ana.get(&path).await.text());
            }
        }
        seen.push(send(&mut ana, &attempt, &[field("a.word", "x")], ("do", "submit")).await.text());
        seen.push(ana.get(&format!("{attempt}/answers.csv")).await.text());
        let person = campus.signed_in(&ana).await.learner().person().to_string();
        let body = serde_json::json!({ "person": person, "sent": [{ "attempt": attempt.rsplit('/').next().unwrap(), "id": "0198c5f0-0000-4000-8000-000000000001",
            "question": "word", "device": "0198c5f0-0000-4000-8000-000000000002", "sequence": 1, "age_ms": 0, "response": "\"y\"" }] });
        let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
        seen.push(ana.send(Method::POST, "/api/island/quizzes/save", &headers, body.to_string().into()).await.text());
        for file in ["quizzes/kinds.toml", "es/quizzes/kinds.md", "quizzes/timed.toml"] {
            let bytes = std::fs::read(format!("{}/library/kinds/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
            assert!(catalogue::course_file(&campus.platform, &courses::source::file_digest(&bytes)).await.unwrap().is_none(), "{file}");
        }
        for page in &seen {
            assert!(!page.contains("planted"), "a key or feedback is in {page}");
            assert!(!page.contains("consentimiento informado"));
        }
        // What an ordering shows is not in the order of the key.
        let page = ana.get(&attempt).await;
        let steps: Vec<_> = page.attributes("#order select", "name");
        assert_ne!(steps, ["a.order.greet", "a.order.private", "a.order.explain-why", "a.order.offer-help"]);
        // And the scan would find it: after submitting it is there.
        send(&mut ana, &attempt, &[], ("do", "submit-anyway")).await;
        assert!(ana.get(&format!("{attempt}/result")).await.text().contains("planted"));
    }

    async fn a_checked_answer_shows_its_feedback_and_stands(database) {
        let (campus, mut ana) = open(database).await;
        let attempt = start(&mut ana, "one-by-one").await;
        let page = ana.get(&attempt).await;
        assert_eq!((page.words("fieldset.question").len(), page.words(".turn").len()), (1, 3));
        let question = page.attributes("fieldset.question", "id")[0].clone();
        let name = format!("a.{question}");
        let unchecked = send(&mut ana, &attempt, &[], ("check", &question)).await;
        let unchecked = ana.follow(unchecked).await;
        assert!(unchecked.words(".feedback").is_empty(), "there is nothing to check yet");
        let checked = send(&mut ana, &attempt, &[field(&name, "no")], ("check", &question)).await;
        let page = ana.follow(checked).await;
        assert!(page.text().contains("planted: era sí."), "{}", page.text());
        assert!(page.attributes("fieldset.question input[type=radio]", "value").is_empty(), "it cannot be changed");
        send(&mut ana, &attempt, &[field(&name, "yes")], ("do", "later")).await;
        let learner = campus.signed_in(&ana).await.learner();
        let id = attempt.rsplit('/').next().unwrap().parse().unwrap();
        let stands = quizzes::attempt(&campus.platform, learner, id).await.unwrap();
        assert!(stands.answers[&question.parse().unwrap()].has(&"no".parse().unwrap()));
        let kept = quizzes::kept_answers(&campus.platform, learner, id).await.unwrap();
        assert!(kept.iter().any(|kept| kept.outcome == quizzes::Outcome::Late), "what came later is kept");
    }

    async fn questions_one_at_a_time_are_kept_on_every_turn_of_the_page(database) {
        let (_campus, mut ana) = open(database).await;
        let attempt = start(&mut ana, "one-by-one").await;
        for turn in 1..=3 {
            let here = format!("{attempt}?question={turn}");
            let page = ana.get(&here).await;
            let name = format!("a.{}", page.attributes("fieldset.question", "id")[0]);
            let button = if turn < 3 { ("do", format!("go-{}", turn + 1)) } else { ("do", "submit".to_owned()) };
            let sent = send(&mut ana, &here, &[field(&name, "yes")], (button.0, &button.1)).await;
            let to = if turn < 3 { format!("{attempt}?question={}", turn + 1) } else { format!("{attempt}/result") };
            assert_eq!(sent.location(), Some(&*to));
        }
        assert_eq!(ana.get(&format!("{attempt}/result")).await.words(".score-figure"), ["100 %"]);
    }

    async fn what_is_missing_on_another_page_is_linked_to(database) {
        let (_campus, mut ana) = open(database).await;
        let attempt = start(&mut ana, "one-by-one").await;
        let refused = send(&mut ana, &format!("{attempt}?question=3"), &[], ("do", "submit")).await;
        assert_eq!(refused.status(), 422);
        let links = refused.attributes(".error-summary a", "href");
        assert_eq!(links.len(), 3);
        assert!(links[1].starts_with(&format!("{attempt}?question=2#")), "{links:?}");
    }

    async fn between_two_attempts_lies_the_pause(database) {
        let (campus, mut ana) = open(database).await;
        let attempt = start(&mut ana, "one-by-one").await;
        send(&mut ana, &attempt, &[], ("do", "submit-anyway")).await;
        campus.clock.advance(TimeDelta::hours(23));
        sign_in_again(&mut ana).await;
        let refused = ana.post("/courses/ec-901/quizzes/one-by-one/attempts", &[]).await;
        assert_eq!(refused.location(), Some("/courses/ec-901/quizzes/one-by-one"));
        let page = ana.get("/courses/ec-901/quizzes/one-by-one").await;
        assert_eq!(page.words(".notice-line"), ["Puede volver a intentarlo desde el 17 de noviembre de 2026, 09:00 (America/Guatemala)."]);
        assert!(page.words("main form button").is_empty());
        campus.clock.advance(TimeDelta::hours(2));
        sign_in_again(&mut ana).await;
        assert!(start(&mut ana, "one-by-one").await.starts_with("/attempts/"));
    }

    async fn the_rules_are_told_before_the_start(database) {
        let (_campus, mut ana) = open(database).await;
        let page = ana.get("/courses/ec-901/quizzes/one-by-one").await.text();
        for words in ["de una en una", "se sortean de nuevo", "comprobar cada respuesta", "esperar 24 h", "No hay límite de tiempo"] {
            assert!(page.contains(words), "{words}");
        }
        let timed = ana.get("/courses/ec-901/quizzes/timed").await.text();
        for words in ["Tiene 10 minutos", "30 segundos después", "el doble de tiempo"] {
            assert!(timed.contains(words), "{words}");
        }
    }

    async fn when_the_time_is_over_what_was_saved_counts_and_later_answers_are_kept(database) {
        let (campus, mut ana) = open(database).await;
        let attempt = start(&mut ana, "timed").await;
        assert!(ana.get(&attempt).await.words(".time p")[0].contains("Termina a las 09:10"));
        send(&mut ana, &attempt, &[field("a.first", "yes")], ("do", "later")).await;
        campus.clock.advance(TimeDelta::seconds(10 * 60 + 29));
        send(&mut ana, &attempt, &[field("a.second", "no")], ("do", "later")).await;
        campus.clock.advance(TimeDelta::seconds(2));
        let shown = ana.get(&attempt).await;
        assert_eq!(shown.location(), Some(&*format!("{attempt}/result")), "a page that is only read shows it as submitted");
        assert_eq!(ana.get(&format!("{attempt}/result")).await.words(".score-figure"), ["50 %"]);
        let late = send(&mut ana, &attempt, &[field("a.second", "yes")], ("do", "submit")).await;
        assert_eq!(late.location(), Some(&*format!("{attempt}/result")));
        let result = ana.get(&format!("{attempt}/result")).await;
        assert_eq!(result.words(".score-figure"), ["50 %"]);
        assert!(result.text().contains("09:10"), "it was submitted when its time was over: {}", result.text());
        let csv = ana.get(&format!("{attempt}/answers.csv")).await.text();
        assert_eq!(csv.lines().count(), 4, "{csv}");
        assert!(csv.contains("Llegó después del final"));
    }

    async fn a_page_that_says_the_time_is_over_is_believed_by_the_servers_clock_only(database) {
        let (campus, mut ana) = open(database).await;
        let attempt = start(&mut ana, "timed").await;
        let early = send(&mut ana, &attempt, &[field("a.first", "yes")], ("do", "time-over")).await;
        assert_eq!(early.location(), Some(&*attempt), "there is time left");
        campus.clock.advance(TimeDelta::minutes(10));
        let over = send(&mut ana, &attempt, &[], ("do", "time-over")).await;
        assert_eq!(over.location(), Some(&*format!("{attempt}/result")), "also with a question unanswered");
        assert_eq!(ana.get(&format!("{attempt}/result")).await.words(".score-figure"), ["50 %"]);
    }

    async fn an_answer_changed_back_to_what_the_page_was_drawn_with_counts(database) {
        let (campus, mut ana) = open(database).await;
        let attempt = start(&mut ana, "timed").await;
        send(&mut ana, &attempt, &[field("a.first", "yes")], ("do", "later")).await;
        send(&mut ana, &attempt, &[field("a.first", "no"), field("drawn.first", "[\"yes\"]")], ("do", "later")).await;
        // The island kept «no», and marks the question as touched; then «yes» is chosen again and the form is sent.
        send(&mut ana, &attempt, &[field("a.first", "yes"), field("drawn.first", "touched")], ("do", "later")).await;
        let learner = campus.signed_in(&ana).await.learner();
        let counts = quizzes::attempt(&campus.platform, learner, attempt.rsplit('/').next().unwrap().parse().unwrap()).await.unwrap();
        assert!(counts.answers[&"first".parse().unwrap()].has(&"yes".parse().unwrap()));
    }

    async fn who_needs_it_has_twice_the_time(database) {
        let (campus, mut ana) = open(database).await;
        let started = ana.post("/courses/ec-901/quizzes/timed/attempts", &[("more_time", "yes")]).await;
        let attempt = started.location().unwrap().to_owned();
        campus.clock.advance(TimeDelta::minutes(19));
        assert!(ana.get(&attempt).await.words(".time p")[0].contains("Termina a las 09:20"));
    }

    async fn a_certificate_exists_once_the_time_is_over_though_nobody_comes_back(database) {
        let (campus, mut ana) = open(database).await;
        for key in ["kinds", "one-by-one"] {
            let attempt = start(&mut ana, key).await;
            let right = right_answers(&quiz(&campus, key).await);
            send(&mut ana, &attempt, &right, ("do", "submit-anyway")).await;
        }
        let attempt = start(&mut ana, "timed").await;
        let right = right_answers(&quiz(&campus, "timed").await);
        send(&mut ana, &attempt, &right, ("do", "later")).await;
        assert_eq!(quizzes::close_overdue(&campus.platform).await.unwrap(), 0);
        campus.clock.advance(TimeDelta::minutes(11));
        let (one, other) = tokio::join!(quizzes::close_overdue(&campus.platform), quizzes::close_overdue(&campus.platform));
        assert!(one.unwrap() + other.unwrap() >= 1, "two servers look at once");
        assert_eq!(quizzes::close_overdue(&campus.platform).await.unwrap(), 0, "closing twice changes nothing");
        assert_eq!(campus.times("certificates", "issued_at").await.len(), 1);
        assert_eq!(campus.count("certificates_completions", "1 = 1").await, 1);
    }

    async fn a_key_that_stays_closed_shows_only_what_was_chosen(database) {
        let (_campus, mut ana) = open(database).await;
        for is_last in [false, true] {
            let attempt = start(&mut ana, "timed").await;
            let sent = send(&mut ana, &attempt, &[field("a.first", "no")], ("do", "submit-anyway")).await;
            let result = ana.follow(sent).await;
            assert!(!result.text().contains("Sí</"), "the right option is not shown");
            assert!(!result.text().contains("planted: bien"));
            assert_eq!(result.text().contains("planted: era sí"), is_last, "feedback comes after the last attempt");
        }
    }

    async fn signing_out_with_answers_on_the_device_asks_first(database) {
        let (campus, mut ana) = open(database).await;
        let (own, other) = (campus.signed_in(&ana).await.learner().person().to_string(), "0198c5f0-0000-4000-8000-000000000009");
        let headers = |person: &str| {
            let session = ana.cookie("campus").unwrap();
            format!("campus={session}; {}=3", app::quizzes::island::unsent_cookie(person))
        };
        let (with, without) = (headers(&own), headers(other));
        let form = [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
        let mut device = campus.visitor();
        let asked = device.send(Method::POST, "/sign-out", &[form[0], form[1], ("cookie", &with)], "".into()).await;
        assert_eq!((asked.status(), asked.words("h1")), (200, vec!["Quedan respuestas en este dispositivo".to_owned()]));
        assert_eq!(ana.get("/learning").await.status(), 200, "still signed in");
        let gone = device.send(Method::POST, "/sign-out", &[form[0], form[1], ("cookie", &without)], "".into()).await;
        assert_eq!(gone.status(), 303);
        assert_eq!(ana.get("/learning").await.status(), 303);
    }
}
