//! The development mailbox: mail that went to files of this machine, with links that open here.

use std::io;
use std::path::Path;

use axum::response::Response;
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use mail_parser::MessageParser;
use server::Platform;

use crate::reader::Reader;
use crate::routes::Fault;
use crate::shell::Head;

/// A message as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mail {
    at: DateTime<Utc>,
    to: String,
    subject: String,
    text: String,
}

/// Whether this campus has a mailbox: mail goes to files, only this machine is listened to, and no proxy is announced that
/// would let others in. Whoever reads these messages can take over the accounts they went to.
pub(super) fn is_open(platform: &Platform) -> bool {
    let config = &platform.config;
    platform.mailer.folder().is_some() && config.listen.ip().is_loopback() && config.public_url.is_none()
}

/// `GET /dev/mail`
pub(super) async fn show(reader: Reader) -> Result<Response, Fault> {
    let folder = reader.platform.mailer.folder().ok_or(Fault::NotFound)?.to_owned();
    let mails = tokio::task::spawn_blocking(move || read(&folder)).await.map_err(|error| Fault::Internal(error.to_string()))?;
    let mails = mails.map_err(|error| Fault::Internal(format!("the mail folder could not be read: {error}")))?;
    Ok(page(&reader, mails))
}

/// Every message of `folder`, newest first.
fn read(folder: &Path) -> io::Result<Vec<Mail>> {
    let mut mails = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.path().extension().is_some_and(|extension| extension == "eml") {
            let at = entry.metadata()?.modified()?.into();
            mails.extend(parse(&std::fs::read(entry.path())?, at));
        }
    }
    mails.sort_by_key(|mail| std::cmp::Reverse(mail.at));
    Ok(mails)
}

fn parse(bytes: &[u8], at: DateTime<Utc>) -> Option<Mail> {
    let message = MessageParser::default().parse(bytes)?;
    let to = message.to().and_then(|to| to.first()).and_then(|to| to.address()).unwrap_or_default().to_owned();
    let subject = message.subject().unwrap_or_default().to_owned();
    let text = message.body_text(0).unwrap_or_default().into_owned();
    Some(Mail { at, to, subject, text })
}

fn page(reader: &Reader, mails: Vec<Mail>) -> Response {
    let texts = reader.texts;
    let (zone, origin) = (reader.zone(), reader.platform.config.origin());
    reader.page(Head::new(texts.t("mailbox")).narrow(), move || {
        let is_empty = mails.is_empty();
        let letters: Vec<_> = mails.into_iter().map(|mail| letter(&texts.moment(mail.at, zone), mail, &origin)).collect();
        view! {
            <h1>{texts.t("mailbox")}</h1>
            <p class="lead">{texts.t("mailbox-lead")}</p>
            {is_empty.then(|| view! { <p class="empty gap">{texts.t("mailbox-empty")}</p> })}
            <div class="gap">{letters}</div>
        }
    })
}

fn letter(moment: &str, mail: Mail, origin: &str) -> impl IntoView + use<> {
    let lines: Vec<_> =
        mail.text.lines().filter(|line| !line.trim().is_empty()).map(|line| view! { <p>{linked(line, origin)}</p> }).collect();
    view! {
        <article class="finding">
            <h2>{mail.subject}</h2>
            <p class="meta"><span>{mail.to}</span> " " <span>{moment.to_owned()}</span></p>
            <div class="prose">{lines}</div>
        </article>
    }
}

/// A line whose address of this campus is a link.
fn linked(line: &str, origin: &str) -> impl IntoView + use<> {
    let (before, address) = line.find(origin).and_then(|at| line.split_at_checked(at)).unwrap_or((line, ""));
    let (address, after) = address.find(' ').and_then(|at| address.split_at_checked(at)).unwrap_or((address, ""));
    let path = address.strip_prefix(origin).filter(|path| path.starts_with('/')).map(str::to_owned);
    let address = address.to_owned();
    let address = match path {
        Some(path) => view! { <a href=path>{address}</a> }.into_any(),
        None => address.into_any(),
    };
    view! { {before.to_owned()} {address} {after.to_owned()} }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_as_it_was_written() {
        let eml = b"From: E-Campus <campus@localhost>\r\nTo: ana@example.org\r\nSubject: =?utf-8?b?Q29udHJhc2XDsWEgbnVldmE=?=\r\n\
            MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            Para cambiar su contrase=C3=B1a, abra http://127.0.0.1:3000/password-reset/abc=\r\ndef\r\n";
        let mail = parse(eml, DateTime::UNIX_EPOCH).unwrap();
        assert_eq!((mail.to.as_str(), mail.subject.as_str()), ("ana@example.org", "Contraseña nueva"));
        assert_eq!(mail.text.trim(), "Para cambiar su contraseña, abra http://127.0.0.1:3000/password-reset/abcdef");
        let html = linked(mail.text.trim(), "http://127.0.0.1:3000").to_html();
        assert!(html.contains("<a href=\"/password-reset/abcdef\">http://127.0.0.1:3000/password-reset/abcdef</a>"), "{html}");
    }
}
