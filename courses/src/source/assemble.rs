//! Puts a course together out of its files.

use std::collections::BTreeMap;

use super::files::Sources;
use super::finding::{Report, Side};
use super::question_text::{self, Desk, Feedback};
use super::quiz::{self, QuizSource};
use super::structure::{self, Structure};
use super::survey::{self, SurveySource};
use super::{course_text, glossary, images, unused};
use crate::completion::Rule;
use crate::course::{Course, CourseText, Module};
use crate::id::QuizKey;
use crate::language::{Language, Translated};
use crate::markdown::Links;
use crate::quiz::{self as quizzes, Purpose, Quiz, QuizText};
use crate::survey::{Survey, SurveyText};

/// Reads everything; `None` when a part is missing without which there is no course.
pub(super) fn assemble(sources: &Sources, report: &mut Report) -> Option<Course> {
    let structure = structure::read(sources, report)?;
    let quizzes: BTreeMap<QuizKey, QuizSource> = structure
        .quizzes()
        .filter_map(|(key, use_as)| Some((key.value.clone(), quiz::read(sources, key, use_as, &structure, report)?)))
        .collect();
    let survey = if structure.has_survey { survey::read(sources, report) } else { None };
    let files = images::read(sources, report);
    let cover = cover(&structure, sources, report);
    let mut texts = Texts { courses: None, quizzes: BTreeMap::new(), survey: None };
    for language in &structure.languages {
        let side = Side { language: *language, source: structure.source };
        let links = Links {
            course: structure.code.clone(),
            language: *language,
            lessons: structure.lessons().map(|lesson| lesson.value.clone()).collect(),
            terms: glossary::terms(sources, side),
            files: files.clone(),
        };
        texts.read(&Desk { sources, side, links: &links }, &structure, &quizzes, survey.as_ref(), report);
    }
    unused::check_files(sources, &structure, report);
    let course = join(&structure, quizzes, survey, cover, texts)?;
    if let Some(completion) = &structure.completion {
        completion.check(&structure.page, &course, report);
    }
    unused::check_objectives(&course, &structure, report);
    Some(course)
}

fn cover(structure: &Structure, sources: &Sources, report: &mut Report) -> Option<String> {
    let cover = structure.cover.as_ref()?;
    if sources.get(&cover.value).is_none() || !cover.value.starts_with("images/") {
        report.error(&structure.page, cover.offset, format!("there is no file `{}`: the cover is one of those in images/", cover.value));
    }
    report.uses(&cover.value);
    Some(cover.value.clone())
}

/// Texts of the languages read so far.
struct Texts {
    courses: Option<Translated<CourseText>>,
    quizzes: BTreeMap<QuizKey, Translated<QuizText>>,
    survey: Option<Translated<SurveyText>>,
}

impl Texts {
    /// Reads one language; the source language comes first, and what it lacks the others cannot add.
    fn read(
        &mut self,
        desk: &Desk<'_>,
        structure: &Structure,
        quizzes: &BTreeMap<QuizKey, QuizSource>,
        survey: Option<&SurveySource>,
        report: &mut Report,
    ) {
        if let Some(text) = course_text::read(desk, structure, report) {
            add(&mut self.courses, desk.side, text);
        }
        for (key, quiz) in quizzes {
            let feedback = if quiz.rules.feedback == quizzes::Feedback::Never { Feedback::Unseen } else { Feedback::Wanted };
            let title = quiz_title(quiz.rules.purpose, desk.side.language);
            let Some(text) = question_text::read(desk, &format!("quizzes/{key}.md"), title, &quiz.outline, feedback, report) else {
                continue;
            };
            let mut texts = self.quizzes.remove(key);
            add(&mut texts, desk.side, text);
            self.quizzes.extend(texts.map(|texts| (key.clone(), texts)));
        }
        if let Some(survey) = survey
            && let Some(text) =
                question_text::read(desk, "survey.md", survey_title(desk.side.language), &survey.outline, Feedback::None, report)
        {
            add(&mut self.survey, desk.side, question_text::into_survey(text));
        }
    }
}

fn add<T>(texts: &mut Option<Translated<T>>, side: Side, text: T) {
    match texts {
        Some(texts) => texts.insert(side.language, text),
        None if side.is_source() => *texts = Some(Translated::new(side.source, text)),
        None => {}
    }
}

fn join(
    structure: &Structure,
    quizzes: BTreeMap<QuizKey, QuizSource>,
    survey: Option<SurveySource>,
    cover: Option<String>,
    mut texts: Texts,
) -> Option<Course> {
    let mut with_texts = BTreeMap::new();
    for (key, quiz) in quizzes {
        let texts = texts.quizzes.remove(&key)?;
        with_texts.insert(key, Quiz { rules: quiz.rules, questions: quiz.questions, texts });
    }
    let survey = match (survey, texts.survey) {
        (Some(survey), Some(texts)) => Some(Survey { questions: survey.questions, texts }),
        (Some(_), None) => return None,
        (None, _) => None,
    };
    let key = |quiz: &super::page::At<QuizKey>| quiz.value.clone();
    Some(Course {
        code: structure.code.clone(),
        topics: structure.topics.clone(),
        audiences: structure.audiences.clone(),
        minutes: structure.minutes,
        languages: structure.languages.clone(),
        certificate_months: structure.certificate_months,
        completion: structure.completion.as_ref().map_or_else(|| Rule::default_for(survey.is_some()), |source| source.rule.clone()),
        objectives: structure.objectives.iter().map(|objective| objective.value.clone()).collect(),
        modules: structure.modules.iter().map(module).collect(),
        pre_test: structure.pre_test.as_ref().map(key),
        post_test: structure.post_test.as_ref().map(key),
        quizzes: with_texts,
        survey,
        cover,
        texts: texts.courses?,
    })
}

fn module(module: &structure::ModuleSource) -> Module {
    Module {
        key: module.key.value.clone(),
        objectives: module.objectives.iter().map(|objective| objective.value.clone()).collect(),
        lessons: module.lessons.iter().map(|lesson| lesson.value.clone()).collect(),
        quiz: module.quiz.as_ref().map(|quiz| quiz.value.clone()),
    }
}

/// Title of a quiz that gives none.
const fn quiz_title(purpose: Purpose, language: Language) -> &'static str {
    match (purpose, language) {
        (Purpose::PreTest, Language::Es) => "Evaluación inicial",
        (Purpose::PreTest, Language::En) => "Pre-test",
        (Purpose::PreTest, Language::Fr) => "Évaluation initiale",
        (Purpose::PreTest, Language::Pt) => "Avaliação inicial",
        (Purpose::PreTest, Language::Ht) => "Tès anvan kou a",
        (Purpose::PostTest, Language::Es) => "Evaluación final",
        (Purpose::PostTest, Language::En) => "Final test",
        (Purpose::PostTest, Language::Fr) => "Évaluation finale",
        (Purpose::PostTest, Language::Pt) => "Avaliação final",
        (Purpose::PostTest, Language::Ht) => "Tès final",
        (_, Language::Es) => "Cuestionario",
        (_, Language::En) => "Quiz",
        (_, Language::Fr) => "Questionnaire",
        (_, Language::Pt) => "Questionário",
        (_, Language::Ht) => "Kwiz",
    }
}

/// Title of a survey that gives none.
const fn survey_title(language: Language) -> &'static str {
    match language {
        Language::Es => "Encuesta de satisfacción",
        Language::En => "Satisfaction survey",
        Language::Fr => "Enquête de satisfaction",
        Language::Pt => "Pesquisa de satisfação",
        Language::Ht => "Sondaj satisfaksyon",
    }
}
