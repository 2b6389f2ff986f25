//! `campus serve`.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use server::access::{limit, token};
use server::config::Config;
use server::{accounts, demo};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::metrics;
use crate::routes;

/// Longest wait for requests under way once the program is told to stop.
const DRAIN: Duration = Duration::from_secs(20);
/// How often attempts whose time is over are looked for.
const OVERDUE: Duration = Duration::from_secs(20);
/// How often tries and tokens that no longer count are forgotten.
const OLD: Duration = Duration::from_secs(3600);
/// Learners made for a demonstration.
const DEMO_LEARNERS: u32 = 400;

pub(super) async fn serve(config: Config, with_demo: bool) -> anyhow::Result<ExitCode> {
    if with_demo && !config.listen.ip().is_loopback() {
        bail!("--demo makes people with a published password: it works on a loopback address only, not on {}", config.listen);
    }
    let _ = any_spawner::Executor::init_tokio();
    let listener = TcpListener::bind(config.listen).await.with_context(|| format!("{} cannot be listened on", config.listen))?;
    let metrics = match config.metrics_listen {
        Some(address) => Some(metrics::listen(address).await?),
        None => None,
    };
    let platform = super::open(config).await?;
    println!("E-Campus is at {}", platform.config.origin());
    if with_demo {
        demonstrate(&platform).await?;
    } else if let Some(secret) = accounts::first_administrator_link(&platform).await? {
        println!("Make the first administrator here, once: {}/setup/{}", platform.config.origin(), secret.reveal());
    }
    if let Some((listener, exposition)) = metrics {
        tokio::spawn(metrics::serve(listener, exposition, Arc::clone(&platform)));
    }
    tokio::spawn(close_overdue(Arc::clone(&platform)));
    tokio::spawn(forget_old(Arc::clone(&platform)));
    tokio::spawn(super::retention::keep_forgetting(Arc::clone(&platform)));
    let router = routes::router(Arc::clone(&platform)).into_make_service_with_connect_info::<SocketAddr>();
    let stopped = Arc::new(tokio::sync::Notify::new());
    let told = Arc::clone(&stopped);
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move {
        told_to_stop().await;
        platform.health.stop();
        let drain = Duration::from_secs(platform.config.drain_seconds.into());
        tracing::info!(?drain, "told to stop: finishing what is under way");
        // Proxies that ask see it before the door closes.
        tokio::time::sleep(drain).await;
        told.notify_one();
    });
    tokio::select! {
        done = serving => done?,
        () = async { stopped.notified().await; tokio::time::sleep(DRAIN).await } => tracing::warn!("some requests did not finish in time"),
    }
    Ok(ExitCode::SUCCESS)
}

/// Stores the end of attempts whose time is over. Every server does it: closing twice changes nothing.
async fn close_overdue(platform: Arc<server::Platform>) {
    let mut ticks = tokio::time::interval(OVERDUE);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = server::quizzes::close_overdue(&platform).await {
            tracing::error!(%error, "attempts whose time is over could not be closed");
        }
    }
}

/// Forgets tries and tokens that no longer count. Every server does it: nothing depends on when.
async fn forget_old(platform: Arc<server::Platform>) {
    let mut ticks = tokio::time::interval(OLD);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = limit::forget_old(&platform).await {
            tracing::error!(%error, "tries that no longer count could not be forgotten");
        }
        if let Err(error) = token::forget_spent(&platform).await {
            tracing::error!(%error, "used tokens could not be forgotten");
        }
    }
}

async fn demonstrate(platform: &server::Platform) -> anyhow::Result<()> {
    demo::make_people(platform).await?;
    let people = u64::try_from(demo::PEOPLE.len()).unwrap_or(u64::MAX);
    if demo::people_count(platform).await? <= people {
        demo::make_learners(platform, DEMO_LEARNERS, 1, |_| ()).await?;
    }
    println!("Sign in as one of these, with the password {}:", demo::PASSWORD);
    for (name, role) in demo::PEOPLE {
        println!(
            "  {name:20} {}",
            role.map_or("learner", |role| match role {
                server::access::Role::Trainer => "trainer",
                server::access::Role::Coordinator => "coordinator",
                server::access::Role::Administrator => "administrator",
            })
        );
    }
    Ok(())
}

/// Waits for SIGTERM or Ctrl-C.
async fn told_to_stop() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = terminate.recv() => (),
        _ = tokio::signal::ctrl_c() => (),
    }
}
