//! Limits and keys: what every server of a campus counts and knows together.

use std::sync::Arc;

use chrono::TimeDelta;
use server::access::key::{self, Purpose};
use server::access::limit::{self, Limit, LimitError};
use tests::{Browser, Campus, on_both};

const LIMIT: Limit = Limit { kind: "try", burst: 3, every: TimeDelta::seconds(10) };

/// Seconds to wait, if the next try does not pass.
async fn wait(campus: &Campus, subject: &str) -> Option<i64> {
    match limit::take(&campus.platform, LIMIT, subject).await {
        Ok(()) => None,
        Err(LimitError::TooMany(too_many)) => Some(too_many.retry_after.num_seconds()),
        Err(LimitError::Storage(error)) => panic!("{error}"),
    }
}

async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get("/profile").await.status() == 200
}

on_both! {
    async fn three_pass_at_once_then_one_every_ten_seconds(campus) {
        for _ in 0..3 {
            assert_eq!(wait(campus, "ana").await, None);
        }
        assert_eq!((wait(campus, "ana").await, wait(campus, "luis").await), (Some(10), None));
        campus.clock.advance(TimeDelta::seconds(10));
        assert_eq!((wait(campus, "ana").await, wait(campus, "ana").await), (None, Some(10)));
        limit::give_back(&campus.platform, LIMIT, "ana").await.unwrap();
        assert_eq!(wait(campus, "ana").await, None);
    }

    async fn of_fifty_tries_at_once_three_pass(campus) {
        let tries = (0..50).map(|_| {
            let platform = Arc::clone(&campus.platform);
            tokio::spawn(async move { limit::take(&platform, LIMIT, "ana").await.is_ok() })
        });
        let mut passed = 0;
        for tried in tries.collect::<Vec<_>>() {
            passed += usize::from(tried.await.unwrap());
        }
        assert_eq!(passed, 3);
    }

    async fn what_is_given_back_is_forgotten_and_the_table_names_nobody(campus) {
        wait(campus, "ana").await;
        assert!(!campus.rows("access_limits").await.concat().contains("ana"));
        limit::forget_old(&campus.platform).await.unwrap();
        assert_eq!(campus.count("access_limits", "kind = 'try'").await, 1);
        campus.clock.advance(TimeDelta::seconds(11));
        limit::forget_old(&campus.platform).await.unwrap();
        assert_eq!(campus.count("access_limits", "kind = 'try'").await, 0);
    }

    async fn a_new_key_signs_and_the_old_one_goes_on_opening_until_it_is_retired(campus) {
        let mut ana = campus.learner("ana").await;
        key::rotate(&campus.platform, Purpose::Session, false).await.unwrap();
        let mut luis = campus.learner("luis").await;
        assert!(is_signed_in(&mut ana).await && is_signed_in(&mut luis).await);
        key::rotate(&campus.platform, Purpose::Session, true).await.unwrap();
        let mut eva = campus.learner("eva").await;
        assert!(!is_signed_in(&mut ana).await && !is_signed_in(&mut luis).await && is_signed_in(&mut eva).await);
    }

    async fn a_key_that_another_server_retired_opens_nothing_here_within_a_minute(campus) {
        let mut ana = campus.learner("ana").await;
        campus.change("UPDATE access_keys SET retired_at = created_at WHERE purpose = 'session'").await;
        campus.clock.advance(TimeDelta::minutes(1));
        assert!(!is_signed_in(&mut ana).await);
    }
}
