//! Somebody who buys, for tests.

use membership_contract::paths;
use membership_contract::purchase::Order;
use membership_domain::id::OrganizationId;
use membership_domain::purchase::bill::PaymentMethod;
use membership_store::sandbox::{self, SandboxPayment};
use serde_json::{Value, json};

use super::{Answer, Browser, Outcome, TestApp};
use crate::gateway::sandbox::story::Story;
use crate::gateway::sandbox::{Sent, signed};

/// A buyer of an organization.
pub struct Shop {
    /// The buyer's browser.
    pub browser: Browser,
    /// For whom they buy.
    pub id: OrganizationId,
}

static KEYS: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);

/// A key that no request had.
pub fn key() -> String {
    let number = KEYS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    format!("key-{number}")
}

impl Shop {
    /// An MPN Partner admin of an organization whose Global admin linked a billing profile.
    pub async fn of(app: &TestApp, name: &str) -> Outcome<Self> {
        let id = app.organization(name).await?;
        let email = |role: &str| format!("{role}@{}.example", name.to_lowercase());
        let admin = app.signed_in(&email("global-admin")).await?;
        let path = paths::billing_profile(id);
        let tag = admin.get(&path).await?.header("etag").to_owned();
        let linked = admin.put_tagged(&path, &tag, profile()).await?;
        assert_eq!(linked.status, 200, "{}", linked.text());
        Ok(Self { browser: admin, id })
    }

    /// Sends a request under a key.
    pub async fn keyed(&self, path: &str, key: &str, body: Option<Value>) -> Outcome<Answer> {
        let headers = [("idempotency-key", key)];
        self.browser.send("POST", path, &headers, body).await
    }

    /// Begins an order.
    pub async fn begin(&self, offer: &str, method: PaymentMethod) -> Outcome<Order> {
        let answers = match offer {
            "solutions-partner" => json!({"offer": offer, "option": "new", "method": method}),
            _ => json!({"offer": offer, "method": method}),
        };
        let begun = self
            .keyed(&paths::orders(self.id), &key(), Some(answers))
            .await?;
        begun.json()
    }

    /// What placing a draft asks.
    pub fn placement(draft: &Order) -> Value {
        json!({"total": draft.total, "agreement": draft.quote.agreement})
    }

    /// Places a draft.
    pub async fn place(&self, draft: &Order) -> Outcome<Order> {
        let path = paths::of_order(self.id, draft.id, "placement");
        let placed = self
            .keyed(&path, &key(), Some(Self::placement(draft)))
            .await?;
        placed.json()
    }

    /// Begins and places an order.
    pub async fn order(&self, offer: &str, method: PaymentMethod) -> Outcome<Order> {
        let draft = self.begin(offer, method).await?;
        self.place(&draft).await
    }

    /// Begins to pay by card: the address of the provider's page.
    pub async fn attempt(&self, order: &Order) -> Outcome<String> {
        let path = paths::of_order(self.id, order.id, "attempts");
        let begun: Order = self.keyed(&path, &key(), None).await?.json()?;
        let redirect = begun.attempt.and_then(|attempt| attempt.redirect);
        Ok(redirect.ok_or("no address to pay at")?)
    }

    /// Chooses a card on the provider's page.
    pub async fn choose(&self, page: &str, story: Story) -> Outcome {
        let form = format!("card={}", story.code());
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        let chosen = self
            .browser
            .send_raw("POST", page, &kind, form.into())
            .await?;
        assert_eq!(chosen.status, 303, "{}", chosen.text());
        Ok(())
    }

    /// Comes back from the provider's page.
    pub async fn come_back(&self, order: &Order) -> Outcome<Order> {
        let path = paths::of_order(self.id, order.id, "payment-check");
        self.browser.send("POST", &path, &[], None).await?.json()
    }

    /// Pays by card and comes back.
    pub async fn pay(&self, order: &Order, story: Story) -> Outcome<Order> {
        let page = self.attempt(order).await?;
        self.choose(&page, story).await?;
        self.come_back(order).await
    }

    /// The card's owner wins a dispute of what was paid on a page, and the provider tells of it.
    pub async fn lose(&self, app: &TestApp, page: &str) -> Outcome {
        let payment = page.rsplit('/').next().unwrap_or_default();
        let lost = |known: &SandboxPayment| {
            Some(SandboxPayment {
                dispute: Some("lost".to_owned()),
                ..known.clone()
            })
        };
        let real = app.app.clock.real();
        sandbox::change(&app.app.store, payment, real, lost).await?;
        let (id, payment) = (key(), payment.to_owned());
        let body = serde_json::to_vec(&Sent { id, payment })?;
        let signature = signed(&body, real);
        let headers = [("sandbox-signature", signature.as_str())];
        let path = "/api/v1/gateways/sandbox/events";
        let told = app.browser().send_raw("POST", path, &headers, body).await?;
        assert_eq!(told.status, 204, "{}", told.text());
        Ok(())
    }

    /// The order as it is now.
    pub async fn now(&self, order: &Order) -> Outcome<Order> {
        self.browser
            .get(&paths::order(self.id, order.id))
            .await?
            .json()
    }
}

/// A billing profile without a tax id.
pub fn profile() -> Value {
    json!({
        "sold_to": {"street": "Lindenstraße 5", "city": "Berlin", "postal_code": "10969"},
        "email": "billing@contoso.example",
    })
}

/// A day after everything. Not the last that there is: databases compare days as texts.
pub fn late() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2999, 12, 31).unwrap_or_default()
}
