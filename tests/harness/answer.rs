//! What a campus answered.

use axum::http::HeaderMap;
use axum::http::response::Parts;
use scraper::{Html, Selector};

/// An answer.
pub struct Answer {
    parts: Parts,
    /// Its body.
    pub bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn new(parts: Parts, bytes: Vec<u8>) -> Self {
        Self { parts, bytes }
    }

    /// Status code.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.parts.status.as_u16()
    }

    /// Headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// A header as text; empty where there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.parts.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Where it leads, if it is a redirect.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.parts.headers.get("location").map(|value| value.to_str().unwrap())
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The words of the elements that `selector` picks, spaces collapsed.
    #[must_use]
    pub fn words(&self, selector: &str) -> Vec<String> {
        let page = Html::parse_document(&self.text());
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector).map(|element| element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }

    /// An attribute of the elements that `selector` picks.
    #[must_use]
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let page = Html::parse_document(&self.text());
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector).filter_map(|element| element.attr(name).map(str::to_owned)).collect()
    }
}
