//! The real course, as tests take it.

use courses::course::Step;
use courses::id::{CourseCode, QuizKey};
use courses::quiz::{Question, Quiz, Response};
use server::catalogue::{self, Published};
use std::sync::Arc;
use tests::{Browser, Campus};

/// Its code.
pub const CODE: &str = "ec-102";

/// The version on offer.
pub async fn published(campus: &Campus) -> Arc<Published> {
    let code: CourseCode = CODE.parse().unwrap();
    catalogue::offered_course(&campus.platform, &code).await.unwrap().expect("the course is on offer")
}

/// A form with the right answers to every question of `quiz`.
pub fn right_answers(quiz: &Quiz) -> Vec<(String, String)> {
    quiz.questions.iter().filter_map(|question| Some(fields(question, &question.full_answer()?))).flatten().collect()
}

/// The fields by which a form gives an answer.
pub fn fields(question: &Question, answer: &Response) -> Vec<(String, String)> {
    let name = format!("a.{}", question.key);
    match answer {
        Response::Chosen(options) => options.iter().map(|option| (name.clone(), option.to_string())).collect(),
        Response::Placed(places) => places.iter().map(|(part, option)| (format!("{name}.{part}"), option.to_string())).collect(),
        Response::Written(text) => vec![(name, text.clone())],
    }
}

/// Enrols, if need be, and reads every lesson.
pub async fn read_all_lessons(campus: &Campus, browser: &mut Browser) {
    browser.post(&format!("/courses/{CODE}/enrolment"), &[]).await;
    for lesson in published(campus).await.course.lessons() {
        let answer = browser.post(&format!("/courses/{CODE}/lessons/{lesson}/visit"), &[]).await;
        assert_eq!(answer.status(), 303, "{}", answer.text());
    }
}

/// Starts `quiz` and sends `answers`; the path of the result.
pub async fn take(browser: &mut Browser, quiz: &QuizKey, answers: &[(String, String)]) -> String {
    let started = browser.post(&format!("/courses/{CODE}/quizzes/{quiz}/attempts"), &[]).await;
    let attempt = started.location().expect("the attempt starts").to_owned();
    let mut form: Vec<(&str, &str)> = answers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    form.push(("do", "submit-anyway"));
    let sent = browser.post(&attempt, &form).await;
    assert_eq!(sent.location(), Some(&*format!("{attempt}/result")), "{}", sent.text());
    format!("{attempt}/result")
}

/// Passes every quiz the certificate asks for.
pub async fn pass_all_quizzes(campus: &Campus, browser: &mut Browser) {
    let published = published(campus).await;
    let course = &published.course;
    let quizzes = course.steps().into_iter().filter_map(|step| match step {
        Step::Quiz(key) if Some(&key) != course.pre_test.as_ref() => Some(key),
        _ => None,
    });
    for key in quizzes {
        take(browser, &key, &right_answers(&course.quizzes[&key])).await;
    }
}

/// Answers the survey; where it leads.
pub async fn answer_survey(campus: &Campus, browser: &mut Browser) -> String {
    let published = published(campus).await;
    let survey = published.course.survey.as_ref().unwrap();
    let answers: Vec<(String, String)> = survey
        .questions
        .iter()
        .filter(|question| question.is_required)
        .map(|question| (question.key.to_string(), question.options.first().map_or_else(|| "4".to_owned(), ToString::to_string)))
        .collect();
    let form: Vec<(&str, &str)> = answers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = browser.post(&format!("/courses/{CODE}/survey"), &form).await;
    answer.location().unwrap_or_else(|| panic!("the survey is taken: {}", answer.text())).to_owned()
}

/// Does everything; the code of the certificate.
pub async fn complete(campus: &Campus, browser: &mut Browser) -> String {
    read_all_lessons(campus, browser).await;
    pass_all_quizzes(campus, browser).await;
    let to = answer_survey(campus, browser).await;
    to.strip_prefix("/certificates/").unwrap_or_else(|| panic!("leads to {to}")).to_owned()
}

/// Completes the small course `course` of a test's library; the code of the certificate.
pub async fn complete_small(browser: &mut Browser, course: &str) -> String {
    browser.post(&format!("/courses/{course}/enrolment"), &[]).await;
    let answer = browser.post(&format!("/courses/{course}/lessons/first/visit"), &[]).await;
    let to = answer.location().unwrap_or_else(|| panic!("the lesson is read: {}", answer.text()));
    to.strip_prefix("/certificates/").unwrap_or_else(|| panic!("leads to {to}")).to_owned()
}
