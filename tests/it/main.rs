//! Behaviour through HTTP, on SQLite and on PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod access;
mod accounts;
mod api;
mod backup;
mod catalogue;
mod certificates;
mod confirm;
mod course;
mod documents;
mod hostile;
mod learning;
mod limits;
mod logs;
mod mail;
mod oidc;
mod oidc_linking;
mod oidc_misbehaving;
mod oidc_sessions;
mod oidc_sign_out;
mod operation;
mod passkeys;
mod people;
mod privacy;
mod questions;
mod quizzes;
mod reports;
mod routes;
mod schedules;
mod second_factor;
mod sessions;
mod sign_in;
mod storage;
