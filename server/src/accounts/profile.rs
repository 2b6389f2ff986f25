//! What a person sees and changes of themselves.

use courses::language::Language;
use courses::people::{Country, NameError, Occupation, check_name};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, DbErr, EntityTrait};

use super::entity::person;
use crate::Platform;
use crate::access::Learner;

/// A person's own record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Name as on certificates.
    pub name: String,
    /// What they sign in with; not changed here.
    pub login: String,
    /// Preferred language.
    pub language: Language,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// Institution; may be empty.
    pub institution: String,
    /// Occupation group.
    pub occupation: Occupation,
}

/// Why a profile could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// The name cannot be taken.
    #[error(transparent)]
    Name(#[from] NameError),
    /// Longer than 160 characters.
    #[error("the institution's name is too long")]
    Institution,
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// The learner's own profile.
///
/// # Errors
/// When the database does not answer.
pub async fn profile(platform: &Platform, learner: Learner) -> Result<Profile, DbErr> {
    let person = person::Entity::find_by_id(learner.person()).one(platform.storage.reader()).await?;
    let person = person.ok_or_else(|| DbErr::RecordNotFound("a signed-in person".into()))?;
    Ok(Profile {
        name: person.name,
        login: person.email.or(person.user_name).unwrap_or_default(),
        language: person.language,
        country: person.country,
        institution: person.institution,
        occupation: person.occupation,
    })
}

/// Changes the learner's own profile. Certificates and completions keep what they said.
///
/// # Errors
/// [`ProfileError`]; nothing is changed then.
pub async fn change_profile(
    platform: &Platform,
    learner: Learner,
    name: &str,
    language: Language,
    country: Country,
    institution: &str,
    occupation: Occupation,
) -> Result<(), ProfileError> {
    let name = check_name(name)?;
    let institution = tidy(institution);
    if institution.chars().count() > 160 {
        return Err(ProfileError::Institution);
    }
    let transaction = platform.storage.begin().await?;
    let row = person::ActiveModel {
        id: Set(learner.person()),
        name: Set(name),
        language: Set(language),
        country: Set(country.code().to_owned()),
        institution: Set(institution),
        occupation: Set(occupation),
        ..Default::default()
    };
    row.update(&transaction).await?;
    transaction.commit().await?;
    Ok(())
}

/// An institution's name as it is stored: trimmed, with one space where there was white space or a control character (PostgreSQL
/// cannot store NUL).
pub(crate) fn tidy(institution: &str) -> String {
    let words = institution.split(|letter: char| letter.is_whitespace() || letter.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
