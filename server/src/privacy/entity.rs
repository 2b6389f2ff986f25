//! Tables of who looked at records, who was erased, and who has been away.

pub mod access {
    //! Somebody saw or exported records of people.
    use courses::id::{AccessId, PersonId};
    use sea_orm::entity::prelude::*;

    use crate::access::Role;
    use crate::privacy::accesses::{List, Manner};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "privacy_accesses")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AccessId,
        pub person_id: Option<PersonId>,
        pub role: Role,
        pub institution: String,
        pub list: List,
        pub manner: Manner,
        pub picked: String,
        pub people: String,
        pub rows: i64,
        pub accessed_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod erasure {
    //! An account that was erased: nothing but its id.
    use courses::id::PersonId;
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "privacy_erasures")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PersonId,
        pub keeps_certificates: bool,
        pub erased_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod absence {
    //! When a person whose sessions are forgotten was last there, and when they were warned.
    use courses::id::PersonId;
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "privacy_absences")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PersonId,
        pub last_seen_at: Option<DateTimeUtc>,
        pub warned_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
