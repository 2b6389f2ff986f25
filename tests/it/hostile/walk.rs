//! Opening every page, and sending the corpus by every form and link found there.

use std::collections::BTreeSet;

use tests::{Answer, Database, filled};

use super::corpus::{choices, corpus};
use super::forms::{Form, forms, links, pairs};
use super::inspect::inspect;
use crate::access::prepared::{Prepared, prepare};
use crate::access::rows::{FILES, Row, read};

/// Pages on which what a person typed may be shown later, with who opens them.
const LATER: [(Option<&str>, &str); 6] = [
    (None, "/learning"),
    (None, "/profile"),
    (None, "/certificates"),
    (None, "/attempts/<ana-open>"),
    (None, "/attempts/<ana-open>/answers.csv"),
    (Some("admin"), "/reports/completions"),
];

/// Sends the corpus by everything that `actor` finds on the pages of `file`, and fails with every answer that took it for something else.
pub async fn walk(database: Database, actor: &str, file: &str) {
    let mut prepared = prepare(database).await;
    let rows = pages(file);
    let found = find(&mut prepared, actor, &rows).await;
    let mut wrong = Vec::new();
    for form in &found {
        for (at, field) in form.fields.iter().enumerate() {
            for payload in if field.is_typed { corpus() } else { choices() } {
                try_out(&mut prepared, actor, form, at, &payload, &mut wrong).await;
            }
            // Alone, so that the form is refused and comes back with what was typed.
            let alone = Form { fields: vec![field.clone()], ..form.clone() };
            for payload in if field.is_typed && form.is_post { corpus() } else { Vec::new() } {
                try_out(&mut prepared, actor, &alone, 0, &payload, &mut wrong).await;
            }
        }
    }
    for (path, payload) in paths(&prepared, &rows) {
        let answer = prepared.browsers[actor].clone().get(&path).await;
        let is_refused = answer.status() < 500 && answer.status() >= 300;
        note(&mut wrong, &format!("{path} with {payload:?}"), &answer);
        assert!(is_refused, "{path}: {}", answer.status());
    }
    assert!(!found.is_empty(), "no forms were found");
    assert!(wrong.is_empty(), "{} answers took what was typed for something else:\n{}", wrong.len(), wrong.join("\n"));
}

/// The rows of pages in `file`.
fn pages(file: &str) -> Vec<Row> {
    let (_, text) = FILES.into_iter().find(|(name, _)| *name == file).expect("there is such a file");
    read(text).rows.into_iter().filter(|row| row.method == "GET").collect()
}

/// Every form, and every link with parameters, on these pages.
async fn find(prepared: &mut Prepared, actor: &str, rows: &[Row]) -> Vec<Form> {
    let mut found: Vec<Form> = Vec::new();
    let mut known = BTreeSet::new();
    for row in rows {
        let path = address(prepared, row);
        let page = prepared.browsers[actor].clone().get(&path).await;
        let asked = Form { action: path.clone(), is_post: false, fields: pairs(&prepared.fill(&row.sends)) };
        for form in forms(&page, &path).into_iter().chain(links(&page)).chain([asked]) {
            let names: BTreeSet<&str> = form.fields.iter().map(|field| field.name.as_str()).collect();
            if known.insert(format!("{} {} {names:?}", form.is_post, prepared.blank(&form.action))) {
                found.push(form);
            }
        }
    }
    found
}

async fn try_out(prepared: &mut Prepared, actor: &str, form: &Form, at: usize, payload: &str, wrong: &mut Vec<String>) {
    let mut fields: Vec<(&str, &str)> = form.fields.iter().map(|field| (field.name.as_str(), field.value.as_str())).collect();
    fields[at].1 = payload;
    let shown: String = payload.chars().take(60).collect();
    let place = format!("{} {} with {}={shown:?}", if form.is_post { "POST" } else { "GET" }, form.action, fields[at].0);
    let mut browser = prepared.browsers[actor].clone();
    if !form.is_post {
        let answer = browser.ask(&form.action, &fields).await;
        note(wrong, &place, &answer);
        return;
    }
    let answer = browser.post(&form.action, &fields).await;
    note(wrong, &place, &answer);
    let is_done = answer.location().is_some();
    let page = browser.follow(answer).await;
    note(wrong, &format!("{place}, where it led"), &page);
    if is_done {
        for (other, path) in LATER {
            let mut reader = other.map_or_else(|| browser.clone(), |other| prepared.browsers[other].clone());
            note(wrong, &format!("{place}, later on {path}"), &reader.get(&prepared.fill(path)).await);
        }
    }
    prepared.campus.settled().await;
    prepared.campus.put_back().await;
}

/// Every path with a variable, with each of the corpus in its place.
fn paths(prepared: &Prepared, rows: &[Row]) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut known = BTreeSet::new();
    for row in rows.iter().filter(|row| row.path.contains('{')) {
        if !known.insert(row.path.clone()) {
            continue;
        }
        for at in 0..row.values.len() {
            for payload in corpus().into_iter().filter(|payload| !payload.is_empty() && payload.len() < 1000) {
                let escaped = percent_encoding::utf8_percent_encode(&payload, percent_encoding::NON_ALPHANUMERIC).to_string();
                let mut values = row.values.iter().enumerate();
                let path = filled(&row.path, |_| match values.next() {
                    Some((this, _)) if this == at => escaped.clone(),
                    Some((_, value)) => prepared.thing(value).to_owned(),
                    None => String::new(),
                });
                // The name of a figure is for people; only its digest is looked up.
                if !(row.path == "/files/{digest}/{name}" && at == 1) {
                    all.push((path, payload));
                }
            }
        }
    }
    all
}

fn address(prepared: &Prepared, row: &Row) -> String {
    let mut values = row.values.iter();
    filled(&row.path, |_| prepared.thing(values.next().expect("a value")).to_owned())
}

fn note(wrong: &mut Vec<String>, place: &str, answer: &Answer) {
    wrong.extend(inspect(answer).into_iter().map(|fault| format!("{place}: {fault}")));
}
