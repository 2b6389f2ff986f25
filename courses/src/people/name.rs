//! Names people give themselves: shown names, user names, e-mail addresses.

/// Why a person's name cannot stand on a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Fewer than two characters.
    #[error("a name has at least 2 characters")]
    TooShort,
    /// More than 120 characters.
    #[error("a name has at most 120 characters")]
    TooLong,
    /// A control character, or one that turns the direction of writing.
    #[error("a name has no control characters")]
    ControlCharacter,
    /// Not one letter.
    #[error("a name has at least one letter")]
    NoLetter,
}

/// Why a user name cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UserNameError {
    /// Fewer than three characters.
    #[error("a user name has at least 3 characters")]
    TooShort,
    /// More than 40 characters.
    #[error("a user name has at most 40 characters")]
    TooLong,
    /// Something else than `a`–`z`, digits, full stop, underscore and hyphen.
    #[error("a user name has only letters a–z, digits, full stops, underscores and hyphens")]
    ForbiddenCharacter,
}

/// Why a text is not an e-mail address mail could be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// More than 254 bytes.
    #[error("an e-mail address has at most 254 characters")]
    TooLong,
    /// Not of the form `name@host.domain`.
    #[error("an e-mail address looks like name@host.domain")]
    Malformed,
}

/// The name as it will be shown: trimmed, runs of white space as one space.
///
/// # Errors
/// See [`NameError`]. Length is counted after trimming, in characters.
pub fn check_name(text: &str) -> Result<String, NameError> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().any(|c| c.is_control() || turns_direction(c)) {
        return Err(NameError::ControlCharacter);
    }
    match name.chars().count() {
        0 | 1 => Err(NameError::TooShort),
        2..=120 if name.chars().any(char::is_alphabetic) => Ok(name),
        2..=120 => Err(NameError::NoLetter),
        _ => Err(NameError::TooLong),
    }
}

/// The user name as it is stored: trimmed, in lower case. It never holds an `@`, so it is never taken for an e-mail address.
///
/// # Errors
/// See [`UserNameError`].
pub fn check_user_name(text: &str) -> Result<String, UserNameError> {
    let name = text.trim().to_ascii_lowercase();
    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-')) {
        return Err(UserNameError::ForbiddenCharacter);
    }
    match name.len() {
        0..=2 => Err(UserNameError::TooShort),
        3..=40 => Ok(name),
        _ => Err(UserNameError::TooLong),
    }
}

/// The e-mail address as it is stored: trimmed, in lower case. Whether it exists only a message to it can tell.
///
/// # Errors
/// See [`EmailError`].
pub fn check_email(text: &str) -> Result<String, EmailError> {
    let address = text.trim().to_lowercase();
    if address.len() > 254 {
        return Err(EmailError::TooLong);
    }
    let (local, domain) = address.rsplit_once('@').ok_or(EmailError::Malformed)?;
    if is_local_part(local) && is_domain(domain) { Ok(address) } else { Err(EmailError::Malformed) }
}

fn is_local_part(local: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-.".contains(&b);
    !local.is_empty() && local.len() <= 64 && local.bytes().all(allowed) && local.split('.').all(|atom| !atom.is_empty())
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    domain.contains('.') && domain.split('.').all(is_label) && domain.rsplit('.').next().is_some_and(|top| top.len() >= 2)
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_as_written_but_for_white_space() {
        assert_eq!(check_name("  María   José\tÑáñez-O'Brien "), Ok("María José Ñáñez-O'Brien".to_owned()));
        assert_eq!(check_name("Li"), Ok("Li".to_owned()));
        assert_eq!(check_name("  "), Err(NameError::TooShort));
        assert_eq!(check_name("12 34"), Err(NameError::NoLetter));
        assert_eq!(check_name(&"a".repeat(121)), Err(NameError::TooLong));
        assert_eq!(check_name("Ana\u{0}"), Err(NameError::ControlCharacter));
        assert_eq!(check_name("Ana\u{202e}anA"), Err(NameError::ControlCharacter));
    }

    #[test]
    fn a_user_name_never_looks_like_an_address() {
        assert_eq!(check_user_name(" Ana.Perez_1 "), Ok("ana.perez_1".to_owned()));
        assert_eq!(check_user_name("an"), Err(UserNameError::TooShort));
        assert_eq!(check_user_name(&"a".repeat(41)), Err(UserNameError::TooLong));
        for bad in ["ana@example.org", "ana perez", "aña", "ana/.."] {
            assert_eq!(check_user_name(bad), Err(UserNameError::ForbiddenCharacter), "{bad}");
        }
    }

    #[test]
    fn an_address_is_in_lower_case_and_has_one_host() {
        assert_eq!(check_email(" Ana.Perez+curso@Salud.GOB.mx "), Ok("ana.perez+curso@salud.gob.mx".to_owned()));
        for bad in [
            "",
            "ana",
            "ana@",
            "@example.org",
            "ana@localhost",
            "a b@example.org",
            "a@b@example.org",
            "ana@example..org",
            ".ana@example.org",
            "ana@-example.org",
            "ana@example.o",
            "ana@example.org\r\nBcc: eva@example.org",
            "<ana@example.org>",
        ] {
            assert_eq!(check_email(bad), Err(EmailError::Malformed), "{bad}");
        }
        assert_eq!(check_email(&format!("ana@{}.org", "a.".repeat(130))), Err(EmailError::TooLong));
    }
}
