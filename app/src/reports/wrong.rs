//! What is wrong with a filter, field by field.

use crate::texts::Texts;

/// What is wrong with one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    /// Name of the field.
    pub(super) field: &'static str,
    /// Id of the text that says how to mend it.
    pub(super) text: &'static str,
}

impl Wrong {
    /// Label of the field.
    pub(super) fn label(self, texts: Texts) -> &'static str {
        match self.field {
            "course" => texts.t("report-course"),
            "country" => texts.t("report-country"),
            "institution" => texts.t("report-institution"),
            "quarter" => texts.t("report-quarter"),
            "from" => texts.t("report-from"),
            _ => texts.t("report-to"),
        }
    }
}
