//! The frame of every page: head, header, main, footer; and the one place that turns a view into an answer.

use std::sync::Arc;

use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use hydration_context::SsrSharedContext;
use leptos::config::LeptosOptions;
use leptos::hydration::HydrationScripts;
use leptos::nonce::{Nonce, use_nonce};
use leptos::prelude::*;

use crate::assets;
use crate::quizzes::island::AnswerSaver;
use crate::quizzes::saver;
use crate::reader::{NOTICE_COOKIE, Reader};
use crate::texts::INTERFACE;
use crate::ui::{Icon, icon};

/// What a page without an island may load: no script at all.
pub const READING_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

/// A page, apart from what stands in its `main`.
#[derive(Debug)]
pub struct Head {
    title: String,
    status: StatusCode,
    layout: &'static str,
    has_quick_exit: bool,
    has_form: bool,
    has_island: bool,
    script: Option<&'static str>,
}

impl Head {
    /// A page with this title; the campus's name is added.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            status: StatusCode::OK,
            layout: "page",
            has_quick_exit: false,
            has_form: false,
            has_island: false,
            script: None,
        }
    }

    /// Answers with `status`.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// One narrow column: quizzes, results, messages.
    #[must_use]
    pub fn narrow(mut self) -> Self {
        self.layout = "page page-narrow";
        self
    }

    /// A form (`id="page-form"`) fills the page: the language switch sends it along, so that nothing typed is lost.
    #[must_use]
    pub fn form(mut self) -> Self {
        self.layout = "page page-form";
        self.has_form = true;
        self
    }

    /// As [`Head::form`], but in the narrow layout of quizzes.
    #[must_use]
    pub fn keeps_form(mut self) -> Self {
        self.has_form = true;
        self
    }

    /// Shows the way out, where the page is on a sensitive matter.
    #[must_use]
    pub fn quick_exit(mut self, is_sensitive: bool) -> Self {
        self.has_quick_exit = is_sensitive;
        self
    }

    /// Loads `script`, an embedded file, and nothing else.
    #[must_use]
    pub fn script(mut self, script: &'static str) -> Self {
        self.script = Some(script);
        self
    }

    /// Loads the script and the islands.
    #[must_use]
    pub fn island(mut self) -> Self {
        self.has_island = true;
        self
    }
}

impl Reader {
    /// The page that `head` and `main` make, in the reader's language.
    pub fn page<V: IntoView + 'static>(&self, head: Head, main: impl FnOnce() -> V) -> Response {
        // Answers wait on this device: whatever page this is, it sends them.
        let drains = self.has_unsent && !head.has_island;
        let head = if drains { head.island() } else { head };
        let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
        let (html, policy) = owner.with(|| {
            let policy = (head.has_island || head.script.is_some()).then(|| {
                provide_context(Nonce::new());
                if head.has_island { island_policy(use_nonce()) } else { script_policy(use_nonce()) }
            });
            let html = frame(self, &head, drains, main().into_view().into_inner()).to_html();
            (valid(&html, use_nonce()), policy)
        });
        owner.unset_with_forced_cleanup();
        let mut response = (head.status, html).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        if let Some(policy) = policy.and_then(|policy| HeaderValue::from_str(&policy).ok()) {
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        if self.notice.is_some()
            && let Ok(gone) = HeaderValue::from_str(&format!("{NOTICE_COOKIE}=; Path=/; Max-Age=0; SameSite=Lax"))
        {
            headers.append(SET_COOKIE, gone);
        }
        response
    }
}

/// The page as valid HTML: Leptos marks places with `<!>`, which browsers take for an empty comment but the standard calls a
/// mistake, and 0.8 writes the nonce where `crossorigin` belongs. Only an island needs the marks. No text can hold them: it is escaped.
fn valid(html: &str, nonce: Option<Nonce>) -> String {
    let Some(nonce) = nonce else { return format!("<!DOCTYPE html>{}", html.replace("<!>", "")) };
    let html = html.replace("<!>", "<!---->").replace(&format!("crossorigin=\"{nonce}\""), "crossorigin=\"anonymous\"");
    format!("<!DOCTYPE html>{html}")
}

fn island_policy(nonce: Option<Nonce>) -> String {
    let nonce = nonce.map(|nonce| nonce.to_string()).unwrap_or_default();
    format!("{READING_POLICY}; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; connect-src 'self'")
}

fn script_policy(nonce: Option<Nonce>) -> String {
    format!("{READING_POLICY}; script-src 'nonce-{}'", nonce.map(|nonce| nonce.to_string()).unwrap_or_default())
}

fn frame<V: IntoView + 'static>(reader: &Reader, head: &Head, drains: bool, main: V) -> impl IntoView + use<V> {
    let texts = reader.texts;
    let title = format!("{} – E-Campus", head.title);
    view! {
        <html lang=texts.language().code()>
            <head>
                <meta charset="utf-8"/>
                <title>{title}</title>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#0a5a58"/>
                <link rel="icon" href=assets::url("favicon.svg") type="image/svg+xml"/>
                <link rel="preload" href=assets::url("atkinson-latin.woff2") r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
                <link rel="stylesheet" href=assets::url("campus.css")/>
                {head.has_island.then(island_scripts)}
                {head.script.map(|script| view! { <script type="module" nonce=use_nonce() src=assets::url(script)></script> })}
            </head>
            <body>
                <a class="skip" href="#main">{texts.t("skip-to-content")}</a>
                {header(reader, head)}
                {head.has_quick_exit.then(|| quick_exit(reader))}
                <main id="main" class=head.layout tabindex="-1">
                    {reader.notice.as_ref().map(|notice| {
                        view! { <div class="notice" role="status"><p>{icon(Icon::Check)} <span>{texts.named(&format!("notice-{notice}"))}</span></p></div> }
                    })}
                    {drains.then(|| saver(reader, None)).flatten().map(|saver| view! { <AnswerSaver saver/> })}
                    {main}
                </main>
                {footer(reader)}
            </body>
        </html>
    }
}

fn island_scripts() -> impl IntoView {
    let options = LeptosOptions::builder().output_name(assets::island_name()).site_pkg_dir("assets").build();
    view! { <HydrationScripts options islands=true/> }
}

fn header(reader: &Reader, head: &Head) -> impl IntoView + use<> {
    let texts = reader.texts;
    let person = reader.person.as_ref();
    let current = |section: &str| reader.path.starts_with(section).then_some("page");
    let link = |href: &'static str, text: &'static str| view! { <li><a href=href aria-current=current(href)>{texts.t(text)}</a></li> };
    let catalogue_current = (reader.path == "/" || reader.path.starts_with("/?")).then_some("page");
    let coordinates = person.is_some_and(|person| person.coordinator().is_some());
    let administers = person.is_some_and(|person| person.administrator().is_some());
    view! {
        <header class="site-header">
            <div class="site-bar">
                <a class="wordmark" href="/">{icon(Icon::Mark)} "E-Campus"</a>
                {languages(reader, head)}
                <nav class="site-nav" aria-label=texts.t("nav-main")>
                    <ul>
                        <li><a href="/" aria-current=catalogue_current>{texts.t("nav-courses")}</a></li>
                        {person.map(|_| view! { {link("/learning", "nav-learning")} {link("/certificates", "nav-certificates")} })}
                        {coordinates.then(|| link("/reports/completions", "nav-reports"))}
                        {administers.then(|| link("/administration", "nav-administration"))}
                        {if person.is_some() {
                            view! {
                                <li class="account">
                                    <a href="/profile" aria-current=current("/profile")>{texts.t("nav-account")}</a>
                                    <form method="post" action="/sign-out"><button>{texts.t("sign-out")}</button></form>
                                </li>
                            }.into_any()
                        } else {
                            view! { <li class="account"><a href="/sign-in" aria-current=current("/sign-in")>{texts.t("sign-in")}</a></li> }.into_any()
                        }}
                    </ul>
                </nav>
            </div>
        </header>
    }
}

/// Links to the same page in another language; on a form, buttons that send along what was typed.
fn languages(reader: &Reader, head: &Head) -> impl IntoView + use<> {
    let texts = reader.texts;
    let has_form = head.has_form;
    let back = percent_encoding::utf8_percent_encode(&reader.path, percent_encoding::NON_ALPHANUMERIC).to_string();
    let choices: Vec<_> = INTERFACE
        .into_iter()
        .map(|language| {
            let code = language.code();
            let name = view! { {code.to_uppercase()}<span class="visually-hidden">" "{language.own_name()}</span> };
            let is_current = (language == texts.language()).then_some("true");
            if has_form {
                view! { <button form="page-form" name="switch_language" value=code lang=code formnovalidate aria-current=is_current>{name}</button> }.into_any()
            } else {
                view! { <a href=format!("/language/{code}?to={back}") lang=code hreflang=code rel="nofollow" aria-current=is_current>{name}</a> }.into_any()
            }
        })
        .collect();
    // Enter in a field presses the form's first button in the page: that must not be a language.
    let enter = has_form.then(|| view! { <button class="visually-hidden" form="page-form" tabindex="-1" aria-hidden="true"></button> });
    view! { <nav class="languages" aria-label=texts.t("nav-languages")>{enter} {choices}</nav> }
}

fn quick_exit(reader: &Reader) -> impl IntoView + use<> {
    let texts = reader.texts;
    view! {
        <aside class="quick-exit" aria-label=texts.t("quick-exit-label")>
            <a class="button button-leave" href=reader.platform.config.leave_url.clone() rel="nofollow noreferrer">{icon(Icon::Leave)} " " {texts.t("quick-exit")}</a>
        </aside>
    }
}

fn footer(reader: &Reader) -> impl IntoView + use<> {
    let texts = reader.texts;
    view! {
        <footer class="site-footer">
            <div>
                <nav aria-label=texts.t("nav-footer")>
                    <ul>
                        <li><a href="/verify">{texts.t("nav-verify")}</a></li>
                        <li><a href="/about">{texts.t("nav-about")}</a></li>
                        <li><a href="/about/safety">{texts.t("nav-safety")}</a></li>
                        <li><a href="/about/privacy">{texts.t("nav-privacy")}</a></li>
                    </ul>
                </nav>
                <p>{texts.t("footer-words")}</p>
            </div>
        </footer>
    }
}
