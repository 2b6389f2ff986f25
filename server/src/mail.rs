//! Outgoing mail: by SMTP, or to files that the development mailbox shows.

use std::path::{Path, PathBuf};

use lettre::message::{Mailbox, SinglePart};
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::config::Config;
use crate::metrics;

/// Sends mail.
pub struct Mailer {
    from: Mailbox,
    transport: Transport,
}

enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Files(AsyncFileTransport<Tokio1Executor>, PathBuf),
}

/// Why mail could not be set up or sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// `mail_from` or a recipient is not an address.
    #[error("not a mail address: {0}")]
    Address(#[from] lettre::address::AddressError),
    /// The SMTP server refused or could not be reached, or its address is malformed.
    #[error("SMTP: {0}")]
    Smtp(#[from] lettre::transport::smtp::Error),
    /// The mail folder could not be written.
    #[error("mail folder: {0}")]
    Folder(#[from] std::io::Error),
    /// The mail file could not be written.
    #[error("mail file: {0}")]
    File(#[from] lettre::transport::file::Error),
    /// The message could not be composed.
    #[error("message: {0}")]
    Message(#[from] lettre::error::Error),
}

impl Mailer {
    /// The mailer that `config` asks for.
    ///
    /// # Errors
    /// When the sender or the SMTP address is malformed, or the mail folder cannot be made.
    pub fn new(config: &Config) -> Result<Self, MailError> {
        let transport = if let Some(url) = &config.smtp_url {
            Transport::Smtp(AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.build())
        } else {
            let folder = config.data.join("mail");
            std::fs::create_dir_all(&folder)?;
            Transport::Files(AsyncFileTransport::new(&folder), folder)
        };
        Ok(Self { from: config.mail_from.parse()?, transport })
    }

    /// Sends a message of plain text.
    ///
    /// # Errors
    /// [`MailError`]; nothing is retried here.
    pub async fn send(&self, to: &str, subject: &str, text: String) -> Result<(), MailError> {
        let sent = self.hand_over(to, subject, text).await;
        metrics::mail(sent.is_ok());
        sent
    }

    async fn hand_over(&self, to: &str, subject: &str, text: String) -> Result<(), MailError> {
        let builder = Message::builder().from(self.from.clone()).to(Mailbox::new(None, to.parse()?)).subject(subject);
        let message = builder.singlepart(SinglePart::plain(text))?;
        match &self.transport {
            Transport::Smtp(smtp) => {
                smtp.send(message).await?;
            }
            Transport::Files(files, _) => {
                files.send(message).await?;
            }
        }
        Ok(())
    }

    /// The folder mail is written to, when it goes to files.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match &self.transport {
            Transport::Smtp(_) => None,
            Transport::Files(_, folder) => Some(folder),
        }
    }
}
