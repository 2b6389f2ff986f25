//! What is kept and why: drawn from the inventory that the tests compare with the database, so that it is true.

use axum::response::Response;
use leptos::prelude::*;
use server::config::Config;
use server::privacy::inventory::{Role, TABLES, Table};

use super::words;
use crate::reader::Reader;
use crate::shell::Head;
use crate::texts::Texts;

/// `GET /about/privacy`
pub(super) async fn privacy(reader: Reader) -> Response {
    let texts = reader.texts;
    let config = reader.platform.config.clone();
    reader.page(Head::new(texts.t("privacy-title")).narrow(), move || page(texts, &config))
}

fn page(texts: Texts, config: &Config) -> impl IntoView + use<> {
    let tables: Vec<_> = TABLES.iter().map(|table| section(texts, config, table)).collect();
    let list = |ids: &[&'static str]| ids.iter().map(|id| view! { <li>{texts.t(id)}</li> }).collect::<Vec<_>>();
    view! {
        <h1>{texts.t("privacy-title")}</h1>
        <p class="lead">{texts.t("privacy-lead")}</p>
        <div class="prose">
            <h2>{texts.t("privacy-not")}</h2>
            <ul>{list(&["privacy-not-asked", "privacy-not-address", "privacy-not-place", "privacy-not-others", "privacy-not-sold"])}</ul>
            <h2>{texts.t("privacy-yours")}</h2>
            <ul>
                <li><a href="/profile/data">{texts.t("data-title")}</a>". "{texts.t("privacy-yours-data")}</li>
                <li><a href="/profile/accesses">{texts.t("accesses-title")}</a>". "{texts.t("privacy-yours-accesses")}</li>
                <li><a href="/profile">{texts.t("nav-account")}</a>". "{texts.t("privacy-yours-profile")}</li>
                <li><a href="/profile/erasure">{texts.t("erasure-title")}</a>". "{texts.t("privacy-yours-erasure")}</li>
            </ul>
        </div>
        <h2 class="gap">{texts.t("privacy-kept")}</h2>
        <p>{texts.t("privacy-kept-words")}</p>
        <div class="stack gap">{tables}</div>
        <div class="prose gap">
            <h2>{texts.t("privacy-device")}</h2>
            <ul>{list(&["privacy-device-session", "privacy-device-known", "privacy-device-language", "privacy-device-notice", "privacy-device-answers"])}</ul>
            <h2>{texts.t("privacy-elsewhere")}</h2>
            <ul>
                <li>{texts.t("privacy-elsewhere-log")}</li>
                <li>{texts.with("privacy-elsewhere-mail", [("n", config.retention_mail_days.into())])}</li>
                <li>{texts.t("privacy-elsewhere-backups")}</li>
                <li>{texts.t("privacy-elsewhere-technician")}</li>
                {written(texts, config)}
                {inactive(texts, config)}
            </ul>
        </div>
    }
}

/// One table: what, why, how long, who sees it, and what erasure does.
fn section(texts: Texts, config: &Config, table: &Table) -> impl IntoView + use<> {
    let labels = |role: Role| {
        let columns = table.columns.iter().filter(|column| column.role == role);
        columns.map(|column| texts.named(&format!("column-{}", column.name))).collect::<Vec<_>>().join(" · ")
    };
    let row = |label: &'static str, value: String| view! { <div><dt>{texts.t(label)}</dt><dd>{value}</dd></div> };
    let secret = labels(Role::Secret);
    let why = texts.named(&format!("kept-{}-why", table.name));
    view! {
        <section>
            <h3>{words::title(texts, table)}</h3>
            <p>{why}</p>
            <details>
                <summary>{texts.t("privacy-details")}<span class="visually-hidden">": " {words::title(texts, table)}</span></summary>
                <dl class="facts facts-rows">
                    {row("privacy-what", labels(Role::Theirs))}
                    {(!secret.is_empty()).then(|| row("privacy-secret", secret))}
                    {row("privacy-how-long", words::kept(texts, config, table.kept))}
                    {row("privacy-who", words::seen_by(texts, table.seen_by).to_owned())}
                    {row("privacy-fate", words::fate(texts, table.fate).to_owned())}
                </dl>
            </details>
        </section>
    }
}

fn written(texts: Texts, config: &Config) -> impl IntoView + use<> {
    let months = config.retention_texts_months;
    (months > 0).then(|| view! { <li>{texts.with("privacy-written", [("n", months.into())])}</li> })
}

fn inactive(texts: Texts, config: &Config) -> impl IntoView + use<> {
    let months = config.retention_inactive_months;
    let words =
        if months > 0 { texts.with("privacy-inactive", [("n", months.into())]) } else { texts.t("privacy-inactive-never").to_owned() };
    view! { <li>{words}</li> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::INTERFACE;

    #[test]
    fn every_table_and_every_column_of_the_inventory_has_its_words() {
        for texts in INTERFACE.map(Texts::of) {
            let columns = TABLES.iter().flat_map(|table| table.columns).filter(|column| column.role != Role::Inner);
            let ids = columns.map(|column| format!("column-{}", column.name));
            let ids = ids.chain(TABLES.iter().flat_map(|table| [format!("kept-{}", table.name), format!("kept-{}-why", table.name)]));
            let missing: Vec<String> = ids.filter(|id| texts.named(id) == *id).collect();
            assert!(missing.is_empty(), "{:?}: {missing:?}", texts.language());
        }
    }

    #[test]
    fn the_page_says_how_long_by_the_configuration_in_force() {
        let config = Config { retention_sessions_days: 17, retention_inactive_months: 29, ..Config::default() };
        let html = page(Texts::of(courses::language::Language::En), &config).to_html();
        assert!(html.contains("17 days") && html.contains("29 months"), "{html}");
    }
}
