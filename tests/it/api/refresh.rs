//! Refresh tokens: each works once, and one that comes again ends its family.

use chrono::TimeDelta;
use tests::{Campus, Program, on_both};

async fn program(campus: &Campus) -> Program {
    let mut ana = campus.learner("ana").await;
    campus.program(&mut ana, &["profile:read"]).await
}

async fn works(program: &Program) -> bool {
    program.get("/me").await.status() == 200
}

on_both! {
    async fn a_refresh_token_gives_the_next_pair_and_the_access_before_goes_on(campus) {
        let first = program(campus).await;
        let second = first.clone().exchanged(&first.refresh).await;
        assert!(works(&first).await && works(&second).await);
        assert!(first.refresh != second.refresh && first.access != second.access);
    }

    async fn a_refresh_token_that_comes_again_ends_the_whole_family(campus) {
        let first = program(campus).await;
        let second = first.clone().exchanged(&first.refresh).await;
        campus.clock.advance(TimeDelta::seconds(11));
        assert_eq!(first.exchange(&first.refresh).await.status(), 400);
        assert!(!works(&first).await && !works(&second).await, "what grew out of it has stopped");
        assert_eq!(second.exchange(&second.refresh).await.status(), 400);
    }

    async fn a_family_ends_alone(campus) {
        let mut ana = campus.learner("ana").await;
        let secret = campus.service_token(&mut ana, &["profile:read"]).await;
        let first = campus.nobodys_program().exchanged(&secret).await;
        let other = campus.nobodys_program().exchanged(&secret).await;
        first.clone().exchanged(&first.refresh).await;
        campus.clock.advance(TimeDelta::seconds(11));
        first.exchange(&first.refresh).await;
        assert!(!works(&first).await && works(&other).await);
        assert!(works(&campus.nobodys_program().exchanged(&secret).await).await, "the service token begins again");
    }

    async fn an_answer_that_was_lost_may_be_asked_for_again_within_ten_seconds(campus) {
        let first = program(campus).await;
        let lost = first.clone().exchanged(&first.refresh).await;
        campus.clock.advance(TimeDelta::seconds(10));
        let second = first.clone().exchanged(&first.refresh).await;
        let third = second.clone().exchanged(&second.refresh).await;
        assert!(works(&third).await);
        assert_eq!(lost.exchange(&lost.refresh).await.status(), 400, "what was lost and found was copied");
        assert!(!works(&third).await);
    }

    async fn nobody_tries_again_once_the_next_token_was_used(campus) {
        let first = program(campus).await;
        let second = first.clone().exchanged(&first.refresh).await;
        let third = second.clone().exchanged(&second.refresh).await;
        assert_eq!(first.exchange(&first.refresh).await.status(), 400);
        assert!(!works(&third).await, "somebody has a copy: everything stops");
    }

    async fn of_twenty_who_refresh_at_once_one_is_left_with_a_token_that_works(campus) {
        let first = program(campus).await;
        let tries: Vec<_> = (0..20).map(|_| { let first = first.clone(); tokio::spawn(async move { first.exchange(&first.refresh).await }) }).collect();
        for tried in tries {
            assert_eq!(tried.await.unwrap().status(), 200, "all of them within ten seconds");
        }
        assert_eq!(campus.count("api_refreshes", "used_at IS NULL AND dropped_at IS NULL").await, 1);
    }

    async fn a_refresh_token_ends_after_30_days_and_with_its_service_token(campus) {
        let first = program(campus).await;
        campus.clock.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
        let second = first.clone().exchanged(&first.refresh).await;
        campus.clock.advance(TimeDelta::days(30));
        assert_eq!(second.exchange(&second.refresh).await.status(), 400);

        let mut luis = campus.learner("luis").await;
        let secret = campus.service_token(&mut luis, &["profile:read"]).await;
        campus.clock.advance(TimeDelta::days(90) - TimeDelta::minutes(1));
        let last = campus.nobodys_program().exchanged(&secret).await;
        campus.clock.advance(TimeDelta::minutes(1));
        assert!(!works(&last).await, "no access outlives the service token");
        assert_eq!((last.exchange(&last.refresh).await.status(), last.exchange(&secret).await.status()), (400, 400));
    }

    async fn what_cannot_work_any_more_is_forgotten_at_the_next_exchange(campus) {
        let mut ana = campus.learner("ana").await;
        let secret = campus.service_token(&mut ana, &["profile:read"]).await;
        campus.nobodys_program().exchanged(&secret).await;
        campus.clock.advance(TimeDelta::days(30));
        campus.nobodys_program().exchanged(&secret).await;
        assert_eq!((campus.count("api_families", "1 = 1").await, campus.count("api_refreshes", "1 = 1").await), (1, 1));
    }
}
