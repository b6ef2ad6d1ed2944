//! Does jobs: takes what is due, a few at a time, and says how it went.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use membership_store::StoreError;
use membership_store::jobs::{self, Claim, Kind, NewJob, Taking};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::handlers;
use crate::log::without_addresses;
use crate::monitor::name;
use crate::{App, demo, random};

/// So many jobs of one server are done at a time.
const AT_ONCE: usize = 8;

/// So many of those that recur: both together leave connections for requests.
const RECURRING_AT_ONCE: usize = 4;

/// How often it looks for what others queued, what is due by now, and what somebody left undone.
const POLL: Duration = Duration::from_secs(1);

/// How long a job is held: after that another server takes it.
const LEASE: chrono::Duration = chrono::Duration::seconds(60);

/// How long a handler may take, so that it has ended before its lease does.
const PATIENCE: Duration = Duration::from_secs(40);

/// The wait after the first attempt that failed; after each further one it is twice as long.
const FIRST_WAIT: i64 = 5;

/// The longest wait, in seconds.
const LONGEST_WAIT: i64 = 15 * 60;

/// So many attempts are about two days, which a mail server is hardly ever down.
const ATTEMPTS: u32 = 200;

/// So many characters are kept of why an attempt failed.
const REASON: usize = 300;

/// What does a job. It ends the job in the transaction of its effect, but for recurring ones.
type Handler = dyn Fn(App, Claim) -> BoxFuture<'static, anyhow::Result<()>> + Send + Sync;

/// A server's part in doing jobs; cheap to clone.
#[derive(Clone)]
pub struct Worker {
    app: App,
    kinds: Arc<[Kind]>,
    handler: Arc<Handler>,
}

impl Worker {
    /// One that does all kinds.
    pub fn new(app: App) -> Self {
        let kinds = handlers::kinds(&app).into();
        let handler =
            |app: App, claim: Claim| async move { handlers::handle(&app, &claim).await }.boxed();
        Self {
            app,
            kinds,
            handler: Arc::new(handler),
        }
    }

    /// One that does all kinds in its own way.
    #[cfg(test)]
    pub(crate) fn with(
        app: App,
        handler: impl Fn(App, Claim) -> BoxFuture<'static, anyhow::Result<()>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            app,
            kinds: Kind::ALL.into(),
            handler: Arc::new(handler),
        }
    }

    /// Does jobs until it is told to stop, then takes no more, and lets those that it does end for
    /// at most `grace`. What recurs has places of its own: a mail server that doesn't answer holds
    /// up nothing but mails.
    pub async fn run(self, stop: watch::Receiver<bool>, grace: Duration) {
        let recurs = |kind: &Kind| handlers::every(*kind).is_some();
        let (recurring, others) = self.kinds.iter().copied().partition(recurs);
        tokio::join!(
            self.of(recurring).turns(stop.clone(), grace, false),
            self.of(others).turns(stop, grace, true),
        );
    }

    /// The same for these kinds.
    fn of(&self, kinds: Vec<Kind>) -> Self {
        Self {
            kinds: kinds.into(),
            ..self.clone()
        }
    }

    /// `hears` of what this process queues, and not only looks each second.
    async fn turns(self, mut stop: watch::Receiver<bool>, grace: Duration, hears: bool) {
        let mut running = JoinSet::new();
        let most = if hears { AT_ONCE } else { RECURRING_AT_ONCE };
        let (mut begun, mut fails) = (false, false);
        while !*stop.borrow() {
            let free = most - running.len();
            // Not each job that ends is a reason to ask the database for one.
            if free * 2 >= most {
                match self.look(&mut begun, free).await {
                    Ok(claims) => {
                        fails = false;
                        for claim in claims {
                            let worker = self.clone();
                            running.spawn(async move { worker.attempt(claim).await });
                        }
                    }
                    Err(error) => {
                        // Once: it goes on each second.
                        if !fails {
                            tracing::warn!(%error, "no jobs were taken");
                        }
                        fails = true;
                    }
                }
            }
            tokio::select! {
                _ = stop.changed() => break,
                Some(_) = running.join_next(), if !running.is_empty() => {}
                () = self.app.store.work().notified(), if hears && running.len() < most => {}
                () = sleep(POLL) => {}
            }
        }
        let end = Instant::now() + grace;
        while let Ok(Some(_)) = timeout_at(end, running.join_next()).await {}
    }

    async fn look(&self, begun: &mut bool, most: usize) -> anyhow::Result<Vec<Claim>> {
        if !*begun {
            self.begin().await?;
            *begun = true;
        }
        self.take(most).await
    }

    /// Queues what recurs of its kinds.
    pub(crate) async fn begin(&self) -> anyhow::Result<()> {
        let ours = |kind: &&Kind| handlers::every(**kind).is_some();
        for kind in self.kinds.iter().filter(ours) {
            let real = self.app.clock.real();
            let job = NewJob {
                id: random::id(real)?,
                kind: *kind,
                key: String::new(),
                organization: None,
                detail: serde_json::json!({}),
                run_at: DateTime::UNIX_EPOCH,
                at: real,
            };
            jobs::ensure(&self.app.store, job).await?;
        }
        Ok(())
    }

    async fn take(&self, most: usize) -> anyhow::Result<Vec<Claim>> {
        demo::clock::follow(&self.app).await;
        let taking = Taking {
            kinds: &self.kinds,
            most: u32::try_from(most)?,
            lease_by: random::token()?,
            lease: LEASE,
            now: self.app.clock.now(),
            real: self.app.clock.real(),
        };
        Ok(jobs::take(&self.app.store, &taking).await?)
    }

    /// Takes what is due and does it, and what is due then, until nothing is: how many attempts that
    /// were. For tests.
    #[cfg(test)]
    pub(crate) async fn all_due(&self) -> anyhow::Result<usize> {
        let mut attempts = 0;
        loop {
            let claims = self.take(AT_ONCE).await?;
            if claims.is_empty() {
                return Ok(attempts);
            }
            attempts += claims.len();
            let all = claims.into_iter().map(|claim| self.attempt(claim));
            futures_util::future::join_all(all).await;
        }
    }

    /// Does a job once, and says so where it has not ended it itself.
    async fn attempt(&self, claim: Claim) {
        let kind = claim.kind.code();
        let outcome = match claim.attempts > most(claim.kind) {
            // The process ended each time, or the lease did.
            true => Err("the server ended each time while it did this".to_owned()),
            false => self.work(&claim).await,
        };
        let label = match outcome {
            Ok(()) => "done",
            Err(_) => "failed",
        };
        metrics::counter!(name::ATTEMPTS, "kind" => kind, "outcome" => label).increment(1);
        if let Err(error) = self.settle(&claim, outcome).await {
            tracing::warn!(%error, kind, "a job is held until its lease ends");
        }
    }

    /// In a task of its own, so that a panic is one failed attempt.
    async fn work(&self, claim: &Claim) -> Result<(), String> {
        let work = (self.handler)(self.app.clone(), claim.clone());
        match tokio::spawn(timeout(PATIENCE, work)).await {
            Ok(Ok(Ok(()))) => Ok(()),
            Ok(Ok(Err(error))) => Err(shortened(&format!("{error:#}"))),
            Ok(Err(_)) => Err(format!("it took longer than {} s", PATIENCE.as_secs())),
            Err(_) => Err("the program failed; see the log".to_owned()),
        }
    }

    async fn settle(&self, claim: &Claim, outcome: Result<(), String>) -> Result<(), StoreError> {
        let (store, real) = (&self.app.store, self.app.clock.real());
        let reason = match outcome {
            Ok(()) => {
                return match handlers::every(claim.kind) {
                    Some(every) => jobs::put_back(store, claim, real + every).await,
                    None => Ok(()),
                };
            }
            Err(reason) => reason,
        };
        let (kind, attempts) = (claim.kind.code(), claim.attempts);
        if attempts >= most(claim.kind) {
            tracing::error!(kind, job = %claim.id, attempts, reason, "a job was given up");
            return jobs::give_up(store, claim, &reason, real).await;
        }
        tracing::info!(kind, job = %claim.id, attempts, reason, "a job failed and is done again");
        jobs::fail(store, claim, &reason, next(attempts, real)).await
    }
}

/// So many attempts are made; of what recurs as many as it takes.
fn most(kind: Kind) -> u32 {
    match handlers::every(kind) {
        Some(_) => u32::MAX,
        None => ATTEMPTS,
    }
}

/// When it is attempted again after so many times.
fn next(attempts: u32, real: DateTime<Utc>) -> DateTime<Utc> {
    let doubled = attempts.saturating_sub(1).min(20);
    let wait = (FIRST_WAIT << doubled).min(LONGEST_WAIT);
    real + chrono::Duration::seconds(wait)
}

/// What is kept of a reason: nobody's address, and not all of what a server of others says.
fn shortened(reason: &str) -> String {
    let line: String = without_addresses(reason)
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .take(REASON)
        .collect();
    line.trim().to_owned()
}

#[cfg(test)]
mod tests;
