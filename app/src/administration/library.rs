//! The course library as loaded: what is on offer, and what is wrong with what was read.

use axum::response::Response;
use courses::language::Language;
use courses::source::{Finding, Severity};
use leptos::prelude::*;
use server::catalogue::{self, Problem, Published};

use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;
use crate::texts::Texts;
use crate::ui::{Icon, in_language, state};

/// Courses on offer and the library's problems, for administrators.
pub(super) async fn library(reader: Reader) -> Result<Response, Fault> {
    let administrator = reader.signed_in()?.administrator().ok_or(Fault::Forbidden)?;
    let texts = reader.texts;
    let courses = catalogue::offered(&reader.platform).await?.iter().map(|published| Line::of(texts, published)).collect();
    let mut problems = catalogue::problems(&reader.platform, administrator);
    problems.sort_by(|a, b| b.is_refused.cmp(&a.is_refused).then_with(|| a.slug.cmp(&b.slug)));
    let library = Library { courses, problems };
    Ok(reader.page(Head::new(texts.t("library-title")), move || library_view(texts, library)))
}

/// The library as this server loaded it.
#[derive(Clone, Debug)]
struct Library {
    courses: Vec<Line>,
    /// Refused courses first.
    problems: Vec<Problem>,
}

/// A course on offer.
#[derive(Clone, Debug)]
struct Line {
    code: String,
    title: String,
    /// `lang` of the title, where it is not the page's.
    title_language: Option<&'static str>,
    version: i32,
    languages: Vec<Language>,
}

impl Line {
    fn of(texts: Texts, published: &Published) -> Self {
        let course = &published.course;
        let (language, text) = course.text(texts.language());
        Self {
            code: course.code.to_string(),
            title: text.title.clone(),
            title_language: in_language(language, texts.language()),
            version: published.number,
            languages: course.languages.clone(),
        }
    }
}

fn library_view(texts: Texts, library: Library) -> impl IntoView {
    let Library { courses, problems } = library;
    view! {
        <h1>{texts.t("library-title")}</h1>
        <p class="lead">{texts.t("library-lead")}</p>
        <p><a href="/administration/people">{texts.t("people-title")}</a></p>
        <h2 class="gap">{texts.t("library-problems")}</h2>
        {if problems.is_empty() {
            view! { <div class="empty"><p>{texts.t("library-no-problems")}</p><p>{texts.t("library-no-problems-next")}</p></div> }.into_any()
        } else {
            problems.into_iter().map(|found| problem(texts, found)).collect::<Vec<_>>().into_any()
        }}
        <h2 class="gap" id="offered">{texts.t("library-offered")}</h2>
        {if courses.is_empty() {
            view! { <div class="empty"><p>{texts.t("library-none")}</p><p>{texts.t("library-none-next")}</p></div> }.into_any()
        } else {
            table(texts, courses).into_any()
        }}
    }
}

fn table(texts: Texts, courses: Vec<Line>) -> impl IntoView {
    let rows: Vec<_> = courses.into_iter().map(row).collect();
    view! {
        <div class="table-scroll" role="region" aria-labelledby="offered" tabindex="0">
            <table class="table-data" aria-labelledby="offered">
                <thead>
                    <tr>
                        <th scope="col">{texts.t("library-head-code")}</th>
                        <th scope="col">{texts.t("library-head-title")}</th>
                        <th scope="col" class="num">{texts.t("library-head-version")}</th>
                        <th scope="col">{texts.t("library-head-languages")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(course: Line) -> impl IntoView {
    let address = format!("/courses/{}", course.code);
    let languages: Vec<_> = course
        .languages
        .into_iter()
        .map(|language| view! { <span class="tag" lang=language.code()>{language.own_name()}</span>" " })
        .collect();
    view! {
        <tr>
            <th scope="row" class="nowrap"><a href=address>{course.code}</a></th>
            <td lang=course.title_language>{course.title}</td>
            <td class="num">{course.version}</td>
            <td>{languages}</td>
        </tr>
    }
}

fn problem(texts: Texts, problem: Problem) -> impl IntoView {
    let what = if problem.is_refused { "library-refused" } else { "library-with-warnings" };
    let findings: Vec<_> = problem.findings.into_iter().map(|found| finding(texts, found)).collect();
    view! {
        <section class="stack gap" aria-label=problem.slug.clone()>
            <h3><code>{problem.slug.clone()}</code></h3>
            <p>{texts.t(what)}</p>
            <ul class="findings">{findings}</ul>
        </section>
    }
}

/// Messages of the reader of course sources are in English.
fn finding(texts: Texts, finding: Finding) -> impl IntoView {
    let (class, word) = match finding.severity {
        Severity::Error => ("finding finding-error", texts.t("library-error")),
        Severity::Warning => ("finding finding-warning", texts.t("library-warning")),
    };
    view! {
        <li class=class>
            <p>{state("state", Icon::Alert, word)}</p>
            <p><code>{format!("{}:{}:{}", finding.file, finding.line, finding.column)}</code></p>
            <p lang=in_language(Language::En, texts.language())>{finding.message}</p>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Library {
        fn sample() -> Self {
            let finding = |severity, line| Finding {
                file: "es/quizzes/module-1.md".into(),
                line,
                column: 3,
                severity,
                message: "the option is not in the quiz".into(),
            };
            Self {
                courses: vec![Line {
                    code: "ec-102".into(),
                    title: "Trata de personas".into(),
                    title_language: None,
                    version: 3,
                    languages: vec![Language::Es, Language::En],
                }],
                problems: vec![Problem {
                    slug: "trafficking-health".into(),
                    is_refused: true,
                    findings: vec![finding(Severity::Error, 42), finding(Severity::Warning, 7)],
                }],
            }
        }
    }

    #[test]
    fn each_finding_says_where_it_is_and_how_much_it_weighs() {
        let html = library_view(Texts::of(Language::Es), Library::sample()).to_html();
        for wanted in ["es/quizzes/module-1.md:42:3", "finding-error", "finding-warning", "lang=\"en\"", "ec-102", "English"] {
            assert!(html.contains(wanted), "{wanted}: {html}");
        }
    }

    #[test]
    fn a_library_without_problems_says_so() {
        let library = Library { problems: Vec::new(), ..Library::sample() };
        let html = library_view(Texts::of(Language::En), library).to_html();
        assert!(html.contains("class=\"empty\""), "{html}");
    }
}
