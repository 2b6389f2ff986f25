//! Tables of what keeps the campus closed: keys, limits, tokens that are used up.

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

pub mod spent {
    //! A token that works once and has been used; kept until it would have expired.
    use courses::id::TokenId;
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "access_spent")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TokenId,
        pub expires_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
