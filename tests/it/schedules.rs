//! Answers by every way they can go: lost, doubled, turned round, delayed, from two devices and a form, over reloads, lost
//! sessions and restarts of the server. Compared with a reference that knows only the written rule.
//!
//! `CAMPUS_SCHEDULES=5000` tries more; `CAMPUS_SCHEDULE=17` tries that one again.

use std::collections::BTreeMap;

use axum::http::Method;
use chrono::{DateTime, TimeDelta, Utc};
use courses::id::AttemptId;
use courses::quiz::{Kind, Quiz, Response};
use server::quizzes::{self, Outcome};
use server::world::{Chance, Clock};
use tests::{Browser, Campus, Database, Library, on_both_databases};

use crate::course::fields;

const SAVE: &str = "/api/island/quizzes/save";
const STEPS: u64 = 40;
/// Devices with an outbox; the form is one more.
const DEVICES: usize = 2;

/// An answer as its device keeps it.
#[derive(Clone, Debug)]
struct Chosen {
    id: String,
    device: usize,
    sequence: i64,
    at: DateTime<Utc>,
    question: String,
    response: String,
}

/// What the reference knows of an answer that reached the server.
#[derive(Clone, Debug)]
struct Arrived {
    device: Option<usize>,
    sequence: i64,
    chosen_at: DateTime<Utc>,
    received: usize,
    response: Response,
    question: String,
    is_late: bool,
}

/// One schedule under way.
struct Schedule {
    seed: u64,
    chance: Chance,
    attempt: AttemptId,
    quiz: Quiz,
    outboxes: [Vec<Chosen>; DEVICES],
    /// Requests that will arrive later, perhaps again.
    delayed: Vec<(Vec<Chosen>, DateTime<Utc>)>,
    sequence: i64,
    form_sequence: i64,
    arrived: BTreeMap<String, Arrived>,
    /// Sent in the form, in order; the server makes their ids.
    by_form: Vec<Arrived>,
    is_submitted: bool,
}

impl Schedule {
    fn roll(&self, below: u64) -> u64 {
        u64::from_be_bytes(self.chance.bytes()) % below
    }

    fn pick(&self, below: usize) -> usize {
        usize::try_from(self.roll(u64::try_from(below).unwrap())).unwrap()
    }

    fn uuid(&self, kind: &str) -> String {
        let bytes: [u8; 6] = self.chance.bytes();
        format!("{kind}-0000-4000-8000-{}", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
    }

    fn device(&self, number: usize) -> String {
        format!("0198c5f0-0000-4000-8000-{:08x}{number:04x}", self.seed)
    }

    /// Something that can be answered to some question.
    fn response(&self) -> (usize, Response) {
        let at = self.pick(self.quiz.questions.len());
        let question = &self.quiz.questions[at];
        let response = match question.kind {
            Kind::Single | Kind::TrueFalse => Response::Chosen([question.options[self.pick(question.options.len())].clone()].into()),
            Kind::Multiple => Response::Chosen(question.options.iter().filter(|_| self.roll(2) == 0).cloned().collect()),
            Kind::Matching | Kind::Ordering | Kind::Gaps => {
                let parts = question.parts.iter().filter(|_| self.roll(4) > 0);
                Response::Placed(parts.map(|part| (part.key.clone(), part.options[self.pick(part.options.len())].clone())).collect())
            }
            Kind::ShortText | Kind::Number | Kind::Reflection => Response::Written(format!("{}", self.roll(100))),
        };
        (at, response)
    }

    fn choose(&mut self, campus: &Campus) {
        let (at, response) = self.response();
        self.sequence += 1;
        let device = self.pick(DEVICES);
        let chosen = Chosen {
            id: self.uuid("0198c5f1"),
            device,
            sequence: self.sequence,
            at: campus.clock.now(),
            question: self.quiz.questions[at].key.to_string(),
            response: serde_json::to_string(&response).unwrap(),
        };
        self.outboxes[device].push(chosen);
    }

    /// Takes what the server does with a request that arrives now.
    async fn arrive(&mut self, campus: &Campus, browser: &mut Browser, batch: &[Chosen], sent_at: DateTime<Utc>) {
        let person = campus.signed_in(browser).await.learner().person().to_string();
        let sent: Vec<_> = batch
            .iter()
            .map(|chosen| {
                serde_json::json!({
                    "attempt": self.attempt.to_string(), "id": chosen.id, "question": chosen.question,
                    "device": self.device(chosen.device), "sequence": chosen.sequence,
                    "age_ms": (sent_at - chosen.at).num_milliseconds(), "response": chosen.response,
                })
            })
            .collect();
        let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
        let body = serde_json::json!({ "person": person, "sent": sent }).to_string();
        let answer = browser.send(Method::POST, SAVE, &headers, body.into()).await;
        assert_eq!(answer.status(), 200, "schedule {}: {}", self.seed, answer.text());
        let receipts: serde_json::Value = serde_json::from_str(&answer.text()).unwrap();
        let receipts = receipts["Settled"].as_array().unwrap_or_else(|| panic!("schedule {}: {receipts}", self.seed));
        assert_eq!(receipts.len(), batch.len(), "schedule {}: a receipt for each", self.seed);
        for (chosen, receipt) in batch.iter().zip(receipts) {
            assert_eq!(receipt["id"], chosen.id.as_str());
            assert_eq!(receipt["is_refused"], false, "schedule {}: {receipt}", self.seed);
            let received = self.arrived.len() + self.by_form.len();
            let now = campus.clock.now();
            self.arrived.entry(chosen.id.clone()).or_insert_with(|| Arrived {
                device: Some(chosen.device),
                sequence: chosen.sequence,
                chosen_at: now - (sent_at - chosen.at),
                received,
                response: serde_json::from_str(&chosen.response).unwrap(),
                question: chosen.question.clone(),
                is_late: self.is_submitted,
            });
        }
    }

    /// A device sends what it has, and all may go well or ill.
    async fn send(&mut self, campus: &Campus, browser: &mut Browser) {
        let device = self.pick(DEVICES);
        let mut batch: Vec<Chosen> = self.outboxes[device].iter().filter(|_| self.roll(5) > 0).cloned().collect();
        if batch.is_empty() {
            return;
        }
        if self.roll(3) == 0 {
            batch.reverse();
        }
        if self.roll(4) == 0 {
            batch.push(batch[0].clone());
        }
        let now = campus.clock.now();
        match self.roll(6) {
            // The request is lost.
            0 => {}
            // It is late, and may come twice.
            1 => self.delayed.push((batch, now)),
            // The answer is lost: the device keeps what the server has.
            2 => self.arrive(campus, browser, &batch, now).await,
            _ => {
                self.arrive(campus, browser, &batch, now).await;
                self.outboxes[device].retain(|chosen| !batch.iter().any(|sent| sent.id == chosen.id));
            }
        }
    }

    /// The form is sent with one answer changed.
    async fn send_form(&mut self, campus: &Campus, browser: &mut Browser, submits: bool) {
        let before = self.expected();
        let (at, response) = self.response();
        let question = &self.quiz.questions[at];
        let mut form = fields(question, &response);
        let counted = before.get(question.key.as_str());
        let drawn = counted.map_or_else(|| "null".to_owned(), |counted| serde_json::to_string(counted).unwrap());
        form.push((format!("drawn.{}", question.key), drawn));
        form.push(("do".to_owned(), if submits { "submit-anyway" } else { "later" }.to_owned()));
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = browser.post(&format!("/attempts/{}", self.attempt), &form).await;
        assert_eq!(answer.status(), 303, "schedule {}: {}", self.seed, answer.text());
        // After the end the same form, sent again, adds nothing either.
        let is_known =
            self.is_submitted && self.by_form.iter().any(|one| one.question == question.key.as_str() && one.response == response);
        if is_known || counted.map_or(response.is_empty(), |counted| *counted == response) {
            self.is_submitted |= submits;
            return;
        }
        self.form_sequence += 1;
        self.by_form.push(Arrived {
            device: None,
            sequence: self.form_sequence,
            chosen_at: campus.clock.now(),
            received: self.arrived.len() + self.by_form.len(),
            response,
            question: question.key.to_string(),
            is_late: self.is_submitted,
        });
        self.is_submitted |= submits;
    }

    /// The written rule: of each device its last answer, of several devices the one chosen last.
    fn expected(&self) -> BTreeMap<String, Response> {
        let mut questions: Vec<&str> = self.quiz.questions.iter().map(|question| question.key.as_str()).collect();
        questions.sort_unstable();
        let in_time: Vec<&Arrived> = self.arrived.values().chain(&self.by_form).filter(|arrived| !arrived.is_late).collect();
        questions
            .into_iter()
            .filter_map(|question| {
                let of_device = |device: Option<usize>| {
                    in_time.iter().filter(|one| one.question == question && one.device == device).max_by_key(|one| one.sequence)
                };
                let devices = [None, Some(0), Some(1)].into_iter().filter_map(of_device);
                let counts = devices.max_by_key(|one| (one.chosen_at, one.received))?;
                Some((question.to_owned(), counts.response.clone()))
            })
            .collect()
    }
}

/// Runs one schedule, and compares.
async fn run(seed: u64, mut campus: Campus, mut browser: Browser) -> (Campus, Browser) {
    let started = browser.post("/courses/ec-901/quizzes/kinds/attempts", &[]).await;
    let attempt = started.location().unwrap().strip_prefix("/attempts/").unwrap().parse().unwrap();
    let learner = campus.signed_in(&browser).await.learner();
    let quiz = quizzes::attempt(&campus.platform, learner, attempt).await.unwrap().quiz().unwrap().clone();
    let mut schedule = Schedule {
        seed,
        chance: Chance::seeded(seed),
        attempt,
        quiz,
        outboxes: Default::default(),
        delayed: Vec::new(),
        sequence: 0,
        form_sequence: 0,
        arrived: BTreeMap::new(),
        by_form: Vec::new(),
        is_submitted: false,
    };
    for _ in 0..STEPS {
        campus.clock.advance(TimeDelta::milliseconds(1 + i64::try_from(schedule.roll(40_000)).unwrap()));
        match schedule.roll(100) {
            0..45 => schedule.choose(&campus),
            45..80 => schedule.send(&campus, &mut browser).await,
            80..88 if !schedule.delayed.is_empty() => {
                let at = schedule.pick(schedule.delayed.len());
                let (batch, sent_at) = schedule.delayed[at].clone();
                // It may come again.
                if schedule.roll(2) == 0 {
                    schedule.delayed.swap_remove(at);
                }
                schedule.arrive(&campus, &mut browser, &batch, sent_at).await;
            }
            88..95 => schedule.send_form(&campus, &mut browser, false).await,
            95 => {
                // The session is over: what is sent meanwhile is not stored; then the learner signs in again.
                browser.post("/sign-out", &[]).await;
                let answer = browser
                    .send(
                        Method::POST,
                        SAVE,
                        &[("sec-fetch-site", "same-origin"), ("content-type", "application/json")],
                        r#"{"person":"","sent":[]}"#.into(),
                    )
                    .await;
                assert_eq!(answer.text(), "\"SignedOut\"");
                let answer = browser.post("/sign-in", &[("login", "ana"), ("password", "tres gatos en la lluvia")]).await;
                assert_eq!(answer.status(), 303);
            }
            96 if schedule.roll(3) == 0 => {
                campus = campus.restarted(None).await;
                browser = campus.returning(&browser);
            }
            97 => schedule.send_form(&campus, &mut browser, true).await,
            _ => {}
        }
    }
    // In the end every link works: whatever waits arrives.
    for device in 0..DEVICES {
        let waiting = std::mem::take(&mut schedule.outboxes[device]);
        if !waiting.is_empty() {
            let now = campus.clock.now();
            schedule.arrive(&campus, &mut browser, &waiting, now).await;
        }
    }
    let learner = campus.signed_in(&browser).await.learner();
    compare(&schedule, &campus, learner).await;
    // And after submitting the score is that of the reference.
    campus.clock.advance(TimeDelta::seconds(1));
    schedule.send_form(&campus, &mut browser, true).await;
    compare(&schedule, &campus, learner).await;
    (campus, browser)
}

async fn compare(schedule: &Schedule, campus: &Campus, learner: server::access::Learner) {
    let seed = schedule.seed;
    let attempt = quizzes::attempt(&campus.platform, learner, schedule.attempt).await.unwrap();
    let counted: BTreeMap<String, Response> = attempt.answers.iter().map(|(key, response)| (key.to_string(), response.clone())).collect();
    assert_eq!(counted, schedule.expected(), "schedule {seed}: what counts");
    let kept = quizzes::kept_answers(&campus.platform, learner, schedule.attempt).await.unwrap();
    assert_eq!(kept.len(), schedule.arrived.len() + schedule.by_form.len(), "schedule {seed}: lost or doubled");
    for (id, arrived) in &schedule.arrived {
        let stored = kept.iter().find(|kept| kept.id.to_string() == *id).unwrap_or_else(|| panic!("schedule {seed}: {id} is lost"));
        let outcome = if arrived.is_late { Outcome::Late } else { Outcome::Stored };
        assert_eq!((stored.outcome, stored.sequence), (outcome, arrived.sequence), "schedule {seed}: {id}");
    }
    if schedule.is_submitted {
        let expected = schedule.expected().into_iter().map(|(key, response)| (key.parse().unwrap(), response)).collect();
        let score = schedule.quiz.mark(&attempt.layout, &expected).score_permille;
        assert_eq!(attempt.score_permille, Some(i32::from(score)), "schedule {seed}: the score");
    }
}

async fn run_all(database: Database) {
    let library = Library::empty().with_every_kind();
    let mut campus = Campus::with_library(database, Some(library.folder())).await;
    let mut browser = campus.learner("ana").await;
    browser.post("/courses/ec-901/enrolment", &[]).await;
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seeds = match number("CAMPUS_SCHEDULE") {
        Some(seed) => seed..seed + 1,
        None => 0..number("CAMPUS_SCHEDULES").unwrap_or(60),
    };
    for seed in seeds {
        (campus, browser) = run(seed, campus, browser).await;
    }
}

on_both_databases! {
    async fn no_schedule_loses_or_doubles_an_answer(database) {
        run_all(database).await;
    }
}
