//! Payment providers: what the server asks of one, whichever it is. No card number ever comes here:
//! buyers enter it on the provider's own page.

mod none;
pub mod sandbox;
pub mod signature;
pub mod stripe;

use std::sync::Arc;

use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, ready};
use membership_contract::refusal::Refusal;
use membership_domain::id::AttemptId;
use membership_domain::money::Money;
use membership_domain::purchase::attempt::GatewayStatus;
use membership_store::Store;

use crate::clock::Clock;

/// Who takes payments by card.
#[derive(Clone, Debug, Default)]
pub enum Choice {
    /// Nobody: what is bought is paid by transfer.
    #[default]
    Nobody,
    /// The sandbox, where no money moves.
    Sandbox,
    /// An account at Stripe.
    Stripe(stripe::account::Account),
}

impl Choice {
    /// The provider.
    ///
    /// # Errors
    /// What is known of the account can't be used.
    pub fn begun(&self, store: &Store, clock: &Arc<Clock>) -> anyhow::Result<Arc<dyn Gateway>> {
        Ok(match self {
            Self::Nobody => Arc::new(none::Nobody),
            Self::Sandbox => Arc::new(sandbox::Sandbox::new(store.clone(), Arc::clone(clock))),
            Self::Stripe(account) => Arc::new(stripe::Stripe::new(account, Arc::clone(clock))?),
        })
    }
}

/// A payment that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The key under which the provider does it once, however often it is asked.
    pub attempt: AttemptId,
    /// How much.
    pub money: Money,
    /// The order's number, for the buyer.
    pub order_number: String,
    /// What is bought, for the buyer.
    pub description: String,
    /// Where the buyer goes back to.
    pub return_to: String,
}

/// How far a dispute of a payment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dispute {
    /// It is not decided.
    Open,
    /// The seller keeps the money.
    Won,
    /// The money is gone.
    Lost,
}

/// A payment as the provider has it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// The provider's own id.
    pub reference: String,
    /// How far it is.
    pub status: GatewayStatus,
    /// Where the buyer pays, while it is open.
    pub redirect: Option<String>,
    /// The last digits of the card.
    pub card: Option<String>,
    /// Whether the card's owner disputes it.
    pub dispute: Option<Dispute>,
}

/// Why a provider gave no payment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GatewayError {
    /// No answer, or none that says what became of the payment.
    #[error("no answer of the payment provider: {0}")]
    NoAnswer(String),
    /// It says that it did not do it, and will not.
    #[error("the payment provider refused: {0}")]
    Refused(String),
}

/// An event that a provider tells of. What it says about the payment is not believed: the payment
/// is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// By which it is told once.
    pub id: String,
    /// The provider's id of the payment; none where it is about something else.
    pub payment: Option<String>,
    /// Which attempt the provider's object is marked with.
    pub attempt: Option<AttemptId>,
    /// The provider's id of something else that it can be asked about: see
    /// [`Gateway::payment_behind`].
    pub behind: Option<String>,
}

/// A payment provider.
pub trait Gateway: std::fmt::Debug + Send + Sync {
    /// As it is called in addresses and in the database.
    fn name(&self) -> &'static str;

    /// Whether there is one at all.
    fn is_there(&self) -> bool {
        true
    }

    /// Begins a payment, or gives the one that was begun with the same key.
    fn start<'a>(&'a self, asked: &'a Asked) -> BoxFuture<'a, Result<Payment, GatewayError>>;

    /// The payment as it is now.
    fn find<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<Payment, GatewayError>>;

    /// Has a payment end that was not paid, and gives it as it is then.
    fn cancel<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<Payment, GatewayError>>;

    /// Reads an event, if it is the provider's.
    ///
    /// # Errors
    /// [`Refusal::Forged`].
    fn event(&self, headers: &HeaderMap, body: &[u8], now: DateTime<Utc>)
    -> Result<Event, Refusal>;

    /// The provider's id of the payment that [`Event::behind`] belongs to.
    fn payment_behind<'a>(
        &'a self,
        _object: &'a str,
    ) -> BoxFuture<'a, Result<Option<String>, GatewayError>> {
        ready(Ok(None)).boxed()
    }
}
