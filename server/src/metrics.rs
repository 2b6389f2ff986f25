//! Figures for Prometheus. Every label has few values, all of them ours: a route and never a path, a class and never a person.
//!
//! Recording costs next to nothing while nobody installed a recorder. `docs/OPERATION.md` lists what there is.

use std::time::Duration;

use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use sea_orm::metric::Info;

use crate::Platform;

/// Upper bounds of durations, in seconds.
const SECONDS: [f64; 12] = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
/// Upper bounds of how many writes share a commit.
const WRITES: [f64; 7] = [1.0, 2.0, 4.0, 8.0, 32.0, 128.0, 256.0];

/// What Prometheus reads.
pub struct Exposition(PrometheusHandle);

impl Exposition {
    /// Begins to record, once in a process.
    ///
    /// # Errors
    /// When something records already.
    pub fn install() -> Result<Self, BuildError> {
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?
            .set_buckets_for_metric(Matcher::Full("campus_commit_writes".to_owned()), &WRITES)?;
        let exposition = Self(builder.install_recorder()?);
        describe();
        Ok(exposition)
    }

    /// The figures as they are now, in Prometheus's text format.
    #[must_use]
    pub fn render(&self, platform: &Platform) -> String {
        gauge!("campus_writes_waiting").set(u32::try_from(platform.storage.writes_waiting()).unwrap_or(u32::MAX));
        gauge!("campus_ready").set(if platform.health.is_stopping() { 0.0 } else { 1.0 });
        if let Some(kilobytes) = resident_kilobytes() {
            gauge!("process_resident_memory_bytes").set(f64::from(kilobytes) * 1024.0);
        }
        self.0.run_upkeep();
        self.0.render()
    }
}

fn describe() {
    use metrics::{describe_counter, describe_gauge, describe_histogram};
    describe_histogram!("campus_request_seconds", "Time until an answer began, by route, method and class of its status");
    describe_histogram!("campus_statement_seconds", "Time of database statements, by kind");
    describe_counter!("campus_statements_failed_total", "Database statements that failed, by kind");
    describe_counter!("campus_answers_total", "Answers of learners that were taken in, by what became of them");
    describe_histogram!("campus_commit_writes", "Writes that shared a commit");
    describe_histogram!("campus_commit_seconds", "Time of commits");
    describe_counter!("campus_commits_failed_total", "Commits that failed: the disk is full or the database is gone");
    describe_gauge!("campus_writes_waiting", "Writes that wait for their turn");
    describe_gauge!("campus_passwords_waiting", "Passwords that wait to be checked");
    describe_counter!("campus_mail_total", "Messages, by whether they were handed over");
    describe_counter!("campus_sessions_begun_total", "Sessions that began");
    describe_counter!("campus_sessions_refused_total", "Passwords that were wrong, or one too many");
    describe_gauge!("campus_ready", "1 until the server is told to stop");
    describe_gauge!("process_resident_memory_bytes", "Memory in use");
}

/// A request that was answered.
pub fn request(route: &str, method: &'static str, status: u16, took: Duration) {
    let class = match status {
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    };
    histogram!("campus_request_seconds", "route" => route.to_owned(), "method" => method, "status" => class).record(took);
}

/// A statement that the database has done.
pub(crate) fn statement(info: &Info<'_>) {
    let kind = match info.statement.sql.get(..6) {
        Some("SELECT") => "read",
        Some("INSERT" | "UPDATE" | "DELETE") => "write",
        _ => "other",
    };
    histogram!("campus_statement_seconds", "kind" => kind).record(info.elapsed);
    if info.failed {
        counter!("campus_statements_failed_total", "kind" => kind).increment(1);
    }
}

/// An answer of a learner that was taken in.
pub(crate) fn answer(outcome: &'static str) {
    counter!("campus_answers_total", "outcome" => outcome).increment(1);
}

/// A commit that `writes` shared.
pub(crate) fn commit(writes: usize, took: Duration, succeeded: bool) {
    histogram!("campus_commit_writes").record(u32::try_from(writes).unwrap_or(u32::MAX));
    histogram!("campus_commit_seconds").record(took);
    if !succeeded {
        counter!("campus_commits_failed_total").increment(1);
    }
}

/// A message that was handed over, or could not be.
pub(crate) fn mail(succeeded: bool) {
    counter!("campus_mail_total", "outcome" => if succeeded { "sent" } else { "failed" }).increment(1);
}

/// A session that began.
pub(crate) fn session_begun() {
    counter!("campus_sessions_begun_total").increment(1);
}

/// A password that was wrong, or one too many.
pub(crate) fn session_refused() {
    counter!("campus_sessions_refused_total").increment(1);
}

/// Somebody in a queue, for as long as this lives.
pub(crate) struct Waiting(&'static str);

impl Waiting {
    /// Joins the queue that the gauge `name` counts.
    pub(crate) fn join(name: &'static str) -> Self {
        gauge!(name).increment(1.0);
        Self(name)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        gauge!(self.0).decrement(1.0);
    }
}

/// Memory of this process, where the system tells (Linux).
fn resident_kilobytes() -> Option<u32> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
