//! `campus backup` and `campus restore`.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use server::backup::{How, Manifest, back_up, restore};
use server::config::Config;
use server::world::SystemClock;

pub(super) async fn backup(config: Config, to: &Path) -> anyhow::Result<ExitCode> {
    let manifest = back_up(&config.database(), to, &SystemClock).await.context("no backup was made")?;
    println!("{}: {}, written, synced and verified", to.display(), said(&manifest));
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn put_back(config: Config, from: &Path, replaces: bool, keeps_sessions: bool) -> anyhow::Result<ExitCode> {
    std::fs::create_dir_all(&config.data).with_context(|| format!("the folder {} cannot be made", config.data.display()))?;
    let how = How { data: &config.data, replaces, keeps_sessions };
    let manifest = restore(&config.database(), from, how, &SystemClock).await.context("nothing was restored")?;
    println!("{} of {} are back, and compared", said(&manifest), manifest.made_at.format("%Y-%m-%d %H:%M:%S UTC"));
    if !keeps_sessions {
        println!("Everybody was signed out, and no link sent by mail works any more");
    }
    Ok(ExitCode::SUCCESS)
}

fn said(manifest: &Manifest) -> String {
    format!("{} rows in {} tables", manifest.rows(), manifest.tables.len())
}
