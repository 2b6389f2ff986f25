//! Tables of people and what lets them in.

pub mod person {
    //! A person with an account.
    use courses::id::PersonId;
    use courses::language::Language;
    use courses::people::Occupation;
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "accounts_people")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PersonId,
        pub name: String,
        #[sea_orm(unique)]
        pub email: Option<String>,
        #[sea_orm(unique)]
        pub user_name: Option<String>,
        pub password_hash: String,
        pub language: Language,
        pub country: String,
        pub institution: String,
        pub occupation: Occupation,
        pub created_at: DateTimeUtc,
        pub email_verified_at: Option<DateTimeUtc>,
        pub disabled_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod grant {
    //! A role given to a person, for one country or for all.
    use courses::id::{GrantId, PersonId};
    use sea_orm::entity::prelude::*;

    use crate::access::Role;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "accounts_grants")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: GrantId,
        pub person_id: PersonId,
        pub role: Role,
        pub country: Option<String>,
        pub granted_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod session {
    //! A browser session.
    use courses::id::{PersonId, SessionId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "accounts_sessions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SessionId,
        pub person_id: PersonId,
        pub started_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
        pub confirmed_at: Option<DateTimeUtc>,
        pub last_seen_at: Option<DateTimeUtc>,
        pub is_own_device: bool,
        pub has_second_factor: bool,
        pub device: String,
        #[sea_orm(belongs_to, from = "person_id", to = "id")]
        pub person: BelongsTo<super::person::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod link {
    //! A link that works once.
    use courses::id::{LinkId, PersonId};
    use sea_orm::entity::prelude::*;

    use crate::accounts::link::Purpose;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "accounts_links")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: LinkId,
        pub person_id: Option<PersonId>,
        pub purpose: Purpose,
        #[sea_orm(unique)]
        pub secret_digest: String,
        pub email: Option<String>,
        pub created_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
        pub used_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod authenticator {
    //! An app that shows a person codes; before it is confirmed it opens nothing.
    use courses::id::{AuthenticatorId, PersonId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "accounts_authenticators")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AuthenticatorId,
        pub person_id: PersonId,
        pub secret: String,
        pub made_at: DateTimeUtc,
        pub confirmed_at: Option<DateTimeUtc>,
        pub last_step: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod recovery_code {
    //! A code for whoever has lost their second factor; only a digest of it.
    use courses::id::{PersonId, RecoveryCodeId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "accounts_recovery_codes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RecoveryCodeId,
        pub person_id: PersonId,
        pub code_digest: String,
        pub made_at: DateTimeUtc,
        pub used_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod passkey {
    //! A passkey of a person: its public half.
    use courses::id::{PasskeyId, PersonId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "accounts_passkeys")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PasskeyId,
        pub person_id: PersonId,
        pub name: String,
        #[sea_orm(unique)]
        pub credential_digest: String,
        pub credential: String,
        pub made_at: DateTimeUtc,
        pub last_used_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
