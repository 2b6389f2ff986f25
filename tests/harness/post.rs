//! The mail a campus has sent, as its development mailbox shows it.

use std::sync::Arc;
use std::time::Duration;

use crate::Campus;

impl Campus {
    /// Subjects of the messages sent so far, in no order, once there are `count` of them.
    pub async fn mail_subjects(&self, count: usize) -> Vec<String> {
        let all = async {
            loop {
                let subjects = self.visitor().get("/dev/mail").await.words("article h2");
                if subjects.len() >= count {
                    return subjects;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), all).await.unwrap_or_else(|_| panic!("{count} messages came"))
    }

    /// Addresses in the messages sent so far that begin with `start`, once there are `count` of them. Mail goes out after the page
    /// is answered, so this waits for it.
    pub async fn mail_links(&self, start: &str, count: usize) -> Vec<String> {
        let all = async {
            loop {
                let links = self.visitor().get("/dev/mail").await.attributes("article a", "href");
                let links: Vec<String> = links.into_iter().filter(|link| link.starts_with(start)).collect();
                if links.len() >= count {
                    return links;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), all).await.unwrap_or_else(|_| panic!("{count} messages with {start} came"))
    }

    /// Waits until what answers left to be done behind them (mail, and links for it) is done: until nothing but the campus itself holds it.
    pub async fn settled(&self) {
        let all = async {
            while Arc::strong_count(&self.platform) > self.holders {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), all).await.expect("what was begun ends");
    }
}
