//! What documents say of the program is so.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const SECURITY: &str = include_str!("../../docs/SECURITY.md");
const SEEN_TO_FAIL: &str = include_str!("../../docs/SEEN-TO-FAIL.md");
/// Requirements of OWASP ASVS 5.0 at levels 1 and 2.
const REQUIREMENTS: usize = 253;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The text of every source in `folder` with one of these endings.
fn sources(folder: &Path, endings: &[&str], all: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "node_modules" {
            sources(&path, endings, all);
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            all.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

/// What stands between backticks.
fn quoted(text: &str) -> BTreeSet<&str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

#[test]
fn every_test_that_the_security_documents_name_exists() {
    let mut all = String::new();
    for folder in ["tests", "server", "app", "courses", "migrations"] {
        sources(&root().join(folder), &[".rs"], &mut all);
    }
    // A sentence: three words and more.
    let is_test = |name: &&str| {
        name.matches('_').count() >= 3 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    let named: BTreeSet<&str> = quoted(SECURITY).into_iter().chain(quoted(SEEN_TO_FAIL)).filter(is_test).collect();
    assert!(named.len() > 200, "the names were not read: {named:?}");
    // Also a name that a macro makes a test of, or a setting.
    let exists = |name: &str| all.contains(&format!(" {name}(")) || all.contains(&format!("pub {name}:"));
    let missing: Vec<&str> = named.into_iter().filter(|name| !exists(name)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
    for file in quoted(SEEN_TO_FAIL).into_iter().filter(|name| name.ends_with(".rs")) {
        assert!(root().join(file).exists(), "{file}");
    }
    for spec in quoted(SECURITY).into_iter().filter_map(|name| name.rsplit('/').next().filter(|name| name.ends_with(".spec.ts"))) {
        assert!(root().join("end2end/specs").join(spec).exists(), "{spec}");
    }
}

#[test]
fn every_requirement_of_the_standard_has_one_line_and_a_state() {
    let mut ids = BTreeSet::new();
    for line in SECURITY.lines().filter(|line| line.starts_with("| ") && line.as_bytes()[2].is_ascii_digit()) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [id, what, shown_by, state] = cells[..] else { panic!("four cells: {line}") };
        assert!(ids.insert(id), "{id} stands there twice");
        assert!(!what.is_empty() && !shown_by.is_empty(), "{line}");
        assert!(["yes", "reason", "operator", "–", "no", "planned"].contains(&state), "{line}");
        assert!(
            state != "yes" || line.contains('`') || shown_by.contains("matrix") || shown_by.contains("the same"),
            "no test is named: {line}"
        );
    }
    assert_eq!(ids.len(), REQUIREMENTS);
}
