//! Asking for everything as everyone, and comparing.

use std::fmt::Write;

use axum::body::Body;
use axum::http::Method;
use tests::{Answer, Browser, Contents, Database, Program, filled};

use super::prepared::{Prepared, prepare};
use super::rows::{FILES, Row, read};
use super::seen;

/// What an answer may have written although it only shows something: those it shows can see that it did, and reports that programs take
/// are noted like those that people take.
const MAY_CHANGE: [(&str, &[&str]); 8] = [
    ("GET /administration/people", &["privacy_accesses"]),
    ("GET /administration/people/{id}", &["privacy_accesses"]),
    ("GET /administration/people/{id}/erasure", &["privacy_accesses"]),
    ("GET /reports/completions", &["privacy_accesses"]),
    ("GET /api/v1/completions", &["privacy_accesses", "reports_exports"]),
    ("GET /api/v1/enrolments", &["privacy_accesses", "reports_exports"]),
    ("GET /api/v1/people", &["privacy_accesses"]),
    ("GET /api/v1/people/{id}", &["privacy_accesses"]),
];
/// Routes that take what comes from another site, because no browser sends it: without a provider of that name there is nothing.
const FROM_ELSEWHERE: [&str; 1] = ["/sign-in/{provider}/back-channel-logout"];

/// Asks everything that the rows of `file` say, and fails with every answer that is another.
pub async fn walk(database: Database, file: &str) {
    let (_, text) = FILES.into_iter().find(|(name, _)| *name == file).expect("there is such a file");
    let rows = read(text);
    let mut prepared = prepare(database).await;
    if rows.actors.contains(&"nobody".to_owned()) {
        prepared.make_programs().await;
    }
    let start = prepared.campus.everything().await;
    let (mut seen, mut wrong) = (String::new(), Vec::new());
    for row in &rows.rows {
        writeln!(seen, "{}", row.name()).unwrap();
        let mut answers: Vec<(String, Vec<String>)> = Vec::new();
        for (actor, expected) in rows.actors.iter().zip(&row.expected) {
            let cell = ask(&mut prepared, &start, row, actor, expected, &mut wrong).await;
            match answers.iter_mut().find(|(known, _)| *known == cell) {
                Some((_, actors)) => actors.push(actor.clone()),
                None => answers.push((cell, vec![actor.clone()])),
            }
        }
        for (cell, actors) in answers {
            writeln!(seen, "    {} → {cell}", actors.join(", ")).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{} answers are not what their rows say:\n{}", wrong.len(), wrong.join("\n"));
    insta::with_settings!({ snapshot_path => "../../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(format!("access-{file}"), seen);
    });
}

/// Asks as one actor; what was seen, in words.
async fn ask(prepared: &mut Prepared, start: &Contents, row: &Row, actor: &str, expected: &str, wrong: &mut Vec<String>) -> String {
    let is_safe = row.method == "GET";
    let name = format!("{} as {actor}", row.name());
    if is_safe {
        let head = send(prepared, row, "HEAD", actor, "same-origin").await;
        let status = status(prepared, &head);
        if !agrees(prepared, expected, &status) || !head.bytes.is_empty() {
            wrong.push(format!("HEAD of {name}: {status}, {} bytes", head.bytes.len()));
        }
    } else if !prepared.programs.contains_key(actor) {
        let foreign = send(prepared, row, &row.method, actor, "cross-site").await;
        let must_be = if FROM_ELSEWHERE.contains(&row.path.as_str()) { 404 } else { 403 };
        // Other programs ask from anywhere: there nothing that a browser sends by itself is looked at.
        let is_answered_alike = row.path.starts_with(server::api::BASE) && foreign.status().to_string() == expected;
        if foreign.status() != must_be && !is_answered_alike {
            wrong.push(format!("{name}, sent from another site: {}", foreign.status()));
        }
        let changed = changed(prepared, start, row).await;
        if !changed.is_empty() {
            wrong.push(format!("{name}, sent from another site, changed {changed:?}"));
            prepared.campus.put_back().await;
        }
    }
    let answer = send(prepared, row, &row.method, actor, "same-origin").await;
    let status = status(prepared, &answer);
    if !agrees(prepared, expected, &status) {
        wrong.push(format!("{name}: {status} in place of {expected}"));
    }
    wrong.extend(headers_missing(&answer).into_iter().map(|header| format!("{name}: without {header}")));
    let changed = changed(prepared, start, row).await;
    let may = MAY_CHANGE.iter().find(|(route, _)| *route == row.route() && status == "200").map_or(&[][..], |(_, tables)| tables);
    if (is_safe || is_refused(&status)) && !changed.iter().all(|table| may.contains(&table.as_str())) {
        wrong.push(format!("{name}: {status}, and yet {changed:?} changed"));
    }
    if !changed.is_empty() {
        prepared.campus.put_back().await;
    }
    describe(prepared, actor, &status, &answer, &changed)
}

fn describe(prepared: &Prepared, actor: &str, status: &str, answer: &Answer, changed: &[String]) -> String {
    let mut words = vec![status.to_owned()];
    let fields = seen::fields(prepared, actor, answer);
    if !fields.is_empty() {
        words.push(format!("sees {}", fields.join(", ")));
    }
    if !changed.is_empty() {
        words.push(format!("changes {}", changed.join(", ")));
    }
    words.join(" · ")
}

/// Sends the request of `row`; the browser is a copy, so no answer changes who asks next.
pub async fn send(prepared: &Prepared, row: &Row, method: &str, actor: &str, site: &str) -> Answer {
    let mut values = row.values.iter();
    let path = filled(&row.path, |variable| prepared.thing(values.next().unwrap_or_else(|| panic!("{variable} has a value"))).to_owned());
    let sends = prepared.fill(&row.sends);
    let answer = match prepared.programs.get(actor) {
        Some(program) => send_for(program, method, &path, &sends).await,
        None => send_by(&mut prepared.browsers[actor].clone(), method, &path, &sends, site).await,
    };
    prepared.campus.settled().await;
    answer
}

async fn send_by(browser: &mut Browser, method: &str, path: &str, sends: &str, site: &str) -> Answer {
    let (method, path, media_type, body) = parts(method, path, sends);
    let mut headers = vec![("sec-fetch-site", site)];
    headers.extend(media_type.map(|media_type| ("content-type", media_type)));
    browser.send(method, &path, &headers, body).await
}

/// Sends it as a program does that has seen what it changes, whatever that is.
async fn send_for(program: &Program, method: &str, path: &str, sends: &str) -> Answer {
    let (method, path, media_type, body) = parts(method, path, sends);
    let path = path.strip_prefix(server::api::BASE).expect("programs ask the API");
    let mut headers = vec![("idempotency-key", "matrix"), ("if-match", "*")];
    headers.extend(media_type.map(|media_type| ("content-type", media_type)));
    program.send(method, path, &headers, body).await
}

/// Method, address with its query, media type and body.
fn parts(method: &str, path: &str, sends: &str) -> (Method, String, Option<&'static str>, Body) {
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    if matches!(method, Method::GET | Method::HEAD) {
        let path = if sends.is_empty() { path.to_owned() } else { format!("{path}?{sends}") };
        return (method, path, None, Body::empty());
    }
    let (media_type, body) = match sends.strip_prefix("json:") {
        Some(json) => ("application/json", json.to_owned()),
        None => ("application/x-www-form-urlencoded", sends.to_owned()),
    };
    (method, path.to_owned(), Some(media_type), Body::from(body))
}

/// The status in words: a redirect says where it leads.
pub fn status(prepared: &Prepared, answer: &Answer) -> String {
    match answer.location() {
        Some(to) if to.starts_with("/sign-in?to=") => "sign-in".to_owned(),
        Some(to) if to.starts_with("/confirm?to=") => "confirm".to_owned(),
        Some(to) => format!(">{}", prepared.blank(to)),
        None => answer.status().to_string(),
    }
}

pub fn agrees(prepared: &Prepared, expected: &str, seen: &str) -> bool {
    expected == seen || prepared.blank(&prepared.fill(expected)) == seen || expected == ">*" && seen.starts_with(">/")
}

/// What every answer tells browsers, and this one does not; and what none may.
fn headers_missing(answer: &Answer) -> Vec<String> {
    let policy = answer.header("content-security-policy");
    let rules = ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'", "form-action 'self'"];
    let mut missing: Vec<String> =
        rules.into_iter().filter(|rule| !policy.contains(rule) && !policy.contains("sandbox")).map(str::to_owned).collect();
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        if answer.header(name) != value {
            missing.push(format!("{name}: {value}"));
        }
    }
    let media_type = answer.header("content-type");
    if media_type.starts_with("text/") && !media_type.contains("charset=utf-8") && !media_type.starts_with("text/css") {
        missing.push(format!("a charset: {media_type}"));
    }
    if media_type.starts_with("text/html") && answer.header("cache-control") != "no-store" {
        missing.push("cache-control: no-store".to_owned());
    }
    if policy.contains("unsafe-inline") && !policy.contains("sandbox")
        || policy.contains("unsafe-eval") && !policy.contains("wasm-unsafe-eval")
    {
        missing.push(format!("a strict policy: {policy}"));
    }
    if !["same-origin", "strict-origin"].contains(&answer.header("referrer-policy")) {
        missing.push(format!("a referrer-policy: {}", answer.header("referrer-policy")));
    }
    missing.extend(
        answer.headers().keys().filter(|name| name.as_str().starts_with("access-control-")).map(|name| format!("– but with {name}")),
    );
    missing.extend(download_faults(answer));
    missing
}

/// What is wrong with the name of a download (RFC 6266): it is ours, short, and says nothing of a person.
fn download_faults(answer: &Answer) -> Option<String> {
    let is_file = ["text/csv", "application/pdf", "application/zip"].iter().any(|kind| answer.header("content-type").starts_with(kind));
    let disposition = answer.header("content-disposition");
    let name = disposition.strip_prefix("attachment; filename=\"").and_then(|rest| rest.strip_suffix('"'));
    let is_plain = name.is_some_and(|name| {
        name.len() < 60 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte))
    });
    let is_wanted = is_file || !disposition.is_empty();
    (is_wanted && !is_plain).then(|| format!("a plain file name: {disposition}"))
}

fn is_refused(status: &str) -> bool {
    matches!(status, "sign-in" | "confirm" | "400" | "401" | "403" | "404" | "405" | "409" | "410" | "412" | "413" | "415" | "429")
}

/// The tables that are not what they were. How often other programs ask is counted, whatever they are answered: that is left out.
async fn changed(prepared: &Prepared, start: &Contents, row: &Row) -> Vec<String> {
    let now = prepared.campus.everything().await;
    let is_counting = |table: &str| row.path.starts_with("/api") && table == "access_limits";
    start.iter().filter(|(table, before)| now.get(*table) != Some(before) && !is_counting(table)).map(|(table, _)| table.clone()).collect()
}
