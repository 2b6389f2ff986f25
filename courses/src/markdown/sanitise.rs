//! The one sanitiser: whatever the writer wrote, only this passes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use crate::course::Html;

/// Elements that pass.
const TAGS: [&str; 34] = [
    "a",
    "aside",
    "blockquote",
    "br",
    "code",
    "del",
    "details",
    "div",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "small",
    "strong",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Attributes that pass, with the elements they pass on. `class` passes by [`CLASSES`] only.
const ATTRIBUTES: [(&str, &[&str]); 11] = [
    ("a", &["href", "id", "aria-label"]),
    ("div", &["tabindex", "role", "aria-label"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("img", &["src", "alt", "width", "height", "loading"]),
    ("li", &["id"]),
    ("ol", &["start"]),
    ("th", &["scope"]),
];

/// Classes that pass, with the elements they pass on.
const CLASSES: [(&str, &[&str]); 10] = [
    ("a", &["term", "back"]),
    ("aside", &["callout", "callout-note", "callout-caution", "callout-case", "callout-country", "callout-content", "callout-say"]),
    ("div", &["table-scroll"]),
    ("h3", &["check-question"]),
    ("p", &["callout-title"]),
    ("section", &["check", "sources"]),
    ("small", &["credit"]),
    ("td", &["end", "middle"]),
    ("th", &["end", "middle"]),
    ("ul", &["check-options"]),
];

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from(["script", "style", "svg", "math", "template", "iframe", "object", "noscript"]))
        .tag_attributes(sets(&ATTRIBUTES))
        .allowed_classes(sets(&CLASSES))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener"))
        .attribute_filter(|element, attribute, value| match (element, attribute) {
            ("img", "src") if !value.starts_with("/files/") => None,
            ("a", "href") if value.starts_with("//") => None,
            _ => Some(Cow::Borrowed(value)),
        })
        .strip_comments(true);
    builder
});

fn sets(list: &'static [(&'static str, &'static [&'static str])]) -> HashMap<&'static str, HashSet<&'static str>> {
    list.iter().map(|(element, allowed)| (*element, allowed.iter().copied().collect())).collect()
}

/// Characters that a browser's parser drops in some places and keeps in others: they never pass, so that what passed once
/// passes unchanged.
const DROPPED: [char; 2] = ['\0', '\u{feff}'];

/// What passes of this markup. The only maker of [`Html`].
pub(super) fn sanitise(markup: &str) -> Html {
    Html(SANITISER.clean(&markup.replace(DROPPED, "")).to_string())
}

#[cfg(test)]
mod tests {
    use super::sanitise;

    #[test]
    fn what_is_not_on_the_list_does_not_pass() {
        for (markup, passed) in [
            ("<script>alert(1)</script>a", "a"),
            ("<p onclick=\"x()\" style=\"color:red\" class=\"admin\">a</p>", "<p class=\"\">a</p>"),
            ("<svg><a href=\"javascript:x\">b</a></svg>a", "a"),
            ("<a href=\"javascript:alert(1)\">a</a>", "<a rel=\"noopener\">a</a>"),
            ("<a href=\"//example.org\">a</a>", "<a rel=\"noopener\">a</a>"),
            ("<img src=\"https://example.org/a.png\" alt=\"\">", "<img alt=\"\">"),
            ("<iframe src=\"/\"></iframe><!-- b -->a", "a"),
            ("<form action=\"/\"><input name=\"a\"><button>a</button></form>", "a"),
            ("\0\u{feff}a\u{feff}", "a"),
        ] {
            assert_eq!(sanitise(markup).as_str(), passed, "{markup}");
        }
    }
}
