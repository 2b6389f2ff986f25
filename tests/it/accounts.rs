//! Signing up, the profile, the first administrator.

use server::accounts::first_administrator_link;
use tests::{Answer, on_both, sign_up_form};

use crate::course::complete;

/// A form with mistakes in every field where one can be made.
const MISTAKEN: [(&str, &str); 7] = [
    ("name", "A"),
    ("login", "ana pérez"),
    ("password", "corta"),
    ("language", "es"),
    ("country", ""),
    ("institution", "Hospital «Ñandú» & <b>"),
    ("occupation", "astronaut"),
];

/// The form of `user_name` with other values in some fields.
fn form<'a>(user_name: &'a str, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let changed = |name| changes.iter().find(|(field, _)| *field == name).map(|(_, value)| *value);
    sign_up_form(user_name, "GT").into_iter().map(|(name, value)| (name, changed(name).unwrap_or(value))).collect()
}

/// What stands in the fields that are typed, and what is chosen in the menus.
fn typed(page: &Answer) -> Vec<String> {
    let fields =
        ["name", "login", "institution"].into_iter().flat_map(|name| page.attributes(&format!("main input[name={name}]"), "value"));
    let menus = ["language", "country", "occupation"];
    fields.chain(menus.into_iter().flat_map(|name| page.attributes(&format!("select[name={name}] option[selected]"), "value"))).collect()
}

on_both! {
    async fn a_sign_up_with_mistakes_says_all_of_them_at_once_beside_the_field_and_in_the_summary(campus) {
        let page = campus.visitor().post("/sign-up", &MISTAKEN).await;
        assert_eq!(page.status(), 422);
        for field in ["name", "login", "password", "country", "occupation"] {
            let beside = page.words(&format!("#{field}-error"));
            assert_eq!(beside.len(), 1, "{field}");
            assert_eq!(page.words(&format!(".error-summary a[href='#{field}']")), beside, "{field}");
            assert_eq!(page.attributes(&format!("#{field}"), "aria-invalid"), ["true"], "{field}");
            assert!(page.attributes(&format!("#{field}"), "aria-describedby")[0].contains(&format!("{field}-error")), "{field}");
        }
        assert_eq!(page.words(".error-summary li"), page.words(".field-error"));
        assert_eq!(page.words(".error-summary li").len(), 5);
        assert_eq!(campus.count("accounts_people", "1 = 1").await, 0);
    }

    async fn a_refused_sign_up_keeps_everything_typed_except_the_password(campus) {
        let page = campus.visitor().post("/sign-up", &MISTAKEN).await;
        assert_eq!(typed(&page), ["A", "ana pérez", "Hospital «Ñandú» & <b>", "es"]);
        assert_eq!(page.attributes("input[name=password]", "type"), ["password"]);
        assert_eq!(page.attributes("input[name=password]", "value"), Vec::<String>::new());
        assert!(!page.text().contains("corta\""), "the password came back");
    }

    async fn a_login_that_somebody_has_is_refused_whatever_its_capitals(campus) {
        campus.learner("ana").await;
        campus.learner("ana@salud.example").await;
        for login in ["ana", "ANA", " ana ", "Ana@Salud.example"] {
            let page = campus.visitor().post("/sign-up", &form(login, &[("name", "Otra Ana"), ("country", "HN")])).await;
            assert_eq!((page.status(), page.words(".field-error").len(), page.words("#login-error").len()), (422, 1, 1), "{login}");
            assert_eq!(typed(&page), ["Otra Ana", login, "Hospital Regional", "es", "HN", "health"]);
        }
        assert_eq!(campus.texts("accounts_people", "name").await.len(), 2);
    }

    async fn a_password_that_is_tried_first_or_is_ones_own_name_is_refused(campus) {
        for password in ["password1", "contraseña", "ana.ramirez"] {
            let page = campus.visitor().post("/sign-up", &form("ana.ramirez", &[("password", password)])).await;
            assert_eq!(page.status(), 422, "{password}");
            assert!(page.words("#password-error")[0].starts_with("Esta contraseña es fácil de adivinar"), "{password}");
        }
        assert_eq!(campus.visitor().post("/sign-up", &form("ana.ramirez", &[])).await.status(), 303);
    }

    async fn who_signs_up_is_signed_in_and_goes_on_to_where_they_came_from(campus) {
        let mut fields = form("ana", &[]);
        fields.push(("to", "/courses/ec-102"));
        let mut ana = campus.visitor();
        let answer = ana.post("/sign-up", &fields).await;
        assert_eq!((answer.status(), answer.location()), (303, Some("/courses/ec-102")));
        assert_eq!(ana.get("/profile").await.status(), 200);
        fields = form("luis", &[]);
        fields.push(("to", "https://evil.example/"));
        assert_eq!(campus.visitor().post("/sign-up", &fields).await.location(), Some("/learning"));
    }

    async fn switching_language_on_a_half_filled_form_keeps_what_was_typed(campus) {
        let mut visitor = campus.visitor();
        let mut half = form("ana", &[("occupation", ""), ("institution", "Clínica «Ñandú»")]);
        half.push(("switch_language", "en"));
        let page = visitor.post("/sign-up", &half).await;
        assert_eq!((page.status(), page.attributes("html", "lang")), (200, vec!["en".to_owned()]));
        assert_eq!(typed(&page), ["Ana Lucía Ramírez", "ana", "Clínica «Ñandú»", "en", "GT"]);
        assert_eq!(page.words(".field-error"), Vec::<String>::new());
        assert_eq!(visitor.get("/").await.attributes("html", "lang"), ["en"]);
        assert_eq!(campus.count("accounts_people", "1 = 1").await, 0);
    }

    async fn switching_language_on_the_profile_keeps_what_was_typed_and_saves_nothing(campus) {
        let mut ana = campus.learner("ana").await;
        let before = campus.rows("accounts_people").await;
        let half = form("ana", &[("name", "Ana Lucía Paz"), ("country", "HN")]);
        let page = ana.post("/profile", &[half, vec![("switch_language", "en")]].concat()).await;
        assert_eq!(page.attributes("html", "lang"), ["en"]);
        assert_eq!(page.attributes("input[name=name]", "value"), ["Ana Lucía Paz"]);
        assert_eq!(page.attributes("select[name=country] option[selected]", "value"), ["HN"]);
        assert_eq!(campus.rows("accounts_people").await, before);
    }

    async fn a_changed_profile_changes_no_certificate_and_no_line_of_the_ledger(campus) {
        let mut ana = campus.learner("ana").await;
        let code = complete(campus, &mut ana).await;
        let (own, public) = (format!("/certificates/{code}"), format!("/verify/{code}"));
        let seen = (ana.get(&own).await.words(".certificate"), ana.get(&public).await.words(".facts-rows"));
        let kept = (campus.rows("certificates_completions").await, campus.rows("certificates").await);
        let people = campus.rows("accounts_people").await;

        let other = form("ana", &[("name", "Lucía Paz"), ("country", "HN"), ("institution", "Otra"), ("occupation", "police")]);
        assert_eq!(ana.post("/profile", &other).await.status(), 303);
        assert_ne!(campus.rows("accounts_people").await, people);
        assert_eq!(ana.get("/profile").await.attributes("input[name=name]", "value"), ["Lucía Paz"]);
        assert_eq!((ana.get(&own).await.words(".certificate"), ana.get(&public).await.words(".facts-rows")), seen);
        assert_eq!((campus.rows("certificates_completions").await, campus.rows("certificates").await), kept);
    }

    async fn the_profile_refuses_a_name_without_letters_and_keeps_it_in_its_field(campus) {
        let mut ana = campus.learner("ana").await;
        let page = ana.post("/profile", &form("ana", &[("name", "12 34")])).await;
        assert_eq!((page.status(), page.words("#name-error").len()), (422, 1));
        assert_eq!(page.attributes("input[name=name]", "value"), ["12 34"]);
        assert_eq!(campus.texts("accounts_people", "name").await, ["Ana Lucía Ramírez"]);
    }

    async fn the_first_administrators_link_works_once_and_ends_every_other(campus) {
        let first = first_administrator_link(&campus.platform).await.unwrap().expect("nobody administers yet");
        let second = first_administrator_link(&campus.platform).await.unwrap().expect("still nobody");
        let (first, second) = (format!("/setup/{}", first.reveal()), format!("/setup/{}", second.reveal()));
        assert_eq!(campus.visitor().get("/setup/nothing").await.status(), 410);
        let opened = campus.visitor().get(&first).await;
        assert_eq!((opened.status(), opened.header("referrer-policy")), (200, "strict-origin"));

        let mut adela = campus.visitor();
        let made = adela.post(&first, &form("adela", &[])).await;
        assert_eq!((made.status(), made.location()), (303, Some("/administration")));
        assert_eq!(adela.get("/administration").await.status(), 200);

        assert_eq!(campus.visitor().get(&first).await.status(), 410);
        for (link, login) in [(&first, "eva.uno"), (&second, "eva.dos")] {
            assert_eq!(campus.visitor().post(link, &form(login, &[])).await.status(), 410, "{login}");
        }
        assert_eq!(campus.texts("accounts_people", "user_name").await, ["adela"]);
        assert!(first_administrator_link(&campus.platform).await.unwrap().is_none());
    }

    async fn a_mistake_leaves_the_first_administrators_link_usable(campus) {
        let link = first_administrator_link(&campus.platform).await.unwrap().expect("nobody administers yet");
        let link = format!("/setup/{}", link.reveal());
        assert_eq!(campus.visitor().post(&link, &form("adela", &[("password", "corta")])).await.status(), 422);
        assert_eq!(campus.visitor().post(&link, &form("adela", &[])).await.status(), 303);
    }
}
