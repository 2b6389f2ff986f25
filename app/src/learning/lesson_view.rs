//! How a lesson is drawn.

use courses::completion::Done;
use courses::course::{Course, Html, Step, Term};
use courses::id::LessonKey;
use courses::language::Language;
use leptos::prelude::*;
use server::catalogue::Published;

use super::{step_title, step_url};
use crate::catalogue::is_sensitive;
use crate::reader::Reader;
use crate::texts::Texts;
use crate::ui::{Icon, html, icon, in_language, state};

/// What the page shows.
pub(super) struct Model {
    texts: Texts,
    code: String,
    key: LessonKey,
    module_number: usize,
    module_title: String,
    lesson_number: usize,
    lessons: usize,
    title: String,
    why: String,
    body: Html,
    key_idea: String,
    language: Option<&'static str>,
    minutes: u32,
    terms: Vec<(String, Term, Option<&'static str>)>,
    outline: Vec<Line>,
    previous: Option<(String, String)>,
    /// Whether it was read; `None` for who is not enrolled.
    is_read: Option<bool>,
    has_content_note: bool,
    /// Whether it carries the quick exit: the course's matter, or the lesson's own content note, asks for it.
    pub is_sensitive: bool,
}

struct Line {
    title: String,
    language: Option<&'static str>,
    url: String,
    is_done: bool,
    is_here: bool,
}

impl Model {
    /// The page of `key`; `None` when the course has no such lesson.
    pub(super) fn new(reader: &Reader, published: &Published, key: &LessonKey, done: Option<Done>) -> Option<Self> {
        let texts = reader.texts;
        let course = &published.course;
        let module_number = course.modules.iter().position(|module| module.lessons.contains(key))?;
        let module = course.modules.get(module_number)?;
        let (language, text) = course.lesson_text(key, reader.language)?;
        Some(Self {
            texts,
            code: course.code.to_string(),
            key: key.clone(),
            module_number: module_number + 1,
            module_title: course.module_text(&module.key, reader.language).map(|(_, text)| text.title.clone()).unwrap_or_default(),
            lesson_number: module.lessons.iter().position(|known| known == key)? + 1,
            lessons: module.lessons.len(),
            title: text.title.clone(),
            why: text.why.clone(),
            body: text.body.clone(),
            key_idea: text.key_idea.clone(),
            language: in_language(language, texts.language()),
            minutes: text.minutes(),
            terms: text
                .terms
                .iter()
                .filter_map(|term| {
                    course
                        .term(term, reader.language)
                        .map(|(own, found)| (term.to_string(), found.clone(), in_language(own, texts.language())))
                })
                .collect(),
            outline: outline(reader, course, module, key, done.as_ref()),
            previous: previous(texts, course, reader.language, key),
            is_read: done.map(|done| done.lessons.contains(key)),
            has_content_note: text.has_content_note,
            is_sensitive: is_sensitive(course) || text.has_content_note,
        })
    }

    /// A neutral title: the window's title is seen by others.
    pub(super) fn page_title(&self) -> String {
        let variables = [("code", self.code.clone().into()), ("module", self.module_number.into()), ("lesson", self.lesson_number.into())];
        self.texts.with("lesson-page-title", variables)
    }
}

fn outline(reader: &Reader, course: &Course, module: &courses::course::Module, here: &LessonKey, done: Option<&Done>) -> Vec<Line> {
    let steps = module.lessons.iter().cloned().map(Step::Lesson).chain(module.quiz.iter().cloned().map(Step::Quiz));
    steps
        .map(|step| {
            let (language, title) = step_title(reader.texts, course, reader.language, &step);
            Line {
                title,
                language: in_language(language, reader.texts.language()),
                url: step_url(&course.code, &step),
                is_done: done.is_some_and(|done| done.includes(&step)),
                is_here: step == Step::Lesson(here.clone()),
            }
        })
        .collect()
}

/// The step before this lesson: its address and title.
fn previous(texts: Texts, course: &Course, language: Language, key: &LessonKey) -> Option<(String, String)> {
    let lessons: Vec<&LessonKey> = course.lessons().collect();
    let at = lessons.iter().position(|known| *known == key)?;
    let before = Step::Lesson((*lessons.get(at.checked_sub(1)?)?).clone());
    Some((step_url(&course.code, &before), step_title(texts, course, language, &before).1))
}

pub(super) fn view(model: Model) -> impl IntoView {
    let texts = model.texts;
    let course_url = format!("/courses/{}", model.code);
    let module_name = texts.with("module-name", [("n", model.module_number.into()), ("title", model.module_title.clone().into())]);
    let place = texts.with("lesson-place", [("n", model.lesson_number.into()), ("of", model.lessons.into())]);
    let outline_name = module_name.clone();
    let lang = model.language;
    let visit_url = format!("/courses/{}/lessons/{}/visit", model.code, model.key);
    view! {
        {model.is_sensitive.then(|| exit_note(texts))}
        <div class="with-side">
            <article>
                <header class="lesson-head">
                    <p class="kicker"><a href=course_url.clone()>{module_name.clone()}</a></p>
                    <h1 lang=lang>{model.title}</h1>
                    <p class="lead" lang=lang>{model.why}</p>
                    <p class="meta">
                        <span>{icon(Icon::Clock)} " " {texts.with("about-minutes", [("n", model.minutes.into())])}</span> " "
                        <span><a href="#outline">{place}</a></span>
                    </p>
                </header>
                {html("prose", &model.body, lang)}
                <div class="prose">
                    <aside class="key-idea" aria-label=texts.t("key-idea")>
                        <p class="kicker">{texts.t("key-idea")}</p>
                        <p lang=lang>{model.key_idea}</p>
                    </aside>
                </div>
                {lesson_end(texts, model.previous, model.is_read, model.has_content_note, visit_url, model.code.clone())}
                {terms_view(texts, model.terms)}
                {model.is_sensitive.then(|| support(texts))}
            </article>
            <nav class="side" id="outline" aria-label=outline_name>
                <details class="outline" open>
                    <summary>{module_name}</summary>
                    <ol class="outline-list">{model.outline.into_iter().map(|line| line_view(texts, line)).collect::<Vec<_>>()}</ol>
                </details>
                <p><a href=course_url>{texts.t("whole-course")}</a></p>
            </nav>
        </div>
    }
}

/// The honest line beside the quick exit.
pub(crate) fn exit_note(texts: Texts) -> impl IntoView {
    view! { <p class="quick-exit-note">{texts.t("quick-exit-note")} " " <a href="/about/safety">{texts.t("quick-exit-more")}</a></p> }
}

/// Where to turn if the lesson touches the reader.
fn support(texts: Texts) -> impl IntoView {
    view! {
        <section class="prose lesson-notes" aria-labelledby="support">
            <h2 id="support">{texts.t("safety-affected-heading")}</h2>
            <p>{texts.t("safety-affected")} " " <a href="/about/safety">{texts.t("safety-self-care-heading")}</a></p>
        </section>
    }
}

fn lesson_end(
    texts: Texts,
    previous: Option<(String, String)>,
    is_read: Option<bool>,
    has_content_note: bool,
    visit_url: String,
    code: String,
) -> impl IntoView {
    let action = match is_read {
        None => format!("/courses/{code}/enrolment"),
        Some(_) => visit_url.clone(),
    };
    let words = match is_read {
        None => texts.t("enrol-to-keep"),
        Some(true) => texts.t("go-to-next"),
        Some(false) => texts.t("mark-read"),
    };
    view! {
        <nav class="lesson-end" aria-label=texts.t("lesson-end")>
            {previous.map(|(url, title)| view! {
                <a class="button button-quiet" href=url>{icon(Icon::ArrowLeft)} " " <span class="visually-hidden">{texts.t("previous")} ": "</span>{title}</a>
            })}
            {(has_content_note && is_read == Some(false)).then(|| view! {
                <form method="post" action=visit_url><button class="button button-quiet">{texts.t("skip-lesson")}</button></form>
            })}
            <form method="post" action=action><button class="button">{words} " " {icon(Icon::ArrowRight)}</button></form>
        </nav>
    }
}

fn terms_view(texts: Texts, terms: Vec<(String, Term, Option<&'static str>)>) -> impl IntoView {
    (!terms.is_empty()).then(|| {
        let lines: Vec<_> = terms
            .into_iter()
            .map(|(key, term, lang)| {
                view! {
                    <div id=format!("term-{key}")>
                        <dt lang=lang>{term.term}</dt>
                        <dd lang=lang inner_html=term.definition.as_str().to_owned()></dd>
                    </div>
                }
            })
            .collect();
        view! { <div class="prose lesson-notes"><section class="terms" aria-labelledby="terms"><h2 id="terms">{texts.t("terms")}</h2><dl>{lines}</dl></section></div> }
    })
}

fn line_view(texts: Texts, line: Line) -> impl IntoView {
    let here = line.is_here.then_some("page");
    let mark = line.is_done.then(|| state("state state-done", Icon::Check, texts.t("done")));
    view! { <li><a href=line.url aria-current=here><span lang=line.language>{line.title}</span> " " {mark}</a></li> }
}
