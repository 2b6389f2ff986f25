//! Tables of courses, versions and their files.

pub mod course {
    //! A course, whatever its version.
    use courses::id::{CourseId, VersionId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalogue_courses")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CourseId,
        #[sea_orm(unique)]
        pub code: String,
        pub current_version_id: Option<VersionId>,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod version {
    //! An immutable version of a course.
    use courses::id::{CourseId, VersionId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalogue_versions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: VersionId,
        pub course_id: CourseId,
        pub number: i32,
        pub digest: String,
        pub published_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod file {
    //! A source file of a course version, byte for byte.
    use courses::id::{FileId, VersionId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalogue_files")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: FileId,
        pub version_id: VersionId,
        pub path: String,
        pub digest: String,
        pub bytes: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
