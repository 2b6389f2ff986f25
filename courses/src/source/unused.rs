//! Files that nothing refers to, and objectives that nothing tests.

use std::collections::BTreeSet;

use super::files::Sources;
use super::finding::{Report, Severity};
use super::structure::Structure;
use crate::course::Course;
use crate::language::Language;

/// Fewest questions by which an objective is tested well.
const FEWEST_QUESTIONS: usize = 2;

/// Reports the files that the course does not use; a language not offered once, not file by file.
pub(super) fn check_files(sources: &Sources, structure: &Structure, report: &mut Report) {
    let mut languages = BTreeSet::new();
    for (path, _) in sources.iter().filter(|(path, _)| !path.starts_with('.')) {
        let language = path.split_once('/').and_then(|(folder, _)| folder.parse::<Language>().ok());
        if report.is_used(path) {
            continue;
        }
        match language.filter(|language| !structure.languages.contains(language)) {
            Some(language) if languages.insert(language) => {
                report.about_file(
                    Severity::Warning,
                    path,
                    format!("`{language}` is not offered: add it to `languages` in course.toml, or take the folder out"),
                );
            }
            Some(_) => {}
            None => report.about_file(Severity::Warning, path, "nothing refers to this file: use it, or take it out"),
        }
    }
}

/// Reports the objectives that too few questions test.
pub(super) fn check_objectives(course: &Course, structure: &Structure, report: &mut Report) {
    for objective in &structure.objectives {
        let questions = course
            .quizzes
            .values()
            .flat_map(|quiz| &quiz.questions)
            .filter(|question| question.kind.is_marked() && question.objective == objective.value)
            .count();
        if questions < FEWEST_QUESTIONS {
            let message = format!(
                "the objective `{}` is tested by {questions} of the questions: {FEWEST_QUESTIONS} or more are recommended",
                objective.value
            );
            report.warn(&structure.page, objective.offset, message);
        }
    }
}
