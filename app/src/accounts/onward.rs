//! Where somebody goes once they are signed in.

use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use crate::form::hidden;
use crate::routes::local;

/// A path of this campus to go on to, or none: then the learner's own page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Asked")]
pub(super) struct Onward(Option<String>);

/// The query `?to=…` as it came.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    to: String,
}

impl From<Asked> for Onward {
    fn from(asked: Asked) -> Self {
        Self::to(&asked.to)
    }
}

impl Onward {
    /// Onward to `path` if it is one of this campus and can stand in a header.
    pub(super) fn to(path: &str) -> Self {
        let is_ours = local(path) == path && path.bytes().all(|byte| byte.is_ascii_graphic());
        Self(is_ours.then(|| path.to_owned()))
    }

    /// The path to go on to.
    pub(super) fn path(&self) -> &str {
        self.0.as_deref().unwrap_or("/learning")
    }

    /// A link to `page`, which goes on to the same path.
    pub(super) fn by_way_of(&self, page: &str) -> String {
        self.0.as_ref().map_or_else(|| page.to_owned(), |to| format!("{page}?to={}", utf8_percent_encode(to, NON_ALPHANUMERIC)))
    }

    /// The hidden field that takes it along with a form.
    pub(super) fn field(&self) -> impl IntoView + use<> {
        self.0.clone().map(|to| hidden("to", to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(Onward::to("/courses/ec-102?x=1").path(), "/courses/ec-102?x=1");
        for foreign in ["https://evil.example", "//evil.example", "/\\evil.example", "", "/añil", "/a b", "/a\u{0}"] {
            assert_eq!(Onward::to(foreign).path(), "/learning", "{foreign}");
        }
    }

    #[test]
    fn the_way_on_goes_along_from_page_to_page() {
        assert_eq!(Onward::to("/a?b=c").by_way_of("/sign-up"), "/sign-up?to=%2Fa%3Fb%3Dc");
        assert_eq!(Onward::default().by_way_of("/sign-up"), "/sign-up");
    }
}
