//! Tables of service tokens, of what was exchanged for them, and of writes that are not done twice.

pub mod token {
    //! A service token of a person.
    use courses::id::{PersonId, ServiceTokenId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "api_tokens")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ServiceTokenId,
        pub person_id: PersonId,
        pub name: String,
        pub scopes: String,
        #[sea_orm(unique)]
        pub secret_digest: String,
        pub has_second_factor: bool,
        pub created_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
        pub last_used_at: Option<DateTimeUtc>,
        pub revoked_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod family {
    //! What grew out of one use of a service token: its refresh tokens and access tokens.
    use courses::id::{FamilyId, ServiceTokenId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "api_families")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: FamilyId,
        pub token_id: ServiceTokenId,
        pub started_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod refresh {
    //! A refresh token, and the one it was given out for.
    use courses::id::{FamilyId, RefreshId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "api_refreshes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RefreshId,
        pub family_id: FamilyId,
        pub parent_id: Option<RefreshId>,
        #[sea_orm(unique)]
        pub secret_digest: String,
        pub created_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
        pub used_at: Option<DateTimeUtc>,
        pub dropped_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod write {
    //! A write of a program and what was answered.
    use courses::id::{PersonId, WriteId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "api_writes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: WriteId,
        pub person_id: PersonId,
        pub key_digest: String,
        pub request_digest: String,
        pub response: String,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
