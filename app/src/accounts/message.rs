//! Mail to people: neutral subjects, never a course, a link that works once.

use std::sync::Arc;

use server::Platform;
use server::accounts::{Event, Notice, Reset, ResetFor, Secret};
use server::mail::MailError;

use crate::texts::Texts;

/// A message, ready to go.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    /// Address it goes to.
    pub(crate) to: String,
    /// Subject.
    pub(crate) subject: &'static str,
    /// Plain text.
    pub(crate) text: String,
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

/// Brings the link for a new password that an administrator asked for, where there is an address.
pub(crate) fn reset_for(origin: &str, asked: &ResetFor) -> Option<Letter> {
    let email = asked.email.clone()?;
    Some(reset(origin, Reset { email, language: asked.language, secret: asked.secret.clone() }))
}

/// Asks the person behind `to` to take it into use.
pub(super) fn new_address(texts: Texts, origin: &str, to: String, secret: &Secret) -> Letter {
    let link = format!("{origin}/email-change/{}", secret.reveal());
    Letter { to, subject: texts.t("mail-address-subject"), text: texts.with("mail-address-text", [("link", link.into())]) }
}

/// Tells the person behind `to` that the address has an account, and how to get in.
pub(super) fn address_taken(texts: Texts, origin: &str, to: String) -> Letter {
    let (sign_in, reset) = (format!("{origin}/sign-in"), format!("{origin}/password-reset"));
    let text = texts.with("mail-taken-text", [("sign-in", sign_in.into()), ("reset", reset.into())]);
    Letter { to, subject: texts.t("mail-taken-subject"), text }
}

/// Tells somebody what happened to their account, so that they notice what they did not do themselves.
pub(crate) fn notice(origin: &str, notice: Notice) -> Letter {
    let texts = Texts::of(notice.language);
    let what = match notice.event {
        Event::NewPassword => texts.t("mail-notice-new-password"),
        Event::NewEmail => texts.t("mail-notice-new-email"),
        Event::SecondFactorAdded => texts.t("mail-notice-second-factor-added"),
        Event::SecondFactorRemoved => texts.t("mail-notice-second-factor-removed"),
        Event::RecoveryCodeUsed => texts.t("mail-notice-recovery-code"),
        Event::NewDevice => texts.t("mail-notice-new-device"),
        Event::ProviderLinked => texts.t("mail-notice-provider-linked"),
        Event::ProviderUnlinked => texts.t("mail-notice-provider-unlinked"),
        Event::AccountErased => {
            return Letter { to: notice.email, subject: texts.t("mail-notice-subject"), text: texts.t("mail-erased-text").to_owned() };
        }
    };
    let link = format!("{origin}/password-reset");
    let text = texts.with("mail-notice-text", [("what", what.into()), ("link", link.into())]);
    Letter { to: notice.email, subject: texts.t("mail-notice-subject"), text }
}

/// Sends a notice, if there is one.
pub(crate) fn tell(platform: &Arc<Platform>, told: Option<Notice>) {
    if let Some(told) = told {
        post(platform, notice(&platform.config.origin(), told));
    }
}

/// Sends a message while the page is already answered, so that neither a slow server nor a stopwatch is seen.
pub(crate) fn post(platform: &Arc<Platform>, letter: Letter) {
    let platform = Arc::clone(platform);
    tokio::spawn(async move {
        send(&platform, letter).await;
    });
}

/// Sends a message; whether it was. A failure is logged without the address.
pub(crate) async fn send(platform: &Platform, letter: Letter) -> bool {
    let sent = platform.mailer.send(&letter.to, letter.subject, letter.text).await;
    if let Err(error) = &sent {
        tracing::error!(cause = cause(error), "a message could not be sent");
    }
    sent.is_ok()
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
