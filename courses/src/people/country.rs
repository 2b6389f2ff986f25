//! Countries by their ISO 3166-1 code.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::countries::{COUNTRIES, Row};
use crate::language::Language;
use crate::letters::plain;

/// A country or territory of ISO 3166-1, by its two-letter code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct Country(&'static str);

/// A code that is not one of ISO 3166-1's two-letter codes in capitals.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a country's two-letter code of ISO 3166-1")]
pub struct UnknownCountry(pub String);

impl Country {
    /// The countries first served: Mesoamerica, then the Caribbean, in the programme's order.
    pub const FIRST_SERVED: [Self; 23] = [
        Self("MX"),
        Self("BZ"),
        Self("GT"),
        Self("SV"),
        Self("HN"),
        Self("NI"),
        Self("CR"),
        Self("PA"),
        Self("DO"),
        Self("HT"),
        Self("CU"),
        Self("DM"),
        Self("GY"),
        Self("JM"),
        Self("TT"),
        Self("AG"),
        Self("BS"),
        Self("BB"),
        Self("GD"),
        Self("KN"),
        Self("LC"),
        Self("VC"),
        Self("SR"),
    ];

    /// Its code, `MX`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.0
    }

    /// Its name; in Haitian Creole, for which the table has no names, the French one.
    #[must_use]
    pub fn name(self, language: Language) -> &'static str {
        self.row().map_or(self.0, |row| match language {
            Language::Es => row.es,
            Language::En => row.en,
            Language::Fr | Language::Ht => row.fr,
            Language::Pt => row.pt,
        })
    }

    /// IANA name of the time zone most of its people live in, or `UTC`.
    #[must_use]
    pub fn time_zone(self) -> &'static str {
        self.row().map_or("UTC", |row| row.time_zone)
    }

    /// Every country, in the order of its code.
    pub fn all() -> impl Iterator<Item = Self> {
        COUNTRIES.iter().map(|row| Self(row.code))
    }

    /// Every country, by name, accents and capitals aside.
    #[must_use]
    pub fn all_sorted(language: Language) -> Vec<Self> {
        let mut countries: Vec<Self> = Self::all().collect();
        countries.sort_by_cached_key(|country| plain(country.name(language)));
        countries
    }

    fn row(self) -> Option<&'static Row> {
        find(self.0)
    }
}

fn find(code: &str) -> Option<&'static Row> {
    COUNTRIES.binary_search_by(|row| row.code.cmp(code)).ok().and_then(|at| COUNTRIES.get(at))
}

impl std::fmt::Display for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl std::str::FromStr for Country {
    type Err = UnknownCountry;
    fn from_str(code: &str) -> Result<Self, UnknownCountry> {
        find(code).map(|row| Self(row.code)).ok_or_else(|| UnknownCountry(code.to_owned()))
    }
}

impl TryFrom<String> for Country {
    type Error = UnknownCountry;
    fn try_from(code: String) -> Result<Self, UnknownCountry> {
        code.parse()
    }
}

/// Written out, because what is derived would take only input that lives for ever, like the codes.
impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.0.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_is_found_by_its_code_and_has_a_name_in_every_language() {
        assert_eq!(Country::all().count(), 249);
        for country in Country::all() {
            assert_eq!(country.code().parse::<Country>(), Ok(country));
            for language in Language::ALL {
                assert!(country.name(language).chars().count() > 2, "{country} {language}");
            }
        }
        for code in ["", "mx", "XX", "MEX", "UK"] {
            assert!(code.parse::<Country>().is_err(), "{code}");
        }
    }

    #[test]
    fn the_first_served_are_countries_with_their_own_time_zone() {
        for country in Country::FIRST_SERVED {
            assert_eq!(country.code().parse(), Ok(country));
            assert!(country.time_zone().starts_with("America/"), "{country}");
        }
        let named = |code: &str, language| code.parse::<Country>().map(|country| country.name(language));
        assert_eq!(named("TT", Language::En), Ok("Trinidad and Tobago"));
        assert_eq!(named("DO", Language::Es), Ok("República Dominicana"));
        assert_eq!(named("HT", Language::Ht), Ok("Haïti"));
    }

    #[test]
    fn accents_do_not_push_a_name_to_the_end() {
        let names: Vec<_> = Country::all_sorted(Language::Fr).into_iter().map(|country| country.name(Language::Fr)).collect();
        let place = |name| names.iter().position(|other| *other == name).unwrap();
        assert!(place("Égypte") < place("Espagne"));
        assert!(place("Zimbabwe") == names.len() - 1);
    }
}
