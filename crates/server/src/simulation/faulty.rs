//! A payment provider whose line breaks: before it hears, or after it did.

use std::sync::{Arc, Mutex, PoisonError};

use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use membership_contract::refusal::Refusal;

use crate::gateway::{Asked, Event, Gateway, GatewayError, Payment};

/// What becomes of the next call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// It never arrives.
    DropBefore,
    /// It arrives, and its answer doesn't.
    DropAfter,
}

/// The provider behind such a line.
#[derive(Debug)]
pub struct Faulty {
    inner: Arc<dyn Gateway>,
    next: Mutex<Option<Line>>,
}

impl Faulty {
    /// The provider, while nothing breaks.
    pub fn new(inner: Arc<dyn Gateway>) -> Self {
        Self {
            inner,
            next: Mutex::new(None),
        }
    }

    /// What becomes of the next call.
    pub fn breaks(&self, line: Option<Line>) {
        *self.next.lock().unwrap_or_else(PoisonError::into_inner) = line;
    }

    fn through<'a>(
        &'a self,
        call: BoxFuture<'a, Result<Payment, GatewayError>>,
    ) -> BoxFuture<'a, Result<Payment, GatewayError>> {
        let line = self
            .next
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let lost = || Err(GatewayError::NoAnswer("the line broke".to_owned()));
        async move {
            match line {
                None => call.await,
                Some(Line::DropBefore) => lost(),
                Some(Line::DropAfter) => {
                    let _ = call.await;
                    lost()
                }
            }
        }
        .boxed()
    }
}

impl Gateway for Faulty {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    fn start<'a>(&'a self, asked: &'a Asked) -> BoxFuture<'a, Result<Payment, GatewayError>> {
        self.through(self.inner.start(asked))
    }

    fn find<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<Payment, GatewayError>> {
        self.through(self.inner.find(reference))
    }

    fn cancel<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<Payment, GatewayError>> {
        self.through(self.inner.cancel(reference))
    }

    fn event(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Event, Refusal> {
        self.inner.event(headers, body, now)
    }
}
