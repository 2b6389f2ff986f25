//! Whether an answer took what was typed for something else.

use scraper::{ElementRef, Html};
use tests::Answer;

/// What is wrong with `answer`; nothing, if all is well.
pub fn inspect(answer: &Answer) -> Vec<String> {
    let mut wrong = Vec::new();
    if answer.status() >= 500 {
        wrong.push(format!("answers {}", answer.status()));
    }
    if let Some(to) = answer.location()
        && (!to.starts_with('/') || to.starts_with("//") || to.contains('\\'))
    {
        wrong.push(format!("leads to {to}"));
    }
    for (name, value) in answer.headers() {
        let is_cookie_of_theirs = name == "set-cookie" && value.as_bytes().starts_with(b"xq=");
        if name.as_str().starts_with("xq") || name.as_str().starts_with("access-control") || is_cookie_of_theirs {
            wrong.push(format!("has the header {name}"));
        }
    }
    let text = answer.text();
    for secret in ["root:x:0:0", "$argon2", "SQLITE_", "syntax error at", "panicked at"] {
        if text.contains(secret) {
            wrong.push(format!("says {secret}"));
        }
    }
    match answer.header("content-type") {
        html if html.starts_with("text/html") => page(answer, &text, &mut wrong),
        csv if csv.starts_with("text/csv") => cells(&text, &mut wrong),
        _ => {}
    }
    wrong
}

fn page(answer: &Answer, text: &str, wrong: &mut Vec<String>) {
    let policy = answer.header("content-security-policy");
    let page = Html::parse_document(text);
    for element in page.root_element().descendants().filter_map(ElementRef::wrap) {
        let name = element.value().name();
        let is_ours = match name {
            "script" => element.attr("nonce").is_some_and(|nonce| policy.contains(&format!("'nonce-{nonce}'"))),
            "iframe" | "object" | "embed" | "base" | "applet" | "style" => false,
            _ => !name.starts_with("xq"),
        };
        if !is_ours {
            wrong.push(format!("has the element {}", element.html().chars().take(80).collect::<String>()));
        }
        for (attribute, value) in element.value().attrs() {
            let value: String =
                value.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).collect::<String>().to_lowercase();
            let is_address = ["href", "src", "action", "formaction"].contains(&attribute);
            let is_code = ["javascript:", "data:", "vbscript:"].iter().any(|scheme| value.starts_with(scheme));
            if attribute.starts_with("on") || attribute == "style" || attribute == "srcdoc" || is_address && is_code {
                wrong.push(format!("has the attribute {attribute}={value}"));
            }
        }
    }
}

fn cells(text: &str, wrong: &mut Vec<String>) {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    for row in reader.records() {
        let row = row.expect("the file is CSV");
        wrong.extend(
            row.iter().filter(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r'])).map(|cell| format!("has the cell {cell}")),
        );
    }
}
