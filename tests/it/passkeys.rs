//! Passkeys: what a challenge was asked for, whose the key is, and what a copy of either is worth.

use chrono::TimeDelta;
use tests::{Browser, Campus, Passkey, on_both};

const NEW: &str = "/profile/security/passkey";
const SIGN_IN: &str = "/sign-in/passkey";
const CONFIRM: &str = "/confirm/passkey";

/// The passkey of `seed`, which the person of `browser` makes as their first second factor.
async fn made(browser: &mut Browser, seed: u8) -> Passkey {
    let mut passkey = Passkey::new(seed);
    let shown = passkey.make(browser).await;
    let answer = browser.post(NEW, &shown.form()).await;
    assert_eq!((answer.status(), answer.words("#codes li").len()), (200, 10), "{}", answer.text());
    passkey
}

/// How a new browser that signs in with `passkey` is answered.
async fn sign_in(campus: &Campus, passkey: &Passkey) -> u16 {
    let mut browser = campus.visitor();
    let shown = passkey.answer(&mut browser, SIGN_IN).await;
    browser.post(SIGN_IN, &shown.form()).await.status()
}

on_both! {
    async fn a_challenge_is_answered_once_also_by_a_passkey_that_does_not_count(campus) {
        let passkey = made(&mut campus.learner("ana").await, 1).await;
        let mut phone = campus.visitor();
        let shown = passkey.answer(&mut phone, SIGN_IN).await;
        assert_eq!(phone.post(SIGN_IN, &shown.form()).await.location(), Some("/learning"));
        assert!(campus.signed_in(&phone).await.has_second_factor());
        assert_eq!(campus.visitor().post(SIGN_IN, &shown.form()).await.status(), 422);
        assert_eq!(sign_in(campus, &passkey).await, 303, "another challenge is another");
    }

    async fn a_passkey_is_made_once_of_a_challenge(campus) {
        let mut ana = campus.learner("ana").await;
        let shown = Passkey::new(1).make(&mut ana).await;
        assert_eq!(ana.post(NEW, &shown.form()).await.status(), 200);
        assert_eq!(campus.change("DELETE FROM accounts_passkeys").await, 1);
        assert_eq!(ana.post(NEW, &shown.form()).await.status(), 422);
        assert_eq!(campus.count("accounts_passkeys", "1 = 1").await, 0, "what was taken away does not come back");
    }

    async fn of_one_persons_challenge_nobody_else_makes_a_passkey(campus) {
        let (mut ana, mut luis) = (campus.learner("ana").await, campus.learner("luis").await);
        let shown = Passkey::new(1).make(&mut ana).await;
        assert_eq!(luis.post(NEW, &shown.form()).await.status(), 422);
        assert_eq!(campus.count("accounts_passkeys", "1 = 1").await, 0);
        assert_eq!(ana.post(NEW, &shown.form()).await.status(), 200);
    }

    async fn somebody_elses_passkey_confirms_nothing(campus) {
        let (mut ana, mut luis) = (campus.learner("ana").await, campus.learner("luis").await);
        let passkey = made(&mut ana, 1).await;
        let session = campus.signed_in(&luis).await.session();
        let shown = passkey.answer(&mut luis, CONFIRM).await;
        assert_eq!(luis.post(CONFIRM, &shown.form()).await.status(), 422);
        assert_eq!(campus.signed_in(&luis).await.session(), session);
        assert!(!campus.signed_in(&luis).await.has_second_factor());
        let shown = passkey.answer(&mut ana, CONFIRM).await;
        assert_eq!(ana.post(CONFIRM, &shown.form()).await.status(), 303);
    }

    async fn a_copy_that_has_signed_less_opens_nothing(campus) {
        let mut passkey = made(&mut campus.learner("ana").await, 1).await;
        for (count, status) in [(5, 303), (5, 422), (4, 422), (6, 303)] {
            passkey.count = count;
            assert_eq!(sign_in(campus, &passkey).await, status, "{count}");
        }
    }

    async fn a_device_that_does_not_look_who_is_there_makes_no_passkey_and_opens_nothing(campus) {
        let mut ana = campus.learner("ana").await;
        let mut blind = Passkey::new(1);
        blind.verifies = false;
        let shown = blind.make(&mut ana).await;
        assert_eq!(ana.post(NEW, &shown.form()).await.status(), 422);
        let mut passkey = made(&mut ana, 2).await;
        passkey.verifies = false;
        assert_eq!(sign_in(campus, &passkey).await, 422);
        passkey.verifies = true;
        assert_eq!(sign_in(campus, &passkey).await, 303);
    }

    async fn a_challenge_waits_ten_minutes(campus) {
        let passkey = made(&mut campus.learner("ana").await, 1).await;
        let mut phone = campus.visitor();
        let in_time = passkey.answer(&mut phone, SIGN_IN).await;
        let too_late = passkey.answer(&mut phone, SIGN_IN).await;
        campus.clock.advance(TimeDelta::minutes(10) - TimeDelta::seconds(1));
        assert_eq!(campus.visitor().post(SIGN_IN, &in_time.form()).await.status(), 303);
        campus.clock.advance(TimeDelta::seconds(1));
        assert_eq!(campus.visitor().post(SIGN_IN, &too_late.form()).await.status(), 422);
    }

    async fn the_passkey_of_a_closed_account_opens_nothing(campus) {
        let passkey = made(&mut campus.learner("ana").await, 1).await;
        assert_eq!(campus.change("UPDATE accounts_people SET disabled_at = created_at").await, 1);
        assert_eq!(sign_in(campus, &passkey).await, 422);
    }
}
