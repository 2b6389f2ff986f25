//! The catalogue: search, filters, courses on offer.

use axum::extract::Query;
use axum::response::Response;
use courses::course::Topic;
use courses::language::Language;
use courses::letters::plain;
use courses::people::Occupation;
use leptos::prelude::*;
use serde::Deserialize;
use server::catalogue::{self, Published};
use server::enrolments;

use crate::assets;
use crate::form::{Choice, Field, select};
use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;
use crate::texts::Texts;
use crate::ui::{Icon, in_language, state};

/// What the catalogue is narrowed to, as in its address. Unknown values narrow nothing.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    topic: String,
    #[serde(default)]
    audience: String,
    #[serde(default)]
    language: String,
}

/// A course as the catalogue shows it.
struct Card {
    code: String,
    cover: String,
    topics: String,
    title: String,
    title_language: Option<&'static str>,
    summary: String,
    length: String,
    languages: String,
    kilobytes: String,
    is_enrolled: bool,
}

/// The catalogue.
pub(super) async fn catalogue(reader: Reader, Query(search): Query<Search>) -> Result<Response, Fault> {
    let offered = catalogue::offered(&reader.platform).await?;
    let enrolled: Vec<_> = match &reader.person {
        Some(person) => enrolments::enrolments(&reader.platform, person.learner()).await?.into_iter().map(|own| own.published.id).collect(),
        None => Vec::new(),
    };
    let cards: Vec<Card> = offered
        .iter()
        .filter(|published| search.picks(published, reader.language))
        .map(|published| card(published, &reader, enrolled.contains(&published.id)))
        .collect();
    let texts = reader.texts;
    Ok(reader.page(Head::new(texts.t("nav-courses")), move || view(texts, search, cards)))
}

impl Search {
    fn picks(&self, published: &Published, language: Language) -> bool {
        let course = &published.course;
        let (_, text) = course.text(language);
        let words = plain(&format!("{} {} {}", text.title, text.summary, course.code));
        let matches_words = plain(&self.q).split_whitespace().all(|word| words.contains(word));
        let topic = self.topic.parse::<Topic>().ok();
        let audience = self.audience.parse::<Occupation>().ok();
        let offered_in = self.language.parse::<Language>().ok();
        matches_words
            && topic.is_none_or(|topic| course.topics.contains(&topic))
            && audience.is_none_or(|audience| course.audiences.contains(&audience))
            && offered_in.is_none_or(|language| course.languages.contains(&language))
    }

    fn narrows(&self) -> bool {
        !(self.topic.is_empty() && self.audience.is_empty() && self.language.is_empty())
    }
}

fn card(published: &Published, reader: &Reader, is_enrolled: bool) -> Card {
    let texts = reader.texts;
    let course = &published.course;
    let (language, text) = course.text(reader.language);
    Card {
        code: course.code.to_string(),
        cover: published.cover.clone().unwrap_or_else(|| assets::url("cover-default.svg")),
        topics: course.topics.iter().map(|topic| texts.named(&format!("topic-{}", topic.code()))).collect::<Vec<_>>().join(" · "),
        title: text.title.clone(),
        title_language: in_language(language, texts.language()),
        summary: text.summary.clone(),
        length: texts.length(course.minutes),
        languages: course.languages.iter().map(|language| language.own_name()).collect::<Vec<_>>().join(", "),
        kilobytes: texts.with("kilobytes-in-all", [("n", published.kilobytes(reader.language).into())]),
        is_enrolled,
    }
}

fn view(texts: Texts, search: Search, cards: Vec<Card>) -> impl IntoView {
    let count = cards.len();
    view! {
        <h1>{texts.t("nav-courses")}</h1>
        <p class="lead">{texts.t("catalogue-lead")}</p>
        {search_form(texts, search)}
        <p class="note-line" role="status">{texts.with("courses-found", [("n", count.into())])}</p>
        {if cards.is_empty() {
            view! {
                <section class="empty" aria-labelledby="empty">
                    <h2 id="empty">{texts.t("no-course-found")}</h2>
                    <p>{texts.t("no-course-found-words")}</p>
                    <p><a class="button" href="/">{texts.t("all-courses")}</a></p>
                </section>
            }.into_any()
        } else {
            view! { <ul class="courses">{cards.into_iter().map(|card| card_view(texts, card)).collect::<Vec<_>>()}</ul> }.into_any()
        }}
    }
}

fn search_form(texts: Texts, search: Search) -> impl IntoView {
    let choice = |value: &str, label: String| Choice { value: value.to_owned(), label };
    let topics = Topic::ALL.iter().map(|topic| choice(topic.code(), texts.named(&format!("topic-{}", topic.code())))).collect();
    let audiences =
        Occupation::ALL.iter().map(|group| choice(group.code(), texts.named(&format!("occupation-{}", group.code())))).collect();
    let languages = Language::ALL.iter().map(|language| choice(language.code(), language.own_name().to_owned())).collect();
    let narrows = search.narrows();
    let field = |name, label, value| Field { name, label: texts.t(label).to_owned(), value, ..Field::default() };
    view! {
        <form class="filters" role="search" aria-label=texts.t("search-courses") action="/">
            <div class="filters-search">
                <div class="field">
                    <label for="q">{texts.t("search-course")}</label>
                    <input id="q" name="q" type="search" value=search.q autocomplete="off"/>
                </div>
                <button class="button">{texts.t("search")}</button>
            </div>
            <details open=narrows>
                <summary>{texts.t("filter-courses")}</summary>
                <div class="filters-more">
                    {select(texts, field("topic", "topic", search.topic), Some(texts.t("any-topic").to_owned()), topics)}
                    {select(texts, field("audience", "audience", search.audience), Some(texts.t("any-audience").to_owned()), audiences)}
                    {select(texts, field("language", "course-language", search.language), Some(texts.t("any-language").to_owned()), languages)}
                </div>
            </details>
        </form>
    }
}

fn card_view(texts: Texts, card: Card) -> impl IntoView {
    view! {
        <li class="course-card">
            <img src=card.cover alt="" width="640" height="360" loading="lazy"/>
            <p class="kicker">{card.topics}</p>
            <h2><a href=format!("/courses/{}", card.code) lang=card.title_language>{card.title}</a></h2>
            <p lang=card.title_language>{card.summary}</p>
            {card.is_enrolled.then(|| view! { <p>{state("state state-next", Icon::ArrowRight, texts.t("enrolled"))}</p> })}
            <p class="meta"><span>{card.length}</span> " " <span>{card.languages}</span> " " <span>{card.kilobytes}</span></p>
        </li>
    }
}
