//! Mail to people: neutral subjects, never a course, a link that works once.

use std::sync::Arc;

use server::Platform;
use server::accounts::{Reset, Secret};
use server::mail::MailError;

use crate::texts::Texts;

/// A message, ready to go.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Letter {
    /// Address it goes to.
    pub(super) to: String,
    /// Subject.
    pub(super) subject: &'static str,
    /// Plain text.
    pub(super) text: String,
}

/// Asks the person behind the address `to` to verify it.
pub(super) fn verification(texts: Texts, origin: &str, to: String, secret: &Secret) -> Letter {
    let link = format!("{origin}/verify-email/{}", secret.reveal());
    Letter { to, subject: texts.t("mail-verify-subject"), text: texts.with("mail-verify-text", [("link", link.into())]) }
}

/// Brings the link for a new password, in the language of the account.
pub(super) fn reset(origin: &str, reset: Reset) -> Letter {
    let texts = Texts::of(reset.language);
    let link = format!("{origin}/password-reset/{}", reset.secret.reveal());
    Letter { to: reset.email, subject: texts.t("mail-reset-subject"), text: texts.with("mail-reset-text", [("link", link.into())]) }
}

/// Sends a message while the page is already answered, so that neither a slow server nor a stopwatch is seen.
pub(super) fn post(platform: &Arc<Platform>, letter: Letter) {
    let platform = Arc::clone(platform);
    tokio::spawn(async move { send(&platform, letter).await });
}

/// Sends a message; a failure is logged without the address.
pub(super) async fn send(platform: &Platform, letter: Letter) {
    if let Err(error) = platform.mailer.send(&letter.to, letter.subject, letter.text).await {
        tracing::error!(cause = cause(&error), "a message could not be sent");
    }
}

/// Why, in words that cannot hold the address: SMTP servers repeat it in their answers.
fn cause(error: &MailError) -> String {
    match error {
        MailError::Address(_) => "not a mail address".to_owned(),
        MailError::Smtp(error) => match error.status() {
            Some(code) => format!("the SMTP server answered {code}"),
            None if error.is_timeout() => "the SMTP server did not answer in time".to_owned(),
            None => "the SMTP server could not be spoken to".to_owned(),
        },
        MailError::Folder(error) => format!("the mail folder could not be written: {error}"),
        MailError::File(error) => format!("the mail file could not be written: {error}"),
        MailError::Message(_) => "the message could not be composed".to_owned(),
    }
}
