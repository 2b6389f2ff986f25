//! The document of the interface for people to read: drawn from the same description that programs get.

use std::collections::BTreeMap;

use axum::response::Response;
use leptos::prelude::*;
use serde_json::Value;
use server::api::{BASE, Code, description};

use super::operation::{Operation, operation_view};
use super::schema::{Named, marked, named_view};
use crate::reader::Reader;
use crate::shell::Head;
use crate::texts::Texts;

/// Methods in the order they are shown.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// `GET /api`
pub(super) async fn show(reader: Reader) -> Response {
    let texts = reader.texts;
    let model = Model::of(&description(), &reader.platform.config.origin());
    reader.page(Head::new(texts.t("api-title")), move || view(texts, model))
}

/// What the page shows.
struct Model {
    origin: String,
    about: Vec<String>,
    tags: Vec<(String, String, Vec<Operation>)>,
    schemas: Vec<Named>,
}

impl Model {
    fn of(document: &Value, origin: &str) -> Self {
        let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut operations: BTreeMap<String, Vec<Operation>> = BTreeMap::new();
        for (path, item) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
            for method in METHODS {
                let Some(described) = item.get(method) else { continue };
                let tag = described.pointer("/tags/0").and_then(Value::as_str).unwrap_or_default().to_owned();
                operations.entry(tag).or_default().push(Operation::of(document, origin, method, path, described));
            }
        }
        let tags = document.get("tags").and_then(Value::as_array).into_iter().flatten();
        let tags = tags.map(|tag| {
            let name = text(tag, "name");
            let own = operations.remove(&name).unwrap_or_default();
            (name, text(tag, "description"), own)
        });
        let about = document.pointer("/info/description").and_then(Value::as_str).unwrap_or_default();
        let schemas = document.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
        Self {
            origin: origin.to_owned(),
            about: about.split("\n\n").map(str::to_owned).collect(),
            tags: tags.collect(),
            schemas: schemas.map(|(name, schema)| Named::of(name, schema)).collect(),
        }
    }
}

fn view(texts: Texts, model: Model) -> impl IntoView {
    let Model { origin, about, tags, schemas } = model;
    let contents: Vec<_> =
        tags.iter().map(|(name, ..)| view! { <li><a href=format!("#{}", anchor(name)) lang="en">{name.clone()}</a></li> }).collect();
    let sections: Vec<_> = tags.into_iter().map(|(name, words, operations)| section(texts, name, words, operations)).collect();
    view! {
        <h1>{texts.t("api-title")}</h1>
        <p class="lead">{texts.t("api-lead")}</p>
        <p>{texts.t("api-in-english")}</p>
        <p class="actions">
            <a class="button" href="/profile/tokens">{texts.t("api-get-token")}</a>
            <a class="button button-second" href=format!("{BASE}/openapi.json")>{texts.t("api-openapi")}</a>
        </p>
        <nav class="gap" aria-label=texts.t("api-contents")><ul>{contents} <li><a href="#schemas">{texts.t("api-schemas")}</a></li> <li><a href="#problems">{texts.t("api-problems")}</a></li></ul></nav>
        <div class="prose gap" lang="en">{about.iter().map(|words| view! { <p>{marked(words)}</p> }).collect::<Vec<_>>()}</div>
        <h2 class="gap" id="begin">{texts.t("api-begin")}</h2>
        {begin(texts, &origin)}
        {sections}
        <h2 class="gap" id="schemas">{texts.t("api-schemas")}</h2>
        {schemas.into_iter().map(|schema| named_view(texts, schema)).collect::<Vec<_>>()}
        <h2 class="gap" id="problems">{texts.t("api-problems")}</h2>
        {problems(texts)}
    }
}

/// The way from a service token to an answer.
fn begin(texts: Texts, origin: &str) -> impl IntoView + use<> {
    let exchange = format!("curl {origin}{BASE}/token -d grant_type=refresh_token -d refresh_token=campus_service_…");
    let ask = format!("curl {origin}{BASE}/me -H 'Authorization: Bearer eyJ…'");
    view! {
        <ol class="prose">
            <li>{texts.t("api-begin-make")} " " <a href="/profile/tokens">"/profile/tokens"</a></li>
            <li>{texts.t("api-begin-exchange")} <pre><code>{exchange}</code></pre></li>
            <li>{texts.t("api-begin-ask")} <pre><code>{ask}</code></pre></li>
            <li>{texts.t("api-begin-go-on")}</li>
        </ol>
    }
}

fn section(texts: Texts, name: String, words: String, operations: Vec<Operation>) -> impl IntoView {
    let id = anchor(&name);
    view! {
        <h2 class="gap" id=id lang="en">{name}</h2>
        <p lang="en">{marked(&words)}</p>
        {operations.into_iter().map(|operation| operation_view(texts, operation)).collect::<Vec<_>>()}
    }
}

fn problems(texts: Texts) -> impl IntoView {
    let rows: Vec<_> = Code::ALL
        .iter()
        .map(|code| {
            view! {
                <tr>
                    <th scope="row" class="nowrap"><a href=code.address()><code>{code.name()}</code></a></th>
                    <td class="num">{code.status().as_u16()}</td>
                    <td lang="en">{code.title()}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="table-scroll" role="region" aria-labelledby="problems" tabindex="0">
            <table class="table-data" aria-labelledby="problems">
                <thead><tr><th scope="col">{texts.t("api-code")}</th><th scope="col" class="num">{texts.t("api-status")}</th><th scope="col">{texts.t("api-meaning")}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// The id of a heading.
fn anchor(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use courses::language::Language;

    use super::*;

    #[test]
    fn every_operation_of_the_description_stands_on_the_page() {
        let document = description();
        let html = view(Texts::of(Language::Es), Model::of(&document, "https://campus.example.org")).to_html();
        let operations: Vec<&str> = document["paths"]
            .as_object()
            .unwrap()
            .values()
            .flat_map(|item| item.as_object().unwrap().values())
            .map(|operation| operation["operationId"].as_str().unwrap())
            .collect();
        assert!(operations.len() > 15, "{operations:?}");
        for operation in operations {
            assert!(html.contains(&format!("id=\"{operation}\"")), "{operation}");
        }
    }
}
