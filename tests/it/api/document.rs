//! The document: what it says is what the program does.

use std::collections::BTreeSet;

use server::api::{Scope, description};
use tests::on_both;

#[test]
fn a_change_of_the_document_is_seen() {
    let document = serde_json::to_string_pretty(&description()).unwrap();
    insta::with_settings!({ snapshot_path => "../../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("openapi", document);
    });
}

#[test]
fn each_operation_names_scopes_that_there_are_and_every_scope_is_for_something() {
    let document = description();
    let mut named = BTreeSet::new();
    for operation in document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values()) {
        let scopes = operation.pointer("/security/0/token").and_then(|scopes| scopes.as_array());
        named.extend(scopes.into_iter().flatten().map(|scope| scope.as_str().unwrap().to_owned()));
        assert!(operation["summary"].is_string() && operation["tags"][0].is_string(), "{operation}");
    }
    let all: BTreeSet<String> = Scope::ALL.iter().map(|scope| scope.name().to_owned()).collect();
    assert_eq!(named, all);
}

on_both! {
    async fn the_document_is_served_and_every_route_stands_in_it(campus) {
        let served = campus.nobodys_program().json("/openapi.json").await;
        assert_eq!((served["openapi"].as_str(), &served), (Some("3.1.0"), &description()));
        let mut described = BTreeSet::new();
        for (path, item) in served["paths"].as_object().unwrap() {
            described.extend(item.as_object().unwrap().keys().map(|method| format!("{} {path}", method.to_uppercase())));
        }
        let addresses = campus.addresses().await;
        let routed: BTreeSet<String> = addresses
            .iter()
            .filter_map(|address| Some((address.path.strip_prefix("/api/v1")?, &address.methods)))
            .flat_map(|(path, methods)| methods.iter().map(move |method| format!("{method} {path}")))
            .filter(|route| route != "GET /openapi.json")
            .collect();
        assert_eq!(described, routed);
    }

    async fn people_read_the_same_document_as_a_page(campus) {
        for (language, heading) in [("es", "Para otros programas"), ("en", "For other programs")] {
            let page = campus.visitor().speaking(language).get("/api").await;
            assert_eq!((page.status(), page.words("h1")), (200, vec![heading.to_owned()]));
            assert!(page.words("h3").contains(&"GET /completions".to_owned()));
        }
    }
}
