//! `campus keys`.

use std::process::ExitCode;

use anyhow::Context;
use clap::ValueEnum;
use server::access::key::{self, Purpose};
use server::config::Config;

/// What keys sign that can be replaced: not the seal of certificates, for papers go on being checked with it.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Signs {
    /// Sessions of browsers, and what a sign-in remembers on its way
    Sessions,
    /// Access tokens of other programs
    Api,
}

impl Signs {
    const fn purpose(self) -> Purpose {
        match self {
            Self::Sessions => Purpose::Session,
            Self::Api => Purpose::Api,
        }
    }
}

pub(super) async fn rotate(config: Config, signs: Signs, retires_older: bool) -> anyhow::Result<ExitCode> {
    let platform = super::open(config).await?;
    let id = key::rotate(&platform, signs.purpose(), retires_older).await.context("no new key could be made")?;
    println!("The key {id} signs from now on.");
    println!(
        "{}",
        if retires_older {
            "What older keys signed opens nothing any more, within a minute on every server."
        } else {
            "What older keys signed stays valid until its own time is over."
        }
    );
    Ok(ExitCode::SUCCESS)
}
