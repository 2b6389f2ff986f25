//! Erasing somebody's account, for a person who asked for it and cannot come in.

use axum::http::StatusCode;
use axum::response::Response;
use courses::id::PersonId;
use leptos::prelude::*;
use server::access::{Administrator, Confirmed};
use server::accounts;
use server::privacy::{EraseError, erase_person};

use crate::accounts::message;
use crate::form::{Fields, notice, redirect, remember_language, summary};
use crate::privacy::{Typed, typed_fields};
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;
use crate::texts::Texts;

/// `GET /administration/people/{id}/erasure`; whoever asks for their own goes where they erase it.
pub(super) async fn show(reader: Reader, At(id): At<PersonId>) -> Result<Response, Fault> {
    let (administrator, _) = authority(&reader)?;
    if administrator.person() == id {
        return Ok(redirect("/profile/erasure"));
    }
    page(&reader, administrator, id, Typed::default(), None).await
}

/// `POST /administration/people/{id}/erasure`
pub(super) async fn send(reader: Reader, At(id): At<PersonId>, fields: Fields) -> Result<Response, Fault> {
    let (administrator, confirmed) = authority(&reader)?;
    if administrator.person() == id {
        return Ok(redirect("/profile/erasure"));
    }
    let typed = Typed::of(&fields);
    if let Some(language) = fields.switched() {
        let again = page(&reader.speaking(language), administrator, id, typed, None).await?;
        return Ok(remember_language(again, language));
    }
    if !typed.is_meant() {
        return page(&reader, administrator, id, typed, Some("erasure-word-wrong")).await;
    }
    match erase_person(&reader.platform, administrator, confirmed, id, typed.certificates()).await {
        Ok(told) => {
            message::tell(&reader.platform, told);
            Ok(notice(redirect("/administration/people"), "person-erased"))
        }
        Err(EraseError::Unknown) => Err(Fault::NotFound),
        Err(EraseError::LastAdministrator) => page(&reader, administrator, id, typed, Some("person-last-administrator")).await,
        Err(EraseError::Journal(error)) => Err(Fault::Internal(error.to_string())),
        Err(EraseError::Storage(error)) => Err(error.into()),
    }
}

/// Who administers and is there in person.
pub(super) fn authority(reader: &Reader) -> Result<(Administrator, Confirmed), Fault> {
    let administrator = reader.signed_in()?.administrator().ok_or(Fault::Forbidden)?;
    Ok((administrator, reader.confirmed()?))
}

async fn page(
    reader: &Reader,
    administrator: Administrator,
    id: PersonId,
    typed: Typed,
    wrong: Option<&'static str>,
) -> Result<Response, Fault> {
    let texts = reader.texts;
    let account = accounts::account(&reader.platform, administrator, id).await?.ok_or(Fault::NotFound)?;
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let head = Head::new(texts.t("person-erase-title")).form().status(status);
    Ok(reader.page(head, move || form(texts, id, account.listed.name, account.listed.login, typed, wrong)))
}

fn form(texts: Texts, id: PersonId, name: String, login: String, typed: Typed, wrong: Option<&'static str>) -> impl IntoView {
    let errors: Vec<(String, String)> = wrong.iter().map(|id| ("word".to_owned(), texts.t(id).to_owned())).collect();
    view! {
        <h1>{texts.t("person-erase-title")}</h1>
        <p class="lead">{texts.t("person-erase-lead")}</p>
        {summary(texts, &errors)}
        <dl class="facts">
            <div><dt>{texts.t("people-head-name")}</dt><dd>{name}</dd></div>
            <div><dt>{texts.t("profile-login")}</dt><dd>{login}</dd></div>
        </dl>
        <p>{texts.t("person-erase-consequences")}</p>
        <form class="form gap" id="page-form" method="post" novalidate>
            {typed_fields(texts, typed, wrong, "person-erase-certificates", "person-erase-certificates-hint")}
            <div class="actions">
                <button class="button">{texts.t("person-erase-send")}</button>
                <a class="button button-quiet" href=format!("/administration/people/{id}")>{texts.t("erasure-not")}</a>
            </div>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use courses::language::Language;

    use super::*;

    #[test]
    fn a_wrong_word_is_said_beside_its_field_and_names_stay_text() {
        let id = PersonId(uuid::Uuid::nil());
        let html =
            form(Texts::of(Language::Es), id, "Ana <b>".into(), "ana".into(), Typed::default(), Some("erasure-word-wrong")).to_html();
        assert!(html.contains("href=\"#word\"") && html.contains("id=\"word-error\"") && !html.contains("<b>"), "{html}");
    }
}
