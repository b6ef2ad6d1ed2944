//! Buyers: from the page of offers to the order that is fulfilled, and its invoice.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use membership_contract::paths;
use membership_contract::purchase::Order;
use membership_domain::purchase::bill::BillKind;
use membership_domain::purchase::order::OrderState;
use serde_json::json;
use tokio::time::sleep;

use crate::client::{Caller, Client};
use crate::times::Times;

/// How long somebody waits before looking for the invoice again, at first: twice as long each time,
/// up to a second.
const LOOK: Duration = Duration::from_millis(50);
/// Longer than any invoice should take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The requests of a buyer, in their order.
const REQUESTS: [&str; 7] = [
    "the buy page",
    "draft",
    "placement",
    "attempt",
    "the provider's page",
    "coming back, fulfilled",
    "cancellation",
];

/// Somebody who buys for an organization.
pub struct Buyer {
    /// Their session.
    pub caller: Arc<Caller>,
}

/// What one order took.
#[derive(Default)]
pub struct Took {
    requests: Vec<(&'static str, Duration)>,
    /// From the answer that says fulfilled until the invoice has its number and files, as the
    /// buyer sees it.
    pub invoice: Option<Duration>,
}

/// What many orders took.
#[derive(Default)]
pub struct Bought {
    requests: BTreeMap<&'static str, Times>,
    all: Times,
    whole: Times,
    invoices: Times,
    took: Duration,
}

impl Bought {
    fn add(&mut self, took: Took) {
        let whole = took.requests.iter().map(|(_, time)| *time).sum();
        self.whole.add(whole);
        for (name, time) in took.requests {
            self.requests.entry(name).or_default().add(time);
            self.all.add(time);
        }
        took.invoice
            .into_iter()
            .for_each(|time| self.invoices.add(time));
    }

    fn extend(&mut self, others: Self) {
        for (name, times) in others.requests {
            self.requests.entry(name).or_default().extend(times);
        }
        self.all.extend(others.all);
        self.whole.extend(others.whole);
        self.invoices.extend(others.invoices);
    }

    /// How many.
    pub fn orders(&self) -> usize {
        self.whole.len()
    }

    /// So many a second.
    pub fn rate(&self) -> f64 {
        self.orders() as f64 / self.took.as_secs_f64()
    }

    /// How long invoices took.
    pub fn invoices(&self) -> String {
        let [p50, p95, p99, last] = self.invoices.within([50, 95, 99, 100]);
        format!("{p50:.0}, {p95:.0}, {p99:.0}, {last:.0}")
    }

    /// What each request took.
    pub fn print(&self, name: &str) {
        self.each(|request, [p50, p95, p99]| {
            println!("| {name} | {request} | {p50:.1} | {p95:.1} | {p99:.1} |");
        });
    }

    /// The same of nobody else.
    pub fn print_alone(&self) {
        self.each(|request, [p50, p95, p99]| {
            println!("| {request} | {p50:.1} | {p95:.1} | {p99:.1} |");
        });
    }

    fn each(&self, row: impl Fn(&str, [f64; 3])) {
        let percents = [50, 95, 99];
        for name in REQUESTS {
            if let Some(times) = self.requests.get(name) {
                row(name, times.within(percents));
            }
        }
        row("any of these", self.all.within(percents));
        row("all of an order", self.whole.within(percents));
    }
}

/// So many buyers at a time, each of whom is followed by the next one. Every `look`th waits for the
/// invoice.
pub async fn at_once(clients: usize, buyers: Vec<Buyer>, look: usize) -> Result<Bought> {
    let begin = Instant::now();
    let buyers = Arc::new(std::sync::Mutex::new(buyers));
    let mut buying = Vec::new();
    for _ in 0..clients {
        let buyers = Arc::clone(&buyers);
        buying.push(tokio::spawn(async move {
            let (mut bought, mut waiting) = (Bought::default(), Vec::new());
            loop {
                let next = buyers.lock().ok().and_then(|mut buyers| {
                    let buyer = buyers.pop()?;
                    Some((buyers.len(), buyer))
                });
                let Some((left, buyer)) = next else {
                    break;
                };
                let (took, order) = paid(&buyer).await?;
                bought.add(took);
                if left % look == 0 {
                    waiting.push(tokio::spawn(async move { invoice(&buyer, &order).await }));
                }
            }
            anyhow::Ok((bought, waiting))
        }));
    }
    let (mut all, mut waiting) = (Bought::default(), Vec::new());
    for buying in buying {
        let (bought, more) = buying.await??;
        all.extend(bought);
        waiting.extend(more);
    }
    all.took = begin.elapsed();
    for waiting in waiting {
        all.invoices.add(waiting.await??);
    }
    Ok(all)
}

/// So many new buyers each second, however long those before take.
pub async fn each_second(many: usize, buyers: Vec<Buyer>, look: usize) -> Result<Bought> {
    let begin = Instant::now();
    let apart = Duration::from_secs(1) / u32::try_from(many)?;
    let mut buying = Vec::new();
    for (number, buyer) in buyers.into_iter().enumerate() {
        let due = begin + apart * u32::try_from(number)?;
        sleep(due.saturating_duration_since(Instant::now())).await;
        buying.push(tokio::spawn(async move {
            let (mut took, order) = paid(&buyer).await?;
            let done = Instant::now();
            if number % look == 0 {
                took.invoice = Some(invoice(&buyer, &order).await?);
            }
            anyhow::Ok((took, done))
        }));
    }
    let (mut all, mut last) = (Bought::default(), begin);
    for buying in buying {
        let (took, done) = buying.await??;
        all.add(took);
        last = last.max(done);
    }
    all.took = last - begin;
    Ok(all)
}

/// One order.
pub async fn buy(buyer: &Buyer, look: bool) -> Result<Took> {
    let (mut took, order) = paid(buyer).await?;
    if look {
        took.invoice = Some(invoice(buyer, &order).await?);
    }
    Ok(took)
}

/// Orders that are placed and canceled.
pub async fn canceled(buyer: &Buyer, many: usize) -> Result<Bought> {
    let (begin, mut all) = (Instant::now(), Bought::default());
    for number in 0..many {
        let mut asking = Asking::new(buyer).await?;
        let order = asking.placed("wire", number).await?;
        let path = paths::order(buyer.caller.organization, order.id);
        asking
            .ask("cancellation", "DELETE", &path, None, "")
            .await?;
        all.add(asking.took);
    }
    all.took = begin.elapsed();
    Ok(all)
}

/// Links a billing profile.
pub async fn link(buyer: &Buyer) -> Result<()> {
    let mut client = Client::new(Arc::clone(&buyer.caller)).await?;
    let path = paths::billing_profile(buyer.caller.organization);
    let known = client.send("GET", &path, "", "").await?;
    let tag = known.header("etag").unwrap_or_default().to_owned();
    let profile = json!({
        "sold_to": {"street": "233 South Wacker Drive", "city": "Chicago",
            "postal_code": "60606", "region": "IL"},
        "email": "billing@fabrikam.example",
    });
    let head = format!("content-type: application/json\r\nif-match: {tag}\r\n");
    let linked = client
        .send("PUT", &path, &head, &profile.to_string())
        .await?;
    match linked.status {
        200 => Ok(()),
        status => bail!("{path}: {status} {}", client.body()),
    }
}

/// An order of an organization that waits for a transfer.
pub async fn by_wire(buyer: &Buyer) -> Result<Order> {
    Asking::new(buyer).await?.placed("wire", 0).await
}

/// From the page of offers until the order is fulfilled.
async fn paid(buyer: &Buyer) -> Result<(Took, Order)> {
    let mut asking = Asking::new(buyer).await?;
    let order = asking.placed("card", 0).await?;
    let of_order = |name| paths::of_order(buyer.caller.organization, order.id, name);
    let key = format!("attempt-{}", order.id);
    asking
        .ask("attempt", "POST", &of_order("attempts"), Some(&key), "")
        .await?;
    let begun = asking.order()?;
    let page = begun.attempt.and_then(|attempt| attempt.redirect);
    let page = page.context("no address to pay at")?;
    asking
        .form("the provider's page", &page, "card=success")
        .await?;
    let path = of_order("payment-check");
    asking
        .ask("coming back, fulfilled", "POST", &path, None, "")
        .await?;
    let order = asking.order()?;
    match order.state {
        OrderState::Fulfilled => Ok((asking.took, order)),
        state => bail!("{}: {state:?}", order.id),
    }
}

/// Waits for the invoice, with its number and its files.
async fn invoice(buyer: &Buyer, order: &Order) -> Result<Duration> {
    let begin = Instant::now();
    let mut client = Client::new(Arc::clone(&buyer.caller)).await?;
    let path = paths::order(buyer.caller.organization, order.id);
    let mut pause = LOOK;
    while begin.elapsed() < PATIENCE {
        let answer = client.send("GET", &path, "", "").await?;
        if answer.status != 200 {
            bail!("{path}: {}", client.body());
        }
        let order: Order = serde_json::from_str(&client.body())?;
        let mut bills = order.bills.iter();
        let invoice = bills.find(|bill| bill.kind == BillKind::Invoice);
        if invoice.is_some_and(|bill| bill.number.is_some() && bill.has_files) {
            return Ok(begin.elapsed());
        }
        sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(1));
    }
    bail!("no invoice of {}", order.id)
}

/// A buyer's connection, which notes how long each request took.
struct Asking {
    client: Client,
    organization: membership_domain::id::OrganizationId,
    took: Took,
}

impl Asking {
    async fn new(buyer: &Buyer) -> Result<Self> {
        Ok(Self {
            client: Client::new(Arc::clone(&buyer.caller)).await?,
            organization: buyer.caller.organization,
            took: Took::default(),
        })
    }

    /// An order that was placed.
    async fn placed(&mut self, method: &str, number: usize) -> Result<Order> {
        let page = paths::purchasing(self.organization);
        self.ask("the buy page", "GET", &page, None, "").await?;
        let answers = json!({"offer": "action-pack", "method": method}).to_string();
        let path = paths::orders(self.organization);
        let key = format!("draft-{method}-{number}");
        self.ask("draft", "POST", &path, Some(&key), &answers)
            .await?;
        let draft = self.order()?;
        let seen = json!({"total": draft.total, "agreement": draft.quote.agreement}).to_string();
        let path = paths::of_order(self.organization, draft.id, "placement");
        let key = format!("placement-{}", draft.id);
        self.ask("placement", "POST", &path, Some(&key), &seen)
            .await?;
        self.order()
    }

    fn order(&self) -> Result<Order> {
        Ok(serde_json::from_str(&self.client.body())?)
    }

    async fn ask(
        &mut self,
        name: &'static str,
        method: &str,
        path: &str,
        key: Option<&str>,
        body: &str,
    ) -> Result<()> {
        let mut head = String::new();
        if !body.is_empty() {
            head += "content-type: application/json\r\n";
        }
        if let Some(key) = key {
            head += &format!("idempotency-key: {key}\r\n");
        }
        self.send(name, method, path, &head, body).await
    }

    async fn form(&mut self, name: &'static str, path: &str, body: &str) -> Result<()> {
        let head = "content-type: application/x-www-form-urlencoded\r\n";
        self.send(name, "POST", path, head, body).await
    }

    async fn send(
        &mut self,
        name: &'static str,
        method: &str,
        path: &str,
        head: &str,
        body: &str,
    ) -> Result<()> {
        let begin = Instant::now();
        let answer = self.client.send(method, path, head, body).await?;
        self.took.requests.push((name, begin.elapsed()));
        match answer.status {
            200..400 => Ok(()),
            status => bail!("{path}: {status} {}", self.client.body()),
        }
    }
}
