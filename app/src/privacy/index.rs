//! The page to read in the archive of own data. It stands alone: no style sheet, no script, no address of the campus.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;
use serde_json::Value;
use server::privacy::inventory::{Column, Kind, table};
use server::privacy::{OwnData, Topic};

use super::words;
use crate::texts::Texts;

/// The page, in the person's language.
pub(super) fn index(texts: Texts, zone: Tz, data: &OwnData) -> String {
    let title = texts.t("data-index-title");
    let made = texts.with("data-index-made", [("at", texts.moment(data.made_at, zone).into())]);
    let topics: Vec<_> = data.topics.iter().map(|topic| section(texts, zone, topic)).collect();
    let html = view! {
        <html lang=texts.language().code()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title>{title}</title>
            </head>
            <body>
                <h1>{title}</h1>
                <p>{made}</p>
                <p>{texts.t("data-index-files")}</p>
                {topics}
                {looks(texts, zone, data)}
                {papers(texts, data)}
            </body>
        </html>
    };
    format!("<!DOCTYPE html>{}", html.to_html().replace("<!>", ""))
}

fn section(texts: Texts, zone: Tz, topic: &Topic) -> impl IntoView + use<> {
    let title = table(topic.table).map(|table| words::title(texts, table)).unwrap_or_default();
    let rows: Vec<_> =
        topic.rows.iter().zip(&topic.courses).map(|(values, course)| row(texts, zone, topic, values, course.as_deref())).collect();
    let nothing = rows.is_empty().then(|| view! { <p>{texts.t("data-index-nothing")}</p> });
    view! { <h2>{title}</h2> {nothing} {rows} }
}

/// One row: what it says, without ids, which only programs need.
fn row(texts: Texts, zone: Tz, topic: &Topic, values: &[Value], course: Option<&str>) -> impl IntoView + use<> {
    let line = |label: String, value: String| view! { <li>{label}": "{value}</li> };
    let course = course.map(|code| line(texts.t("report-course").to_owned(), code.to_uppercase()));
    let shown = topic.columns.iter().zip(values).filter(|(column, value)| column.kind != Kind::Id && !value.is_null());
    let lines: Vec<_> =
        shown.map(|(column, value)| line(texts.named(&format!("column-{}", column.name)), in_words(texts, zone, column, value))).collect();
    view! { <ul>{course}{lines}</ul> }
}

fn in_words(texts: Texts, zone: Tz, column: &Column, value: &Value) -> String {
    match (column.kind, value) {
        (Kind::Time, Value::String(at)) => at.parse::<DateTime<Utc>>().map_or_else(|_| at.clone(), |at| texts.moment(at, zone)),
        (Kind::Flag, Value::Bool(true)) => texts.t("yes").to_owned(),
        (Kind::Flag, Value::Bool(false)) => texts.t("no").to_owned(),
        (Kind::Number, Value::Number(permille)) if column.name.ends_with("_permille") => permille
            .as_i64()
            .and_then(|permille| i32::try_from(permille).ok())
            .map_or_else(|| permille.to_string(), |permille| texts.percent(permille)),
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    }
}

fn looks(texts: Texts, zone: Tz, data: &OwnData) -> impl IntoView + use<> {
    let lines: Vec<_> = data
        .accesses
        .iter()
        .map(|access| view! { <li>{words::moment(texts, access, zone)}": "{words::access(texts, access)}</li> })
        .collect();
    let nothing = lines.is_empty().then(|| view! { <p>{texts.t("data-index-nothing")}</p> });
    view! { <h2>{texts.t("accesses-title")}</h2> {nothing} <ul>{lines}</ul> }
}

fn papers(texts: Texts, data: &OwnData) -> impl IntoView + use<> {
    let links: Vec<_> =
        data.papers.iter().map(|(name, _)| view! { <li><a href=format!("certificates/{name}")>{name.clone()}</a></li> }).collect();
    (!links.is_empty()).then(|| view! { <h2>{texts.t("nav-certificates")}" (PDF)"</h2> <ul>{links}</ul> })
}
