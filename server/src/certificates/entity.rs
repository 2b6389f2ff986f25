//! Tables of the completion ledger and of certificates.

pub mod completion {
    //! A line of the completion ledger, frozen when the course was completed.
    use courses::id::{CompletionId, CourseId, EnrolmentId, PersonId, VersionId};
    use courses::language::Language;
    use courses::people::Occupation;
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "certificates_completions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CompletionId,
        pub person_id: Option<PersonId>,
        #[sea_orm(unique)]
        pub enrolment_id: Option<EnrolmentId>,
        pub course_id: CourseId,
        pub version_id: VersionId,
        pub course_code: String,
        pub course_title: String,
        pub version_number: i32,
        pub name: String,
        pub country: String,
        pub institution: String,
        pub institution_folded: String,
        pub occupation: Occupation,
        pub language: Language,
        pub minutes: i32,
        pub score_permille: Option<i32>,
        pub completed_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod certificate {
    //! A certificate: its facts as signed, and what became of it since.
    use courses::id::{CertificateId, CompletionId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "certificates")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CertificateId,
        pub completion_id: CompletionId,
        #[sea_orm(unique)]
        pub code: String,
        pub facts: String,
        pub seal: String,
        pub issued_at: DateTimeUtc,
        pub expires_at: Option<DateTimeUtc>,
        pub revoked_at: Option<DateTimeUtc>,
        pub replaced_by: Option<CertificateId>,
        #[sea_orm(belongs_to, from = "completion_id", to = "id")]
        pub completion: BelongsTo<super::completion::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
