//! Who saw one's record.

use axum::response::Response;
use leptos::prelude::*;
use server::privacy;

use super::words;
use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;
use crate::texts::Texts;

/// Looks that the page shows; the archive has them all.
const SHOWN: usize = 200;

/// `GET /profile/accesses`
pub(super) async fn show(reader: Reader) -> Result<Response, Fault> {
    let learner = reader.signed_in()?.learner();
    let accesses = privacy::accesses(&reader.platform, learner, SHOWN).await?;
    let (texts, zone) = (reader.texts, reader.zone());
    let lines: Vec<Line> = accesses.iter().map(|access| (words::moment(texts, access, zone), words::access(texts, access))).collect();
    let days = reader.platform.config.retention_accesses_days;
    Ok(reader.page(Head::new(texts.t("accesses-title")).narrow(), move || page(texts, lines, days)))
}

/// When, and what.
type Line = (String, String);

fn page(texts: Texts, lines: Vec<Line>, days: u32) -> impl IntoView {
    let is_empty = lines.is_empty();
    let is_cut = lines.len() == SHOWN;
    let lines: Vec<_> = lines.into_iter().map(|(at, words)| view! { <div><dt>{at}</dt><dd>{words}</dd></div> }).collect();
    view! {
        <h1>{texts.t("accesses-title")}</h1>
        <p class="lead">{texts.t("accesses-lead")}</p>
        {if is_empty {
            view! { <div class="empty gap"><p>{texts.t("accesses-none")}</p><p>{texts.t("accesses-none-next")}</p></div> }.into_any()
        } else {
            view! { <dl class="facts facts-rows gap">{lines}</dl> }.into_any()
        }}
        <p class="note-line gap">{texts.with("accesses-kept", [("n", days.into())])}</p>
        {is_cut.then(|| view! { <p class="note-line">{texts.t("accesses-cut")}</p> })}
        <p class="actions"><a class="button button-quiet" href="/profile">{texts.t("profile-back")}</a></p>
    }
}

#[cfg(test)]
mod tests {
    use courses::language::Language;

    use super::*;

    #[test]
    fn where_nobody_looked_the_page_says_so() {
        let html = page(Texts::of(Language::Es), Vec::new(), 730).to_html();
        assert!(html.contains("class=\"empty") && html.contains("730"), "{html}");
    }

    #[test]
    fn each_look_has_its_moment_and_its_words() {
        let texts = Texts::of(Language::Es);
        let line = (words::moment(texts, &words::sample(), chrono_tz::Tz::UTC), words::access(texts, &words::sample()));
        let html = page(texts, vec![line], 30).to_html();
        assert!(html.contains("16 de noviembre de 2026") && html.contains("EC-102"), "{html}");
    }
}
