//! A person's own service tokens: which there are, and taking them back.

use axum::response::Response;
use courses::id::ServiceTokenId;
use leptos::prelude::*;
use server::api::{ServiceToken, own_tokens, revoke_all_tokens, revoke_token};

use crate::form::{notice, redirect};
use crate::reader::Reader;
use crate::routes::{At, Fault};
use crate::shell::Head;
use crate::texts::Texts;

/// Address of the list.
pub(super) const TOKENS: &str = "/profile/tokens";

/// `GET /profile/tokens`
pub(super) async fn show(reader: Reader) -> Result<Response, Fault> {
    let learner = reader.signed_in()?.learner();
    let (texts, zone) = (reader.texts, reader.zone());
    let own = own_tokens(&reader.platform, learner).await?;
    let lines: Vec<Line> = own.into_iter().map(|token| Line::of(texts, zone, token)).collect();
    Ok(reader.page(Head::new(texts.t("tokens-title")), move || list(texts, lines)))
}

/// `POST /profile/tokens/{id}/revocation`. Taking back asks for no proof of presence: it can only close something.
pub(super) async fn revoke(reader: Reader, At(id): At<ServiceTokenId>) -> Result<Response, Fault> {
    let learner = reader.signed_in()?.learner();
    if !revoke_token(&reader.platform, learner, id).await? {
        return Err(Fault::NotFound);
    }
    Ok(notice(redirect(TOKENS), "token-revoked"))
}

/// `POST /profile/tokens/revocation`
pub(super) async fn revoke_all(reader: Reader) -> Result<Response, Fault> {
    let learner = reader.signed_in()?.learner();
    revoke_all_tokens(&reader.platform, learner).await?;
    Ok(notice(redirect(TOKENS), "tokens-revoked"))
}

/// A token as its owner sees it.
#[derive(Clone, Debug)]
struct Line {
    id: ServiceTokenId,
    name: String,
    scopes: String,
    made: String,
    ends: String,
    used: Option<String>,
}

impl Line {
    fn of(texts: Texts, zone: chrono_tz::Tz, token: ServiceToken) -> Self {
        let day = |at: chrono::DateTime<chrono::Utc>| texts.day(at.with_timezone(&zone).date_naive());
        Self {
            id: token.id,
            name: token.name,
            scopes: token.scopes.to_string(),
            made: day(token.created_at),
            ends: day(token.expires_at),
            used: token.last_used_at.map(day),
        }
    }
}

fn list(texts: Texts, lines: Vec<Line>) -> impl IntoView {
    let count = lines.len();
    view! {
        <h1>{texts.t("tokens-title")}</h1>
        <p class="lead">{texts.t("tokens-lead")} " " <a href="/api">{texts.t("api-to-document")}</a></p>
        <p class="actions"><a class="button" href="/profile/tokens/new">{texts.t("token-new")}</a></p>
        {if lines.is_empty() {
            view! { <div class="empty"><p>{texts.t("tokens-none")}</p><p>{texts.t("tokens-none-next")}</p></div> }.into_any()
        } else {
            lines.into_iter().map(|line| token(texts, line)).collect::<Vec<_>>().into_any()
        }}
        {(count > 1).then(|| view! {
            <hr/>
            <form class="actions" method="post" action="/profile/tokens/revocation">
                <button class="button button-second">{texts.t("tokens-revoke-all")}</button>
            </form>
        })}
        <p class="actions"><a class="button button-quiet" href="/profile">{texts.t("profile-back")}</a></p>
    }
}

fn token(texts: Texts, line: Line) -> impl IntoView {
    let heading = format!("token-{}", line.id);
    let (labelled, described) = (heading.clone(), heading.clone());
    let action = format!("/profile/tokens/{}/revocation", line.id);
    view! {
        <section class="stack gap" aria-labelledby=labelled>
            <h2 id=heading>{line.name}</h2>
            <dl class="facts">
                <div><dt>{texts.t("token-scopes")}</dt><dd><code>{line.scopes}</code></dd></div>
                <div><dt>{texts.t("token-made")}</dt><dd>{line.made}</dd></div>
                <div><dt>{texts.t("token-used")}</dt><dd>{line.used.unwrap_or_else(|| texts.t("token-never-used").to_owned())}</dd></div>
                <div><dt>{texts.t("token-ends")}</dt><dd>{line.ends}</dd></div>
            </dl>
            <form class="actions" method="post" action=action>
                <button class="button button-second" aria-describedby=described>{texts.t("token-revoke")}</button>
            </form>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use courses::language::Language;

    use super::*;

    fn sample(id: u128) -> Line {
        Line {
            id: ServiceTokenId(uuid::Uuid::from_u128(id)),
            name: "Tablero <del> ministerio".into(),
            scopes: "reports:read".into(),
            made: "16 de noviembre de 2026".into(),
            ends: "14 de febrero de 2027".into(),
            used: None,
        }
    }

    #[test]
    fn each_token_has_its_own_button_and_several_have_one_for_all() {
        let html = list(Texts::of(Language::Es), vec![sample(1), sample(2)]).to_html();
        assert_eq!((html.matches("/revocation\"").count(), html.matches("<del>").count()), (3, 0), "{html}");
        let html = list(Texts::of(Language::En), Vec::new()).to_html();
        assert!(html.contains("class=\"empty\"") && !html.contains("revocation"), "{html}");
    }
}
