//! A page that says one thing and offers the next step.

use axum::response::Response;
use leptos::prelude::*;

use crate::reader::Reader;
use crate::shell::Head;

/// A short page: a title, a sentence, and a link to go on.
pub fn message_page(reader: &Reader, title: &str, words: &str, to: &str, link: &str) -> Response {
    let (title, words, to, link) = (title.to_owned(), words.to_owned(), to.to_owned(), link.to_owned());
    reader.page(Head::new(title.clone()).narrow(), move || {
        view! {
            <h1>{title}</h1>
            <p class="lead">{words}</p>
            <p class="actions"><a class="button" href=to>{link}</a></p>
        }
    })
}
