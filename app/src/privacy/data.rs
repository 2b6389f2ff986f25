//! One's own data as a file.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use server::privacy::own_data;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use super::index::index;
use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;
use crate::ui::{Icon, icon};

/// `GET /profile/data`
pub(super) async fn show(reader: Reader) -> Result<Response, Fault> {
    reader.confirmed()?;
    let texts = reader.texts;
    Ok(reader.page(Head::new(texts.t("data-title")).narrow(), move || {
        view! {
            <h1>{texts.t("data-title")}</h1>
            <p class="lead">{texts.t("data-lead")}</p>
            <div class="prose">
                <ul>
                    <li>{texts.t("data-page")}</li>
                    <li>{texts.t("data-tables")}</li>
                    <li>{texts.t("data-certificates")}</li>
                </ul>
                <p>{texts.t("data-not")}</p>
                <p>{texts.t("data-care")}</p>
            </div>
            <div class="actions">
                <form method="post"><button class="button">{icon(Icon::Download)} " " {texts.t("data-send")} " " <small>"ZIP"</small></button></form>
                <a class="button button-quiet" href="/about/privacy">{texts.t("privacy-title")}</a>
            </div>
        }
    }))
}

/// `POST /profile/data`: the archive. One person's is small, so it is made whole before it is sent.
pub(super) async fn send(reader: Reader) -> Result<Response, Fault> {
    let confirmed = reader.confirmed()?;
    let (texts, zone, platform) = (reader.texts, reader.zone(), reader.platform.clone());
    // Certificates are set and the archive is packed off the request threads.
    let made = spawn_blocking(move || {
        let data = Handle::current().block_on(own_data(&platform, confirmed))?;
        let page = index(texts, zone, &data);
        data.archive(&page, |id| texts.named(id)).map_err(|error| Fault::Internal(error.to_string()))
    });
    let bytes = made.await.map_err(|error| Fault::Internal(error.to_string()))??;
    tracing::info!("a person took their own data along");
    let today = reader.platform.clock.now().with_timezone(&zone).date_naive();
    let headers =
        [(CONTENT_TYPE, "application/zip".to_owned()), (CONTENT_DISPOSITION, format!("attachment; filename=\"campus-{today}.zip\""))];
    Ok((headers, bytes).into_response())
}
