//! What operators can watch: `/metrics` in Prometheus' text form, on a listener of its own. Without
//! that listener nothing is counted. No label names anybody or anything of an organization.

use std::time::Duration;

use anyhow::Context as _;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Router, http::StatusCode};
use membership_store::jobs::{self, Kind, Moment, State as JobState};
use membership_store::{StoreError, mails};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::App;

/// The counts that are made while the server works; the others when somebody asks.
pub mod name {
    /// Requests that were answered, by route, method and class of status.
    pub const REQUESTS: &str = "membership_http_request_seconds";
    /// Attempts to do a job, by kind and how they ended.
    pub const ATTEMPTS: &str = "membership_job_attempts_total";
}

/// The upper ends of the classes of durations, in seconds.
const SECONDS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// How often what was measured is put together, also where nobody asks for it.
const UPKEEP: Duration = Duration::from_secs(10);

/// What an answer is in.
const TEXT: &str = "text/plain; version=0.0.4";

/// Begins to count. Once in a process.
pub fn begin() -> anyhow::Result<PrometheusHandle> {
    let recorder = builder()?.build_recorder();
    let handle = recorder.handle();
    metrics::set_global_recorder(recorder).context("metrics are counted already")?;
    let upkeep = handle.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(UPKEEP).await;
            upkeep.run_upkeep();
        }
    });
    Ok(handle)
}

fn builder() -> anyhow::Result<PrometheusBuilder> {
    Ok(PrometheusBuilder::new().set_buckets(&SECONDS)?)
}

/// `/metrics` and nothing else.
pub fn router(app: App, handle: PrometheusHandle) -> Router {
    Router::new()
        .route("/metrics", get(answer))
        .with_state((app, handle))
}

async fn answer(State((app, handle)): State<(App, PrometheusHandle)>) -> impl IntoResponse {
    if let Err(error) = look(&app).await {
        tracing::warn!(%error, "the database was not measured");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    ([(header::CONTENT_TYPE, TEXT)], handle.render()).into_response()
}

/// What is in the database, and how much it is used.
async fn look(app: &App) -> Result<(), StoreError> {
    let (now, real) = (app.clock.now(), app.clock.real());
    let moment = Moment { now, real };
    let mut tally = jobs::tally(app.store.db(), moment).await?;
    // What is gone is told as none, in place of what it was.
    for kind in Kind::ALL {
        for state in JobState::ALL {
            tally.entry((kind.code().to_owned(), *state)).or_default();
        }
    }
    for ((kind, state), many) in tally {
        metrics::gauge!("membership_jobs", "kind" => kind, "state" => state.code())
            .set(float(many));
    }
    let oldest = jobs::oldest_due(app.store.db(), moment).await?;
    let age = oldest.map_or(0, |since| (real - since).num_seconds().max(0));
    metrics::gauge!("membership_job_oldest_due_seconds").set(float(age.unsigned_abs()));
    for state in mails::MailState::ALL {
        metrics::gauge!("membership_mails", "state" => state.code()).set(0.0);
    }
    for (state, many) in mails::tally(app.store.db()).await? {
        metrics::gauge!("membership_mails", "state" => state.code()).set(float(many));
    }
    let usage = app.store.usage();
    let connections = |state: &'static str, many: u64| {
        metrics::gauge!("membership_database_connections", "state" => state).set(float(many));
    };
    connections("idle", usage.idle);
    connections("used", usage.connections.saturating_sub(usage.idle));
    metrics::counter!("membership_database_writes_total").absolute(usage.writes);
    Ok(())
}

/// Exact up to 2^53, which is more than anything here.
#[allow(clippy::cast_precision_loss, reason = "metrics are floats")]
fn float(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests;
