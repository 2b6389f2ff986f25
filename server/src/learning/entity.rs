//! Tables of lessons read and surveys answered.

pub mod visit {
    //! A lesson once read by a learner.
    use courses::id::{EnrolmentId, VisitId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "learning_visits")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: VisitId,
        pub enrolment_id: EnrolmentId,
        pub lesson_key: String,
        pub visited_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod survey {
    //! One answered survey.
    use courses::id::{EnrolmentId, SurveyId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "learning_surveys")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SurveyId,
        #[sea_orm(unique)]
        pub enrolment_id: EnrolmentId,
        pub answers: String,
        pub answered_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
