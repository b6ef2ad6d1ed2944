//! What operators see of bank entries, statements and parked money.

use std::collections::HashMap;

use membership_contract::desk::{
    BankEntry, BankStatement, ParkedMoney, StatementGap, SuggestedBecause, Suggestion,
};
use membership_domain::Money;
use membership_domain::id::UserId;
use membership_domain::purchase::bank::BankEntryState;
use membership_domain::text::name_key;
use membership_store::bank::{self, Entry, Statement};
use membership_store::orders::{self, Order};
use membership_store::{claims, receipts, users};

use crate::App;
use crate::http::problem::Answer;

/// So many orders are suggested for an entry.
const SUGGESTED: usize = 3;

/// So many statements are looked at for gaps.
const STATEMENTS: u64 = 1_000;

/// Entries as an operator sees them.
pub async fn entries(app: &App, found: Vec<Entry>, viewer: UserId) -> Answer<Vec<BankEntry>> {
    let claimed = claims::all(app.store.db(), app.clock.real()).await?;
    let mut names: HashMap<UserId, String> = HashMap::new();
    for user in claimed.values().filter(|user| **user != viewer) {
        let known = users::by_id(app.store.db(), *user).await?;
        names.extend(known.map(|known| (*user, known.name)));
    }
    let mut told = Vec::new();
    for entry in found {
        let claimed_by = claimed
            .get(&entry.id.to_string())
            .and_then(|user| names.get(user));
        let order_number = match entry.order {
            Some(order) => orders::by_id(app.store.db(), order)
                .await?
                .and_then(|one| one.number),
            None => None,
        };
        told.push(BankEntry {
            id: entry.id,
            state: entry.state,
            is_credit: entry.is_credit,
            money: entry.money,
            booked_on: entry.booked_on,
            value_on: entry.value_on,
            suggestions: suggestions(app, &entry).await?,
            text: entry.text,
            references: entry.references,
            counterparty: entry.counterparty,
            counterparty_account: entry.counterparty_account,
            is_complete: entry.is_complete,
            returned: entry.returned,
            order_number,
            claimed_by: claimed_by.cloned(),
            note: entry.note,
        });
    }
    Ok(told)
}

/// Orders that an entry may be for. They are for a person to decide: by themselves entries go by
/// their reference alone.
async fn suggestions(app: &App, entry: &Entry) -> Answer<Vec<Suggestion>> {
    if !entry.is_credit || !BankEntryState::WAITING.contains(&entry.state) {
        return Ok(Vec::new());
    }
    let db = app.store.db();
    let mut found: Vec<(Order, SuggestedBecause)> = Vec::new();
    for reference in &entry.references {
        let order = orders::by_reference(db, reference).await?;
        found.extend(order.map(|order| (order, SuggestedBecause::Reference)));
    }
    for number in numbers(entry.text.as_deref().unwrap_or_default()) {
        let order = orders::by_number(db, &number).await?;
        found.extend(order.map(|order| (order, SuggestedBecause::Number)));
    }
    let payer = entry.counterparty.as_deref().map(name_key);
    for order in orders::open_with_due(db, entry.money, 20).await? {
        let buyer = name_key(&order.quote.sale.buyer.name);
        let is_named = payer.as_ref().is_some_and(|payer| payer.contains(&buyer));
        let because = match is_named {
            true => SuggestedBecause::NameAndAmount,
            false => SuggestedBecause::Amount,
        };
        found.push((order, because));
    }
    found.sort_by_key(|(_, because)| *because);
    let mut seen = Vec::new();
    let mut told = Vec::new();
    for (order, because) in found {
        if seen.contains(&order.id) || told.len() == SUGGESTED {
            continue;
        }
        seen.push(order.id);
        told.push(Suggestion {
            order_number: order.number.clone().unwrap_or_default(),
            buyer: order.quote.sale.buyer.name.clone(),
            due: order.status.due(),
            currency: order.quote.sale.currency,
            because,
        });
    }
    Ok(told)
}

/// What looks like the number of an order: eight digits, a hyphen that may be missing, six digits.
fn numbers(text: &str) -> Vec<String> {
    let runs = text.split(|one: char| !(one.is_ascii_digit() || one == '-'));
    let digits = |run: &str| run.chars().filter(char::is_ascii_digit).collect::<String>();
    (runs.map(digits))
        .filter(|digits| digits.len() == 14)
        .map(|digits| {
            let (day, rest) = digits.split_at(8);
            format!("{day}-{rest}")
        })
        .collect()
}

/// A statement as an operator sees it.
pub fn statement(one: Statement) -> BankStatement {
    BankStatement {
        id: one.id,
        account: one.account,
        has_balances: one.closing.is_some(),
        bank_id: one.bank_id,
        from: one.from,
        until: one.until,
        entries: one.entries,
        adds_up: one.adds_up,
        imported_at: one.imported_at,
    }
}

/// Where the closing balance of a statement is not the opening one of the next.
pub async fn gaps(app: &App) -> Answer<Vec<StatementGap>> {
    let mut all = bank::statements(app.store.db(), STATEMENTS).await?;
    all.retain(|one| one.opening.is_some() && one.closing.is_some());
    all.sort_by(|one, other| {
        let key = |it: &Statement| (it.account.clone(), it.currency.clone(), it.until, it.number);
        key(one).cmp(&key(other))
    });
    let mut gaps = Vec::new();
    for pair in all.windows(2) {
        let [one, next] = pair else { continue };
        let same = (&one.account, &one.currency) == (&next.account, &next.currency);
        let (Some(closing), Some(opening)) = (one.closing, next.opening) else {
            continue;
        };
        let currency = one.currency.as_deref().and_then(|code| code.parse().ok());
        let Some(currency) = currency.filter(|_| same && closing != opening) else {
            continue;
        };
        // The same statement once more, or a part of one that is known, leaves nothing out.
        if next.until == one.until || next.from.is_some_and(|from| Some(from) <= one.until) {
            continue;
        }
        gaps.push(StatementGap {
            account: one.account.clone(),
            after: one.until,
            before: next.from,
            difference: Money::new(opening - closing, currency),
        });
    }
    Ok(gaps)
}

/// Money that its orders did not take.
pub async fn parked(app: &App) -> Answer<Vec<ParkedMoney>> {
    let db = app.store.db();
    let mut told = Vec::new();
    for receipt in receipts::parked(db).await? {
        let Some(order) = orders::by_id(db, receipt.order).await? else {
            continue;
        };
        told.push(ParkedMoney {
            id: receipt.id,
            order_number: order.number.clone().unwrap_or_default(),
            order_state: order.status.state,
            buyer: order.quote.sale.buyer.name.clone(),
            method: receipt.method,
            money: Money::new(receipt.parked, receipt.money.currency),
            on: receipt.value_on,
            is_to_return: receipt.parking == Some(receipts::Parking::ToReturn),
        });
    }
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_orders_are_found_in_what_people_write() {
        for (text, found) in [
            ("order 20231115-482913, thanks", &["20231115-482913"][..]),
            ("20231115482913", &["20231115-482913"]),
            ("2023-11-15", &[]),
            ("202311154829130", &[]),
        ] {
            assert_eq!(numbers(text), found, "{text}");
        }
    }
}
