//! What a problem's code means: the page that its `type` leads to.

use axum::response::Response;
use leptos::prelude::*;
use server::api::Code;

use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;

/// `GET /api/problems/{code}`. The words are part of the interface, which is in English.
pub(super) async fn show(reader: Reader, At(code): At<String>) -> Result<Response, Fault> {
    let code = Code::ALL.iter().copied().find(|known| known.name() == code).ok_or(Fault::NotFound)?;
    let texts = reader.texts;
    Ok(reader.page(Head::new(code.name()).narrow(), move || {
        view! {
            <h1><code>{code.name()}</code></h1>
            <p class="lead" lang="en">{code.title()}"."</p>
            <p lang="en">{code.words()}</p>
            <dl class="facts"><div><dt>{texts.t("api-status")}</dt><dd>{code.status().as_u16()}</dd></div></dl>
            <p class="actions"><a class="button" href="/api">{texts.t("api-to-document")}</a></p>
        }
    }))
}
