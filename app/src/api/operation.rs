//! One operation as people read it.

use leptos::prelude::*;
use serde_json::Value;
use server::api::BASE;

use super::schema::{kind_of, marked, words_of};
use crate::texts::Texts;

/// One operation: method and address, what it asks for, what it answers.
#[derive(Debug)]
pub(super) struct Operation {
    id: String,
    method: String,
    path: String,
    summary: String,
    words: String,
    scopes: Vec<String>,
    parameters: Vec<Parameter>,
    body: Option<String>,
    answers: Vec<(String, String, String)>,
    command: String,
}

#[derive(Debug)]
struct Parameter {
    name: String,
    place: String,
    kind: String,
    words: String,
    is_required: bool,
}

impl Operation {
    /// The operation as `document` describes it.
    pub(super) fn of(document: &Value, origin: &str, method: &str, path: &str, described: &Value) -> Self {
        let text = |name: &str| described.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let scopes: Vec<String> = described
            .pointer("/security/0/token")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|scope| scope.as_str().map(str::to_owned))
            .collect();
        let parameters = described.get("parameters").and_then(Value::as_array).into_iter().flatten().map(Parameter::of).collect();
        let content = described.pointer("/requestBody/content").and_then(Value::as_object).and_then(|content| content.iter().next());
        let answers = described.get("responses").and_then(Value::as_object).into_iter().flatten();
        Self {
            id: text("operationId"),
            method: method.to_uppercase(),
            path: path.to_owned(),
            summary: text("summary"),
            words: text("description"),
            command: command(document, origin, method, path, content, !scopes.is_empty()),
            scopes,
            parameters,
            body: content.and_then(|(_, content)| content.get("schema")).map(kind_of),
            answers: answers.map(|(status, answer)| answer_of(document, status, answer)).collect(),
        }
    }
}

impl Parameter {
    fn of(described: &Value) -> Self {
        let text = |name: &str| described.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        Self {
            name: text("name"),
            place: text("in"),
            kind: described.get("schema").map(kind_of).unwrap_or_default(),
            words: text("description"),
            is_required: described.get("required").and_then(Value::as_bool).unwrap_or_default(),
        }
    }
}

/// Status, schema and words of an answer; one that is described elsewhere is looked up.
fn answer_of(document: &Value, status: &str, answer: &Value) -> (String, String, String) {
    let elsewhere = answer.get("$ref").and_then(Value::as_str).and_then(|at| document.pointer(at.trim_start_matches('#')));
    let answer = elsewhere.unwrap_or(answer);
    let content = answer.get("content").and_then(Value::as_object).and_then(|content| content.values().next());
    let kind = content.and_then(|content| content.get("schema")).map(kind_of).unwrap_or_default();
    (status.to_owned(), kind, words_of(answer))
}

/// How to ask it with curl.
fn command(document: &Value, origin: &str, method: &str, path: &str, content: Option<(&String, &Value)>, is_secured: bool) -> String {
    let mut command = format!("curl {origin}{BASE}{path}");
    if method != "get" && !(method == "post" && content.is_some()) {
        command.push_str(&format!(" -X {}", method.to_uppercase()));
    }
    if is_secured {
        command.push_str(" -H \"Authorization: Bearer $TOKEN\"");
    }
    if is_secured && method == "post" {
        command.push_str(" -H \"Idempotency-Key: $(uuidgen)\"");
    }
    if method == "patch" {
        command.push_str(" -H 'If-Match: \"…\"'");
    }
    let Some((media_type, content)) = content else { return command };
    let example = content.get("schema").map(|schema| super::schema::example(document, schema)).unwrap_or_default();
    if media_type == "application/json" {
        command.push_str(&format!(" -H 'Content-Type: application/json' -d '{example}'"));
    } else {
        for (name, value) in example.as_object().into_iter().flatten() {
            command.push_str(&format!(" -d {name}={}", value.as_str().unwrap_or_default().replace(' ', "+")));
        }
    }
    command
}

/// Draws an operation.
pub(super) fn operation_view(texts: Texts, operation: Operation) -> impl IntoView {
    let Operation { id, method, path, summary, words, scopes, parameters, body, answers, command } = operation;
    let scopes: Vec<_> = scopes.into_iter().map(|scope| view! { <code>{scope}</code>" " }).collect();
    view! {
        <section class="stack gap" aria-labelledby=id.clone()>
            <h3 id=id.clone()><code>{method} " " {breakable(&path)}</code></h3>
            <p lang="en"><strong>{summary}</strong> " " {marked(&words)}</p>
            <dl class="facts">
                <div><dt>{texts.t("api-scope")}</dt><dd>{if scopes.is_empty() { texts.t("api-open").into_any() } else { scopes.into_any() }}</dd></div>
                {body.map(|body| view! { <div><dt>{texts.t("api-body")}</dt><dd><code>{body}</code></dd></div> })}
            </dl>
            {(!parameters.is_empty()).then(|| parameter_list(texts, parameters))}
            <details><summary>{texts.t("api-answers")}</summary>{answer_list(answers)}</details>
            <pre><code>{command}</code></pre>
        </section>
    }
}

/// A path that may be broken where it has a slash.
fn breakable(path: &str) -> Vec<impl IntoView + use<>> {
    path.split_inclusive('/').map(|part| view! { {part.to_owned()} <wbr/> }).collect()
}

fn parameter_list(texts: Texts, parameters: Vec<Parameter>) -> impl IntoView {
    let lines: Vec<_> = parameters
        .into_iter()
        .map(|parameter| {
            let kind = if parameter.is_required { parameter.kind } else { format!("{}?", parameter.kind) };
            view! {
                <div>
                    <dt><code>{parameter.name}</code> " " <small>{parameter.place} " · " <code>{kind}</code></small></dt>
                    <dd lang="en">{marked(&parameter.words)}</dd>
                </div>
            }
        })
        .collect();
    view! {
        <h4>{texts.t("api-parameters")}</h4>
        <dl class="terms">{lines}</dl>
    }
}

fn answer_list(answers: Vec<(String, String, String)>) -> impl IntoView {
    let lines: Vec<_> = answers
        .into_iter()
        .map(
            |(status, kind, words)| view! { <li><strong>{status}</strong> " " <code>{kind}</code> " " <span lang="en">{marked(&words)}</span></li> },
        )
        .collect();
    view! { <ul>{lines}</ul> }
}
