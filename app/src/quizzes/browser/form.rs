//! The quiz's form in the page: reading answers from it, putting them back, and what else only a browser has.
//!
//! A question is a `fieldset` with the question's key as its id and the shape of its answers in `data-shape`; its fields are
//! called `a.{question}` or `a.{question}.{part}`.

use std::collections::{BTreeMap, BTreeSet};

use super::super::island::{TOUCHED, unsent_cookie};
use leptos::prelude::*;
use leptos::web_sys::{
    Element, Event, HtmlDocument, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
};
use wasm_bindgen::JsCast;

/// The question whose field the event is about.
pub(super) fn question_of(event: &Event) -> Option<String> {
    let target: Element = event.target()?.dyn_into().ok()?;
    Some(target.closest("#page-form fieldset[data-shape]").ok()??.id())
}

/// Whether the event is about a field that is typed into.
pub(super) fn is_text(event: &Event) -> bool {
    event.target().is_some_and(|target| {
        target.has_type::<HtmlTextAreaElement>() || target.dyn_ref::<HtmlInputElement>().is_some_and(|input| input.type_() == "text")
    })
}

/// Whether the event is about the quiz's form.
pub(super) fn is_page_form(event: &Event) -> bool {
    event.target().and_then(|target| target.dyn_into::<Element>().ok()).is_some_and(|form| form.id() == "page-form")
}

/// The answer to a question as it stands in the form, as JSON.
pub(super) fn answer(question: &str) -> Option<String> {
    let fieldset = document().get_element_by_id(question)?;
    let name = format!("a.{question}");
    match fieldset.get_attribute("data-shape")?.as_str() {
        "chosen" => {
            let chosen: BTreeSet<String> = within::<HtmlInputElement>(&fieldset, "input:checked").map(|input| input.value()).collect();
            serde_json::to_string(&chosen).ok()
        }
        "placed" => {
            let placed: BTreeMap<String, String> = within::<HtmlSelectElement>(&fieldset, "select")
                .filter(|select| !select.value().is_empty())
                .filter_map(|select| Some((select.name().strip_prefix(&name)?.strip_prefix('.')?.to_owned(), select.value())))
                .collect();
            serde_json::to_string(&placed).ok()
        }
        _ => {
            let typed = within::<HtmlTextAreaElement>(&fieldset, "textarea").next().map(|field| field.value());
            let typed = typed.or_else(|| within::<HtmlInputElement>(&fieldset, "input[type=text]").next().map(|field| field.value()));
            serde_json::to_string(&typed?).ok()
        }
    }
}

/// Puts an answer back into the form.
pub(super) fn fill(question: &str, response: &str) {
    let Some(fieldset) = document().get_element_by_id(question) else { return };
    if let Ok(chosen) = serde_json::from_str::<BTreeSet<String>>(response) {
        for input in within::<HtmlInputElement>(&fieldset, "input[type=radio], input[type=checkbox]") {
            input.set_checked(chosen.contains(&input.value()));
        }
    } else if let Ok(placed) = serde_json::from_str::<BTreeMap<String, String>>(response) {
        for select in within::<HtmlSelectElement>(&fieldset, "select") {
            let name = select.name();
            let part = name.strip_prefix(&format!("a.{question}.")).unwrap_or_default();
            select.set_value(placed.get(part).map_or("", String::as_str));
        }
    } else if let Ok(text) = serde_json::from_str::<String>(response) {
        for field in within::<HtmlTextAreaElement>(&fieldset, "textarea") {
            field.set_value(&text);
        }
        for field in within::<HtmlInputElement>(&fieldset, "input[type=text]") {
            field.set_value(&text);
        }
    }
}

/// Questions whose fields are not as the server sent them.
pub(super) fn changed_already() -> Vec<String> {
    let Some(form) = document().get_element_by_id("page-form") else { return Vec::new() };
    let fieldsets = within::<Element>(&form, "fieldset[data-shape]").map(|fieldset| fieldset.id());
    fieldsets.filter(|question| answer(question).is_some_and(|answer| answer != drawn(question))).collect()
}

/// The answer that the server sent the question with, as JSON.
pub(super) fn drawn(question: &str) -> String {
    let fieldset = document().get_element_by_id(question);
    fieldset
        .and_then(|fieldset| within::<HtmlInputElement>(&fieldset, "input[type=hidden]").next())
        .map(|drawn| drawn.value())
        .unwrap_or_default()
}

/// Notes in the form that the question was changed since it was drawn: changing it back is a change too.
pub(super) fn touch(question: &str) {
    let fieldset = document().get_element_by_id(question);
    if let Some(drawn) = fieldset.and_then(|fieldset| within::<HtmlInputElement>(&fieldset, "input[type=hidden]").next()) {
        drawn.set_value(TOUCHED);
    }
}

/// Whether an answer of this age was chosen after the one that the server sent the question with.
pub(super) fn is_newer(question: &str, age_ms: i64) -> bool {
    let fieldset = document().get_element_by_id(question);
    let drawn: Option<i64> = fieldset.and_then(|fieldset| fieldset.get_attribute("data-age-ms")?.parse().ok());
    drawn.is_none_or(|drawn| age_ms <= drawn)
}

/// Tells the server that the time is over, with the form as it stands.
pub(super) fn send_time_over() {
    let Some(form) = document().get_element_by_id("page-form").and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else { return };
    let Some(wish) = document().create_element("input").ok().and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else { return };
    wish.set_type("hidden");
    wish.set_name("do");
    wish.set_value("time-over");
    let _ = form.append_child(&wish);
    let _ = form.submit();
}

/// Presses a button.
pub(super) fn click(button: &HtmlElement) {
    button.click();
}

/// Waits.
pub(super) async fn pause(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |done, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, milliseconds);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// Whether the browser knows that there is no link.
pub(super) fn is_offline() -> bool {
    !window().navigator().on_line()
}

/// Milliseconds since 1970, by the device's clock.
#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "a time in milliseconds is far below 2^53")]
pub(super) fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// Tells the server, by a cookie, how many answers of `person` wait on this device.
pub(super) fn remember_unsent(person: &str, count: usize) {
    if let Ok(document) = document().dyn_into::<HtmlDocument>() {
        let age = if count == 0 { 0 } else { 31_536_000 };
        let _ = document.set_cookie(&format!("{}={count}; path=/; max-age={age}; samesite=lax", unsent_cookie(person)));
    }
}

/// Makes refused answers the content of the link that takes them away.
pub(super) fn offer_download(text: &str) {
    if let Ok(Some(link)) = document().query_selector(".outbox-download") {
        let encoded = js_sys::encode_uri_component(text);
        let _ = link.set_attribute("href", &format!("data:text/plain;charset=utf-8,{encoded}"));
    }
}

/// A random UUID.
pub(super) fn new_id() -> String {
    let mut bytes = [0; 16];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

fn within<T: JsCast>(element: &Element, selector: &str) -> impl Iterator<Item = T> + use<T> {
    let found = element.query_selector_all(selector).ok();
    let count = found.as_ref().map_or(0, leptos::web_sys::NodeList::length);
    (0..count).filter_map(move |at| found.as_ref()?.item(at)?.dyn_into().ok())
}
