//! What so many clients get who ask again and again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::client::{Caller, Client};

/// How long it took, answer by answer.
pub struct Load {
    /// Of answers, the quickest first.
    times: Vec<Duration>,
    /// Of all together.
    took: Duration,
    /// Of one answer, as it was sent.
    bytes: usize,
    /// Answers that were refused: too many at once.
    pub refused: usize,
}

impl Load {
    /// So many clients ask for so long; the `n`th request of all is for the address `path(n)`.
    pub async fn of(
        clients: usize,
        seconds: u64,
        caller: &Arc<Caller>,
        path: impl Fn(u64) -> String + Clone + Send + 'static,
    ) -> Result<Self> {
        let asked = Arc::new(AtomicU64::new(0));
        let begin = Instant::now();
        let until = begin + Duration::from_secs(seconds);
        let mut asking = Vec::new();
        for _ in 0..clients {
            let mut client = Client::new(Arc::clone(caller)).await?;
            let (path, asked) = (path.clone(), Arc::clone(&asked));
            asking.push(tokio::spawn(async move {
                let (mut times, mut bytes, mut refused) = (Vec::new(), 0, 0);
                while Instant::now() < until {
                    let path = path(asked.fetch_add(1, Ordering::Relaxed));
                    let begin = Instant::now();
                    let answer = client.get(&path).await?;
                    match answer.status {
                        200 => {
                            times.push(begin.elapsed());
                            bytes += answer.size;
                        }
                        429 | 503 => refused += 1,
                        status => bail!("{path}: {status}"),
                    }
                }
                Ok((times, bytes, refused))
            }));
        }
        let (mut times, mut bytes, mut refused) = (Vec::new(), 0, 0);
        for asked in asking {
            let (more, size, not) = asked.await??;
            times.extend(more);
            bytes += size;
            refused += not;
        }
        bytes /= times.len().max(1);
        let load = Self::new(times, begin.elapsed());
        Ok(Self {
            bytes,
            refused,
            ..load
        })
    }

    /// So many clients ask at once, once each, for what was never asked for.
    pub async fn first(clients: usize, caller: &Arc<Caller>, path: &str) -> Result<Self> {
        let mut asking = Vec::new();
        for _ in 0..clients {
            let (mut client, path) = (Client::new(Arc::clone(caller)).await?, path.to_owned());
            asking.push(async move {
                let begin = Instant::now();
                match client.get(&path).await?.status {
                    200 => Ok(begin.elapsed()),
                    status => bail!("{path}: {status}"),
                }
            });
        }
        let begin = Instant::now();
        let times = futures_util::future::try_join_all(asking).await?;
        Ok(Self::new(times, begin.elapsed()))
    }

    /// Answers that took so long.
    pub fn new(mut times: Vec<Duration>, took: Duration) -> Self {
        times.sort_unstable();
        Self {
            times,
            took,
            bytes: 0,
            refused: 0,
        }
    }

    /// How many addresses were asked for.
    pub fn asked(&self) -> u64 {
        (self.times.len() + self.refused) as u64
    }

    /// Answers a second.
    pub fn rate(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64()
    }

    /// Milliseconds below which so many of a hundred stay.
    pub fn within(&self, percent: usize) -> f64 {
        let at = (self.times.len() * percent).div_ceil(100).saturating_sub(1);
        let time = self.times.get(at).copied().unwrap_or_default();
        time.as_secs_f64() * 1000.0
    }

    /// Kilobytes of one answer.
    pub fn size(&self) -> f64 {
        self.bytes as f64 / 1024.0
    }
}
