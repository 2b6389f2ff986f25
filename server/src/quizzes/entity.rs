//! Tables of attempts and answers.

pub mod attempt {
    //! One try at a quiz, with everything it was started by.
    use courses::id::{AttemptId, EnrolmentId, VersionId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "quizzes_attempts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AttemptId,
        pub enrolment_id: EnrolmentId,
        pub version_id: VersionId,
        pub quiz_key: String,
        pub number: i32,
        pub seed: i64,
        pub layout: String,
        pub pass_permille: i32,
        pub started_at: DateTimeUtc,
        pub due_at: Option<DateTimeUtc>,
        pub closes_at: Option<DateTimeUtc>,
        pub submitted_at: Option<DateTimeUtc>,
        pub score_permille: Option<i32>,
        pub has_passed: Option<bool>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod answer {
    //! One kept answer to one question of an attempt. Without a device it came with a form.
    use courses::id::{AnswerId, AttemptId, DeviceId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "quizzes_answers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AnswerId,
        pub attempt_id: AttemptId,
        pub question_key: String,
        pub device_id: Option<DeviceId>,
        pub sequence: i64,
        pub response: String,
        pub chosen_at: Option<DateTimeUtc>,
        pub received_at: DateTimeUtc,
        pub is_late: bool,
        pub is_final: bool,
        pub refusal: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
