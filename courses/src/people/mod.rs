//! What is asked of people: occupation group, country, name, password.

mod countries;
mod country;
mod name;
mod password;

use serde::{Deserialize, Serialize};

pub use country::{Country, UnknownCountry};
pub use name::{EmailError, NameError, UserNameError, check_email, check_name, check_user_name};
pub use password::{PasswordError, check_password};

/// Groups of occupations: the audiences of courses and a breakdown of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "orm", derive(sea_orm::EnumIter, sea_orm::DeriveActiveEnum))]
#[cfg_attr(feature = "orm", sea_orm(rs_type = "String", db_type = "String(sea_orm::prelude::StringLen::N(20))", rename_all = "kebab-case"))]
#[serde(rename_all = "kebab-case")]
pub enum Occupation {
    /// Doctors, nurses, midwives, psychologists, admissions staff.
    Health,
    /// Consular officers and support staff.
    Consular,
    /// Migration officers.
    Migration,
    /// Police and justice.
    Police,
    /// Social workers and child protection.
    Social,
    /// Municipal staff.
    Municipal,
    /// Civil-society organisations.
    CivilSociety,
    /// Teachers, students, academies.
    Education,
    /// Anything else.
    Other,
}

impl Occupation {
    /// Every group, in the order menus show them.
    pub const ALL: [Self; 9] = [
        Self::Health,
        Self::Consular,
        Self::Migration,
        Self::Police,
        Self::Social,
        Self::Municipal,
        Self::CivilSociety,
        Self::Education,
        Self::Other,
    ];

    /// The code as written in course sources, forms and columns.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Health => "health",
            Self::Consular => "consular",
            Self::Migration => "migration",
            Self::Police => "police",
            Self::Social => "social",
            Self::Municipal => "municipal",
            Self::CivilSociety => "civil-society",
            Self::Education => "education",
            Self::Other => "other",
        }
    }
}

impl std::fmt::Display for Occupation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::str::FromStr for Occupation {
    type Err = UnknownOccupation;
    fn from_str(code: &str) -> Result<Self, UnknownOccupation> {
        Self::ALL.into_iter().find(|occupation| occupation.code() == code).ok_or_else(|| UnknownOccupation(code.to_owned()))
    }
}

/// A code that names no occupation group.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an occupation group: use health, consular, migration, police, social, municipal, civil-society, education or other")]
pub struct UnknownOccupation(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_occupation_is_read_as_it_is_written() {
        for occupation in Occupation::ALL {
            assert_eq!(occupation.code().parse(), Ok(occupation));
        }
        assert!("nurse".parse::<Occupation>().is_err());
    }
}
