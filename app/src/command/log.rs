//! The log: lines for people or JSON, on the error output.

use server::config::LogFormat;
use tracing::Subscriber;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, fmt};

/// What is logged unless `CAMPUS_LOG` says otherwise.
const FILTER: &str = "warn,app=info,server=info";

/// Begins to log, once in a process.
pub(super) fn start(format: LogFormat) {
    let filter = EnvFilter::try_from_env("CAMPUS_LOG").unwrap_or_else(|_| FILTER.into());
    subscriber(format, filter, std::io::stderr).init();
}

/// Writes events to `writer` as `format` says.
pub fn subscriber(
    format: LogFormat,
    filter: EnvFilter,
    writer: impl for<'a> MakeWriter<'a> + Send + Sync + 'static,
) -> Box<dyn Subscriber + Send + Sync> {
    let lines = fmt().with_env_filter(filter).with_writer(writer).with_ansi(false);
    match format {
        LogFormat::Text => Box::new(lines.finish()),
        LogFormat::Json => Box::new(lines.json().flatten_event(true).with_span_list(false).finish()),
    }
}
