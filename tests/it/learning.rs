//! Enrolling, reading, progress, completion.

use chrono::TimeDelta;
use tests::on_both;

use crate::course::{CODE, answer_survey, complete, pass_all_quizzes, published, read_all_lessons, right_answers, take};

on_both! {
    async fn a_learner_who_does_everything_holds_a_certificate_at_once(campus) {
        let mut ana = campus.learner("ana").await;
        let code = complete(campus, &mut ana).await;
        let page = ana.get(&format!("/certificates/{code}")).await;
        assert_eq!(page.status(), 200);
        assert!(page.text().contains("Ana Lucía Ramírez"));
    }

    async fn no_certificate_comes_before_the_last_thing_is_done(campus) {
        let mut ana = campus.learner("ana").await;
        read_all_lessons(campus, &mut ana).await;
        answer_survey(campus, &mut ana).await;
        assert_eq!(ana.get("/certificates").await.attributes("main a[href^='/certificates/']", "href"), Vec::<String>::new());
        pass_all_quizzes(campus, &mut ana).await;
        assert_eq!(ana.get("/certificates").await.attributes("main a[href^='/certificates/']", "href").len(), 1);
    }

    async fn enrolling_twice_keeps_the_first_date(campus) {
        let mut ana = campus.learner("ana").await;
        ana.post(&format!("/courses/{CODE}/enrolment"), &[]).await;
        campus.clock.advance(TimeDelta::days(3));
        assert_eq!(ana.post(&format!("/courses/{CODE}/enrolment"), &[]).await.status(), 303);
        assert_eq!(campus.times("enrolments", "enrolled_at").await, ["2026-11-16T15:00:00Z"]);
    }

    async fn reading_a_lesson_twice_is_one_visit_with_the_first_time(campus) {
        let mut ana = campus.learner("ana").await;
        ana.post(&format!("/courses/{CODE}/enrolment"), &[]).await;
        let lesson = published(campus).await.course.lessons().next().unwrap().clone();
        for _ in 0..2 {
            ana.post(&format!("/courses/{CODE}/lessons/{lesson}/visit"), &[]).await;
            campus.clock.advance(TimeDelta::hours(1));
        }
        assert_eq!(campus.times("learning_visits", "visited_at").await, ["2026-11-16T15:00:00Z"]);
    }

    async fn opening_pages_changes_nothing(campus) {
        let mut ana = campus.learner("ana").await;
        ana.post(&format!("/courses/{CODE}/enrolment"), &[]).await;
        let started = ana.post(&format!("/courses/{CODE}/quizzes/module-1/attempts"), &[]).await;
        let attempt = started.location().unwrap().to_owned();
        let before = campus.contents().await;
        for path in ["/", "/learning", "/certificates", "/profile", "/courses/ec-102", "/courses/ec-102/lessons/act-means-purpose",
            "/courses/ec-102/quizzes/module-1", &attempt, "/courses/ec-102/survey", "/verify", "/about", "/language/en?to=/"] {
            campus.clock.advance(TimeDelta::minutes(1));
            assert!(ana.get(path).await.status() < 400, "{path}");
        }
        assert_eq!(campus.contents().await, before);
    }

    async fn one_tap_resumes_at_the_step_after_the_last_one_read(campus) {
        let mut ana = campus.learner("ana").await;
        ana.post(&format!("/courses/{CODE}/enrolment"), &[]).await;
        let course = published(campus).await;
        let lessons: Vec<_> = course.course.lessons().cloned().collect();
        ana.post(&format!("/courses/{CODE}/lessons/{}/visit", lessons[1]), &[]).await;
        let elsewhere = campus.visitor().post("/sign-in", &[("login", "ana"), ("password", "tres gatos en la lluvia")]).await;
        assert_eq!(elsewhere.status(), 303);
        let resume = ana.get("/learning").await.attributes(".resume a", "href");
        assert_eq!(resume, [format!("/courses/{CODE}/lessons/{}", lessons[2])]);
    }

    async fn what_is_missing_is_listed_until_nothing_is(campus) {
        let mut ana = campus.learner("ana").await;
        read_all_lessons(campus, &mut ana).await;
        let missing = ana.get("/learning").await.words(".enrolment .rule-list li");
        assert_eq!(missing.len(), 9, "seven quizzes of modules, the final test, the survey: {missing:?}");
        assert!(missing.iter().any(|line| line == "Responder la encuesta final"), "{missing:?}");
    }

    async fn a_survey_left_half_empty_says_what_is_missing_and_keeps_the_rest(campus) {
        let mut ana = campus.learner("ana").await;
        ana.post(&format!("/courses/{CODE}/enrolment"), &[]).await;
        let course = published(campus).await;
        let survey = course.course.survey.as_ref().unwrap();
        let first = survey.questions.iter().find(|question| question.is_required).unwrap();
        let text = survey.questions.iter().find(|question| !question.is_required).unwrap();
        let answer = ana.post(&format!("/courses/{CODE}/survey"), &[(first.key.as_str(), "5"), (text.key.as_str(), "Más casos")]).await;
        assert_eq!(answer.status(), 422);
        assert_eq!(answer.words("textarea").iter().filter(|words| *words == "Más casos").count(), 1);
        assert_eq!(answer.attributes(&format!("input[name='{}'][checked]", first.key), "value"), ["5"]);
        assert!(!answer.words(".error-summary li").is_empty());
    }

    async fn two_taps_at_once_make_one_completion(campus) {
        let mut ana = campus.learner("ana").await;
        read_all_lessons(campus, &mut ana).await;
        pass_all_quizzes(campus, &mut ana).await;
        let mut twin = ana.clone();
        tokio::join!(answer_survey(campus, &mut ana), answer_survey(campus, &mut twin));
        assert_eq!(campus.times("certificates", "issued_at").await.len(), 1);
        assert_eq!(campus.times("certificates_completions", "completed_at").await.len(), 1);
    }

    async fn the_last_two_things_at_once_make_one_completion(campus) {
        let mut ana = campus.learner("ana").await;
        read_all_lessons(campus, &mut ana).await;
        let published = published(campus).await;
        for key in published.course.modules.iter().filter_map(|module| module.quiz.clone()) {
            take(&mut ana, &key, &right_answers(&published.course.quizzes[&key])).await;
        }
        let mut twin = ana.clone();
        let post_test = "post-test".parse().unwrap();
        let right = right_answers(&published.course.quizzes[&post_test]);
        tokio::join!(take(&mut ana, &post_test, &right), answer_survey(campus, &mut twin));
        assert_eq!(campus.times("certificates", "issued_at").await.len(), 1);
    }

    async fn the_last_lesson_and_the_survey_at_once_make_one_completion(campus) {
        let mut ana = campus.learner("ana").await;
        ana.post(&format!("/courses/{CODE}/enrolment"), &[]).await;
        pass_all_quizzes(campus, &mut ana).await;
        let lessons: Vec<_> = published(campus).await.course.lessons().cloned().collect();
        let (last, others) = lessons.split_last().unwrap();
        for lesson in others {
            ana.post(&format!("/courses/{CODE}/lessons/{lesson}/visit"), &[]).await;
        }
        let mut twin = ana.clone();
        let visit = format!("/courses/{CODE}/lessons/{last}/visit");
        let (visited, _) = tokio::join!(ana.post(&visit, &[]), answer_survey(campus, &mut twin));
        assert_eq!(visited.status(), 303);
        assert_eq!(campus.times("certificates", "issued_at").await.len(), 1);
    }
}
