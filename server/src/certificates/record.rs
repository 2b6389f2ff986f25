//! What a completion leaves behind: a line of the ledger and a certificate, frozen as things stood.

use chrono::{DateTime, Months, SecondsFormat, Utc};
use courses::certificate::{Facts, code_from};
use courses::id::{CertificateId, CompletionId, EnrolmentId};
use courses::letters::plain;
use sea_orm::ActiveValue::Set;

use super::CompleteError;
use super::entity::{certificate, completion};
use crate::Platform;
use crate::accounts::entity::person;
use crate::catalogue::Published;
use crate::world::{Chance, start_of};

/// A course completed by a person.
pub(crate) struct Completed<'a> {
    /// The version completed.
    pub published: &'a Published,
    /// Who completed it, as they are now.
    pub person: &'a person::Model,
    /// Their enrolment.
    pub enrolment: EnrolmentId,
    /// Score; `None` for a course without quizzes.
    pub score_permille: Option<i32>,
    /// When.
    pub at: DateTime<Utc>,
}

impl Completed<'_> {
    /// The ledger line and the certificate that refers to it. Ids and the code come from `chance`.
    pub(crate) fn rows(
        &self,
        platform: &Platform,
        chance: &Chance,
    ) -> Result<(completion::ActiveModel, certificate::ActiveModel), CompleteError> {
        let id = CompletionId(chance.id(self.at));
        Ok((self.line(id), self.certificate(platform, chance, id)?))
    }

    fn line(&self, id: CompletionId) -> completion::ActiveModel {
        let Self { published, person, .. } = self;
        let (language, text) = published.course.text(person.language);
        completion::ActiveModel {
            id: Set(id),
            person_id: Set(Some(person.id)),
            enrolment_id: Set(Some(self.enrolment)),
            course_id: Set(published.id),
            version_id: Set(published.version),
            course_code: Set(published.course.code.to_string()),
            course_title: Set(text.title.clone()),
            version_number: Set(published.number),
            name: Set(person.name.clone()),
            country: Set(person.country.clone()),
            institution: Set(person.institution.clone()),
            institution_folded: Set(plain(&person.institution)),
            occupation: Set(person.occupation),
            language: Set(language),
            minutes: Set(i32::try_from(published.course.minutes).unwrap_or(i32::MAX)),
            score_permille: Set(self.score_permille),
            completed_at: Set(self.at),
        }
    }

    fn certificate(
        &self,
        platform: &Platform,
        chance: &Chance,
        completion_id: CompletionId,
    ) -> Result<certificate::ActiveModel, CompleteError> {
        let course = &self.published.course;
        let (language, text) = course.text(self.person.language);
        // The day is counted, and is over, where the campus is: as pages show it.
        let zone = platform.config.zone();
        let today = self.at.with_timezone(&zone).date_naive();
        let valid_until = course.certificate_months.and_then(|months| today.checked_add_months(Months::new(months)));
        let facts = Facts {
            code: code_from(chance.bytes()),
            holder: self.person.name.clone(),
            course: course.code.clone(),
            title: text.title.clone(),
            version: self.published.number,
            minutes: course.minutes,
            language,
            completed_at: self.at.to_rfc3339_opts(SecondsFormat::Secs, true),
            valid_until: valid_until.map(|day| day.to_string()),
        };
        Ok(certificate::ActiveModel {
            id: Set(CertificateId(chance.id(self.at))),
            completion_id: Set(completion_id),
            code: Set(facts.code.clone()),
            seal: Set(platform.seal_key.seal(&facts).map_err(|error| CompleteError::Seal(error.to_string()))?),
            facts: Set(serde_json::to_string(&facts).map_err(|error| CompleteError::Seal(error.to_string()))?),
            issued_at: Set(self.at),
            expires_at: Set(valid_until.and_then(|day| start_of(day.succ_opt()?, zone))),
            revoked_at: Set(None),
            replaced_by: Set(None),
        })
    }
}
