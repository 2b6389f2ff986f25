//! Tables of what keeps the campus closed: keys and limits.

pub mod key {
    //! A secret the campus signs with.
    use courses::id::KeyId;
    use sea_orm::entity::prelude::*;

    use crate::access::key::Purpose;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "access_keys")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: KeyId,
        pub purpose: Purpose,
        pub secret: String,
        pub created_at: DateTimeUtc,
        pub retired_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod limit {
    //! What somebody has tried of something limited.
    use courses::id::LimitId;
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "access_limits")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: LimitId,
        pub kind: String,
        pub subject_digest: String,
        pub spent_until_micros: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
