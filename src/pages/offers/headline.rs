//! The answer in a sentence: what can be ordered today, or why nothing can.

use membership_domain::catalog::Gives;
use membership_domain::evidence::Verification;
use membership_domain::purchase::offers::OrderKind;

use super::{Known, Offered};
use crate::format;
use crate::text::offers as words;

/// The headline.
pub fn of(known: &Known<'_>, all: &[Offered<'_>]) -> String {
    let possible: Vec<&Offered<'_>> = (all.iter())
        .filter(|one| one.standing.is_possible())
        .collect();
    let renewal = (possible.iter()).find(|one| one.standing.kind == Some(OrderKind::Renewal));
    if let Some(one) = renewal
        && let Some(closes) = one.standing.holding.and_then(|held| held.renewal_closes)
    {
        let left = (closes - known.decision.day).num_days();
        let (name, price) = (&one.offer.name, one.price_said());
        return words::renew_by(name, &price, &format::day(closes), left);
    }
    match possible.as_slice() {
        [] => nothing(known, all),
        [one] => single(known, one),
        several => {
            let names: Vec<&str> = several.iter().map(|one| one.offer.name.as_str()).collect();
            words::several(&format::list(&names))
        }
    }
}

fn single(known: &Known<'_>, one: &Offered<'_>) -> String {
    let (offer, price) = (one.offer, one.price_said());
    let areas = || known.areas(&one.standing.programs);
    match (one.standing.kind, offer.gives) {
        (Some(OrderKind::Addition), _) => words::add_free(&areas()),
        (_, Gives::Qualified) => words::qualified_to_buy(&areas(), &price),
        _ if one.is_free() => words::enroll_free(&offer.name),
        _ => words::buy_for(&offer.name, &price),
    }
}

fn nothing(known: &Known<'_>, all: &[Offered<'_>]) -> String {
    let day = known.decision.day;
    if let Some(order) = known.purchasing.open_orders.first() {
        return words::waiting(&order.number);
    }
    let held = |one: &Offered<'_>| Some((one.offer.name.clone(), one.standing.holding?));
    let held: Vec<_> = all.iter().filter_map(held).collect();
    let due = held.iter().find_map(|(name, held)| {
        let closes = held.renewal_closes.filter(|closes| *closes >= day)?;
        (held.until? < day).then(|| words::not_ready(name, &format::day(closes)))
    });
    let runs = || {
        let current = held.iter().filter_map(|(name, held)| {
            let left = (held.until? - day).num_days();
            (left >= 0).then_some((left, name))
        });
        let (left, name) = current.min_by_key(|(left, _)| *left)?;
        Some(words::runs(name, left))
    };
    let verified = known.workspace.evidence().profile.verification == Verification::Accepted;
    due.or_else(runs).unwrap_or_else(|| {
        let says = match verified {
            true => words::NONE_TODAY,
            false => words::UNVERIFIED,
        };
        says.to_owned()
    })
}
