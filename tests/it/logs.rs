//! What the log says, and what it never does.

use std::io::Write;
use std::sync::{Arc, Mutex};

use server::config::LogFormat;
use tests::{Browser, Campus, Database, on_both_databases};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tracing::subscriber;
use tracing_subscriber::EnvFilter;

use crate::course::complete;

/// What was logged since the test began.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<u8>>>);

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Said {
    /// Begins to listen, for the whole process: each test is one.
    fn listen(format: LogFormat, filter: &str) -> Self {
        let said = Self::default();
        let writer = said.clone();
        let subscriber = app::command::log::subscriber(format, EnvFilter::new(filter), move || writer.clone());
        subscriber::set_global_default(subscriber).expect("each test runs in a process of its own: cargo nextest run");
        said
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// What no log may hold, typed by somebody into every kind of field.
const PLANTED: [&str; 7] =
    ["Xochitl", "planted.address@", "plantedUser", "planted secret frog", "Planted Hospital", "planted-answer", "planted-query"];

/// Walks through the campus with planted words in everything that is sent.
async fn walk(campus: &Campus) -> Vec<String> {
    let mut ana = campus
        .learner_with(
            "planted.address@salud.example",
            &[("name", "Xochitl Ñ"), ("password", "planted secret frog 77"), ("institution", "Planted Hospital")],
        )
        .await;
    let mut secrets: Vec<String> = campus.mail_links("/verify-email/", 1).await;
    let mut visitor = campus.visitor();
    visitor.post("/sign-in", &[("login", "plantedUser"), ("password", "planted secret frog 78")]).await;
    visitor.post("/sign-up", &[("name", "Xochitl"), ("login", "plantedUser")]).await;
    visitor.post("/password-reset", &[("login", "planted.address@salud.example")]).await;
    secrets.extend(campus.mail_links("/password-reset/", 1).await);
    for link in &secrets {
        visitor.get(link).await;
    }
    secrets.extend(complete(campus, &mut ana).await.lines().map(str::to_owned));
    for path in ["/?q=planted-query", "/nowhere/planted-query", "/verify/planted-query", "/courses/planted-query?x=planted-query"] {
        ana.get(path).await;
    }
    answer(&mut ana).await;
    secrets.extend(ana.cookie("campus").map(str::to_owned));
    secrets
}

/// Sends an answer to a question that does not exist, and one that cannot be read.
async fn answer(ana: &mut Browser) {
    let started = ana.post("/courses/ec-102/quizzes/module-1/attempts", &[]).await;
    let attempt = started.location().unwrap_or("/attempts/planted-answer").to_owned();
    ana.post(&attempt, &[("a.planted-answer", "planted-answer"), ("do", "submit")]).await;
    ana.post("/api/island/quizzes/save", &[("planted-answer", "planted-answer")]).await;
}

/// A mail server (RFC 5321) that knows nobody, and repeats whom it does not know.
async fn know_nobody(listener: TcpListener) {
    while let Ok((socket, _)) = listener.accept().await {
        let (reading, mut writing) = socket.into_split();
        let mut lines = BufReader::new(reading).lines();
        let mut reply = "220 mail.example ESMTP\r\n".to_owned();
        while writing.write_all(reply.as_bytes()).await.is_ok() {
            let Ok(Some(line)) = lines.next_line().await else { break };
            let to = line.strip_prefix("RCPT TO:");
            reply = to.map_or_else(|| "250 mail.example\r\n".to_owned(), |to| format!("550 {to} unknown\r\n"));
        }
    }
}

on_both_databases! {
    async fn no_log_holds_what_people_typed_nor_what_opens_their_doors(database) {
        let said = Said::listen(LogFormat::Text, "debug");
        let campus = Campus::on(database).await;
        let secrets = walk(&campus).await;
        let log = said.text();
        for planted in PLANTED {
            assert!(!log.contains(planted), "{planted}:\n{}", lines_with(&log, planted));
        }
        for secret in &secrets {
            let last = secret.rsplit('/').next().unwrap();
            assert!(last.len() > 10 && !log.contains(last), "{secret}:\n{}", lines_with(&log, last));
        }
        assert!(log.contains("route=\"/verify/{code}\"") && log.contains("status=303"), "{log}");
    }

    async fn why_mail_was_refused_is_said_without_the_address_that_the_server_repeats(database) {
        let said = Said::listen(LogFormat::Text, "debug");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        tokio::spawn(know_nobody(listener));
        let campus = Campus::configured(database, |config| config.smtp_url = Some(url)).await;
        campus.learner("planted.address@salud.example").await;
        campus.settled().await;
        let log = said.text();
        assert!(log.contains("the SMTP server answered 550") && !log.contains("planted.address"), "{log}");
    }
}

/// Who enters by what, and how it ended; what changed at the doors.
fn events(log: &str) -> Vec<String> {
    let events = log.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()).filter(|line| line["event"].is_string());
    let words = |line: &serde_json::Value| {
        let words = ["event", "by", "end"].iter().filter_map(|name| line[name].as_str());
        words.collect::<Vec<_>>().join(" ")
    };
    events.inspect(|line| assert!(line["span"]["id"].is_string(), "{line}")).map(|line| words(&line)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_says_what_happened_at_the_doors_but_not_to_whom() {
    let said = Said::listen(LogFormat::Json, "warn,app=info,server=info");
    let campus = Campus::on(Database::sqlite()).await;
    let mut ana = campus.learner("ana").await;
    let person = campus.signed_in(&ana).await.learner().person().to_string();
    let mut thief = campus.visitor();
    thief.post("/sign-in", &[("login", "ana"), ("password", "una clave cualquiera")]).await;
    ana.post("/confirm", &[("password", "una clave cualquiera")]).await;
    ana.post("/confirm", &[("password", "tres gatos en la lluvia")]).await;
    ana.post("/profile/password", &[("password", "cuatro perros bajo el sol")]).await;
    let program = campus.program(&mut ana, &["profile:read"]).await;
    program.exchange("campus_service_none").await;
    ana.post("/profile/tokens/revocation", &[]).await;
    ana.post("/sign-out", &[]).await;
    thief.post("/sign-in", &[("login", "ana"), ("password", "cuatro perros bajo el sol")]).await;
    let expected = [
        "account-made",
        "sign-in password refused",
        "confirmation password refused",
        "confirmation password done",
        "password-changed",
        "token-made",
        "token-exchange token done",
        "token-exchange token refused",
        "tokens-revoked",
        "sessions-ended",
        "sign-in password done",
    ];
    let log = said.text();
    assert_eq!(events(&log), expected, "{log}");
    for secret in ["ana\"", "clave", "gatos", "perros", program.access.as_str(), person.as_str()] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_line_of_json_a_request_says_its_route_status_and_time() {
    let said = Said::listen(LogFormat::Json, "warn,app=info");
    let campus = Campus::on(Database::sqlite()).await;
    let answer = campus.visitor().get("/verify/0000-0000-0000-0000-0000-0000").await;
    campus.visitor().get("/health").await;
    let log = said.text();
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 1, "{log}");
    assert_eq!((lines[0]["status"].as_u64(), lines[0]["level"].as_str()), (Some(404), Some("INFO")));
    assert!(lines[0]["ms"].is_number(), "{log}");
    let span = &lines[0]["span"];
    assert_eq!((span["method"].as_str(), span["route"].as_str()), (Some("GET"), Some("/verify/{code}")));
    assert_eq!(span["id"].as_str(), Some(answer.header("x-request-id")));
}

fn lines_with(log: &str, word: &str) -> String {
    log.lines().filter(|line| line.contains(word)).collect::<Vec<_>>().join("\n")
}
