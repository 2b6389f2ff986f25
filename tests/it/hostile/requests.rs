//! Requests that no browser of ours sends: foreign hosts, other methods and media types, bodies that are too large or no text.

use axum::body::Body;
use axum::http::Method;
use tests::{Answer, Browser, Campus, Contents, Database, on_both, on_both_databases, sign_up_form};

use super::inspect::inspect;

const FORM: &str = "application/x-www-form-urlencoded";
const SAME: (&str, &str) = ("sec-fetch-site", "same-origin");

/// Places that no redirect may lead to.
const FOREIGN: [&str; 14] = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "javascript:xq()",
    "data:text/html,xq",
    "http:evil.example",
    "evil.example",
    "@evil.example",
    "/%0d%0axq:1\r\nxq: 1",
    " //evil.example",
];

async fn post(browser: &mut Browser, path: &str, media_type: &str, body: impl Into<Body>) -> Answer {
    browser.send(Method::POST, path, &[SAME, ("content-type", media_type)], body.into()).await
}

/// Every message that was written, as it would travel.
async fn mail(campus: &Campus) -> Vec<String> {
    campus.settled().await;
    let folder = campus.platform.mailer.folder().expect("mail goes to files");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|ending| ending == "eml")).map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

fn without_counts(mut everything: Contents) -> Contents {
    assert!(everything.remove("access_limits").is_some(), "the table of counts has another name");
    everything
}

on_both! {
    async fn links_in_mail_lead_to_the_configured_address_whatever_host_is_asked(campus) {
        campus.learner("ana@salud.example").await;
        for headers in [
            &[("host", "evil.example")][..],
            &[("x-forwarded-host", "evil.example"), ("x-forwarded-proto", "https"), ("forwarded", "host=evil.example")],
            &[("x-original-url", "http://evil.example/"), ("x-host", "evil.example"), ("referer", "http://evil.example/")],
        ] {
            let headers = [&[SAME, ("content-type", FORM)], headers].concat();
            let asked = campus.visitor().send(Method::POST, "/password-reset", &headers, Body::from("login=ana@salud.example")).await;
            assert_eq!(asked.location(), Some("/password-reset?sent=1"));
        }
        let mail = mail(campus).await;
        assert_eq!(mail.iter().filter(|letter| letter.contains("/password-reset/")).count(), 3);
        assert!(mail.iter().all(|letter| letter.contains("http://127.0.0.1:3000/") && !letter.contains("evil.example")), "{mail:?}");
    }

    async fn a_line_break_in_an_address_adds_no_header_and_no_recipient(campus) {
        for login in ["ana@salud.example\r\nBcc: eva@evil.example", "ana@salud.example\nTo: eva@evil.example", "ana@salud.example, eva@evil.example", "\"ana\r\n\"@salud.example", "ana@salud.example%0d%0aBcc:eva@evil.example"] {
            let mut form = sign_up_form(login, "GT").to_vec();
            form[0].1 = "Ana Paz\r\nBcc: eva@evil.example";
            campus.visitor().post("/sign-up", &form).await;
            campus.visitor().post("/password-reset", &[("login", login)]).await;
        }
        campus.learner("ana@salud.example").await;
        for letter in mail(campus).await {
            let (head, _) = letter.split_once("\r\n\r\n").expect("a head and a body");
            assert!(!head.contains("evil"), "{head}");
            assert_eq!(head.lines().filter(|line| line.to_lowercase().starts_with("to:")).count(), 1, "{head}");
        }
    }

    async fn no_redirect_leads_to_another_site(campus) {
        campus.learner("ana").await;
        for (at, to) in FOREIGN.into_iter().enumerate() {
            let login = format!("person-{at}");
            let mut form = sign_up_form(&login, "GT").to_vec();
            form.push(("to", to));
            let answers = [
                campus.visitor().post("/sign-in", &[("login", "ana"), ("password", "tres gatos en la lluvia"), ("to", to)]).await,
                campus.visitor().post("/sign-up", &form).await,
                campus.visitor().ask("/language/en", &[("to", to)]).await,
                campus.visitor().ask("/sign-in", &[("to", to)]).await,
            ];
            for answer in answers {
                assert_eq!(inspect(&answer), Vec::<String>::new(), "{to:?}");
                assert!(answer.location().is_none_or(|to| ["/", "/learning"].contains(&to)), "{to:?}: {:?}", answer.location());
                assert!(answer.headers().get("xq").is_none());
                assert!(answer.attributes("input[name=to]", "value").iter().all(|kept| !kept.contains("evil")), "{to:?}");
            }
        }
    }

    async fn a_method_named_in_a_header_or_a_field_is_not_the_method(campus) {
        let mut ana = campus.learner("ana").await;
        let before = campus.everything().await;
        for name in ["x-http-method-override", "x-http-method", "x-method-override"] {
            let path = "/courses/ec-102/enrolment?_method=POST&method=POST";
            let answer = ana.send(Method::GET, path, &[SAME, (name, "POST")], Body::empty()).await;
            assert_eq!(answer.status(), 405, "{name}");
            let answer = ana.send(Method::GET, "/sign-out", &[SAME, (name, "POST")], Body::empty()).await;
            assert_eq!(answer.status(), 405, "{name}");
        }
        assert_eq!(campus.everything().await, before);
    }

    async fn a_field_sent_twice_is_checked_as_it_is_stored(campus) {
        let mut ana = campus.learner("ana").await;
        let rest = "&language=es&country=GT&institution=&occupation=health";
        for names in ["name=Lucía+Paz&name=12+34", "name=12+34&name=Lucía+Paz"] {
            let answer = post(&mut ana, "/profile", FORM, format!("{names}{rest}")).await;
            assert!([303, 422].contains(&answer.status()));
            let stored = campus.texts("accounts_people", "name").await;
            assert!(["Lucía Paz", "Ana Lucía Ramírez"].contains(&stored[0].as_str()), "{names}: {stored:?}");
        }
    }

    async fn a_field_that_the_form_does_not_have_is_not_stored(campus) {
        let mut ana = campus.learner("ana").await;
        let before = campus.rows("accounts_people").await;
        let mut form = sign_up_form("eva", "GT").to_vec();
        form.extend([
            ("id", "0192aaaa-0000-7000-8000-000000000001"),
            ("person_id", "0192aaaa-0000-7000-8000-000000000001"),
            ("role", "administrator"),
            ("grants", "administrator"),
            ("email", "eva@evil.example"),
            ("user_name", "eva"),
            ("password_hash", "x"),
            ("email_verified_at", "2026-01-01T00:00:00Z"),
        ]);
        assert_eq!(ana.post("/profile", &form).await.status(), 303);
        assert_eq!(campus.rows("accounts_people").await, before, "the same name and place, and nothing else");
        assert_eq!(campus.count("accounts_grants", "1 = 1").await, 0);
    }

    async fn a_body_that_is_too_large_is_refused_and_stored_nowhere(campus) {
        let mut ana = campus.learner("ana").await;
        let before = campus.everything().await;
        let text = "x".repeat(300 * 1024);
        let person = campus.signed_in(&ana).await.learner().person();
        let answer = format!("\"id\":\"{person}\",\"attempt\":\"{person}\",\"question\":\"one\",\"device\":\"{person}\",\"sequence\":1,\"age_ms\":0");
        let answers = format!("{{\"person\":\"{person}\",\"sent\":[{{{answer},\"response\":\"{text}\"}}]}}");
        let large = format!("name={text}");
        for (path, media_type) in [("/profile", FORM), ("/sign-in", FORM), ("/sign-up", FORM), ("/reports/completions/export", FORM), ("/api/island/quizzes/save", "application/json")] {
            let body = if media_type == FORM { &large } else { &answers };
            let status = post(&mut ana, path, media_type, body.clone()).await.status();
            assert!([400, 413].contains(&status), "{path}: {status}");
        }
        assert_eq!(campus.everything().await, before);
    }

    async fn a_body_of_another_kind_is_refused_and_breaks_nothing(campus) {
        let mut ana = campus.learner("ana").await;
        // Tries to sign in are counted; nothing else may be written.
        let before = without_counts(campus.everything().await);
        let multipart = "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nLucía Paz\r\n--x--\r\n";
        for path in ["/profile", "/sign-in", "/sign-up", "/password-reset", "/api/island/quizzes/save"] {
            for (media_type, body) in [
                ("application/json", "{\"name\":\"Lucía Paz\",\"login\":[\"ana\"],\"password\":{\"$ne\":1}}".as_bytes()),
                ("application/xml", b"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><x>&y;</x>"),
                ("multipart/form-data; boundary=x", multipart.as_bytes()),
                ("text/plain", b"\xff\xfe\x00name"),
                (FORM, b"name=\xff\xfe%ff%00&%&&==&a[b]=c"),
                ("", b""),
            ] {
                let answer = post(&mut ana, path, media_type, body.to_vec()).await;
                // The form for a new password answers everything alike.
                assert!((400..500).contains(&answer.status()) || path == "/password-reset", "{path} {media_type}: {}", answer.status());
                assert_eq!(inspect(&answer), Vec::<String>::new(), "{path} {media_type}");
            }
        }
        assert_eq!(without_counts(campus.everything().await), before);
    }

    async fn no_header_is_taken_for_code(campus) {
        let ana = campus.learner("ana").await;
        for name in ["accept-language", "referer", "user-agent", "x-forwarded-for", "x-request-id", "origin", "accept", "range", "if-none-match"] {
            for value in ["\"><xq onxq=1>", "<script>xq()</script>", "javascript:xq()", "' OR '1'='1", "xq=1; Path=/", "\u{7f}x"] {
                for path in ["/", "/profile", "/learning", "/nowhere", "/sign-in"] {
                    let Ok(value) = axum::http::HeaderValue::from_str(value) else { continue };
                    let answer = ana.clone().send(Method::GET, path, &[SAME, (name, value.to_str().unwrap())], Body::empty()).await;
                    assert_eq!(inspect(&answer), Vec::<String>::new(), "{path} {name}: {value:?}");
                }
            }
        }
        for cookie in ["campus", "campus-notice", "campus-language", "campus-unsent-x"] {
            for value in ["\"><xq", "<script>xq()</script>", "../../etc/passwd", "account-made\"><xq", "99999999999999999999"] {
                let mut visitor = campus.visitor();
                visitor.set_cookie(cookie, value);
                assert_eq!(inspect(&visitor.get("/").await), Vec::<String>::new(), "{cookie}={value}");
            }
        }
    }

    async fn a_failure_shows_the_number_of_the_request_and_nothing_of_the_inside(campus) {
        let mut ana = campus.learner("ana").await;
        campus.change("ALTER TABLE enrolments RENAME TO enrolments_gone").await;
        let page = ana.get("/learning").await;
        assert_eq!(page.status(), 500);
        let id = page.header("x-request-id").to_owned();
        assert!(!id.is_empty() && page.words(".note-line")[0].contains(&id));
        let text = page.text().to_lowercase();
        for inside in ["enrolments", "select", "sql", "table", "column", "relation", "panicked", ".rs:"] {
            assert!(!text.contains(inside), "{inside}: {text}");
        }
        let sent = ana.post("/courses/ec-102/enrolment", &[]).await;
        assert_eq!((sent.status(), sent.words(".note-line").len()), (500, 1));
    }
}

async fn behind_tls(database: Database) -> Campus {
    Campus::configured(database, |config| config.public_url = Some("https://campus.example".to_owned())).await
}

on_both_databases! {
    async fn behind_tls_the_session_is_bound_to_this_host_and_comes_back_by_tls_only(database) {
        let campus = behind_tls(database).await;
        let form = sign_up_form("ana", "GT").map(|(name, value)| format!("{name}={value}")).join("&");
        let headers = [("origin", "https://campus.example"), ("content-type", FORM)];
        let mut ana = campus.visitor();
        let answer = ana.send(Method::POST, "/sign-up", &headers, Body::from(form)).await;
        let cookie = answer.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap()).find(|cookie| cookie.starts_with("__Host-campus="));
        let cookie = cookie.expect("the session is bound to this host");
        assert!(["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"].iter().all(|rule| cookie.contains(rule)) && !cookie.contains("Domain"), "{cookie}");
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
        assert_eq!(ana.get("/profile").await.status(), 200);
        // The plain name, which a page of another host of the domain could set, is nobody's.
        let mut other = campus.visitor();
        other.set_cookie("campus", ana.cookie("__Host-campus").unwrap());
        assert_eq!(other.get("/profile").await.status(), 303);
        let foreign = ana.send(Method::POST, "/sign-out", &[("origin", "http://campus.example")], Body::empty()).await;
        assert_eq!(foreign.status(), 403, "the same name without TLS is another origin");
        assert_eq!(campus.visitor().get("/dev/mail").await.status(), 404);
    }

    async fn nobody_reads_the_mail_of_a_campus_that_others_can_reach(database) {
        let campus = Campus::configured(database, |config| config.listen = "192.0.2.1:3000".parse().unwrap()).await;
        campus.learner("ana@salud.example").await;
        assert_eq!(mail(&campus).await.len(), 1, "it goes to files here too");
        assert_eq!(campus.visitor().get("/dev/mail").await.status(), 404);
    }
}
