//! Length of passwords; how common one is, the server judges.

/// Why a password's length is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Fewer than 8 characters.
    #[error("a password has at least 8 characters")]
    TooShort,
    /// More than 128 characters.
    #[error("a password has at most 128 characters")]
    TooLong,
}

const SHORTEST: usize = 8;
const LONGEST: usize = 128;

/// Whether a password is long enough and not too long, in characters, white space included.
///
/// # Errors
/// See [`PasswordError`].
pub fn check_password(password: &str) -> Result<(), PasswordError> {
    match password.chars().count() {
        0..SHORTEST => Err(PasswordError::TooShort),
        SHORTEST..=LONGEST => Ok(()),
        _ => Err(PasswordError::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(check_password("ñandúes"), Err(PasswordError::TooShort));
        assert_eq!(check_password("ñandúes!"), Ok(()));
        assert_eq!(check_password(&"ñ".repeat(128)), Ok(()));
        assert_eq!(check_password(&"a".repeat(129)), Err(PasswordError::TooLong));
    }
}
