use super::*;
use crate::language::Language;

pub(super) fn links(language: Language) -> Links {
    let mut links = Links::none("ec-102".parse().unwrap(), language);
    links.lessons.insert("next-one".parse().unwrap());
    links.terms.extend(["trafficking", "consent"].map(|term| term.parse().unwrap()));
    links.files.insert("images/map.svg".to_owned(), FileLink { url: "/files/0123/map.svg".to_owned(), size: Some((640, 360)) });
    links
}

fn html(text: &str) -> String {
    render(text, &links(Language::Es)).html.as_str().to_owned()
}

fn faults(text: &str) -> Vec<Fault> {
    render(text, &links(Language::Es)).problems.into_iter().map(|problem| problem.fault).collect()
}

#[test]
fn headings_begin_at_the_second_level_and_have_anchors() {
    assert_eq!(
        html("## ¿Qué es?\n\n### Más\n\n## Qué es"),
        "<h2 id=\"section-que-es\">¿Qué es?</h2>\n<h3 id=\"section-mas\">Más</h3>\n<h2 id=\"section-que-es.2\">Qué es</h2>\n"
    );
    assert_eq!(faults("# Title\n\n#### Deep"), [Fault::HeadingTooHigh, Fault::HeadingSkipsLevel]);
}

#[test]
fn links_lead_to_lessons_terms_and_other_places() {
    assert_eq!(
        html("[a](lesson:next-one) [b](term:trafficking) [c](https://example.org/?a=1&b=2)"),
        "<p><a href=\"/courses/ec-102/lessons/next-one\" rel=\"noopener\">a</a> <a class=\"term\" href=\"#term-trafficking\" rel=\"noopener\">b</a> \
         <a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener\">c</a></p>\n"
    );
    assert_eq!(html("<ana@example.org>"), "<p><a href=\"mailto:ana@example.org\" rel=\"noopener\">ana@example.org</a></p>\n");
}

#[test]
fn a_link_that_leads_nowhere_keeps_its_words_and_is_reported_where_it_stands() {
    let rendered = render("Uno [a](lesson:nowhere) y [b](term:nothing) y [c](javascript:alert(1)).", &links(Language::Es));
    assert_eq!(rendered.html.as_str(), "<p>Uno a y b y c.</p>\n");
    assert_eq!(
        rendered.problems,
        [
            Problem { offset: 4, fault: Fault::UnknownLesson("nowhere".to_owned()) },
            Problem { offset: 26, fault: Fault::UnknownTerm("nothing".to_owned()) },
            Problem { offset: 46, fault: Fault::ForbiddenLink("javascript:alert(1)".to_owned()) },
        ]
    );
}

#[test]
fn terms_are_in_order_of_first_use() {
    let rendered = render("[a](term:trafficking) [b](term:consent) [c](term:trafficking)", &links(Language::Es));
    assert_eq!(rendered.terms.iter().map(TermKey::as_str).collect::<Vec<_>>(), ["trafficking", "consent"]);
}

#[test]
fn a_figure_has_caption_credit_and_size() {
    assert_eq!(
        html("![Un mapa](images/map.svg \"La ruta | Ana\")"),
        "<figure><img src=\"/files/0123/map.svg\" alt=\"Un mapa\" width=\"640\" height=\"360\" loading=\"lazy\">\
         <figcaption>La ruta <small class=\"credit\">Ana</small></figcaption></figure>\n"
    );
    assert_eq!(faults("![](images/map.svg)"), [Fault::MissingAlternative, Fault::MissingCaption]);
    assert_eq!(faults("![a](images/none.svg \"b\")"), [Fault::MissingFile("images/none.svg".to_owned())]);
    assert_eq!(faults("Vea ![a](images/map.svg) aquí"), [Fault::FigureInLine]);
    assert_eq!(html("![Un mapa](https://example.org/map.svg)"), "<p>Un mapa</p>\n");
}

#[test]
fn a_callout_has_its_own_title_or_that_of_its_kind() {
    assert_eq!(
        html("> [!case] **Rosa**, en la ventanilla\n> Llega sola.\n>\n> - Y espera."),
        "<aside class=\"callout callout-case\">\n<p class=\"callout-title\"><strong>Rosa</strong>, en la ventanilla</p>\n\
         <p>Llega sola.</p>\n<ul>\n<li>Y espera.</li>\n</ul>\n</aside>\n"
    );
    for (language, title) in [
        (Language::Es, "En mi país"),
        (Language::En, "In my country"),
        (Language::Fr, "Dans mon pays"),
        (Language::Pt, "No meu país"),
        (Language::Ht, "Nan peyi mwen"),
    ] {
        let rendered = render("> [!country]\n> …", &links(language));
        assert!(rendered.html.as_str().contains(&format!("<p class=\"callout-title\">{title}</p>")), "{language}");
    }
    assert_eq!(faults("> [!tip] a"), [Fault::UnknownCallout("tip".to_owned())]);
    assert_eq!(html("> Una cita"), "<blockquote>\n<p>Una cita</p>\n</blockquote>\n");
}

#[test]
fn a_content_note_counts_only_at_the_beginning() {
    let opens = |text| render(text, &links(Language::Es)).opens_with_content_note;
    assert!(opens("> [!content]\n> Se habla de violencia.\n\nTexto."));
    assert!(!opens("Texto.\n\n> [!content]\n> Se habla de violencia."));
}

#[test]
fn a_self_check_opens_without_scripts() {
    let text = "> [!check] ¿Qué hace?\n>\n> - Escribe *todo*\n>\n>   Primero se pregunta.\n> - Pregunta\n>\n>   Así es.\n";
    let rendered = render(text, &links(Language::Es));
    assert_eq!(
        rendered.html.as_str(),
        "<section class=\"check\">\n<h3 class=\"check-question\">¿Qué hace?</h3>\n<ul class=\"check-options\">\n\
         <li><details><summary>Escribe <em>todo</em></summary>\n<p>Primero se pregunta.</p>\n</details></li>\n\
         <li><details><summary>Pregunta</summary>\n<p>Así es.</p>\n</details></li>\n</ul>\n</section>\n"
    );
    assert_eq!((rendered.checks, rendered.problems), (1, vec![]));
    assert!(matches!(faults("> [!check] ¿Qué hace?")[..], [Fault::MalformedCheck(_)]));
    assert!(matches!(faults("> [!check] ¿Qué?\n>\n> - a\n> - b")[..], [Fault::MalformedCheck(_), Fault::MalformedCheck(_)]));
}

#[test]
fn sources_are_numbered_by_first_use_and_lead_back() {
    let text = "Uno.[^b] Dos.[^a] Tres.[^b]\n\n[^a]: Protocolo, 2000.\n\n[^b]: Convención, 1963.\n";
    let rendered = render(text, &links(Language::Pt));
    assert_eq!(
        rendered.html.as_str(),
        "<p>Uno.<sup><a href=\"#source-1\" id=\"ref-1\" rel=\"noopener\">1</a></sup> \
         Dos.<sup><a href=\"#source-2\" id=\"ref-2\" rel=\"noopener\">2</a></sup> \
         Tres.<sup><a href=\"#source-1\" id=\"ref-1-2\" rel=\"noopener\">1</a></sup></p>\n\
         <section class=\"sources\">\n<h2 id=\"sources\">Fontes</h2>\n<ol>\n\
         <li id=\"source-1\"><p>Convención, 1963.</p>\n<a class=\"back\" href=\"#ref-1\" aria-label=\"Voltar ao texto: 1\" rel=\"noopener\">↑</a></li>\n\
         <li id=\"source-2\"><p>Protocolo, 2000.</p>\n<a class=\"back\" href=\"#ref-2\" aria-label=\"Voltar ao texto: 2\" rel=\"noopener\">↑</a></li>\n\
         </ol>\n</section>\n"
    );
    assert_eq!((rendered.sources, rendered.words, rendered.problems), (2, 3, vec![]));
}

#[test]
fn sources_that_are_missing_or_unused_are_reported() {
    assert_eq!(faults("Uno.[^a]"), [Fault::UnknownSource("a".to_owned())]);
    assert_eq!(faults("Uno.\n\n[^a]: Nadie."), [Fault::UnusedSource("a".to_owned())]);
}

#[test]
fn a_table_scrolls_in_a_named_region() {
    assert_eq!(
        html("| a | b |\n|---|--:|\n| c | d |"),
        "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Tabla 1\">\n<table>\n<thead>\n\
         <tr><th scope=\"col\">a</th><th scope=\"col\" class=\"end\">b</th></tr>\n</thead>\n<tbody>\n\
         <tr><td>c</td><td class=\"end\">d</td></tr>\n</tbody>\n</table>\n</div>\n"
    );
}

#[test]
fn html_is_shown_as_text() {
    assert_eq!(html("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
    assert_eq!(html("<div>\nx\n</div>"), "<p>&lt;div&gt;\nx\n&lt;/div&gt;</p>\n");
    assert_eq!(faults("<div>\nx\n</div>"), [Fault::RawHtml]);
    assert_eq!(faults("a <b>c"), [Fault::RawHtml]);
}

#[test]
fn running_words_are_counted_across_markup() {
    let count = |text| render(text, &links(Language::Es)).words;
    assert_eq!(count("Una **pal**abra, dos — y [tres](term:consent).\n\n- cuatro\n- cinco"), 7);
    assert_eq!(count("![alternativo](images/map.svg \"Pie\")\n\nuna"), 1);
}

#[test]
fn a_label_is_one_line() {
    let links = links(Language::Es);
    assert_eq!(inline("Una **opción**", &links).html.as_str(), "Una <strong>opción</strong>");
    assert_eq!(inline("- Una opción", &links).problems.first().map(|problem| &problem.fault), Some(&Fault::NotOneLine));
    assert_eq!(inline("- Una opción", &links).html.as_str(), "Una opción");
}

#[test]
fn a_fragment_has_no_anchors_sources_or_terms() {
    let links = links(Language::Es);
    let rendered = fragment("## Título\n\n[a](term:consent)[^b]\n\n[^b]: c", &links);
    assert_eq!(rendered.html.as_str(), "<h3>Título</h3>\n<p>a</p>\n");
    assert_eq!(rendered.problems.len(), 3);
    assert_eq!(definition("[a](term:consent)", &links).terms.len(), 1);
}
