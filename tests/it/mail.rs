//! Mail by SMTP: a real conversation over a socket.

use server::config::Config;
use server::mail::Mailer;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

/// Takes one message as a mail server does (RFC 5321) and gives back what was said.
async fn take_one(listener: TcpListener) -> String {
    let (socket, _) = listener.accept().await.unwrap();
    let (reading, mut writing) = socket.into_split();
    let mut lines = BufReader::new(reading).lines();
    let mut said = String::new();
    let mut is_message = false;
    writing.write_all(b"220 mail.example ESMTP\r\n").await.unwrap();
    while let Some(line) = lines.next_line().await.unwrap() {
        said.push_str(&line);
        said.push('\n');
        let reply = match (is_message, line.as_str()) {
            (true, ".") => {
                is_message = false;
                "250 taken\r\n"
            }
            (true, _) => continue,
            (false, "DATA") => {
                is_message = true;
                "354 go on\r\n"
            }
            (false, "QUIT") => {
                writing.write_all(b"221 bye\r\n").await.unwrap();
                break;
            }
            (false, _) => "250 mail.example\r\n",
        };
        writing.write_all(reply.as_bytes()).await.unwrap();
    }
    said
}

#[tokio::test]
async fn a_message_goes_to_the_configured_server_with_its_accents() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let mailer = Mailer::new(&Config { smtp_url: Some(url), ..Config::default() }).unwrap();
    assert!(mailer.folder().is_none());
    let server = tokio::spawn(take_one(listener));
    mailer.send("ana@example.org", "E-Campus", "Abra el enlace: contraseña nueva".to_owned()).await.unwrap();
    drop(mailer);
    let said = server.await.unwrap();
    assert!(said.contains("MAIL FROM:<campus@localhost>") && said.contains("RCPT TO:<ana@example.org>"), "{said}");
    assert!(said.contains("charset=utf-8") && (said.contains("contrase=C3=B1a") || said.contains("contraseña")), "{said}");
}

#[tokio::test]
async fn a_recipient_that_is_no_address_is_refused_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let mailer = Mailer::new(&Config { data: folder.path().to_owned(), ..Config::default() }).unwrap();
    let injected = mailer.send("ana@example.org\r\nBcc: eva@example.org", "E-Campus", String::new()).await;
    assert!(injected.is_err());
    assert_eq!(std::fs::read_dir(folder.path().join("mail")).unwrap().count(), 0);
}
