//! Finding a person, for whoever administers.

use axum::extract::Query;
use axum::response::Response;
use courses::people::Country;
use leptos::prelude::*;
use serde::Deserialize;
use server::accounts::{self, Listed};

use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;
use crate::texts::Texts;

/// What is looked for.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
}

/// `GET /administration/people`: whoever has a role, or whose name or login holds what was typed.
pub(super) async fn people(reader: Reader, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let administrator = reader.signed_in()?.administrator().ok_or(Fault::Forbidden)?;
    let found = accounts::find_people(&reader.platform, administrator, &asked.q).await?;
    let texts = reader.texts;
    Ok(reader.page(Head::new(texts.t("people-title")), move || list(texts, asked.q, found)))
}

fn list(texts: Texts, words: String, found: Vec<Listed>) -> impl IntoView {
    let heading = if words.trim().is_empty() { texts.t("people-with-role") } else { texts.t("people-found") };
    let is_empty = found.is_empty();
    let rows: Vec<_> = found.into_iter().map(|person| row(texts, person)).collect();
    view! {
        <h1>{texts.t("people-title")}</h1>
        <form class="filters" action="/administration/people" role="search">
            <div class="filters-search">
                <div class="field">
                    <label for="q">{texts.t("people-search")}</label>
                    <input id="q" name="q" type="search" value=words autocomplete="off"/>
                </div>
                <button class="button">{texts.t("people-search-send")}</button>
            </div>
        </form>
        <h2 class="gap" id="found">{heading}</h2>
        {if is_empty {
            view! { <div class="empty"><p>{texts.t("people-none")}</p></div> }.into_any()
        } else {
            view! {
                <div class="table-scroll" role="region" aria-labelledby="found" tabindex="0">
                    <table class="table-data" aria-labelledby="found">
                        <thead>
                            <tr>
                                <th scope="col">{texts.t("people-head-name")}</th>
                                <th scope="col">{texts.t("profile-login")}</th>
                                <th scope="col">{texts.t("people-head-country")}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }.into_any()
        }}
    }
}

fn row(texts: Texts, person: Listed) -> impl IntoView {
    let closed = person.is_disabled.then(|| view! { " " <span class="tag">{texts.t("people-closed-tag")}</span> });
    view! {
        <tr>
            <th scope="row"><a href=format!("/administration/people/{}", person.id)>{person.name}</a>{closed}</th>
            <td>{person.login}</td>
            <td>{country(texts, &person.country)}</td>
        </tr>
    }
}

/// A country's name, or its code where it has none.
pub(super) fn country(texts: Texts, code: &str) -> String {
    code.parse::<Country>().map_or_else(|_| code.to_owned(), |country| country.name(texts.language()).to_owned())
}
