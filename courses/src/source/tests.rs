use std::collections::BTreeMap;

use super::*;
use crate::completion::Rule;
use crate::language::Language;

/// A small course without a fault, in Spanish and English.
fn sources() -> Sources {
    let lesson =
        |title: &str, body: &str| format!("+++\ntitle = \"{title}\"\nwhy = \"Porque sí.\"\nkey_idea = \"Una idea.\"\n+++\n\n{body}");
    let questions = |a: &str| {
        format!(
            "+++\ntitle = \"{a}\"\n+++\n\n## first\n\n{a}, ¿qué hace?\n\n- [ask] Pregunta {a}\n  > Bien: {a}.\n  > Y además.\n- [write] Escribe\n  > Falta preguntar.\n\n\
             ## second\n\n{a}.\n\n- [one] Uno\n\n  > Sí.\n- [two] Dos\n  > Sí.\n- [three] Tres\n  > No.\n"
        )
    };
    let survey = "## useful\n\n¿Útil?\n\n## pace\n\n¿Ritmo?\n\n- [slow] Lento\n- [fast] Rápido\n\n## words\n\n¿Algo más?\n";
    let glossary = "## consent | consentimiento\n\nPermiso; véase [persona](term:person).\n\n## person | persona\n\nAlguien.\n";
    let titles = "title = \"Curso\"\nsummary = \"Un curso.\"\ndescription = \"Para *todas*.\"\n\n[objectives]\nask-first = \"Preguntar\"\n\n[modules.start]\ntitle = \"Inicio\"\n";
    let mut sources: Sources = [
        (
            "course.toml",
            "code = \"ec-1\"\ntopics = [\"health\"]\naudiences = [\"health\"]\nminutes = 30\nlanguages = [\"en\", \"es\"]\nsource_language = \"es\"\n\
             cover = \"images/cover.svg\"\nsurvey = true\n\n[[objectives]]\nid = \"ask-first\"\n\n[[modules]]\nid = \"start\"\nobjectives = [\"ask-first\"]\n\
             lessons = [\"first\", \"second\"]\nquiz = \"module-1\"\n",
        ),
        (
            "quizzes/module-1.toml",
            "purpose = \"module\"\n\n[[questions]]\nid = \"first\"\nkind = \"single\"\nobjective = \"ask-first\"\noptions = [\"ask\", \"write\"]\nkey = [\"ask\"]\nlesson = \"first\"\n\n\
             [[questions]]\nid = \"second\"\nkind = \"multiple\"\nobjective = \"ask-first\"\noptions = [\"one\", \"two\", \"three\"]\nkey = [\"one\", \"two\"]\n",
        ),
        (
            "survey.toml",
            "[[questions]]\nid = \"useful\"\nkind = \"scale\"\n\n[[questions]]\nid = \"pace\"\nkind = \"choice\"\nrequired = false\noptions = [\"slow\", \"fast\"]\n\n[[questions]]\nid = \"words\"\nkind = \"text\"\n",
        ),
        ("images/cover.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 360\"></svg>"),
    ]
    .into_iter()
    .collect();
    for language in ["es", "en"] {
        sources.insert(format!("{language}/course.toml"), titles);
        sources.insert(format!("{language}/glossary.md"), glossary);
        sources.insert(format!("{language}/survey.md"), survey);
        sources.insert(format!("{language}/quizzes/module-1.md"), questions(language));
        let body = "Con [consentimiento](term:consent).[^a] Vea [la segunda](lesson:second).\n\n[^a]: Una fuente, 2000.\n";
        sources.insert(format!("{language}/lessons/first.md"), lesson("Primera", body));
        sources.insert(
            format!("{language}/lessons/second.md"),
            lesson("Segunda", "Texto.\n\n![Portada](images/cover.svg \"Pie | Crédito\")\n"),
        );
    }
    for (path, content) in stamp(&sources) {
        sources.insert(path, content);
    }
    sources
}

fn replaced(path: &str, from: &str, to: &str) -> Sources {
    let mut sources = sources();
    let text = String::from_utf8(sources.get(path).unwrap().to_vec()).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    sources.insert(path, text.replacen(from, to, 1));
    sources
}

fn said(sources: &Sources) -> Vec<String> {
    read(sources).findings.iter().map(ToString::to_string).collect()
}

/// Asserts that the change is answered by exactly one finding, that begins so.
fn answers(path: &str, from: &str, to: &str, finding: &str) {
    let said = said(&replaced(path, from, to));
    assert!(said.len() == 1 && said[0].starts_with(finding), "expected {finding}, found {said:#?}");
}

#[test]
fn a_whole_course_is_read_without_a_finding() {
    let reading = read(&sources());
    assert_eq!(reading.findings, []);
    let course = reading.course.unwrap();
    assert_eq!(course.languages, [Language::Es, Language::En]);
    assert_eq!(course.completion, Rule::default_for(true));
    assert_eq!(course.steps().len(), 4);
    let (language, lesson) = course.lesson_text(&"first".parse().unwrap(), Language::En).unwrap();
    assert_eq!(language, Language::En);
    assert_eq!(lesson.terms.iter().map(ToString::to_string).collect::<Vec<_>>(), ["consent", "person"]);
    assert_eq!((lesson.words, lesson.sources, lesson.minutes()), (5, 1, 1));
    let quiz = &course.quizzes[&"module-1".parse().unwrap()];
    let (_, text) = quiz.question_text(&"first".parse().unwrap(), Language::Es).unwrap();
    let option = &text.options[&"ask".parse().unwrap()];
    assert_eq!(text.stem.as_str(), "<p>es, ¿qué hace?</p>\n");
    assert_eq!(option.label.as_str(), "Pregunta es");
    assert_eq!(option.feedback.as_ref().unwrap().as_str(), "<p>Bien: es.\nY además.</p>\n");
    assert!(quiz.question(&"second".parse().unwrap()).unwrap().is_right(&"two".parse().unwrap()));
    let survey = course.survey.as_ref().unwrap();
    assert!(survey.questions[0].is_required && !survey.questions[1].is_required && !survey.questions[2].is_required);
    assert_eq!(course.module_minutes(&course.modules[0], Language::Es), 5);
    let stats = stats(&course);
    assert_eq!(stats.questions[&"ask-first".parse().unwrap()], 2);
    assert_eq!((stats.languages[&Language::En].sources, stats.languages[&Language::En].terms), (1, 2));
}

#[test]
fn a_fault_is_named_with_its_place() {
    for (path, from, to, finding) in [
        ("course.toml", "code = \"ec-1\"", "code = \"EC 1\"", "course.toml:1:8: error: `EC 1` is not an id"),
        ("course.toml", "\"health\"]\naud", "\"shoes\"]\naud", "course.toml:2:11: error: `shoes` is not a topic"),
        ("course.toml", "minutes = 30", "minutes = 30\nhours = 2", "course.toml:5:1: error: `hours` is not known here: use `code`"),
        ("course.toml", "minutes = 30", "minutes = = 30", "course.toml:4:"),
        ("course.toml", "objectives = [\"ask-first\"]", "objectives = [\"ask\"]", "course.toml:15:15: error: no objective `ask`"),
        (
            "course.toml",
            "[\"first\", \"second\"]",
            "[\"first\", \"second\", \"second\"]",
            "course.toml:16:31: error: `second` is here twice",
        ),
        ("course.toml", "survey = true\n", "survey = true\ncompletion = { quiz = \"x\" }\n", "course.toml:9:14: error: no quiz `x`"),
        ("course.toml", "survey = true\n", "survey = true\ncompletion = { any = [] }\n", "course.toml:9:22: error: this list is empty"),
        ("course.toml", "survey = true\n", "survey = true\ncompletion = \"reading\"\n", "course.toml:9:14: error: a rule is"),
        ("course.toml", "code = \"ec-1\"", "code = \"health-1\"", "course.toml:1:1: warning: the code names the topic `health`"),
        ("quizzes/module-1.toml", "key = [\"ask\"]", "key = [\"asks\"]", "quizzes/module-1.toml:8:8: error: the key `asks` is not among"),
        ("quizzes/module-1.toml", "key = [\"ask\"]", "key = []", "quizzes/module-1.toml:3:1: error: this question has no key"),
        ("quizzes/module-1.toml", "key = [\"ask\"]", "key = [\"ask\", \"write\"]", "quizzes/module-1.toml:3:1: error: a `single` question"),
        ("quizzes/module-1.toml", "purpose = \"module\"", "purpose = \"pre-test\"", "quizzes/module-1.toml:1:11: error: this purpose"),
        ("quizzes/module-1.toml", "lesson = \"first\"", "lesson = \"fist\"", "quizzes/module-1.toml:9:10: error: no lesson `fist`"),
        (
            "quizzes/module-1.toml",
            "kind = \"single\"",
            "kind = \"single\"\npoints = 2",
            "quizzes/module-1.toml:6:1: error: `points` is not known here",
        ),
        ("survey.toml", "kind = \"text\"", "kind = \"text\"\nrequired = true", "survey.toml:11:1: error: a `text` is never required"),
        (
            "en/quizzes/module-1.md",
            "  > Falta preguntar.\n",
            "",
            "en/quizzes/module-1.md:13:4: warning: the option `write` has no feedback",
        ),
        ("en/lessons/first.md", "term:consent", "term:content", "en/lessons/first.md:8:5: warning: the glossary has no term `content`"),
        ("en/lessons/first.md", "key_idea = \"Una idea.\"\n", "", "en/lessons/first.md:2:1: error: `key_idea` is missing"),
        ("en/lessons/first.md", "+++\n\nCon", "\n\nCon", "en/lessons/first.md:1:1: error: the front matter has no end"),
        ("en/glossary.md", "## person | persona\n\nAlguien.\n", "", "en/glossary.md:1:1: warning: the term `person` is missing"),
        ("en/course.toml", "[modules.start]", "[modules.star]", "en/course.toml:9:10: warning: the course has no module `star`"),
        ("images/cover.svg", "></svg>", " onload=\"x()\"></svg>", "images/cover.svg:1:1: error: an SVG image is only drawn"),
    ] {
        let said = said(&replaced(path, from, to));
        assert!(said.iter().any(|said| said.starts_with(finding)), "expected {finding}, found {said:#?}");
        let has_error = said.iter().any(|said| said.contains(": error: "));
        assert_eq!(read(&replaced(path, from, to)).course.is_none(), has_error, "{finding}");
    }
}

#[test]
fn a_small_fault_gives_one_finding() {
    answers("en/lessons/second.md", "![Portada]", "![]", "en/lessons/second.md:10:1: warning: the figure has no alternative text");
}

#[test]
fn a_question_lacking_an_option_in_a_translation_is_shown_in_the_source_language() {
    let reading = read(&replaced("en/quizzes/module-1.md", "- [three] Tres\n  > No.\n", ""));
    assert_eq!(reading.findings.len(), 1);
    let quiz = &reading.course.unwrap().quizzes[&"module-1".parse().unwrap()];
    assert_eq!(quiz.question_text(&"second".parse().unwrap(), Language::En).unwrap().0, Language::Es);
    assert_eq!(quiz.question_text(&"first".parse().unwrap(), Language::En).unwrap().0, Language::En);
}

#[test]
fn a_missing_translation_is_a_warning_and_a_missing_original_an_error() {
    let mut without = sources();
    assert!(without.remove("en/lessons/first.md"));
    assert_eq!(said(&without), ["en/lessons/first.md:1:1: warning: this file is missing: course.toml lists the lesson"]);
    let course = read(&without).course.unwrap();
    assert_eq!(course.lesson_text(&"first".parse().unwrap(), Language::En).unwrap().0, Language::Es);
    for path in
        ["es/lessons/first.md", "es/quizzes/module-1.md", "es/survey.md", "es/course.toml", "en/course.toml", "quizzes/module-1.toml"]
    {
        let mut without = sources();
        assert!(without.remove(path));
        assert!(said(&without).iter().any(|said| said.starts_with(&format!("{path}:1:1: error: this file is missing"))), "{path}");
    }
}

#[test]
fn every_fault_of_a_file_is_listed() {
    let mut sources = sources();
    sources.insert(
        "quizzes/module-1.toml",
        "purpose = 1\npass_percent = 200\nshuffle = \"yes\"\nfoo = 1\n\n[[questions]]\nid = \"A\"\nkind = \"x\"\n",
    );
    let said = said(&sources);
    let in_file = said.iter().filter(|said| said.starts_with("quizzes/module-1.toml")).count();
    assert!(in_file >= 9, "{said:#?}");
}

#[test]
fn files_that_nothing_uses_are_pointed_out() {
    let mut sources = sources();
    sources.insert("es/lessons/third.md", "x");
    sources.insert("fr/course.toml", "x");
    sources.insert("fr/lessons/first.md", "x");
    let said = said(&sources);
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(
        said[0].starts_with("es/lessons/third.md:1:1: warning: nothing refers")
            && said[1].starts_with("fr/course.toml:1:1: warning: `fr` is not")
    );
}

#[test]
fn a_translation_is_stale_when_its_original_changes_until_it_is_stamped() {
    let mut sources = replaced("es/lessons/first.md", "Con ", "Siempre con ");
    let stale = said(&sources);
    assert!(
        stale.len() == 1 && stale[0].starts_with("en/lessons/first.md:2:14: warning: es/lessons/first.md has changed since"),
        "{stale:#?}"
    );
    let stamped = stamp(&sources);
    assert_eq!(stamped.keys().collect::<Vec<_>>(), ["en/lessons/first.md"]);
    for (path, content) in stamped {
        sources.insert(path, content);
    }
    assert_eq!(said(&sources), [""; 0]);
    assert_eq!(stamp(&sources), BTreeMap::new());
}

#[test]
fn windows_line_endings_and_byte_order_marks_change_nothing() {
    let windows: Sources = sources()
        .iter()
        .map(|(path, content)| {
            (path.to_owned(), format!("\u{feff}{}", String::from_utf8_lossy(content).replace('\n', "\r\n")).into_bytes())
        })
        .collect();
    assert_eq!(said(&windows), [""; 0]);
    assert_eq!(stamp(&windows), BTreeMap::new());
    assert_ne!(windows.digest(), sources().digest());
}

#[test]
fn a_digest_depends_on_where_a_file_ends() {
    let one: Sources = [("a", "bc"), ("d", "")].into_iter().collect();
    let other: Sources = [("a", "b"), ("d", "c")].into_iter().collect();
    assert_ne!(one.digest(), other.digest());
    assert_eq!(one.digest().len(), 64);
}

#[test]
fn nothing_at_all_is_one_error() {
    assert_eq!(said(&Sources::default()), ["course.toml:1:1: error: this file is missing: a course begins with it"]);
}

#[test]
fn no_source_makes_the_reader_panic() {
    let whole = sources();
    for (path, content) in whole.iter() {
        for cut in (0..content.len()).step_by(7) {
            let mut broken = whole.clone();
            broken.insert(path, &content[..cut]);
            let reading = read(&broken);
            let _ = stamp(&broken);
            assert_eq!(reading.course.is_none(), reading.findings.iter().any(|finding| finding.severity == Severity::Error));
        }
    }
}

#[test]
fn the_courses_of_the_library_have_no_errors() {
    for course in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/library")).unwrap() {
        let folder = course.unwrap().path();
        if !folder.join("course.toml").is_file() {
            continue;
        }
        let findings = read(&Sources::from_dir(&folder).unwrap()).findings;
        let errors: Vec<_> = findings.iter().filter(|finding| finding.severity == Severity::Error).map(ToString::to_string).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", folder.display());
    }
}

#[test]
#[cfg(unix)]
fn a_folder_is_read_without_notes_and_links_that_leave_it_are_refused() {
    let folder = std::env::temp_dir().join(format!("course-sources-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("es")).unwrap();
    for name in ["course.toml", "README.md", ".hidden", "es/glossary.md"] {
        std::fs::write(folder.join(name), name).unwrap();
    }
    let read = Sources::from_dir(&folder);
    std::os::unix::fs::symlink("/etc/hosts", folder.join("hosts")).unwrap();
    let refused = Sources::from_dir(&folder);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(read.unwrap().iter().map(|(path, _)| path.to_owned()).collect::<Vec<_>>(), ["course.toml", "es/glossary.md"]);
    assert!(refused.is_err());
}

/// The sources of the course that has every kind of question.
fn every_kind() -> Sources {
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/library/kinds"));
    let mut sources = Sources::default();
    let mut folders = vec![folder.to_owned()];
    while let Some(open) = folders.pop() {
        for entry in std::fs::read_dir(open).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                sources.insert(entry.strip_prefix(folder).unwrap().to_str().unwrap(), std::fs::read(&entry).unwrap());
            }
        }
    }
    sources
}

#[test]
fn every_kind_of_question_is_read_with_its_key_and_texts() {
    let reading = read(&every_kind());
    assert_eq!(reading.findings, []);
    let course = reading.course.unwrap();
    let quiz = &course.quizzes[&"kinds".parse().unwrap()];
    assert_eq!(quiz.questions.len(), 9);
    let full = quiz.questions.iter().filter_map(|question| Some((question.key.clone(), question.full_answer()?))).collect();
    assert_eq!(quiz.mark(&quiz.layout(1), &full).score_permille, 1000);
    for language in [Language::Es, Language::En] {
        for question in &quiz.questions {
            assert_eq!(quiz.question_text(&question.key, language).unwrap().0, language, "{}", question.key);
        }
    }
    let rules = &course.quizzes[&"one-by-one".parse().unwrap()].rules;
    assert_eq!((rules.attempts, rules.pause_hours, rules.one_at_a_time, rules.draw.len()), (Some(2), 24, true, 1));
    let rules = &course.quizzes[&"timed".parse().unwrap()].rules;
    assert_eq!((rules.minutes, rules.grace_seconds, rules.shows_key, rules.pass_permille), (Some(10), 30, false, 600));
}

#[test]
fn a_fault_in_any_kind_of_question_is_named() {
    for (path, from, to, finding) in [
        ("quizzes/kinds.toml", "key = false", "key = \"no\"", "is true or false"),
        ("quizzes/kinds.toml", "act = \"recruiting\", ", "", "the key has nothing for `act`"),
        ("quizzes/kinds.toml", "act = \"recruiting\"", "acts = \"recruiting\"", "`acts` is not among the prompts"),
        ("quizzes/kinds.toml", "means = \"deceiving\"", "means = \"lying\"", "`lying` is not among the options"),
        ("quizzes/kinds.toml", "[\"act\", \"means\"", "[\"act\", \"border\"", "`border` is a prompt and an option"),
        ("quizzes/kinds.toml", "value = \"72\"", "value = \"many\"", "are numbers between quotation marks"),
        ("quizzes/kinds.toml", ", en = [\"consent\", \"planted informed consent\"]", "", "nothing is right in `en`"),
        ("quizzes/kinds.toml", "key = \"before\"", "key = \"ahead\"", "the key `ahead` is not among the options"),
        ("quizzes/kinds.toml", "[\"before\", \"after\"", "[\"before\", \"the-person\"", "`the-person` is an option of two gaps"),
        ("es/quizzes/kinds.md", "**{when}**", "cuando", "the gap `when` of `sentence` must stand once"),
        ("es/quizzes/kinds.md", "- [unit] horas\n", "", "`unit` of `figure` has no text"),
        ("quizzes/one-by-one.toml", "cases = 2", "cases = 5", "wants 5 questions from `cases`, which has 3"),
        ("quizzes/one-by-one.toml", "cases = 2", "others = 1", "nothing says how many questions to draw from `cases`"),
    ] {
        let mut sources = every_kind();
        let text = String::from_utf8(sources.get(path).unwrap().to_vec()).unwrap();
        assert!(text.contains(from), "{path} has no {from}");
        sources.insert(path, text.replacen(from, to, 1));
        let said = said(&sources);
        assert!(said.iter().any(|line| line.contains(finding)), "expected {finding}, found {said:#?}");
    }
}
