//! Where a person is signed in.

use axum::response::Response;
use leptos::prelude::*;
use server::accounts::{self, OpenSession};

use crate::form::{Fields, hidden, notice, redirect};
use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;
use crate::texts::Texts;
use crate::ui::{Icon, state};

/// `GET /profile/sessions`
pub(super) async fn show(reader: Reader) -> Result<Response, Fault> {
    let sessions = accounts::open_sessions(&reader.platform, reader.signed_in()?).await?;
    let (texts, zone) = (reader.texts, reader.zone());
    Ok(reader.page(Head::new(texts.t("sessions-title")).narrow(), move || list(texts, zone, sessions)))
}

/// `POST /profile/sessions`: ends one, or all others.
pub(super) async fn send(reader: Reader, fields: Fields) -> Result<Response, Fault> {
    let person = reader.signed_in()?;
    match fields.get("do") {
        "end-others" => accounts::end_others(&reader.platform, person).await?,
        "end" => {
            let id = fields.get("session").parse().map_err(|_| Fault::Malformed)?;
            accounts::end_one(&reader.platform, person, id).await?;
        }
        _ => return Err(Fault::Malformed),
    }
    Ok(notice(redirect("/profile/sessions"), "sessions-ended"))
}

fn list(texts: Texts, zone: chrono_tz::Tz, sessions: Vec<OpenSession>) -> impl IntoView {
    let has_others = sessions.len() > 1;
    let rows: Vec<_> = sessions.into_iter().map(|session| row(texts, zone, session)).collect();
    view! {
        <h1>{texts.t("sessions-title")}</h1>
        <p class="lead">{texts.t("sessions-lead")}</p>
        <ul class="findings gap">{rows}</ul>
        {has_others.then(|| {
            view! { <form class="actions gap" method="post"><button class="button" name="do" value="end-others">{texts.t("sessions-end-others")}</button></form> }
        })}
        <p class="actions"><a class="button button-quiet" href="/profile">{texts.t("profile-back")}</a></p>
    }
}

fn row(texts: Texts, zone: chrono_tz::Tz, session: OpenSession) -> impl IntoView {
    let OpenSession { id, device, is_own_device, started_at, last_seen_at, is_this } = session;
    let device = if device.is_empty() { texts.t("sessions-device-unknown").to_owned() } else { device };
    let started = texts.with("sessions-started", [("moment", texts.moment(started_at, zone).into())]);
    let seen = last_seen_at.map(|at| texts.with("sessions-seen", [("moment", texts.moment(at, zone).into())]));
    let label = format!("{}: {device}, {started}", texts.t("sessions-end"));
    view! {
        <li class="finding">
            <h2>{device}</h2>
            {is_this.then(|| view! { <p>{state("state", Icon::Check, texts.t("sessions-this"))}</p> })}
            <p class="meta">
                <span>{started}</span>
                " "
                {seen.map(|seen| view! { <span>{seen}</span> })}
                " "
                <span>{if is_own_device { texts.t("sessions-own") } else { texts.t("sessions-shared") }}</span>
            </p>
            {(!is_this).then(|| {
                view! {
                    <form class="actions" method="post">
                        {hidden("session", id.to_string())}
                        <button class="button button-second" name="do" value="end" aria-label=label>{texts.t("sessions-end")}</button>
                    </form>
                }
            })}
        </li>
    }
}
