//! How a course's page is drawn.

use courses::completion::Missing;
use courses::course::{Course, Step, Topic};
use courses::id::CourseCode;
use courses::language::Language;
use leptos::prelude::*;
use server::catalogue::Published;
use server::learning::Progress;

use crate::assets;
use crate::learning::{missing_sentence, rule_sentences, step_title, step_url};
use crate::reader::Reader;
use crate::texts::Texts;
use crate::ui::{Icon, html, icon, in_language, state};

/// Where somebody enrolled is.
pub(super) struct Standing {
    pub progress: Progress,
    /// Code of their certificate, if they hold one.
    pub certificate: Option<String>,
}

/// What the page shows.
pub(super) struct Model {
    pub is_sensitive: bool,
    texts: Texts,
    code: CourseCode,
    title: String,
    summary: String,
    description: courses::course::Html,
    text_language: Option<&'static str>,
    audience: String,
    cover: String,
    objectives: Vec<(String, Option<&'static str>)>,
    modules: Vec<ModuleModel>,
    before: Vec<StepModel>,
    after: Vec<StepModel>,
    facts: Vec<(&'static str, String)>,
    rules: Vec<String>,
    validity: String,
    enrolled: Option<Enrolled>,
}

struct Enrolled {
    permille: u16,
    missing: Vec<String>,
    next: Option<(String, String)>,
    certificate: Option<String>,
}

struct ModuleModel {
    title: String,
    language: Option<&'static str>,
    minutes: u32,
    steps: Vec<StepModel>,
    /// Where its facilitation card is.
    card: Option<String>,
}

struct StepModel {
    title: String,
    language: Option<&'static str>,
    url: Option<String>,
    is_done: bool,
    is_next: bool,
}

impl Model {
    pub(super) fn new(reader: &Reader, published: &Published, standing: Option<Standing>) -> Self {
        let texts = reader.texts;
        let course = &published.course;
        let (language, text) = course.text(reader.language);
        let outline = Outline { course, texts, language: reader.language, standing: standing.as_ref() };
        let kilobytes = texts.with("kilobytes-in-all", [("n", published.kilobytes(reader.language).into())]);
        Self {
            is_sensitive: is_sensitive(course),
            texts,
            code: course.code.clone(),
            title: text.title.clone(),
            summary: text.summary.clone(),
            description: text.description.clone(),
            text_language: in_language(language, texts.language()),
            audience: course
                .audiences
                .iter()
                .map(|group| texts.named(&format!("occupation-{}", group.code())))
                .collect::<Vec<_>>()
                .join(", "),
            cover: published.cover.clone().unwrap_or_else(|| assets::url("cover-default.svg")),
            objectives: course
                .objectives
                .iter()
                .filter_map(|key| course.objective_text(key, reader.language))
                .map(|(language, words)| (words.to_owned(), in_language(language, texts.language())))
                .collect(),
            modules: course.modules.iter().map(|module| outline.module(module)).collect(),
            before: course.pre_test.iter().map(|key| outline.step(&Step::Quiz(key.clone()))).collect(),
            after: course
                .post_test
                .iter()
                .map(|key| Step::Quiz(key.clone()))
                .chain(course.survey.iter().map(|_| Step::Survey))
                .map(|step| outline.step(&step))
                .collect(),
            facts: vec![
                ("length", texts.length(course.minutes)),
                ("languages", course.languages.iter().map(|language| language.own_name()).collect::<Vec<_>>().join(", ")),
                ("download", kilobytes),
                ("version", published.number.to_string()),
            ],
            rules: rule_sentences(texts, course, reader.language, &course.completion),
            validity: match course.certificate_months {
                None => texts.t("valid-for-ever").to_owned(),
                Some(months) => texts.with("valid-for-months", [("n", months.into())]),
            },
            enrolled: standing.as_ref().map(|standing| outline.enrolled(standing)),
        }
    }
}

/// Pages on trafficking and on LGBTI people carry the quick exit: being seen reading them can be dangerous.
pub(crate) fn is_sensitive(course: &Course) -> bool {
    course.topics.iter().any(|topic| matches!(topic, Topic::Trafficking | Topic::Lgbti))
}

struct Outline<'a> {
    course: &'a Course,
    texts: Texts,
    language: Language,
    standing: Option<&'a Standing>,
}

impl Outline<'_> {
    fn module(&self, module: &courses::course::Module) -> ModuleModel {
        let (language, title) = self
            .course
            .module_text(&module.key, self.language)
            .map_or((self.language, String::new()), |(language, text)| (language, text.title.clone()));
        let steps = module.lessons.iter().cloned().map(Step::Lesson).chain(module.quiz.iter().cloned().map(Step::Quiz));
        ModuleModel {
            title,
            language: in_language(language, self.texts.language()),
            minutes: self.course.module_minutes(module, self.language),
            steps: steps.map(|step| self.step(&step)).collect(),
            card: self
                .course
                .card(&module.key, self.language)
                .map(|_| format!("/courses/{}/facilitation/{}", self.course.code, module.key)),
        }
    }

    fn step(&self, step: &Step) -> StepModel {
        let (language, title) = step_title(self.texts, self.course, self.language, step);
        let progress = self.standing.map(|standing| &standing.progress);
        let is_tried = |key| progress.is_some_and(|progress| progress.tried.contains(key));
        let is_done = progress.is_some_and(|progress| progress.done.includes(step))
            || matches!(step, Step::Quiz(key) if Some(key) == self.course.pre_test.as_ref() && is_tried(key));
        let is_open = self.standing.is_some() || matches!(step, Step::Lesson(_));
        StepModel {
            title,
            language: in_language(language, self.texts.language()),
            url: is_open.then(|| step_url(&self.course.code, step)),
            is_done,
            is_next: progress.is_some_and(|progress| progress.next.as_ref() == Some(step)),
        }
    }

    fn enrolled(&self, standing: &Standing) -> Enrolled {
        let progress = &standing.progress;
        let sentence = |missing: &Missing| missing_sentence(self.texts, self.course, self.language, missing);
        Enrolled {
            permille: progress.permille,
            missing: progress.missing.iter().map(sentence).collect(),
            next: progress
                .next
                .as_ref()
                .map(|step| (step_url(&self.course.code, step), step_title(self.texts, self.course, self.language, step).1)),
            certificate: standing.certificate.clone(),
        }
    }
}

pub(super) fn view(model: Model) -> impl IntoView {
    let texts = model.texts;
    let enrolment = format!("/courses/{}/enrolment", model.code);
    let lang = model.text_language;
    let is_enrolled = model.enrolled.is_some();
    let missing = model.enrolled.as_ref().map(|enrolled| enrolled.missing.clone()).unwrap_or_default();
    view! {
        <nav class="breadcrumb" aria-label=texts.t("breadcrumb")><ol><li><a href="/">{texts.t("nav-courses")}</a></li></ol></nav>
        <div class="course-head">
            <img class="cover" src=model.cover alt="" width="640" height="360"/>
            <div>
                <p class="kicker">{texts.with("for-audience", [("audience", model.audience.into())])}</p>
                <h1 lang=lang>{model.title}</h1>
                <p class="lead" lang=lang>{model.summary}</p>
                {match model.enrolled {
                    Some(enrolled) => enrolled_view(texts, enrolled).into_any(),
                    None => view! {
                        <div class="actions">
                            <form method="post" action=enrolment><button class="button">{texts.t("enrol-free")}</button></form>
                        </div>
                    }.into_any(),
                }}
            </div>
        </div>
        <div class="with-side">
            <div class="stack">
                <section aria-labelledby="objectives" class="prose">
                    <h2 id="objectives">{texts.t("objectives")}</h2>
                    <ul>{model.objectives.into_iter().map(|(words, lang)| view! { <li lang=lang>{words}</li> }).collect::<Vec<_>>()}</ul>
                </section>
                <h2 id="outline">{texts.t("outline")}</h2>
                {steps_view(texts, model.before)}
                <ol class="outline-modules">{model.modules.into_iter().map(|module| module_view(texts, module)).collect::<Vec<_>>()}</ol>
                {steps_view(texts, model.after)}
                {html("prose", &model.description, lang)}
            </div>
            <aside class="side" aria-labelledby="about-course">
                <h2 id="about-course">{texts.t("about-course")}</h2>
                <dl class="facts">
                    {model.facts.into_iter().map(|(name, value)| view! { <div><dt>{texts.t(name)}</dt><dd>{value}</dd></div> }).collect::<Vec<_>>()}
                </dl>
                <h2>{icon(Icon::Certificate)} " " {texts.t("certificate-rule")}</h2>
                <ul class="rule-list">{model.rules.into_iter().map(|rule| view! { <li>{rule}</li> }).collect::<Vec<_>>()}</ul>
                {(is_enrolled && !missing.is_empty()).then(|| view! {
                    <p><strong>{texts.t("still-missing")}</strong></p>
                    <ul class="rule-list">{missing.into_iter().map(|words| view! { <li>{words}</li> }).collect::<Vec<_>>()}</ul>
                })}
                <p class="note-line">{model.validity}</p>
            </aside>
        </div>
    }
}

fn enrolled_view(texts: Texts, enrolled: Enrolled) -> impl IntoView {
    view! {
        {progress_line(texts, enrolled.permille)}
        <div class="actions">
            {enrolled.next.map(|(url, title)| view! { <a class="button" href=url>{texts.t("continue")} ": " {title} " " {icon(Icon::ArrowRight)}</a> })}
            {enrolled.certificate.map(|code| {
                view! { <a class="button button-second" href=format!("/certificates/{code}")>{icon(Icon::Certificate)} " " {texts.t("see-certificate")}</a> }
            })}
        </div>
    }
}

/// How far somebody is, in words and as a bar.
pub(crate) fn progress_line(texts: Texts, permille: u16) -> impl IntoView {
    let words = texts.with("progress-words", [("percent", texts.percent(i32::from(permille / 10) * 10).into())]);
    view! {
        <div class="progress-line">
            <p>{words.clone()}</p>
            <progress value=permille.to_string() max="1000" aria-label=words></progress>
        </div>
    }
}

fn module_view(texts: Texts, module: ModuleModel) -> impl IntoView {
    view! {
        <li class="outline-module">
            <div>
                <h3 lang=module.language>{module.title}</h3>
                <p class="note-line">{texts.with("about-minutes", [("n", module.minutes.into())])}</p>
                {steps_view(texts, module.steps)}
                {module.card.map(|url| view! { <p class="note-line"><a href=url>{texts.t("facilitation-link")}</a></p> })}
            </div>
        </li>
    }
}

fn steps_view(texts: Texts, steps: Vec<StepModel>) -> impl IntoView {
    let lines: Vec<_> = steps
        .into_iter()
        .map(|step| {
            let mark = if step.is_done {
                Some(state("state state-done", Icon::Check, texts.t("done")))
            } else if step.is_next {
                Some(state("state state-next", Icon::ArrowRight, texts.t("next")))
            } else {
                None
            };
            let words = view! { <span lang=step.language>{step.title}</span> " " {mark} };
            match step.url {
                Some(url) => view! { <li><a href=url>{words}</a></li> }.into_any(),
                None => view! { <li>{words}</li> }.into_any(),
            }
        })
        .collect();
    (!lines.is_empty()).then(|| view! { <ol class="outline-list">{lines}</ol> })
}
