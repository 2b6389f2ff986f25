//! `campus retention`, and the task of the server that does the same.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use server::Platform;
use server::config::Config;
use server::privacy::{self, SweepError, Swept};

/// How often the server looks for what was kept long enough.
const EVERY: Duration = Duration::from_hours(6);

pub(super) async fn retention(config: Config, only_counts: bool) -> anyhow::Result<ExitCode> {
    let platform = super::open(config).await?;
    let swept = if only_counts { privacy::sweep(&platform, true).await } else { forget(&platform).await };
    let swept = swept.context("not everything could be forgotten")?;
    for (name, count) in swept.figures() {
        println!("{name:12} {count}");
    }
    Ok(ExitCode::SUCCESS)
}

/// Forgets, and writes to those who should know.
async fn forget(platform: &Platform) -> Result<Swept, SweepError> {
    let swept = privacy::sweep(platform, false).await?;
    for warning in &swept.warnings {
        crate::privacy::warn(platform, warning).await?;
    }
    Ok(swept)
}

/// Forgets for as long as the server runs. Every server does it: forgetting twice changes nothing.
pub(super) async fn keep_forgetting(platform: Arc<Platform>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        // Erasures of other servers come into this one's journal too.
        if let Err(error) = privacy::replay(&platform).await {
            tracing::error!(%error, "the journal of erasures could not be kept");
        }
        if let Err(error) = forget(&platform).await {
            tracing::error!(%error, "what was kept long enough could not be forgotten");
        }
    }
}
