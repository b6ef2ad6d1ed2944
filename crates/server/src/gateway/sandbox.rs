//! The sandbox: a payment provider that takes no money, for demos and tests. Buyers choose one of
//! its test cards on its own page, and each card is a story: paid, declined, or paid while nobody
//! hears of it. It has no place where a card number could be entered.

pub mod page;
pub mod story;

use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use membership_contract::refusal::Refusal;
use membership_domain::purchase::attempt::{DeclineReason, GatewayStatus};
use membership_store::sandbox::{self, SandboxPayment};
use membership_store::{Store, StoreError};
use serde::{Deserialize, Serialize};

use super::{Asked, Dispute, Event, Gateway, GatewayError, Payment, signature};
use crate::clock::Clock;
use crate::random;

/// As it is called in addresses and in the database.
pub const NAME: &str = "sandbox";

/// The header that signs its events.
pub const SIGNATURE: &str = "sandbox-signature";

/// Signs its events: no secret, for there is nothing to win.
const SECRET: &str = "sandbox";

/// The provider.
#[derive(Debug)]
pub struct Sandbox {
    store: Store,
    clock: std::sync::Arc<Clock>,
}

/// An event as it is sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sent {
    /// By which it is told once.
    pub id: String,
    /// The payment's id.
    pub payment: String,
}

impl Sandbox {
    /// One that keeps its payments beside a demo's data.
    #[must_use]
    pub fn new(store: Store, clock: std::sync::Arc<Clock>) -> Self {
        Self { store, clock }
    }
}

/// The header for the body of an event.
#[must_use]
pub fn signed(body: &[u8], now: DateTime<Utc>) -> String {
    signature::header(body, SECRET, now)
}

impl Gateway for Sandbox {
    fn name(&self) -> &'static str {
        NAME
    }

    fn start<'a>(&'a self, asked: &'a Asked) -> BoxFuture<'a, Result<Payment, GatewayError>> {
        async move {
            let random = random::token().map_err(|error| no_answer(&error))?;
            let new = SandboxPayment {
                id: format!("sbx_{}", random.replace(['-', '_'], "")),
                key: asked.attempt.to_string(),
                amount: asked.money.amount,
                currency: asked.money.currency.code().to_owned(),
                order_number: asked.order_number.clone(),
                description: asked.description.clone(),
                return_to: asked.return_to.clone(),
                state: "open".to_owned(),
                reason: None,
                card: None,
                dispute: None,
                silent: 0,
                changed_at: self.clock.real(),
            };
            let begun = sandbox::begin(&self.store, new).await;
            begun.map_err(|error| no_answer(&error)).and_then(payment)
        }
        .boxed()
    }

    fn find<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<Payment, GatewayError>> {
        async move {
            let known = sandbox::by_id(self.store.db(), reference).await;
            match known.map_err(|error| no_answer(&error))? {
                Some(known) if known.silent == 0 => payment(known),
                // Being asked is counted.
                _ => self.asked(reference, less_silent).await,
            }
        }
        .boxed()
    }

    fn cancel<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<Payment, GatewayError>> {
        self.asked(reference, |known| {
            let is_open = known.silent == 0 && known.state == "open";
            let canceled = || SandboxPayment {
                state: "canceled".to_owned(),
                ..known.clone()
            };
            less_silent(known).or_else(|| is_open.then(canceled))
        })
    }

    fn event(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Event, Refusal> {
        let header = headers.get(SIGNATURE).and_then(|value| value.to_str().ok());
        let secrets = [SECRET.to_owned()];
        if !header.is_some_and(|header| signature::is_right(header, body, &secrets, now)) {
            return Err(Refusal::Forged);
        }
        let sent: Sent = serde_json::from_slice(body).map_err(|_| Refusal::Forged)?;
        Ok(Event {
            id: sent.id,
            payment: Some(sent.payment),
            attempt: None,
            behind: None,
        })
    }
}

impl Sandbox {
    /// Asks for a payment, which first changes as `change` says. One that is silent counts how often
    /// it was asked, and says nothing.
    fn asked<'a>(
        &'a self,
        reference: &'a str,
        change: impl Fn(&SandboxPayment) -> Option<SandboxPayment> + Send + Sync + 'a,
    ) -> BoxFuture<'a, Result<Payment, GatewayError>> {
        async move {
            let was_silent = std::sync::atomic::AtomicBool::new(false);
            let changed = sandbox::change(&self.store, reference, self.clock.real(), |known| {
                was_silent.store(known.silent > 0, std::sync::atomic::Ordering::Relaxed);
                change(known)
            });
            let known = changed.await.map_err(|error| no_answer(&error))?;
            if was_silent.into_inner() {
                return Err(GatewayError::NoAnswer("it is silent".to_owned()));
            }
            let unknown = || GatewayError::Refused("there is no such payment".to_owned());
            payment(known.ok_or_else(unknown)?)
        }
        .boxed()
    }
}

/// One that is silent, after it was asked.
fn less_silent(known: &SandboxPayment) -> Option<SandboxPayment> {
    (known.silent > 0).then(|| SandboxPayment {
        silent: known.silent - 1,
        ..known.clone()
    })
}

fn no_answer(error: &dyn std::fmt::Display) -> GatewayError {
    GatewayError::NoAnswer(error.to_string())
}

fn payment(known: SandboxPayment) -> Result<Payment, GatewayError> {
    let reason = known.reason.as_deref().and_then(DeclineReason::from_code);
    let status = match known.state.as_str() {
        "open" => GatewayStatus::Open,
        "succeeded" => GatewayStatus::Succeeded {
            captured: known.amount,
        },
        "declined" => GatewayStatus::Declined {
            reason: reason.unwrap_or(DeclineReason::Declined),
        },
        _ => GatewayStatus::Canceled,
    };
    Ok(Payment {
        redirect: (status == GatewayStatus::Open).then(|| page::path(&known.id)),
        reference: known.id,
        status,
        card: known.card,
        dispute: match known.dispute.as_deref() {
            Some("open") => Some(Dispute::Open),
            Some("won") => Some(Dispute::Won),
            Some("lost") => Some(Dispute::Lost),
            _ => None,
        },
    })
}

/// Why the sandbox's own page did not do something.
pub type SandboxError = StoreError;
