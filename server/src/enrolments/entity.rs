//! Table of enrolments.

use courses::id::{CourseId, EnrolmentId, PersonId, VersionId};
use sea_orm::entity::prelude::*;

/// A person's enrolment in a course, pinned to a version.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EnrolmentId,
    pub person_id: PersonId,
    pub course_id: CourseId,
    pub version_id: VersionId,
    pub enrolled_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
