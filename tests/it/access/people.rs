//! Who asks, and what of each person would be recognised in an answer.

use tests::{Browser, Campus};

/// Password of all of them.
pub const PASSWORD: &str = "tres gatos en la lluvia";

/// Somebody of the prepared campus.
pub struct Person {
    /// As rows call them.
    pub key: &'static str,
    /// Name as on certificates.
    pub name: &'static str,
    /// E-mail address or user name.
    pub login: &'static str,
    /// ISO 3166-1 alpha-2 code.
    pub country: &'static str,
    /// Where they work.
    pub institution: &'static str,
    /// Role, and its country; none = all countries.
    pub role: Option<(&'static str, Option<&'static str>)>,
}

/// Everybody. No text of one is part of another's, nor of a page.
pub const PEOPLE: [Person; 9] = [
    Person { key: "ana", name: "Ana Tzoc Quiej", login: "ana@tzoc.example", country: "GT", institution: "Xelajub Norte", role: None },
    Person { key: "rosa", name: "Rosa Ixchel Batz", login: "rosa@batz.example", country: "GT", institution: "Totonicapan Sur", role: None },
    Person { key: "luis", name: "Luis Canul Pech", login: "luis-canul", country: "GT", institution: "Huehue Oriente", role: None },
    Person { key: "nora", name: "Nora Lempira Cruz", login: "nora-lempira", country: "HN", institution: "Copan Ruinas", role: None },
    Person {
        key: "trainer",
        name: "Tomas Rivas Solano",
        login: "tomas-rivas",
        country: "GT",
        institution: "Academia Izabal",
        role: Some(("trainer", None)),
    },
    Person {
        key: "coord-gt",
        name: "Coralia Mendez Ruiz",
        login: "coralia-mendez",
        country: "GT",
        institution: "Oficina Peten",
        role: Some(("coordinator", Some("GT"))),
    },
    Person {
        key: "coord-hn",
        name: "Hector Zelaya Paz",
        login: "hector-zelaya",
        country: "HN",
        institution: "Oficina Olancho",
        role: Some(("coordinator", Some("HN"))),
    },
    Person {
        key: "coord-all",
        name: "Berta Ovando Sierra",
        login: "berta-ovando",
        country: "CR",
        institution: "Oficina Regional Istmo",
        role: Some(("coordinator", None)),
    },
    Person {
        key: "admin",
        name: "Adela Bonilla Ceiba",
        login: "adela-bonilla",
        country: "CR",
        institution: "Sistemas Limon",
        role: Some(("administrator", None)),
    },
];

/// Signs `person` up, gives the role, and returns their browser.
pub async fn sign_up(campus: &Campus, person: &Person) -> Browser {
    let mut browser = campus.visitor();
    let form = [
        ("name", person.name),
        ("login", person.login),
        ("password", PASSWORD),
        ("language", "es"),
        ("country", person.country),
        ("institution", person.institution),
        ("occupation", "health"),
    ];
    let answer = browser.post("/sign-up", &form).await;
    assert_eq!(answer.status(), 303, "{}", answer.text());
    if let Some((role, country)) = person.role {
        let country = country.map_or_else(|| "NULL".to_owned(), |country| format!("'{country}'"));
        let grant = format!(
            "INSERT INTO accounts_grants (id, person_id, role, country, granted_at) \
             SELECT id, id, '{role}', {country}, created_at FROM accounts_people WHERE name = '{}'",
            person.name
        );
        assert_eq!(campus.change(&grant).await, 1);
    }
    browser
}
