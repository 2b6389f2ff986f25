//! Schemas as people read them: a name, and a line for each field.

use leptos::prelude::*;
use serde_json::{Map, Value};

use crate::texts::Texts;

/// Most codes of a closed list that are shown.
const CODES: usize = 12;

/// A named schema.
#[derive(Debug)]
pub(super) struct Named {
    name: String,
    words: String,
    codes: Vec<String>,
    fields: Vec<(String, String, String)>,
}

impl Named {
    /// The schema as the document describes it; what it takes from another schema stands first.
    pub(super) fn of(name: &str, schema: &Value) -> Self {
        let parts = schema.get("allOf").and_then(Value::as_array).map_or_else(|| vec![schema], |parts| parts.iter().collect());
        let taken = parts.iter().filter_map(|part| part.get("$ref")).map(|at| ("…".to_owned(), last(at), String::new()));
        let own = parts.iter().flat_map(|part| part.get("properties").and_then(Value::as_object).into_iter().flatten());
        let own = own.map(|(field, schema)| (field.clone(), kind_of(schema), words_of(schema)));
        let codes = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
        Self {
            name: name.to_owned(),
            words: words_of(schema),
            codes: codes.filter_map(|code| code.as_str().map(str::to_owned)).collect(),
            fields: taken.chain(own).collect(),
        }
    }
}

/// What `described` says of itself.
pub(super) fn words_of(described: &Value) -> String {
    described.get("description").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Words with what stands between backticks drawn as code.
pub(super) fn marked(words: &str) -> Vec<AnyView> {
    let part = |(at, part): (usize, &str)| match part.to_owned() {
        part if at % 2 == 1 => view! { <code>{part}</code> }.into_any(),
        part => part.into_any(),
    };
    words.split('`').enumerate().map(part).collect()
}

/// What a value of `schema` is, in a word: `Course`, `string (uuid)`, `integer[]`, `string | null`.
pub(super) fn kind_of(schema: &Value) -> String {
    if let Some(at) = schema.get("$ref") {
        return last(at);
    }
    if let Some(ways) = ["oneOf", "anyOf", "allOf"].iter().find_map(|name| schema.get(name)).and_then(Value::as_array) {
        return ways.iter().map(kind_of).collect::<Vec<_>>().join(" | ");
    }
    if let Some(items) = schema.get("items") {
        return format!("{}[]", kind_of(items));
    }
    let kind = match schema.get("type") {
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
        _ => "any".to_owned(),
    };
    match schema.get("format").and_then(Value::as_str) {
        Some(format) => format!("{kind} ({format})"),
        None => kind,
    }
}

/// A value of `schema`, out of the examples it gives.
pub(super) fn example(document: &Value, schema: &Value) -> Value {
    if let Some(named) = schema.get("$ref").and_then(Value::as_str).and_then(|at| document.pointer(at.trim_start_matches('#'))) {
        return example(document, named);
    }
    let given = schema.get("example").or_else(|| schema.pointer("/examples/0")).or_else(|| schema.pointer("/enum/0"));
    if let Some(given) = given {
        return given.clone();
    }
    if let Some(way) = schema.get("oneOf").and_then(Value::as_array).and_then(|ways| ways.iter().find(|way| way.get("$ref").is_some())) {
        return example(document, way);
    }
    let fields = schema.get("properties").and_then(Value::as_object);
    match fields {
        Some(fields) => fields.iter().map(|(name, field)| (name.clone(), example(document, field))).collect::<Map<_, _>>().into(),
        None if schema.get("format").and_then(Value::as_str) == Some("uuid") => "0192f0c1-2345-7000-8000-0123456789ab".into(),
        None => "…".into(),
    }
}

/// The name at the end of a reference.
fn last(at: &Value) -> String {
    at.as_str().and_then(|at| at.rsplit('/').next()).unwrap_or_default().to_owned()
}

/// Draws a named schema.
pub(super) fn named_view(texts: Texts, named: Named) -> impl IntoView {
    let Named { name, words, codes, fields } = named;
    let more = codes.len().saturating_sub(CODES);
    let codes: Vec<_> = codes.into_iter().take(CODES).map(|code| view! { <code>{code}</code>" " }).collect();
    let rows: Vec<_> = fields
        .into_iter()
        .map(|(field, kind, words)| view! { <li><code>{field}</code> ": " <code>{kind}</code> " " <span lang="en">{marked(&words)}</span></li> })
        .collect();
    let id = format!("schema-{name}");
    view! {
        <details id=id>
            <summary><code>{name}</code></summary>
            <p lang="en">{marked(&words)}</p>
            {(!codes.is_empty()).then(|| view! { <p>{codes} {(more > 0).then(|| texts.with("api-more", [("n", more.into())]))}</p> })}
            <ul>{rows}</ul>
        </details>
    }
}
