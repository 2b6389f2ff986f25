//! Synthetic learners: enrolments, visits, attempts, surveys and completions over the last eight quarters.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use courses::id::{AnswerId, AttemptId, EnrolmentId, PersonId, QuizKey, SurveyId, VisitId};
use courses::people::Occupation;
use courses::quiz::{Quiz, Response, Shape};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel};

use super::names::{FIRST, LAST, PLACES, Place};
use super::password_hash;
use crate::Platform;
use crate::accounts::entity::person;
use crate::catalogue::{self, Published};
use crate::certificates::Completed;
use crate::certificates::entity::{certificate, completion};
use crate::enrolments::entity as enrolment;
use crate::learning::entity::{survey, visit};
use crate::quizzes::entity::{answer, attempt};
use crate::world::Chance;

/// Learners stored in one transaction.
const BATCH: u32 = 250;
/// Rows of one statement: far below what either database takes in parameters.
const STATEMENT_ROWS: usize = 1000;
/// How far back histories go: eight quarters.
const DAYS: u64 = 730;

/// Why demonstration data could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The library has no course to learn from.
    #[error("the library offers no course: mend it first (`campus check`)")]
    NoCourse,
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// Makes `count` learners from `seed`, telling `progress` how many are stored.
///
/// # Errors
/// [`DemoError`]; what was stored before stays.
pub async fn make_learners(platform: &Platform, count: u32, seed: u64, mut progress: impl FnMut(u32)) -> Result<(), DemoError> {
    let courses = catalogue::offered(platform).await?;
    if courses.is_empty() {
        return Err(DemoError::NoCourse);
    }
    let maker = Maker { platform, dice: Chance::seeded(seed), now: platform.clock.now(), hash: password_hash(platform).await?, courses };
    let mut made = 0;
    while made < count {
        let batch = BATCH.min(count - made);
        let mut rows = Rows::default();
        for number in made..made + batch {
            maker.learner(&mut rows, number, seed)?;
        }
        let transaction = platform.storage.begin().await?;
        rows.store(&transaction).await?;
        transaction.commit().await?;
        made += batch;
        progress(made);
    }
    Ok(())
}

struct Maker<'a> {
    platform: &'a Platform,
    dice: Chance,
    now: DateTime<Utc>,
    hash: String,
    courses: Vec<Arc<Published>>,
}

#[derive(Default)]
struct Rows {
    people: Vec<person::ActiveModel>,
    enrolments: Vec<enrolment::ActiveModel>,
    visits: Vec<visit::ActiveModel>,
    attempts: Vec<attempt::ActiveModel>,
    answers: Vec<answer::ActiveModel>,
    surveys: Vec<survey::ActiveModel>,
    completions: Vec<completion::ActiveModel>,
    certificates: Vec<certificate::ActiveModel>,
}

impl Rows {
    async fn store(self, transaction: &DatabaseTransaction) -> Result<(), DbErr> {
        insert(transaction, self.people).await?;
        insert(transaction, self.enrolments).await?;
        insert(transaction, self.visits).await?;
        insert(transaction, self.attempts).await?;
        insert(transaction, self.answers).await?;
        insert(transaction, self.surveys).await?;
        insert(transaction, self.completions).await?;
        insert(transaction, self.certificates).await
    }
}

async fn insert<A>(transaction: &DatabaseTransaction, rows: Vec<A>) -> Result<(), DbErr>
where
    A: ActiveModelTrait + Send,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        A::Entity::insert_many(rows.by_ref().take(STATEMENT_ROWS)).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// One learner in one course, while their history is written.
struct Story<'a> {
    person: person::Model,
    enrolment: EnrolmentId,
    published: &'a Published,
    at: DateTime<Utc>,
}

impl Maker<'_> {
    /// A number from 0 to `below` − 1.
    fn roll(&self, below: u64) -> u64 {
        u64::from_be_bytes(self.dice.bytes()) % below.max(1)
    }

    fn pick<'t, T>(&self, among: &'t [T]) -> Option<&'t T> {
        let at = self.roll(u64::try_from(among.len()).unwrap_or(1));
        among.get(usize::try_from(at).unwrap_or_default())
    }

    fn place(&self) -> &'static Place {
        let total = PLACES.iter().map(|place| place.weight).sum();
        let mut left = self.roll(total);
        for place in &PLACES {
            if left < place.weight {
                return place;
            }
            left -= place.weight;
        }
        &PLACES[0]
    }

    fn learner(&self, rows: &mut Rows, number: u32, seed: u64) -> Result<(), DbErr> {
        let created_at = self.now
            - TimeDelta::days(i64::try_from(self.roll(DAYS)).unwrap_or_default())
            - TimeDelta::seconds(i64::try_from(self.roll(86_400)).unwrap_or_default());
        let person = self.person(number, seed, created_at);
        let Some(published) = self.pick(&self.courses) else { return Ok(()) };
        let enrolment = EnrolmentId(self.dice.id(created_at));
        rows.enrolments.push(enrolment::ActiveModel {
            id: Set(enrolment),
            person_id: Set(person.id),
            course_id: Set(published.id),
            version_id: Set(published.version),
            enrolled_at: Set(created_at),
        });
        rows.people.push(person.clone().into_active_model().reset_all());
        self.history(rows, Story { person, enrolment, published, at: created_at })
    }

    fn person(&self, number: u32, seed: u64, created_at: DateTime<Utc>) -> person::Model {
        let place = self.place();
        let word = |among: &[&str]| self.pick(among).map_or_else(String::new, |word| (*word).to_owned());
        person::Model {
            id: PersonId(self.dice.id(created_at)),
            name: format!("{} {} {}", word(&FIRST), word(&LAST), word(&LAST)),
            email: None,
            user_name: Some(format!("learner-{seed}-{number}")),
            password_hash: self.hash.clone(),
            language: place.language,
            country: place.country.to_owned(),
            institution: word(&place.institutions),
            occupation: self.pick(&Occupation::ALL).copied().unwrap_or(Occupation::Other),
            created_at,
            email_verified_at: None,
            disabled_at: None,
        }
    }

    /// Two of three finish within six weeks; the others stop somewhere.
    fn history(&self, rows: &mut Rows, mut story: Story<'_>) -> Result<(), DbErr> {
        let course = &story.published.course;
        let finishes = self.roll(3) > 0;
        let lessons: Vec<_> = course.lessons().cloned().collect();
        let stop = if finishes {
            lessons.len()
        } else {
            usize::try_from(self.roll(u64::try_from(lessons.len()).unwrap_or(1))).unwrap_or_default()
        };
        for lesson in lessons.iter().take(stop) {
            self.later(&mut story);
            rows.visits.push(visit::ActiveModel {
                id: Set(VisitId(self.dice.id(story.at))),
                enrolment_id: Set(story.enrolment),
                lesson_key: Set(lesson.to_string()),
                visited_at: Set(story.at),
            });
        }
        if !finishes {
            return Ok(());
        }
        let mut post_score = None;
        for (key, quiz) in &course.quizzes {
            self.later(&mut story);
            let score = self.attempt(rows, &story, key, quiz)?;
            if Some(key) == course.post_test.as_ref() {
                post_score = Some(score);
            }
        }
        self.later(&mut story);
        self.survey(rows, &story)?;
        if story.at < self.now { self.complete(rows, &story, post_score) } else { Ok(()) }
    }

    fn later(&self, story: &mut Story<'_>) {
        story.at += TimeDelta::minutes(i64::try_from(5 + self.roll(3_000)).unwrap_or(5));
    }

    /// A submitted attempt with the right answers to all but at most one question.
    fn attempt(&self, rows: &mut Rows, story: &Story<'_>, key: &QuizKey, quiz: &Quiz) -> Result<i32, DbErr> {
        let id = AttemptId(self.dice.id(story.at));
        let seed = self.dice.seed();
        let layout = quiz.layout(seed.unsigned_abs());
        let missed = usize::try_from(self.roll(3)).unwrap_or_default();
        let answers: BTreeMap<_, _> = layout
            .iter()
            .enumerate()
            .filter_map(|(at, shown)| {
                let question = quiz.question(&shown.key)?;
                let wrong = question.options.iter().find(|option| !question.is_right(option)).cloned();
                let response = match question.kind.shape() {
                    Shape::Chosen if at == missed => Response::Chosen(wrong.into_iter().collect()),
                    _ => question.full_answer()?,
                };
                Some((question.key.clone(), response))
            })
            .collect();
        let marks = quiz.mark(&layout, &answers);
        for (question, response) in answers {
            rows.answers.push(answer::ActiveModel {
                id: Set(AnswerId(self.dice.id(story.at))),
                attempt_id: Set(id),
                question_key: Set(question.to_string()),
                device_id: Set(None),
                sequence: Set(1),
                response: Set(json(&response)?),
                chosen_at: Set(None),
                received_at: Set(story.at),
                is_late: Set(false),
                is_final: Set(false),
                refusal: Set(None),
            });
        }
        let score = i32::from(marks.score_permille);
        rows.attempts.push(attempt::ActiveModel {
            id: Set(id),
            enrolment_id: Set(story.enrolment),
            version_id: Set(story.published.version),
            quiz_key: Set(key.to_string()),
            number: Set(1),
            seed: Set(seed),
            layout: Set(json(&layout)?),
            pass_permille: Set(i32::from(quiz.rules.pass_permille)),
            started_at: Set(story.at - TimeDelta::minutes(9)),
            due_at: Set(None),
            closes_at: Set(None),
            submitted_at: Set(Some(story.at)),
            score_permille: Set(Some(score)),
            has_passed: Set(Some(marks.score_permille >= quiz.rules.pass_permille)),
        });
        Ok(score)
    }

    fn survey(&self, rows: &mut Rows, story: &Story<'_>) -> Result<(), DbErr> {
        let Some(survey) = &story.published.course.survey else { return Ok(()) };
        let answers: BTreeMap<_, _> = survey
            .questions
            .iter()
            .filter(|question| question.is_required)
            .map(|question| {
                let choice = self.pick(&question.options).map_or_else(|| (3 + self.roll(3)).to_string(), ToString::to_string);
                (question.key.clone(), choice)
            })
            .collect();
        rows.surveys.push(survey::ActiveModel {
            id: Set(SurveyId(self.dice.id(story.at))),
            enrolment_id: Set(story.enrolment),
            answers: Set(json(&answers)?),
            answered_at: Set(story.at),
        });
        Ok(())
    }

    fn complete(&self, rows: &mut Rows, story: &Story<'_>, score_permille: Option<i32>) -> Result<(), DbErr> {
        let Story { person, published, enrolment, at } = story;
        let completed = Completed { published, person, enrolment: *enrolment, score_permille, at: *at };
        let (line, certificate) = completed.rows(self.platform, &self.dice).map_err(|error| DbErr::Custom(error.to_string()))?;
        rows.completions.push(line);
        rows.certificates.push(certificate);
        Ok(())
    }
}

fn json(value: &impl serde::Serialize) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(|error| DbErr::Json(error.to_string()))
}
