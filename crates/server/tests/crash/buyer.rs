//! Somebody who buys, company by company, and notes what the server acknowledged.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use membership_bank::testing::{Payment, Row, Sheet, statement};
use membership_contract::desk::Imported;
use membership_contract::paths;
use membership_contract::purchase::Order;
use membership_domain::id::{AttemptId, OrderId, OrganizationId};
use membership_domain::money::Money;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::order::OrderState;
use membership_server::demo;
use membership_server::gateway::sandbox::story::Story;
use reqwest::Method;
use serde_json::{Value, json};

use super::Outcome;
use super::chance::Chance;
use super::shop::{Answer, Asked, Shop};

/// What happens at the provider's page.
const STORIES: [Story; 8] = [
    Story::Success,
    Story::Success,
    Story::Declined,
    Story::Funds,
    Story::Twice,
    Story::Never,
    Story::Timeout,
    Story::Unknown,
];

/// Longer than any outage.
const PATIENCE: Duration = Duration::from_secs(120);

/// An order as it was acknowledged last.
#[derive(Clone, Debug)]
pub struct Bought {
    pub organization: OrganizationId,
    pub order: OrderId,
    pub number: String,
    pub attempts: Vec<AttemptId>,
    pub state: OrderState,
    pub method: PaymentMethod,
    pub total: Money,
}

/// Everything that was acknowledged.
#[derive(Clone, Debug, Default)]
pub struct Said {
    pub orders: Vec<Bought>,
    pub discarded: Vec<OrderId>,
    /// Sums of statements.
    pub booked: Vec<Money>,
}

impl Said {
    pub fn add(&mut self, other: Self) {
        self.orders.extend(other.orders);
        self.discarded.extend(other.discarded);
        self.booked.extend(other.booked);
    }
}

/// What was seen last, and must be there whenever the server is back.
#[derive(Clone, Debug)]
enum Seen {
    Nothing,
    /// An order, its revision, and how far it was.
    Order(String, i64, OrderState),
    Gone(String),
}

/// See the module.
pub struct Buyer {
    shop: Arc<Shop>,
    name: u64,
    chance: Chance,
    keys: u64,
    seen: Seen,
    said: Said,
}

impl Buyer {
    pub fn new(shop: Arc<Shop>, name: u64, chance: Chance) -> Self {
        Self {
            shop,
            name,
            chance,
            keys: 0,
            seen: Seen::Nothing,
            said: Said::default(),
        }
    }

    /// Buys until it is over, and ends what was begun.
    pub async fn buy_until_over(mut self) -> Outcome<Said> {
        while !self.shop.is_over.load(Ordering::SeqCst) {
            let Some(company) = self.shop.company() else {
                break;
            };
            self.link(company).await?;
            while !self.buy(company).await? {}
        }
        Ok(self.said)
    }

    /// Links the billing profile of a company.
    async fn link(&mut self, company: OrganizationId) -> Outcome {
        let path = paths::billing_profile(company);
        let profile = json!({
            "sold_to": {"street": "1 Quay Street", "city": "Bristol", "postal_code": "BS1 1AA"},
            "email": "billing@company.example",
        });
        let known = self.send(Asked::get(&path)).await?;
        let linked = Asked::of(Method::PUT, path).tag(known.tag).key(self.key());
        let linked = self.send(linked.json(&profile)).await?;
        linked.told::<Value>(200).map(drop)
    }

    /// Begins an order and goes on with it: whether the company has what it wants.
    async fn buy(&mut self, company: OrganizationId) -> Outcome<bool> {
        let method = ["card", "card", "wire"][self.chance.below(3)];
        let answers = json!({"offer": "action-pack", "method": method});
        let begun = Asked::post(paths::orders(company)).json(&answers);
        let draft = self.order(company, begun, 201).await?;
        if self.chance.once_in(6) {
            let path = paths::order(company, draft.id);
            let thrown = Asked::of(Method::DELETE, &path).key(self.key());
            // It may be gone before anybody says so.
            self.seen = Seen::Nothing;
            self.send(thrown).await?.told::<Value>(200)?;
            self.seen = Seen::Gone(path);
            self.said.discarded.push(draft.id);
            return Ok(false);
        }
        let seen = json!({"total": draft.total, "agreement": draft.quote.agreement});
        let placed = paths::of_order(company, draft.id, "placement");
        let placed = Asked::post(placed).json(&seen);
        let order = self.order(company, placed, 201).await?;
        assert_eq!(order.state, OrderState::AwaitingPayment);
        let mut attempts = Vec::new();
        let order = match order.answers.method {
            _ if self.chance.once_in(8) => self.cancel(company, &order).await?,
            PaymentMethod::Card => self.pay(company, order, &mut attempts).await?,
            PaymentMethod::Wire => self.transfer(company, order).await?,
        };
        self.said.orders.push(Bought {
            organization: company,
            order: order.id,
            number: order.number.clone().unwrap_or_default(),
            attempts,
            state: order.state,
            method: order.answers.method,
            total: order.total,
        });
        Ok(order.state == OrderState::Fulfilled)
    }

    /// Tries cards until one pays.
    async fn pay(
        &mut self,
        company: OrganizationId,
        mut order: Order,
        attempts: &mut Vec<AttemptId>,
    ) -> Outcome<Order> {
        while order.state != OrderState::Fulfilled {
            let begun = Asked::post(paths::of_order(company, order.id, "attempts"));
            let begun = self.order(company, begun, 201).await?;
            let attempt = begun.attempt.as_ref().ok_or("no attempt")?;
            assert!(!attempts.contains(&attempt.id), "{attempts:?}: {begun:?}");
            attempts.push(attempt.id);
            if self.chance.once_in(12) {
                return self.cancel(company, &order).await;
            }
            let page = attempt.redirect.clone().ok_or("no address to pay at")?;
            let story = STORIES[self.chance.below(STORIES.len())];
            let form = format!("card={}", story.code()).into_bytes();
            let chosen = Asked::post(page).body("application/x-www-form-urlencoded", form);
            let chosen = self.send(chosen).await?;
            assert_eq!(chosen.status, 303, "{}", chosen.body);
            loop {
                let asked = Asked::post(paths::of_order(company, order.id, "payment-check"));
                order = self.order(company, asked, 200).await?;
                if order.state != OrderState::Unknown {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            let paid = story.course().declined.is_none();
            let expected = match paid {
                true => OrderState::Fulfilled,
                false => OrderState::AwaitingPayment,
            };
            assert_eq!(order.state, expected, "{story:?}: {order:?}");
        }
        Ok(order)
    }

    /// The bank tells of a transfer, perhaps twice.
    async fn transfer(&mut self, company: OrganizationId, order: Order) -> Outcome<Order> {
        let number = self.shop.statements.fetch_add(1, Ordering::SeqCst) + 1;
        let sheet = Sheet {
            id: format!("S{number}"),
            number,
            iban: "GB29NWBK60161331926819".to_owned(),
            owner: "Membership Operations Ltd".to_owned(),
            currency: order.total.currency,
            opening: 0,
            on: demo::CLOCK.date_naive(),
            rows: vec![Row::credit(
                &format!("B{number}"),
                Payment {
                    amount: order.total.amount,
                    name: "A company".to_owned(),
                    text: vec![order.reference.clone().unwrap_or_default()],
                    ..Payment::default()
                },
            )],
        };
        let file = statement(&sheet);
        let imported = Asked::post(paths::DESK_STATEMENTS).body("text/xml", file);
        for _ in 0..=self.chance.below(2) {
            let sent = imported.clone().by_operator();
            self.send(sent).await?.told::<Imported>(200)?;
        }
        self.said.booked.push(order.total);
        let read = Asked::get(paths::order(company, order.id));
        let order = self.order(company, read, 200).await?;
        assert_eq!(order.state, OrderState::Fulfilled, "{order:?}");
        Ok(order)
    }

    async fn cancel(&mut self, company: OrganizationId, order: &Order) -> Outcome<Order> {
        let canceled = Asked::of(Method::DELETE, paths::order(company, order.id));
        let order = self.order(company, canceled, 200).await?;
        assert_eq!(order.state, OrderState::Canceled);
        Ok(order)
    }

    /// Sends a request about an order under a key of its own, and notes what it tells.
    async fn order(
        &mut self,
        company: OrganizationId,
        asked: Asked,
        status: u16,
    ) -> Outcome<Order> {
        let key = self.key();
        let answer = self.send(asked.key(key)).await?;
        let order: Order = answer.told(status)?;
        let path = paths::order(company, order.id);
        let before = match &self.seen {
            Seen::Order(same, revision, _) if *same == path => *revision,
            _ => 0,
        };
        // Not every answer about an order has its tag.
        let revision = revision(&answer.tag).unwrap_or(before);
        self.seen = Seen::Order(path, revision, order.state);
        Ok(order)
    }

    /// Sends a request until it is answered. After each time that it is not, what was seen before is
    /// still there.
    async fn send(&self, asked: Asked) -> Outcome<Answer> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(answer) = self.shop.once(&asked).await? {
                self.shop.note(&asked, &answer);
                return Ok(answer);
            }
            self.look_back().await?;
        }
        Err(format!("no answer: {asked:?}").into())
    }

    async fn look_back(&self) -> Outcome {
        let (Seen::Gone(path) | Seen::Order(path, ..)) = &self.seen else {
            return Ok(());
        };
        let Some(answer) = self.shop.once(&Asked::get(path)).await? else {
            return Ok(());
        };
        let Seen::Order(_, before, state) = &self.seen else {
            assert_eq!(answer.status, 404, "thrown away: {}", answer.body);
            return Ok(());
        };
        let now: Order = answer.told(200)?;
        let later = revision(&answer.tag).is_some_and(|after| after >= *before);
        let ended = matches!(state, OrderState::Fulfilled | OrderState::Canceled);
        let fits = later && (!ended || now.state == *state);
        assert!(fits, "it was {state:?} at revision {before}: {now:?}");
        Ok(())
    }

    fn key(&mut self) -> String {
        self.keys += 1;
        format!("{}-{}", self.name, self.keys)
    }
}

/// The revision in a tag, which tells more after a dot.
fn revision(tag: &str) -> Option<i64> {
    tag.trim_matches('"').split('.').next()?.parse().ok()
}
