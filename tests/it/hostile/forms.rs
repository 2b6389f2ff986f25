//! The forms of a page, and the parameters its links carry.

use percent_encoding::percent_decode_str;
use scraper::{ElementRef, Html, Selector};
use tests::Answer;

/// A form as a browser would send it.
#[derive(Clone, Debug)]
pub struct Form {
    /// Where it leads.
    pub action: String,
    /// Whether it is sent by `POST`.
    pub is_post: bool,
    /// Each field once.
    pub fields: Vec<Field>,
}

/// A field of a form.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it stands at, or something that would do.
    pub value: String,
    /// Whether people type in it; else it is chosen, pressed or hidden.
    pub is_typed: bool,
}

/// The forms of a page at `path`.
pub fn forms(page: &Answer, path: &str) -> Vec<Form> {
    let html = Html::parse_document(&page.text());
    html.select(&selector("form")).map(|form| read(&html, form, path)).collect()
}

/// Links of this campus that carry parameters, as forms.
pub fn links(page: &Answer) -> Vec<Form> {
    let hrefs = page.attributes("a[href*='?']", "href");
    let ours = hrefs.iter().filter(|href| href.starts_with('/')).filter_map(|href| href.split_once('?'));
    ours.map(|(action, query)| Form { action: action.to_owned(), is_post: false, fields: pairs(query) }).collect()
}

/// The names and values of a query.
pub fn pairs(query: &str) -> Vec<Field> {
    let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| Field { name: decoded(name), value: decoded(value), is_typed: true })
        .collect()
}

fn read(html: &Html, form: ElementRef<'_>, path: &str) -> Form {
    let own = form.select(&selector("input[name], textarea[name], select[name], button[name]")).collect::<Vec<_>>();
    let id = form.attr("id").unwrap_or("-");
    let others = html.select(&Selector::parse(&format!("[form='{id}'][name]")).unwrap()).collect::<Vec<_>>();
    let mut fields: Vec<Field> = Vec::new();
    for field in own.into_iter().chain(others) {
        let name = field.attr("name").unwrap_or_default().to_owned();
        // One option of a group, one button, stands for all; choosing a language sends nothing else.
        if name != "switch_language" && !fields.iter().any(|known| known.name == name) {
            let kind = field.attr("type").unwrap_or("text");
            let is_typed = match field.value().name() {
                "textarea" => true,
                "input" => !["checkbox", "radio", "hidden", "submit"].contains(&kind),
                _ => false,
            };
            fields.push(Field { value: value(field, &name), name, is_typed });
        }
    }
    let action = form.attr("action").unwrap_or(path).to_owned();
    let is_post = form.attr("method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
    Form { action, is_post, fields }
}

fn value(field: ElementRef<'_>, name: &str) -> String {
    let stands = match field.value().name() {
        "select" => {
            let options: Vec<&str> = field.select(&selector("option")).filter_map(|option| option.attr("value")).collect();
            options.into_iter().find(|value| !value.is_empty()).unwrap_or_default().to_owned()
        }
        "textarea" => field.text().collect(),
        _ => field.attr("value").unwrap_or_default().to_owned(),
    };
    match (stands.as_str(), name) {
        ("", "name") => "Iris Paz Luna",
        ("", "login") => "iris@paz.example",
        ("", "password") => "tres gatos en la lluvia",
        (stands, _) => stands,
    }
    .to_owned()
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}
