//! Icons, drawn inline so that they take the colour of the text. All are decoration: the words beside them say the same.

use leptos::prelude::*;
use leptos::tachys::html::InertElement;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $file:literal),+ $(,)?) => {
        /// An icon of `style/icons`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon {
            $($(#[$doc])* $name),+
        }

        impl Icon {
            const fn markup(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(concat!("../../../style/", $file))),+
                }
            }
        }
    };
}

icons! {
    /// Something is wrong.
    Alert = "icons/alert.svg",
    /// Back.
    ArrowLeft = "icons/arrow-left.svg",
    /// Onward.
    ArrowRight = "icons/arrow-right.svg",
    /// A certificate.
    Certificate = "icons/certificate.svg",
    /// Done, right.
    Check = "icons/check.svg",
    /// Time.
    Clock = "icons/clock.svg",
    /// Download.
    Download = "icons/download.svg",
    /// Leave the page.
    Leave = "icons/leave.svg",
    /// The campus's mark.
    Mark = "mark.svg",
    /// Not yet, other.
    Minus = "icons/minus.svg",
    /// Share.
    Share = "icons/share.svg",
}

/// Draws `icon`.
#[must_use]
pub fn icon(icon: Icon) -> impl IntoView {
    InertElement::new(icon.markup())
}
