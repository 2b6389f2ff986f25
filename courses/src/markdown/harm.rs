//! Whatever is written, nothing comes out that runs.

use proptest::prelude::*;

use super::tests::links;
use super::*;
use crate::language::Language;

const PAYLOADS: [&str; 22] = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//example.org/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<math><mi xlink:href=\"javascript:alert(1)\">",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "![a](javascript:alert(1))",
    "![\" onerror=\"alert(1)](images/map.svg \"\\\" onload=\\\"alert(1)\")",
    "[a](https://example.org/\"onmouseover=alert(1))",
    "[a]: javascript:alert(1)\n[a]",
    "<javascript:alert(1)>",
    "## <img src=x onerror=alert(1)>",
    "> [!note] <script>alert(1)</script>\n> <style>*{}</style>",
    "> [!check] <svg onload=x>\n>\n> - <iframe src=javascript:x>\n>\n>   <object>",
    "a[^\"><script>]\n\n[^\"><script>]: b",
    "| <script> |\n|---|\n| \" onclick=x |",
    "```<script>\n</code></pre><script>alert(1)</script>\n```",
];

/// The tags of a markup, each from `<` to its `>`, quotation marks minded.
fn tags(markup: &str) -> Vec<String> {
    let (mut tags, mut tag, mut quote) = (Vec::new(), None::<String>, None);
    for c in markup.chars() {
        match (&mut tag, quote) {
            (None, _) if c == '<' => tag = Some(String::new()),
            (None, _) => {}
            (Some(_), None) if c == '>' => tags.extend(tag.take()),
            (Some(inside), open) => {
                inside.push(c);
                quote = match open {
                    Some(mark) if mark == c => None,
                    None if c == '"' || c == '\'' => Some(c),
                    open => open,
                };
            }
        }
    }
    tags
}

fn assert_harmless(text: &str) {
    let links = links(Language::En);
    for rendered in [render(text, &links), fragment(text, &links), definition(text, &links), inline(text, &links)] {
        let markup = rendered.html.as_str();
        assert_eq!(sanitise::sanitise(markup).as_str(), markup, "not sanitised: {text:?}");
        for tag in tags(markup) {
            let tag = tag.to_ascii_lowercase();
            let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default().to_owned();
            assert!(
                !["script", "style", "svg", "math", "iframe", "object", "form", "input"].contains(&name.as_str()),
                "{text:?} gave {markup:?}"
            );
            let outside_quotes: String = tag.split('"').step_by(2).collect();
            let has_handler = outside_quotes.split_whitespace().any(|word| word.starts_with("on") || word.starts_with("style"));
            assert!(!has_handler && !tag.contains("=\"javascript:") && !tag.contains("=\"data:"), "{text:?} gave {markup:?}");
        }
    }
}

#[test]
fn payloads_do_no_harm() {
    for payload in PAYLOADS {
        assert_harmless(payload);
        assert_harmless(&format!("> [!case] {payload}\n>\n> {payload}\n\n- {payload}\n\nx[^a]\n\n[^a]: {payload}"));
    }
}

#[test]
fn deep_nesting_is_flattened() {
    assert_harmless(&">".repeat(20_000));
    assert_harmless(&"- ".repeat(5_000));
    assert_harmless(&format!("{}a", "> [!note] ".repeat(2_000)));
    assert_harmless(&"*_".repeat(10_000));
    assert_harmless(&"[".repeat(10_000));
}

fn piece() -> impl Strategy<Value = String> {
    let markup = prop::sample::select(vec![
        "<",
        ">",
        "\"",
        "'",
        "&",
        "[",
        "]",
        "(",
        ")",
        "!",
        "^",
        ":",
        "|",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "# ",
        "`",
        "*",
        "\\",
        "script",
        "on",
        "=",
        "javascript:",
        "[^a]",
        "[!check] ",
        "[!note] ",
        "term:consent",
        "images/map.svg",
        "|---|\n",
        "<a href=",
        "/>",
        "-->",
        "<!--",
        "&#",
        ";",
        "\u{0}",
        "\r\n",
        "1. ",
        "  ",
    ]);
    let payload = prop::sample::select(PAYLOADS.to_vec());
    prop_oneof![4 => markup.prop_map(str::to_owned), 1 => payload.prop_map(str::to_owned), 1 => ".{0,8}"]
}

proptest! {
    #[test]
    fn whatever_is_written_does_no_harm(pieces in prop::collection::vec(piece(), 0..24)) {
        assert_harmless(&pieces.concat());
    }

    #[test]
    fn offsets_lie_within_the_text(pieces in prop::collection::vec(piece(), 0..24)) {
        let text = pieces.concat();
        prop_assert!(render(&text, &links(Language::Es)).problems.iter().all(|problem| problem.offset <= text.len()));
    }
}
