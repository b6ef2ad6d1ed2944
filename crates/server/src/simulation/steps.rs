//! What people, the provider, the bank, jobs and accidents do.

use chrono::Duration;
use membership_bank::testing::{Payment, Row, Sheet, statement};
use membership_contract::desk::Imported;
use membership_contract::paths;
use membership_contract::purchase::Order as Told;
use membership_domain::purchase::bank::BankEntryState;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::order::OrderState;
use membership_store::jobs::Kind;
use membership_store::orders::{self, Order};
use membership_store::sandbox::{self, SandboxPayment};
use membership_store::{attempts, bills};
use serde_json::json;

use super::chance::Chance;
use super::faulty::Line;
use super::world::World;
use crate::bank::apply::TURN;
use crate::bank::import::import;
use crate::gateway::sandbox::story::Story;
use crate::gateway::sandbox::{Sent, page, signed};
use crate::purchase::{books, events, sweep};
use crate::testing::Outcome;
use crate::testing::shop::key;
use crate::trail;

/// Does one thing. What is refused, or breaks, is no failure: the invariants say what is.
pub async fn step(world: &mut World, chance: &mut Chance) -> Outcome {
    world.app.clock.wait(Duration::seconds(7));
    accident(world, chance);
    match chance.below(20) {
        0..=3 => buy(world, chance).await,
        4 | 5 => attempt(world, chance).await,
        6..=8 => choose(world, chance).await,
        9 => come_back(world, chance).await,
        10 | 11 => deliver(world, chance).await,
        12 => swept(world).await,
        13 | 14 => transfer(world, chance).await,
        15 => again(world, chance).await,
        16 => time(world, chance).await,
        17 => change_mind(world, chance).await,
        18 => dispute(world, chance).await,
        _ => jobs(world).await,
    }
}

/// Arms a fault for what follows.
fn accident(world: &World, chance: &mut Chance) {
    let faults = world.app.store.faults();
    faults.overtake(0);
    faults.lose_answers(0);
    faults.lose_writes(0);
    world.line.breaks(None);
    match chance.below(12) {
        0 => faults.overtake(2),
        1 => faults.lose_answers(1),
        2 => faults.lose_writes(1),
        3 => world.line.breaks(Some(Line::DropBefore)),
        4 => world.line.breaks(Some(Line::DropAfter)),
        _ => {}
    }
}

async fn known(world: &World) -> Outcome<Vec<Order>> {
    Ok(orders::placed(world.app.store.db(), world.id, None, 100).await?)
}

/// Begins an order and places it, perhaps twice, in two tabs.
async fn buy(world: &World, chance: &mut Chance) -> Outcome {
    let method = ["card", "wire"][chance.below(2)];
    let answers = json!({"offer": "action-pack", "method": method});
    let keyed = async |path: &str, key: &str, body| {
        let headers = [("idempotency-key", key)];
        world.browser.send("POST", path, &headers, body).await
    };
    let begun = keyed(&paths::orders(world.id), &key(), Some(answers)).await?;
    let Ok(draft) = begun.json::<Told>() else {
        return Ok(());
    };
    let path = paths::of_order(world.id, draft.id, "placement");
    let body = json!({"total": draft.total, "agreement": draft.quote.agreement});
    let (one, two) = (key(), key());
    keyed(&path, &one, Some(body.clone())).await?;
    if chance.once_in(2) {
        let same = if chance.once_in(2) { &one } else { &two };
        keyed(&path, same, Some(body)).await?;
    }
    Ok(())
}

/// One order is bought and paid by card, and nothing breaks.
pub async fn pay_one(world: &mut World) -> Outcome {
    let keyed = async |path: &str, body| {
        let key = key();
        let headers = [("idempotency-key", key.as_str())];
        world.browser.send("POST", path, &headers, body).await
    };
    let answers = json!({"offer": "action-pack", "method": "card"});
    let draft: Told = keyed(&paths::orders(world.id), Some(answers))
        .await?
        .json()?;
    let body = json!({"total": draft.total, "agreement": draft.quote.agreement});
    let placement = paths::of_order(world.id, draft.id, "placement");
    keyed(&placement, Some(body)).await?;
    let attempts = paths::of_order(world.id, draft.id, "attempts");
    let begun: Told = keyed(&attempts, None).await?.json()?;
    let page = begun.attempt.and_then(|attempt| attempt.redirect);
    let page = page.ok_or("an address to pay at")?;
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    let card = b"card=success".to_vec();
    world.browser.send_raw("POST", &page, &kind, card).await?;
    settle(world).await
}

async fn attempt(world: &World, chance: &mut Chance) -> Outcome {
    let known = known(world).await?;
    if let Some(order) = chance.one(&known) {
        let path = paths::of_order(world.id, order.id, "attempts");
        let key = key();
        for _ in 0..=chance.below(2) {
            let headers = [("idempotency-key", key.as_str())];
            world.browser.send("POST", &path, &headers, None).await?;
        }
    }
    Ok(())
}

/// A buyer chooses a card on the provider's page, also on one that is old.
async fn choose(world: &mut World, chance: &mut Chance) -> Outcome {
    let mut references = Vec::new();
    for order in known(world).await? {
        for attempt in attempts::of_order(world.app.store.db(), order.id).await? {
            references.extend(attempt.gateway_reference);
        }
    }
    let Some(reference) = chance.one(&references).cloned() else {
        return Ok(());
    };
    let story = chance.one(Story::ALL).copied().unwrap_or(Story::Success);
    // The provider is outside: no accident of ours touches it.
    world.app.store.faults().overtake(0);
    world.app.store.faults().lose_answers(0);
    world.app.store.faults().lose_writes(0);
    let form = format!("card={}", story.code()).into_bytes();
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    world
        .browser
        .send_raw("POST", &page::path(&reference), &kind, form)
        .await?;
    if story != Story::Never {
        world.events.push(reference);
    }
    Ok(())
}

async fn come_back(world: &World, chance: &mut Chance) -> Outcome {
    let known = known(world).await?;
    if let Some(order) = chance.one(&known) {
        let path = paths::of_order(world.id, order.id, "payment-check");
        world.browser.send("POST", &path, &[], None).await?;
    }
    Ok(())
}

/// The provider tells: in any order, perhaps once more later.
async fn deliver(world: &mut World, chance: &mut Chance) -> Outcome {
    if world.events.is_empty() {
        return Ok(());
    }
    let place = chance.below(world.events.len());
    let payment = world.events[place].clone();
    if chance.once_in(2) {
        world.events.remove(place);
    }
    tell(world, &payment).await
}

async fn tell(world: &World, payment: &str) -> Outcome {
    let sent = Sent {
        id: format!("evt_{payment}"),
        payment: payment.to_owned(),
    };
    let body = serde_json::to_vec(&sent)?;
    let mut headers = axum::http::HeaderMap::new();
    let signature = signed(&body, world.app.clock.real());
    headers.insert("sandbox-signature", signature.parse()?);
    // A refusal is told again by the provider, which another step does.
    let _ = events::take(&world.app, "sandbox", &headers, &body).await;
    Ok(())
}

async fn swept(world: &World) -> Outcome {
    let _ = sweep::payments(&world.app).await;
    let _ = sweep::expiries(&world.app).await;
    Ok(())
}

/// The bank sends a statement: exactly what an order asks for, less, more, or of nobody's order.
async fn transfer(world: &mut World, chance: &mut Chance) -> Outcome {
    let known = known(world).await?;
    let Some(order) = chance.one(&known) else {
        return Ok(());
    };
    let due = order.status.total;
    let amount = match chance.below(4) {
        0 => due / 3,
        1 => due + 777,
        _ => due,
    };
    let reference = order.reference.clone().unwrap_or_default();
    let text = match chance.below(4) {
        0 => "no reference".to_owned(),
        1 => membership_bank::reference::spaced(&reference),
        _ => reference,
    };
    world.entries += 1;
    let sheet = Sheet {
        id: format!("S{}", world.entries),
        number: world.entries,
        iban: "GB29NWBK60161331926819".to_owned(),
        owner: "Membership Operations Ltd".to_owned(),
        currency: order.quote.sale.currency,
        opening: world.at_bank,
        on: world.app.clock.now().date_naive(),
        rows: vec![Row::credit(
            &format!("B{}", world.entries),
            Payment {
                amount,
                name: "Northwind".to_owned(),
                text: vec![text],
                ..Payment::default()
            },
        )],
    };
    world.at_bank += amount;
    let file = statement(&sheet);
    world.files.push(file.clone());
    taken(world, file).await.map(drop)
}

/// A file that was sent before, or was lost on the way, comes again.
async fn again(world: &World, chance: &mut Chance) -> Outcome {
    match chance.one(&world.files).cloned() {
        Some(file) => taken(world, file).await.map(drop),
        None => Ok(()),
    }
}

async fn taken(world: &World, file: Vec<u8>) -> Outcome<Option<Imported>> {
    let app = &world.app;
    let entry = |action, subject: &str| Ok(trail::of_operator(&app.clock, action, subject)?);
    Ok(import(app, file, None, TURN, entry).await.ok())
}

async fn time(world: &World, chance: &mut Chance) -> Outcome {
    let days = [1, 5, 31, 200, 366][chance.below(5)];
    world
        .app
        .clock
        .set(world.app.clock.now() + Duration::days(days))?;
    swept(world).await
}

async fn change_mind(world: &World, chance: &mut Chance) -> Outcome {
    let known = known(world).await?;
    let Some(order) = chance.one(&known) else {
        return Ok(());
    };
    if chance.once_in(2) {
        world
            .browser
            .delete(&paths::order(world.id, order.id))
            .await?;
        return Ok(());
    }
    let to = match order.status.method {
        PaymentMethod::Card => "wire",
        PaymentMethod::Wire => "card",
    };
    let path = paths::of_order(world.id, order.id, "method");
    let tag = format!("\"{}\"", order.revision);
    world
        .browser
        .put_tagged(&path, &tag, json!({"method": to}))
        .await?;
    Ok(())
}

async fn dispute(world: &mut World, chance: &mut Chance) -> Outcome {
    let known = known(world).await?;
    let disputed = (known.iter()).find(|order| order.status.state == OrderState::Disputed);
    let Some(order) = disputed else {
        return Ok(());
    };
    let to = if chance.once_in(2) { "won" } else { "lost" };
    let all = attempts::of_order(world.app.store.db(), order.id).await?;
    for reference in all.into_iter().filter_map(|one| one.gateway_reference) {
        let changed = sandbox::change(
            &world.app.store,
            &reference,
            world.app.clock.real(),
            |known| {
                known.dispute.as_ref().map(|_| SandboxPayment {
                    dispute: Some(to.to_owned()),
                    ..known.clone()
                })
            },
        );
        changed.await?;
        world.events.push(reference);
    }
    Ok(())
}

async fn jobs(world: &World) -> Outcome {
    let app = &world.app;
    let _ = books::earn(app).await;
    let _ = crate::purchase::bills::numbers(app).await;
    let _ = crate::bank::apply::within(app, TURN).await;
    Ok(())
}

/// Nothing breaks any more, and everything that is under way comes to its end.
pub async fn settle(world: &mut World) -> Outcome {
    let faults = world.app.store.faults();
    faults.overtake(0);
    faults.lose_answers(0);
    faults.lose_writes(0);
    world.line.breaks(None);
    for file in world.files.clone() {
        taken(world, file)
            .await?
            .ok_or("a file is taken when nothing breaks")?;
    }
    for _ in 0..6 {
        world.app.clock.wait(Duration::seconds(61));
        sweep::payments(&world.app)
            .await
            .map_err(|error| error.detail().to_owned())?;
        for payment in std::mem::take(&mut world.events) {
            tell(world, &payment).await?;
        }
        jobs(world).await?;
    }
    let waiting = [BankEntryState::Received];
    let left = membership_store::bank::count(world.app.store.db(), &waiting).await?;
    assert_eq!(left, 0, "every entry is decided or waits for a person");
    let open = bills::unnumbered_series(world.app.store.db()).await?;
    assert!(open.is_empty(), "every bill has its number: {open:?}");
    let _ = Kind::BillIssue;
    Ok(())
}
