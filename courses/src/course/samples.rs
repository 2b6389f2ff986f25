//! A small course for tests.

use std::collections::BTreeMap;

use super::{Course, CourseText, Html, Module};
use crate::completion::Rule;
use crate::language::{Language, Translated};
use crate::quiz::samples::quiz;
use crate::quiz::{Purpose, Quiz, Rules};
use crate::survey::{Survey, SurveyText};

/// Pre-test, a module of two lessons and a quiz, a module of one lesson and a quiz for practice, a final test, a survey.
pub(crate) fn course() -> Course {
    let with = |purpose| Quiz { rules: Rules { purpose, ..Rules::default() }, ..quiz(&[("abc", "a")]) };
    let quizzes = [("pre", Purpose::PreTest), ("quiz-1", Purpose::Module), ("try", Purpose::Practice), ("final", Purpose::PostTest)];
    Course {
        code: "ec-1".parse().unwrap(),
        topics: Vec::new(),
        audiences: Vec::new(),
        minutes: 60,
        languages: vec![Language::Es],
        certificate_months: None,
        completion: Rule::default_for(true),
        objectives: Vec::new(),
        modules: vec![module("module-1", &["one", "two"], "quiz-1"), module("module-2", &["three"], "try")],
        pre_test: Some("pre".parse().unwrap()),
        post_test: Some("final".parse().unwrap()),
        quizzes: quizzes.into_iter().map(|(key, purpose)| (key.parse().unwrap(), with(purpose))).collect(),
        survey: Some(Survey {
            questions: Vec::new(),
            texts: Translated::new(
                Language::Es,
                SurveyText { title: "Encuesta".to_owned(), introduction: Html::default(), questions: BTreeMap::new() },
            ),
        }),
        cover: None,
        texts: Translated::new(
            Language::Es,
            CourseText {
                title: "Curso".to_owned(),
                summary: "Resumen".to_owned(),
                description: Html::default(),
                objectives: BTreeMap::new(),
                modules: BTreeMap::new(),
                lessons: BTreeMap::new(),
                cards: BTreeMap::new(),
                glossary: BTreeMap::new(),
            },
        ),
    }
}

fn module(key: &str, lessons: &[&str], quiz: &str) -> Module {
    Module {
        key: key.parse().unwrap(),
        objectives: Vec::new(),
        lessons: lessons.iter().map(|lesson| lesson.parse().unwrap()).collect(),
        quiz: Some(quiz.parse().unwrap()),
    }
}
