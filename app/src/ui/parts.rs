//! Parts: rendered texts, states in words.

use courses::course::Html;
use courses::language::Language;
use leptos::prelude::*;

use super::{Icon, icon};

/// Rendered, sanitised text inside a `div` of `class`, marked with its language where it is not the page's.
pub fn html(class: &'static str, text: &Html, language: Option<&'static str>) -> impl IntoView + use<> {
    view! { <div class=class lang=language inner_html=text.as_str().to_owned()></div> }
}

/// The `lang` of a fragment in `of` on a page in `page`: none where they are the same.
#[must_use]
pub fn in_language(of: Language, page: Language) -> Option<&'static str> {
    (of != page).then(|| of.code())
}

/// What was typed, as the content of a `<textarea>`: Leptos 0.8 writes the content of that element as it stands, so it is escaped here.
#[must_use]
pub fn typed_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A state: an icon and the word for it.
pub fn state(class: &'static str, which: Icon, words: impl Into<String>) -> impl IntoView {
    view! { <span class=class>{icon(which)} " " {words.into()}</span> }
}
