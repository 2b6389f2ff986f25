//! Pages of a person's account: signing up, in and out, the one-time links, the profile, sessions and the second factor.

mod confirm;
mod credentials;
mod mailbox;
pub(crate) mod message;
mod new_factor;
mod onward;
mod passkey;
mod person_form;
mod profile;
mod provider;
mod recovery;
mod refusals;
mod second_step;
mod security;
mod session;
mod sessions;
mod setup;
mod sign_in;
mod sign_up;
mod typed;
mod verification;

use std::sync::Arc;

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::REFERRER_POLICY;
use axum::response::Response;
use axum::routing::{get, post};
use server::Platform;

pub(crate) use message::{Letter, send as send_letter};
pub(crate) use provider::BACK_CHANNEL;
pub(crate) use session::forget_everything;

/// Every address of accounts; the development mailbox only where mail goes to files of this machine.
pub(crate) fn routes(platform: &Arc<Platform>) -> Router<Arc<Platform>> {
    let routes = Router::new()
        .route("/sign-up", get(sign_up::show).post(sign_up::send))
        .route("/sign-in", get(sign_in::show).post(sign_in::send))
        .route("/sign-in/code", get(second_step::show).post(second_step::send))
        .route("/sign-in/passkey", get(passkey::show_sign_in).post(passkey::sign_in))
        .route("/sign-out", post(session::sign_out))
        .route("/confirm", get(confirm::show).post(confirm::send))
        .route("/confirm/passkey", get(passkey::show_confirm).post(passkey::confirm))
        .route("/verify-email", post(verification::ask_again))
        .route("/verify-email/{secret}", get(verification::show).post(verification::send))
        .route("/password-reset", get(recovery::show).post(recovery::send))
        .route("/password-reset/{secret}", get(recovery::show_new_password).post(recovery::send_new_password))
        .route("/profile", get(profile::show).post(profile::send))
        .route("/profile/password", get(credentials::show_password).post(credentials::send_password))
        .route("/profile/email", get(credentials::show_email).post(credentials::send_email))
        .route("/email-change/{secret}", get(credentials::show_change).post(credentials::send_change))
        .route("/profile/sessions", get(sessions::show).post(sessions::send))
        .route("/profile/security", get(security::show).post(security::send))
        .route("/profile/security/app", get(new_factor::show).post(new_factor::send))
        .route("/profile/security/passkey", get(new_factor::show_passkey).post(new_factor::send_passkey))
        .route("/setup/{secret}", get(setup::show).post(setup::send))
        .merge(provider::routes());
    if mailbox::is_open(platform) { routes.route("/dev/mail", get(mailbox::show)) } else { routes }
}

/// Keeps the address of a page with a secret from travelling on. Not `no-referrer`: with it browsers send `Origin: null`
/// along with the page's own form, and where they send no `Sec-Fetch-Site` (plain HTTP) the form would be refused.
fn without_referrer(mut response: Response) -> Response {
    response.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
    response
}
