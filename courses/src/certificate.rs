//! The facts of a certificate, and the code that stands for them.

use serde::{Deserialize, Serialize};

use crate::id::CourseCode;
use crate::language::Language;

/// What a certificate says. Signed as it stands; nothing on it can be learned from its code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Verification code.
    pub code: String,
    /// Holder's name as they wrote it.
    pub holder: String,
    /// Course's neutral code.
    pub course: CourseCode,
    /// Course's title in the certificate's language.
    pub title: String,
    /// Number of the course version, from 1.
    pub version: i32,
    /// Stated length in minutes.
    pub minutes: u32,
    /// Language of the certificate.
    pub language: Language,
    /// When the course was completed, RFC 3339 in UTC.
    pub completed_at: String,
    /// Last day of validity, `YYYY-MM-DD`; `None` = for ever.
    pub valid_until: Option<String>,
}

/// What a certificate is worth today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It says what is so.
    Valid,
    /// Its last day of validity is past.
    Expired,
    /// A newer certificate stands in its place.
    Replaced,
    /// It was taken back.
    Revoked,
}

impl Standing {
    /// Whether it may still be set on paper: what was revoked or replaced should not be printed again.
    #[must_use]
    pub const fn is_printed(self) -> bool {
        matches!(self, Self::Valid | Self::Expired)
    }
}

/// Crockford's base 32 (Douglas Crockford, "Base 32"): no I, L, O or U, so that a code survives being read aloud and typed.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const CODE_CHARS: usize = 24;

/// A verification code out of 120 random bits: 24 characters of Crockford's base 32, `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX`.
#[must_use]
pub fn code_from(bytes: [u8; 15]) -> String {
    let characters = bytes.chunks(5).flat_map(|five| {
        let bits = five.iter().fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
        (0..8).rev().map(move |place| character(bits >> (5 * place)))
    });
    grouped(characters)
}

/// The code a person meant: in capitals, with its hyphens, with O for 0 and I or L for 1 put right; `None` if it cannot be one.
#[must_use]
pub fn normalise_code(text: &str) -> Option<String> {
    let characters: Option<Vec<char>> =
        text.chars().filter(|c| !c.is_whitespace() && !is_hyphen(*c)).map(|c| meant(c.to_ascii_uppercase())).collect();
    characters.filter(|characters| characters.len() == CODE_CHARS).map(|characters| grouped(characters.into_iter()))
}

fn character(bits: u64) -> char {
    usize::try_from(bits & 31).ok().and_then(|at| ALPHABET.get(at)).copied().map_or('0', char::from)
}

fn grouped(characters: impl Iterator<Item = char>) -> String {
    let mut code = String::with_capacity(CODE_CHARS + 5);
    for (at, character) in characters.enumerate() {
        if at > 0 && at % 4 == 0 {
            code.push('-');
        }
        code.push(character);
    }
    code
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn meant(c: char) -> Option<char> {
    match c {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        _ => ALPHABET.iter().map(|byte| char::from(*byte)).find(|known| *known == c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_has_six_groups_of_four() {
        assert_eq!(code_from([0; 15]), "0000-0000-0000-0000-0000-0000");
        assert_eq!(code_from([255; 15]), "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ");
        assert_eq!(code_from([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 31]), "0400-0000-0000-0000-0000-000Z");
    }

    #[test]
    fn what_is_not_a_code_is_none() {
        for text in ["", "0400", "U400-0000-0000-0000-0000-000Z", "0400-0000-0000-0000-0000-000Z0", "ñ400-0000-0000-0000-0000-000Z"] {
            assert_eq!(normalise_code(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_code_survives_how_people_type_it(bytes: [u8; 15]) {
            let code = code_from(bytes);
            prop_assert_eq!(normalise_code(&code), Some(code.clone()));
            let typed = format!(" {} ", code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l"));
            prop_assert_eq!(normalise_code(&typed), Some(code));
        }

        #[test]
        fn different_bytes_make_different_codes(one: [u8; 15], other: [u8; 15]) {
            prop_assert_eq!(one == other, code_from(one) == code_from(other));
        }
    }
}
