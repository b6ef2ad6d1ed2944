//! Stripe: buyers pay on its own page (Checkout), to which they are sent and from which they come
//! back. An attempt is a session of Checkout, begun under the attempt's id as its key.
//!
//! An answer that says nothing is no end of a payment. So only what Stripe says about the *beginning*
//! of one can refuse it; where it does not let us read or end one (a wrong key, an object of another
//! account), the payment may have been made, and is asked about again.

pub mod account;
mod amount;
mod answer;
mod ask;
mod client;
mod event;
#[cfg(test)]
pub(crate) mod fake;
mod object;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::http::HeaderMap;
use chrono::{DateTime, Duration, Utc};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use membership_contract::refusal::Refusal;
use membership_domain::id::AttemptId;
use membership_domain::purchase::attempt::GatewayStatus;
use url::Url;

use super::{Asked, Dispute, Event, Gateway, GatewayError, Payment};
use crate::clock::Clock;
use account::{Account, Hidden};
use amount::to_stripe;
use answer::{Fault, Refused};
use client::Client;
use object::{DisputeObject, Page, Session};

/// As it is called in addresses and in the database.
pub const NAME: &str = "stripe";

const SESSIONS: [&str; 2] = ["checkout", "sessions"];

/// How far Stripe's clock may be from ours.
const SKEW: Duration = Duration::minutes(10);

/// The most pages of sessions among which one is looked for.
const PAGES: usize = 50;

/// The provider.
#[derive(Debug)]
pub struct Stripe {
    client: Client,
    webhook_secrets: Vec<Hidden>,
    /// Whether addresses without TLS are right.
    is_local: bool,
    clock: Arc<Clock>,
}

impl Stripe {
    /// One for an account; nothing is sent yet.
    ///
    /// # Errors
    /// See [`Client::new`].
    pub fn new(account: &Account, clock: Arc<Clock>) -> anyhow::Result<Self> {
        Ok(Self {
            client: Client::new(account)?,
            webhook_secrets: account.webhook_secrets.clone(),
            is_local: account.is_local(),
            clock,
        })
    }

    async fn begin(&self, asked: &Asked) -> Result<Payment, GatewayError> {
        if self.clock.real() > ask::kept_at(asked.attempt) + ask::BEGINS {
            return self.begun(asked.attempt).await;
        }
        let form = ask::session(asked).ok_or_else(|| {
            let (amount, currency) = (asked.money.decimal(), asked.money.currency);
            GatewayError::Refused(format!("Stripe can't charge {amount} {currency}"))
        })?;
        let key = asked.attempt.to_string();
        match self
            .client
            .post::<Session>(&SESSIONS, &form, Some(&key))
            .await
        {
            Ok(session) if session.amount_total != to_stripe(asked.money) => {
                let said = session.amount_total;
                Err(silent(&format!(
                    "Stripe asks for {said:?}, not for what was ordered"
                )))
            }
            Ok(session) => self.payment(session).await,
            // Begun by a server that said it in other words: a release ago, at another address.
            Err(Fault::Refused(told)) if told.kind == "idempotency_error" => {
                self.begun(asked.attempt).await
            }
            Err(Fault::Refused(told)) if matches!(told.status, 400 | 402) => {
                Err(GatewayError::Refused(told.said))
            }
            Err(fault) => Err(fault.into()),
        }
    }

    /// The payment that an attempt began, where asking again would begin another one or be refused:
    /// its first answer was lost, and Stripe forgets keys.
    async fn begun(&self, attempt: AttemptId) -> Result<Payment, GatewayError> {
        let kept = ask::kept_at(attempt);
        let from = (kept - SKEW).timestamp().to_string();
        let to = (kept + ask::LIFETIME).timestamp().to_string();
        let attempt = attempt.to_string();
        let mut last: Option<String> = None;
        for _ in 0..PAGES {
            let mut query = vec![
                ("created[gte]", from.as_str()),
                ("created[lte]", to.as_str()),
                ("limit", "100"),
            ];
            query.extend(last.as_deref().map(|last| ("starting_after", last)));
            let page: Page<Session> = self.client.get(&SESSIONS, &query).await?;
            let found = page
                .data
                .iter()
                .find(|one| one.said("attempt") == Some(&attempt));
            if let Some(found) = found {
                return self.read(&found.id).await;
            }
            last = page.data.last().map(|one| one.id.clone());
            if last.is_none() || !page.has_more {
                return Err(match self.clock.real() > kept + ask::DECIDED {
                    true => GatewayError::Refused("it never began at Stripe".to_owned()),
                    false => silent("Stripe does not have it yet"),
                });
            }
        }
        Err(silent("Stripe has too many sessions of that time"))
    }

    async fn read(&self, reference: &str) -> Result<Payment, GatewayError> {
        if !reference.starts_with("cs_") {
            let why = "it began at another payment provider than Stripe";
            return Err(GatewayError::Refused(why.to_owned()));
        }
        let [checkout, sessions] = SESSIONS;
        let query = [("expand[0]", "payment_intent.latest_charge")];
        let read = self
            .client
            .get(&[checkout, sessions, reference], &query)
            .await;
        self.payment(read?).await
    }

    async fn end(&self, reference: &str) -> Result<Payment, GatewayError> {
        let [checkout, sessions] = SESSIONS;
        let path = [checkout, sessions, reference, "expire"];
        match self.client.post::<Session>(&path, &[], None).await {
            // It is not open, or not any more.
            Ok(_) | Err(Fault::Refused(Refused { status: 400, .. })) => self.read(reference).await,
            Err(fault) => Err(fault.into()),
        }
    }

    /// What a session says.
    async fn payment(&self, session: Session) -> Result<Payment, GatewayError> {
        let status = session.is().map_err(|why| {
            silent(&format!(
                "what Stripe says of {} can't be used: {why}",
                session.id
            ))
        })?;
        let intent = session.payment_intent.as_ref();
        let dispute = match intent.filter(|intent| intent.is_disputed()) {
            Some(intent) => self.dispute(&intent.id).await?,
            None => None,
        };
        Ok(Payment {
            redirect: match status {
                GatewayStatus::Open => session.url.clone().filter(|url| self.is_safe(url)),
                _ => None,
            },
            status,
            card: intent.and_then(object::Intent::card),
            dispute,
            reference: session.id,
        })
    }

    /// Whether buyers may be sent to an address.
    fn is_safe(&self, address: &str) -> bool {
        let url = Url::parse(address);
        url.is_ok_and(|url| url.scheme() == "https" || (self.is_local && account::is_local(&url)))
    }

    async fn dispute(&self, intent: &str) -> Result<Option<Dispute>, GatewayError> {
        let query = [("payment_intent", intent), ("limit", "100")];
        let page: Result<Page<DisputeObject>, Fault> = self.client.get(&["disputes"], &query).await;
        Ok(object::disputed(&page?.data))
    }

    /// The session that a PaymentIntent is of.
    async fn session_of(&self, intent: &str) -> Result<Option<String>, GatewayError> {
        let query = [("payment_intent", intent), ("limit", "1")];
        let page: Result<Page<Session>, Fault> = self.client.get(&SESSIONS, &query).await;
        let page = page?;
        Ok(page.data.into_iter().next().map(|session| session.id))
    }
}

impl Gateway for Stripe {
    fn name(&self) -> &'static str {
        NAME
    }

    fn start<'a>(&'a self, asked: &'a Asked) -> BoxFuture<'a, Result<Payment, GatewayError>> {
        self.begin(asked).boxed()
    }

    fn find<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<Payment, GatewayError>> {
        self.read(reference).boxed()
    }

    fn cancel<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<Payment, GatewayError>> {
        self.end(reference).boxed()
    }

    fn event(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Event, Refusal> {
        event::read(headers, body, &self.webhook_secrets, now)
    }

    fn payment_behind<'a>(
        &'a self,
        object: &'a str,
    ) -> BoxFuture<'a, Result<Option<String>, GatewayError>> {
        self.session_of(object).boxed()
    }
}

fn silent(why: &str) -> GatewayError {
    GatewayError::NoAnswer(why.to_owned())
}
