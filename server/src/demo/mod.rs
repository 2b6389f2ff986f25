//! Demonstration data: people with published passwords, and synthetic learners with a history. Never for a real campus.

mod history;
mod names;

use chrono::TimeDelta;
use courses::id::PersonId;
use courses::language::Language;
use courses::people::Occupation;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};

use crate::Platform;
use crate::access::Role;
use crate::accounts::entity::person;
use crate::accounts::{SignUpError, insert_grant, insert_person};

pub use history::{DemoError, make_learners};

/// Password of every demonstration person.
pub const PASSWORD: &str = "campus-demo-2026";

/// User names of the demonstration people with the role each one has.
pub const PEOPLE: [(&str, Option<Role>); 4] = [
    ("demo-learner", None),
    ("demo-trainer", Some(Role::Trainer)),
    ("demo-coordinator", Some(Role::Coordinator)),
    ("demo-administrator", Some(Role::Administrator)),
];

/// Makes the demonstration people that are missing.
///
/// # Errors
/// When the database does not answer.
pub async fn make_people(platform: &Platform) -> Result<(), DemoError> {
    let known = person::Entity::find()
        .filter(person::Column::UserName.is_in(PEOPLE.map(|(name, _)| name)))
        .count(platform.storage.reader())
        .await?;
    if known > 0 {
        return Ok(());
    }
    let hash = password_hash(platform).await?;
    let full_names = ["Ana Lucía Ramírez Paz", "Tomás Rivas Solano", "Coralia Méndez Ruiz", "Adela Bonilla Cruz"];
    let transaction = platform.storage.begin().await?;
    for ((user_name, role), name) in PEOPLE.into_iter().zip(full_names) {
        let now = platform.clock.now();
        let row = person::ActiveModel {
            id: Set(PersonId(platform.chance.id(now))),
            name: Set(name.to_owned()),
            email: Set(None),
            user_name: Set(Some(user_name.to_owned())),
            password_hash: Set(hash.clone()),
            language: Set(Language::Es),
            country: Set("GT".to_owned()),
            institution: Set("Hospital Regional de Occidente".to_owned()),
            occupation: Set(Occupation::Health),
            created_at: Set(now - TimeDelta::days(1)),
            email_verified_at: Set(None),
            disabled_at: Set(None),
        };
        let id = match insert_person(&transaction, row).await {
            Ok(id) => id,
            Err(SignUpError::Storage(error)) => return Err(error.into()),
            Err(error) => return Err(DbErr::Custom(error.to_string()).into()),
        };
        if let Some(role) = role {
            insert_grant(platform, &transaction, id, role, None).await?;
        }
    }
    transaction.commit().await?;
    Ok(())
}

/// How many people the campus has.
///
/// # Errors
/// When the database does not answer.
pub async fn people_count(platform: &Platform) -> Result<u64, DbErr> {
    person::Entity::find().count(platform.storage.reader()).await
}

async fn password_hash(platform: &Platform) -> Result<String, DbErr> {
    platform.passwords.hash(PASSWORD.to_owned()).await
}
