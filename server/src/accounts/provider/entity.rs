//! Tables of accounts elsewhere.

pub mod identity {
    //! An account elsewhere that a person signs in with.
    use courses::id::{IdentityId, PersonId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "accounts_identities")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: IdentityId,
        pub person_id: PersonId,
        pub provider: String,
        pub issuer: String,
        pub subject: String,
        pub linked_at: DateTimeUtc,
        pub used_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod origin {
    //! What a provider said of a browser session that was begun through it.
    use courses::id::{IdentityId, OriginId, SessionId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "accounts_origins")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: OriginId,
        #[sea_orm(unique)]
        pub session_id: SessionId,
        pub identity_id: IdentityId,
        pub provider_session: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
