//! Files that others open in their spreadsheet.

use tests::{Browser, Campus, Library, on_both_databases};

use super::inspect::inspect;
use crate::course::complete_small;

const FORMULAS: [&str; 8] = ["=HYPERLINK(\"http://evil.example\";\"x\")", "=1+1", "+1+1", "-1+1", "@SUM(1)", "＝1+1", "\"=1+1", "x,=1+1"];

async fn export(browser: &mut Browser) -> String {
    let file = browser.post("/reports/completions/export", &[]).await;
    assert_eq!((file.status(), inspect(&file)), (200, Vec::new()));
    file.text()
}

on_both_databases! {
    async fn what_a_spreadsheet_would_run_is_text_in_the_report(database) {
        let campus = Campus::with_library(database, Some(Library::empty().with_small_course("consular", "ec-201").folder())).await;
        for (at, formula) in FORMULAS.into_iter().enumerate() {
            let mut learner = campus.learner_with(&format!("person-{at}"), &[("institution", formula), ("name", "Ana Paz")]).await;
            complete_small(&mut learner, "ec-201").await;
        }
        let file = export(&mut campus.demo("coordinator").await).await;
        assert_eq!(file.lines().filter(|line| line.contains("Ana Paz")).count(), FORMULAS.len());
        assert!(file.contains("'=1+1") && file.contains("'@SUM(1)"), "{file}");
    }
}
