//! The addresses a campus answers on, read from its router.

use axum::body::Body;
use axum::http::Method;

use crate::Campus;

/// A path of the router, and the methods it takes; `HEAD` goes with `GET` and is left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// As the router has it: `/courses/{code}`.
    pub path: String,
    /// Upper case, in alphabetical order; `ANY` where every method is taken.
    pub methods: Vec<String>,
}

impl Campus {
    /// Every address of the router. The paths stand in its own table, which its `Debug` prints (there is no other way to ask it); the
    /// methods are what it allows when it is asked with one that nobody uses.
    pub async fn addresses(&self) -> Vec<Address> {
        let mut all = Vec::new();
        for path in paths(&format!("{:?}", self.router)) {
            let mut visitor = self.visitor();
            let unused = Method::from_bytes(b"UNUSED").unwrap();
            let answer =
                visitor.send(unused, &filled(&path, |_| "x".to_owned()), &[("sec-fetch-site", "same-origin")], Body::empty()).await;
            let allowed = if answer.status() == 405 { answer.header("allow").to_owned() } else { "ANY".to_owned() };
            let mut methods: Vec<String> = allowed.split(',').map(|method| method.trim().to_owned()).collect();
            if methods.iter().any(|method| method == "GET") {
                methods.retain(|method| method != "HEAD");
            }
            methods.sort();
            all.push(Address { path, methods });
        }
        all.sort();
        all
    }
}

/// `path` with a value in place of each of its variables.
pub fn filled(path: &str, mut value: impl FnMut(&str) -> String) -> String {
    let mut whole = String::new();
    let mut rest = path;
    while let Some((before, from)) = rest.split_once('{') {
        let (name, after) = from.split_once('}').expect("a variable ends");
        whole.push_str(before);
        whole.push_str(&value(name.trim_start_matches('*')));
        rest = after;
    }
    whole + rest
}

/// The paths in the table that a router's `Debug` prints: `paths: {RouteId(1): "/", RouteId(2): "/courses/{code}"}`.
fn paths(router: &str) -> Vec<String> {
    let (_, mut rest) = router.split_once("paths: {").expect("the router prints its paths");
    let mut paths = Vec::new();
    while let Some((_, from)) = rest.split_once("): \"") {
        let (path, after) = from.split_once('"').expect("a path ends");
        paths.push(path.to_owned());
        rest = after;
        if rest.starts_with('}') {
            break;
        }
    }
    paths
}
