//! Fields as every form draws them.

use leptos::prelude::*;

use crate::texts::Texts;
use crate::ui::{Icon, icon};

/// An input with its label, hint and error.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// Name and id.
    pub name: &'static str,
    /// Label.
    pub label: String,
    /// What was typed, or what is known.
    pub value: String,
    /// `type` of the input; text by default.
    pub kind: &'static str,
    /// `autocomplete` of the input.
    pub autocomplete: &'static str,
    /// A hint under the label.
    pub hint: Option<String>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Whether it may be left empty.
    pub is_optional: bool,
}

/// An option of a select.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
}

/// Draws an input. Passwords are never sent back.
pub fn field(texts: Texts, field: Field) -> impl IntoView {
    let Field { name, label, value, kind, autocomplete, hint, error, is_optional } = field;
    let described = described_by(name, hint.is_some(), error.is_some());
    let value = (kind != "password").then_some(value);
    view! {
        <div class=wrapper(error.is_some())>
            <label for=name>{label} " " {optional(texts, is_optional)}</label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> })}
            {error_line(name, error.as_deref())}
            <input
                id=name
                name=name
                type=if kind.is_empty() { "text" } else { kind }
                value=value
                autocomplete=(!autocomplete.is_empty()).then_some(autocomplete)
                autocapitalize=(matches!(name, "login" | "code")).then_some("none")
                spellcheck=(matches!(name, "login" | "code")).then_some("false")
                aria-describedby=described
                aria-invalid=error.is_some().then_some("true")
                required=!is_optional
            />
        </div>
    }
}

/// Draws a select; `empty` is the label of the choice of nothing.
pub fn select(texts: Texts, field: Field, empty: Option<String>, choices: Vec<Choice>) -> impl IntoView {
    let Field { name, label, value, hint, error, is_optional, .. } = field;
    let described = described_by(name, hint.is_some(), error.is_some());
    view! {
        <div class=wrapper(error.is_some())>
            <label for=name>{label} " " {optional(texts, is_optional)}</label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> })}
            {error_line(name, error.as_deref())}
            <select id=name name=name aria-describedby=described aria-invalid=error.is_some().then_some("true")>
                {empty.map(|label| view! { <option value="">{label}</option> })}
                {choices
                    .into_iter()
                    .map(|choice| {
                        let is_chosen = choice.value == value;
                        view! { <option value=choice.value selected=is_chosen>{choice.label}</option> }
                    })
                    .collect::<Vec<_>>()}
            </select>
        </div>
    }
}

/// A value that goes along unseen.
pub fn hidden(name: &'static str, value: impl Into<String>) -> impl IntoView {
    view! { <input type="hidden" name=name value=value.into()/> }
}

/// The summary of errors at the top of a form: each links to its field. Nothing when there are none.
pub fn summary(texts: Texts, errors: &[(String, String)]) -> impl IntoView + use<> {
    error_links(texts, errors.iter().map(|(name, words)| (format!("#{name}"), words.clone())).collect())
}

/// A summary of errors whose fields stand at these addresses.
pub fn error_links(texts: Texts, errors: Vec<(String, String)>) -> impl IntoView + use<> {
    let count = errors.len();
    (count > 0).then(|| {
        let lines: Vec<_> = errors.into_iter().map(|(address, words)| view! { <li><a href=address>{words}</a></li> }).collect();
        view! {
            <div class="error-summary" role="alert" tabindex="-1" aria-labelledby="errors">
                <h2 id="errors">{texts.with("errors-heading", [("n", count.into())])}</h2>
                <ul>{lines}</ul>
            </div>
        }
    })
}

fn wrapper(has_error: bool) -> &'static str {
    if has_error { "field field-invalid" } else { "field" }
}

fn optional(texts: Texts, is_optional: bool) -> impl IntoView {
    is_optional.then(|| view! { " " <small>"("{texts.t("optional")}")"</small> })
}

pub(crate) fn error_line(name: &str, error: Option<&str>) -> impl IntoView + use<> {
    let id = format!("{name}-error");
    error.map(|words| view! { <p class="field-error" id=id>{icon(Icon::Alert)} " " <span>{words.to_owned()}</span></p> })
}

pub(crate) fn described_by(name: &str, has_hint: bool, has_error: bool) -> Option<String> {
    let ids: Vec<String> =
        [has_hint.then(|| format!("{name}-hint")), has_error.then(|| format!("{name}-error"))].into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
