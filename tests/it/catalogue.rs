//! The library at a restart, refused courses, search, languages, figures.

use courses::source::{Sources, file_digest};
use tests::{Answer, Campus, Library, on_both, on_both_databases};

use crate::course::{CODE, complete_small};

const TITLE: &str = "title = \"";
const CHANGED_TITLE: &str = "title = \"Hoy: ";
const SOURCES: &str = "trafficking-health/es/course.toml";

/// What the course's page calls it, and the number of the version.
async fn title_and_version(browser: &mut tests::Browser) -> (String, String) {
    let page = browser.get("/courses/ec-102").await;
    let at = page.words(".side dl.facts dt").iter().position(|name| name == "Versión").expect("the page names the version");
    (page.words("h1").remove(0), page.words(".side dl.facts dd").remove(at))
}

async fn both_courses(database: tests::Database) -> Campus {
    let library = Library::empty().with_trafficking_health().with_small_course("consular", "ec-201");
    Campus::with_library(database, Some(library.folder())).await
}

/// Codes of the courses that the catalogue shows.
fn shown(page: &Answer) -> Vec<String> {
    page.attributes(".course-card h2 a", "href").iter().map(|href| href.replace("/courses/", "")).collect()
}

on_both_databases! {
    async fn an_unchanged_library_makes_no_new_version_at_restart(database) {
        let campus = Campus::on(database).await;
        let before = (campus.rows("catalogue_courses").await, campus.rows("catalogue_versions").await);
        campus.clock.advance(chrono::TimeDelta::days(1));
        let campus = campus.restarted(None).await;
        assert_eq!((campus.rows("catalogue_courses").await, campus.rows("catalogue_versions").await), before);
        assert_eq!(campus.count("catalogue_versions", "number = 1").await, 3);
    }

    async fn a_copy_of_the_library_on_disk_is_the_version_inside_the_program(database) {
        let library = Library::empty().with_trafficking_health();
        let campus = Campus::on(database).await.restarted(Some(library.folder())).await;
        assert_eq!(campus.count("catalogue_versions", "1 = 1").await, 3);
    }

    async fn a_changed_course_becomes_version_2_and_who_enrolled_before_keeps_version_1(database) {
        let library = Library::empty().with_trafficking_health();
        let campus = Campus::with_library(database, Some(library.folder())).await;
        let ana = campus.learner("ana").await;
        ana.clone().post("/courses/ec-102/enrolment", &[]).await;
        let (title, version) = title_and_version(&mut ana.clone()).await;
        assert_eq!(version, "1");

        library.replace(SOURCES, TITLE, CHANGED_TITLE);
        let campus = campus.restarted(Some(library.folder())).await;
        let mut ana = campus.returning(&ana);
        assert_eq!(title_and_version(&mut ana).await, (title.clone(), version.clone()));
        ana.post("/courses/ec-102/enrolment", &[]).await;
        assert_eq!(title_and_version(&mut ana).await, (title.clone(), version), "enrolling again moves nobody");

        let changed = format!("Hoy: {title}");
        let mut luis = campus.learner("luis").await;
        luis.post("/courses/ec-102/enrolment", &[]).await;
        for browser in [&mut luis, &mut campus.visitor()] {
            assert_eq!(title_and_version(browser).await, (changed.clone(), "2".to_owned()));
        }
        assert_eq!(campus.visitor().get("/").await.words(".course-card h2"), [changed]);
    }

    async fn a_certificate_names_the_version_its_holder_began_with(database) {
        let library = Library::empty().with_small_course("consular", "ec-201");
        let campus = Campus::with_library(database, Some(library.folder())).await;
        let ana = campus.learner("ana").await;
        ana.clone().post("/courses/ec-201/enrolment", &[]).await;
        library.replace("consular/course.toml", "minutes = 30", "minutes = 45");
        let campus = campus.restarted(Some(library.folder())).await;
        let code = complete_small(&mut campus.returning(&ana), "ec-201").await;
        let facts = campus.visitor().get(&format!("/verify/{code}")).await.words(".facts-rows dd");
        assert!(facts.contains(&"ec-201, versión 1".to_owned()) && facts.contains(&"30 min".to_owned()), "{facts:?}");
    }

    async fn going_back_to_sources_that_were_published_publishes_nothing_and_leaves_the_newest_on_offer(database) {
        let library = Library::empty().with_trafficking_health();
        let campus = Campus::with_library(database, Some(library.folder())).await;
        library.replace(SOURCES, TITLE, CHANGED_TITLE);
        let campus = campus.restarted(Some(library.folder())).await;
        library.replace(SOURCES, CHANGED_TITLE, TITLE);
        let campus = campus.restarted(Some(library.folder())).await;
        assert_eq!(campus.count("catalogue_versions", "1 = 1").await, 2);
        let (title, version) = title_and_version(&mut campus.visitor()).await;
        assert!(title.starts_with("Hoy: ") && version == "2", "{title}, {version}");
    }

    async fn a_malformed_course_is_refused_with_its_place_while_the_other_stays_on_offer(database) {
        let library = Library::empty().with_trafficking_health().with_small_course("consular", "ec-201");
        library.replace("consular/course.toml", "minutes = 30", "minutes = 30\nhours = 2");
        let campus = Campus::with_library(database, Some(library.folder())).await;
        assert_eq!(shown(&campus.visitor().get("/").await), [CODE]);
        assert_eq!(campus.visitor().get("/courses/ec-201").await.status(), 404);

        let page = campus.demo("administrator").await.get("/administration").await;
        let refused = "main section[aria-label='consular']";
        assert_eq!(page.words("main section h3"), ["consular"]);
        assert_eq!(page.words(&format!("{refused} .finding-error p code")), ["course.toml:5:1"]);
        assert!(page.words(&format!("{refused} .finding-error p[lang=en]"))[0].contains("`hours` is not known here"));
        assert!(page.words(&format!("{refused} > p"))[0].starts_with("Este curso no se cargó."));
        assert_eq!(page.words("tbody th"), [CODE]);
    }

    async fn a_course_that_becomes_malformed_keeps_its_last_good_version_on_offer(database) {
        let library = Library::empty().with_small_course("consular", "ec-201");
        let campus = Campus::with_library(database, Some(library.folder())).await;
        library.replace("consular/es/course.toml", "title = ", "title = = ");
        let campus = campus.restarted(Some(library.folder())).await;
        let course = campus.visitor().get("/courses/ec-201").await;
        assert_eq!((course.status(), course.words("h1")), (200, vec!["Atención consular".to_owned()]));
        let page = campus.demo("administrator").await.get("/administration").await;
        assert!(page.words(".finding-error code")[0].starts_with("es/course.toml:1:"), "{:?}", page.words(".finding-error"));
    }

    async fn two_courses_with_one_code_are_one_course_and_one_problem(database) {
        let library = Library::empty().with_small_course("consular", "ec-201").with_small_course("copy", "ec-201");
        library.replace("copy/es/course.toml", "Atención consular", "Copia");
        let campus = Campus::with_library(database, Some(library.folder())).await;
        assert_eq!(campus.visitor().get("/").await.words(".course-card h2"), ["Atención consular"]);
        let page = campus.demo("administrator").await.get("/administration").await;
        assert_eq!((page.words("main section h3"), page.words(".finding-error").len()), (vec!["copy".to_owned()], 1));
    }

    async fn search_and_filters_pick_and_leave_out(database) {
        let campus = both_courses(database).await;
        let mut visitor = campus.visitor();
        let both = vec!["ec-102", "ec-201"];
        for (query, expected) in [
            ("", both.clone()),
            ("q=trata", vec!["ec-102"]),
            ("q=ATENCION+consular", vec!["ec-201"]),
            ("q=consular+trata", vec![]),
            ("q=EC-201", vec!["ec-201"]),
            ("q=%25", vec![]),
            ("topic=trafficking", vec!["ec-102"]),
            ("topic=consular", vec!["ec-201"]),
            ("topic=lgbti", vec![]),
            ("topic=nothing", both.clone()),
            ("audience=health", vec!["ec-102"]),
            ("audience=consular", vec!["ec-201"]),
            ("language=en", vec!["ec-102"]),
            ("language=es", both),
            ("language=es&topic=consular&q=breve", vec!["ec-201"]),
            ("language=en&topic=consular", vec![]),
        ] {
            let page = visitor.get(&format!("/?{query}")).await;
            assert_eq!(shown(&page), expected, "{query}");
            let count = if expected.len() == 1 { "1 curso".to_owned() } else { format!("{} cursos", expected.len()) };
            assert_eq!(page.words("main [role=status]"), [count], "{query}");
            assert_eq!(page.words("main .empty").len(), usize::from(expected.is_empty()), "{query}");
        }
        let page = visitor.get("/?q=Trata+%3Cb%3E&topic=health").await;
        assert_eq!(page.attributes("#q", "value"), ["Trata <b>"]);
        assert_eq!(page.attributes("#topic option[selected]", "value"), ["health"]);
    }

    async fn a_course_in_another_language_than_the_page_is_marked_with_its_own(database) {
        let campus = both_courses(database).await;
        let mut reader = campus.visitor().speaking("en");
        let catalogue = reader.get("/").await;
        assert_eq!(catalogue.attributes("html", "lang"), ["en"]);
        assert_eq!(catalogue.attributes("a[href='/courses/ec-201']", "lang"), ["es"]);
        assert_eq!(catalogue.attributes("a[href='/courses/ec-102']", "lang"), Vec::<String>::new());
        assert!(catalogue.words("a[href='/courses/ec-102']")[0].starts_with("Human trafficking"));
        for path in ["/courses/ec-201", "/courses/ec-201/lessons/first"] {
            let page = reader.get(path).await;
            assert_eq!((page.status(), page.attributes("html", "lang")), (200, vec!["en".to_owned()]), "{path}");
            assert_eq!((page.attributes("h1", "lang"), page.attributes(".lead", "lang")), (vec!["es".to_owned()], vec!["es".to_owned()]), "{path}");
            assert!(page.attributes(".prose", "lang").contains(&"es".to_owned()), "{path}");
        }
        assert_eq!(reader.get("/courses/ec-102").await.attributes("h1", "lang"), Vec::<String>::new());
    }
}

on_both! {
    async fn figures_are_served_for_ever_and_can_do_nothing(campus) {
        let lesson = campus.visitor().get("/courses/ec-102/lessons/act-means-purpose").await;
        let figures = lesson.attributes(".prose img", "src");
        assert!(!figures.is_empty());
        for figure in figures {
            let answer = campus.visitor().get(&figure).await;
            assert_eq!((answer.status(), answer.header("content-type")), (200, "image/svg+xml"), "{figure}");
            assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            let policy = answer.header("content-security-policy");
            assert!(policy.starts_with("default-src 'none';") && policy.ends_with("; sandbox") && !policy.contains("script"), "{policy}");
            assert!(figure.contains(&file_digest(&answer.bytes)), "{figure}");
        }
    }

    async fn no_file_of_a_course_but_its_figures_is_ever_handed_out(campus) {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../courses/library/trafficking-health");
        let sources = Sources::from_dir(folder.as_ref()).unwrap();
        assert!(sources.get("quizzes/post-test.toml").is_some());
        for (path, bytes) in sources.iter() {
            let status = if path.starts_with("images/") { 200 } else { 404 };
            for name in [path.rsplit('/').next().unwrap(), "figure.svg"] {
                let address = format!("/files/{}/{name}", file_digest(bytes));
                assert_eq!(campus.visitor().get(&address).await.status(), status, "{path} as {address}");
            }
        }
    }

    async fn a_lesson_with_a_content_note_carries_the_way_out_in_every_course(campus) {
        let mut visitor = campus.visitor();
        let noted = visitor.get("/courses/ec-103/lessons/the-visit").await;
        assert_eq!((noted.words(".callout-content").len(), noted.words(".quick-exit").len()), (1, 1));
        let plain = visitor.get("/courses/ec-103/lessons/article-36").await;
        assert_eq!((plain.words(".callout-content").len(), plain.words(".quick-exit").len()), (0, 0));
    }
}
