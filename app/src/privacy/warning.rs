//! The letter to somebody whose account nobody has used for long.

use server::Platform;
use server::privacy::{SweepError, Warning, is_to_be_sent, note_sent};

use crate::accounts::{Letter, send_letter};
use crate::texts::Texts;

/// Tells them that the account will be erased, and how to keep it; notes it once the letter is on its way.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn warn(platform: &Platform, warning: &Warning) -> Result<(), SweepError> {
    if is_to_be_sent(platform, warning).await?
        && send_letter(platform, letter(&platform.config.origin(), platform.config.zone(), warning.clone())).await
    {
        note_sent(platform, warning).await?;
    }
    Ok(())
}

fn letter(origin: &str, zone: chrono_tz::Tz, warning: Warning) -> Letter {
    let texts = Texts::of(warning.language);
    let day = texts.day(warning.from.with_timezone(&zone).date_naive());
    let text = texts.with("mail-inactive-text", [("day", day.into()), ("link", format!("{origin}/sign-in").into())]);
    Letter { to: warning.email, subject: texts.t("mail-inactive-subject"), text }
}

#[cfg(test)]
mod tests {
    use courses::id::PersonId;
    use courses::language::Language;

    use super::*;

    #[test]
    fn the_letter_says_from_which_day_and_names_no_course() {
        let from = "2027-03-04T20:00:00Z".parse().unwrap();
        let letter = letter(
            "https://campus.example",
            chrono_tz::Tz::UTC,
            Warning { person: PersonId(uuid::Uuid::nil()), email: "ana@salud.example".into(), language: Language::Es, from },
        );
        assert!(letter.text.contains("4 de marzo de 2027") && letter.text.contains("https://campus.example/sign-in"), "{}", letter.text);
    }
}
