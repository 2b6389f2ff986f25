//! Making a service token: for somebody who is there in person. Its secret is shown once.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use server::access::SignedIn;
use server::api::{LONGEST_DAYS, MakeError, Scope, Scopes, make_token};

use super::tokens::TOKENS;
use crate::form::{Field, Fields, error_line, field, remember_language, summary};
use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;
use crate::texts::Texts;

/// What was typed.
#[derive(Clone, Debug)]
struct Typed {
    name: String,
    scopes: Scopes,
    days: String,
}

impl Typed {
    fn read(fields: &Fields) -> Self {
        Self {
            name: fields.get("name").to_owned(),
            scopes: fields.all("scope").filter_map(|name| name.parse().ok()).collect(),
            days: fields.get("days").trim().to_owned(),
        }
    }
}

/// `GET /profile/tokens/new`
pub(super) async fn show(reader: Reader) -> Result<Response, Fault> {
    reader.confirmed()?;
    let person = reader.signed_in()?.clone();
    Ok(page(&reader, &person, Typed { name: String::new(), scopes: Scopes::default(), days: "90".to_owned() }, Vec::new()))
}

/// `POST /profile/tokens/new`
pub(super) async fn send(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    let confirmed = reader.confirmed()?;
    let person = reader.signed_in()?.clone();
    let typed = Typed::read(&fields);
    if let Some(language) = fields.switched() {
        return Ok(remember_language(page(&reader.speaking(language), &person, typed, Vec::new()), language));
    }
    let texts = reader.texts;
    let days = typed.days.parse().unwrap_or(0);
    let refused = |field: &str, words: &str| vec![(field.to_owned(), words.to_owned())];
    let refusals = match make_token(&reader.platform, confirmed, &person, &typed.name, &typed.scopes, days).await {
        Ok(made) => return Ok(made_page(&reader, made.secret)),
        Err(MakeError::Name) => refused("name", texts.t("refused-token-name")),
        Err(MakeError::NoScope | MakeError::Scope(_)) => refused("scope", texts.t("refused-token-scope")),
        Err(MakeError::Days) => refused("days", texts.t("refused-token-days")),
        Err(MakeError::TooMany) => refused("name", texts.t("refused-token-count")),
        Err(MakeError::Storage(error)) => return Err(error.into()),
    };
    Ok(page(&reader, &person, typed, refusals))
}

/// The secret, told once.
fn made_page(reader: &Reader, secret: String) -> Response {
    let texts = reader.texts;
    let origin = reader.platform.config.origin();
    let command = format!("curl {origin}{}/token -d grant_type=refresh_token -d refresh_token={secret}", server::api::BASE);
    reader.page(Head::new(texts.t("token-made-title")).narrow(), move || {
        view! {
            <h1>{texts.t("token-made-title")}</h1>
            <p class="lead">{texts.t("token-made-lead")}</p>
            <p><code id="secret">{secret}</code></p>
            <h2 class="gap">{texts.t("token-made-use")}</h2>
            <p><code>{command}</code></p>
            <p class="actions"><a class="button" href=TOKENS>{texts.t("token-made-done")}</a> <a class="button button-quiet" href="/api">{texts.t("api-to-document")}</a></p>
        }
    })
}

fn page(reader: &Reader, person: &SignedIn, typed: Typed, refusals: Vec<(String, String)>) -> Response {
    let texts = reader.texts;
    let open: Vec<Scope> = Scope::ALL.into_iter().filter(|scope| scope.is_open_to(person)).collect();
    let status = if refusals.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    reader.page(Head::new(texts.t("token-new")).form().status(status), move || form_view(texts, &open, typed, &refusals))
}

fn form_view(texts: Texts, open: &[Scope], typed: Typed, refusals: &[(String, String)]) -> impl IntoView + use<> {
    let error = |name: &str| refusals.iter().find(|(field, _)| field == name).map(|(_, words)| words.clone());
    let name = Field {
        name: "name",
        label: texts.t("token-name").to_owned(),
        value: typed.name,
        hint: Some(texts.t("token-name-hint").to_owned()),
        error: error("name"),
        ..Field::default()
    };
    let days = Field {
        name: "days",
        label: texts.t("token-days").to_owned(),
        value: typed.days,
        kind: "number",
        hint: Some(texts.with("token-days-hint", [("most", LONGEST_DAYS.into())])),
        error: error("days"),
        ..Field::default()
    };
    view! {
        <h1>{texts.t("token-new")}</h1>
        <p class="lead">{texts.t("token-new-lead")}</p>
        {summary(texts, refusals)}
        <form class="form gap" id="page-form" method="post" novalidate>
            {field(texts, name)}
            {scopes(texts, open, &typed.scopes, error("scope"))}
            {field(texts, days)}
            <div class="actions">
                <button class="button">{texts.t("token-make")}</button>
                <a class="button button-quiet" href=TOKENS>{texts.t("token-cancel")}</a>
            </div>
        </form>
    }
}

fn scopes(texts: Texts, open: &[Scope], chosen: &Scopes, error: Option<String>) -> impl IntoView + use<> {
    let boxes: Vec<_> = open
        .iter()
        .map(|scope| {
            let words = texts.named(&format!("scope-{}", scope.name().replace(':', "-")));
            view! {
                <label class="option">
                    <input type="checkbox" name="scope" value=scope.name() checked=chosen.has(*scope)/>
                    " "
                    <span>{words} <br/> <span class="hint"><code>{scope.name()}</code></span></span>
                </label>
            }
        })
        .collect();
    let described = error.is_some().then_some("scope-error");
    view! {
        <fieldset class=if error.is_some() { "field field-invalid" } else { "field" } id="scope" tabindex="-1" aria-describedby=described>
            <legend>{texts.t("token-scopes")}</legend>
            {error_line("scope", error.as_deref())}
            {boxes}
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use courses::language::Language;

    use super::*;

    #[test]
    fn what_was_typed_and_chosen_stands_in_the_form_again() {
        let typed = Typed { name: "Tablero".into(), scopes: Scopes::read("profile:read"), days: "400".into() };
        let refusals = vec![("days".to_owned(), "1 a 365".to_owned())];
        let html = form_view(Texts::of(Language::Es), &[Scope::ProfileRead, Scope::LearningRead], typed, &refusals).to_html();
        assert_eq!(html.matches(" checked").count(), 1, "{html}");
        for wanted in ["value=\"Tablero\"", "value=\"400\"", "id=\"days-error\"", "href=\"#days\""] {
            assert!(html.contains(wanted), "{wanted}: {html}");
        }
    }
}
