//! From what a bank booked as one to its transactions, as far as their amounts are known.

use chrono::NaiveDate;
use membership_domain::{Currency, Money};

use crate::detail::Detail;
use crate::entry::{BatchTotal, Charge, Direction, Entry, EntryStatus, Exchanged, Place};

/// An entry as it was booked.
pub(crate) struct Whole {
    pub amount: i64,
    pub currency: Currency,
    pub direction: Direction,
    pub reversal: bool,
    pub status: EntryStatus,
    pub booked_on: Option<NaiveDate>,
    pub value_on: Option<NaiveDate>,
    pub reference: Option<String>,
    pub code: Option<String>,
    pub info: Option<String>,
    pub exchanged: Option<Exchanged>,
    pub charges: Vec<Charge>,
}

/// Transactions that the bank tells together: a `NtryDtls`.
#[derive(Default)]
pub(crate) struct Group {
    /// Of how many transactions, where the bank says it.
    pub count: Option<u64>,
    /// How much they are together, where the bank says it.
    pub total: Option<Money>,
    pub details: Vec<Detail>,
}

impl Group {
    /// Whether there is anything in it.
    pub fn says_something(&self) -> bool {
        !self.details.is_empty() || self.count.is_some() || self.total.is_some()
    }
}

/// The amount and direction of one of several transactions.
type Part = (i64, Direction);

/// The entries of what was booked: one for each transaction if their amounts are known and add up,
/// and otherwise one for all.
pub(crate) fn entries(whole: Whole, groups: Vec<Group>) -> Vec<Entry> {
    let told: u64 = groups.iter().fold(0, |sum, group| {
        let known = group.details.len() as u64;
        sum.saturating_add(group.count.unwrap_or(known))
    });
    // What one group says of itself, it says of all.
    let total = match groups.as_slice() {
        [group] => group.total,
        _ => None,
    };
    let is_total = total.is_none_or(|total| total == Money::new(whole.amount, whole.currency));
    let parts = parts(&whole, &groups);
    let mut details: Vec<Detail> = groups.into_iter().flat_map(|group| group.details).collect();
    let parts = match parts {
        Some(parts) if parts.len() > 1 => parts,
        parts => {
            // Without an amount of its own, it is a single one only if nothing says otherwise.
            let is_known = match details.as_slice() {
                [] => told <= 1 && is_total,
                [detail] if detail.amount.is_none() => {
                    let is_same = |direction| direction == whole.direction;
                    told <= 1 && is_total && detail.direction.is_none_or(is_same)
                }
                _ => parts.is_some(),
            };
            let detail = match details.len() {
                0 | 1 => details.pop().unwrap_or_default(),
                _ => merged(details),
            };
            return vec![alone(whole, detail, is_known)];
        }
    };
    let count = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    let numbered = (1..).zip(details.into_iter().zip(parts));
    let entries = numbered.map(|(index, (detail, part))| {
        let (info, exchanged, charges) = (Vec::new(), None, Vec::new());
        let batch = BatchTotal {
            amount: whole.amount,
            direction: whole.direction,
            ordinal: 1,
        };
        let mut entry = entry(&whole, detail, part, info, exchanged, charges);
        entry.place = Place { index, count };
        entry.batch = Some(batch);
        entry
    });
    entries.collect()
}

/// The parts of what was booked; nothing if one is not known, or they don't add up.
fn parts(whole: &Whole, groups: &[Group]) -> Option<Vec<Part>> {
    let count = groups.iter().map(|group| group.details.len()).sum();
    let mut parts: Vec<Part> = Vec::with_capacity(count);
    for group in groups {
        let before = parts.len();
        for detail in &group.details {
            // Of several, what was ordered is taken too: with charges on the way it won't add up.
            let ordered = detail.ordered.filter(|_| count > 1);
            let direction = detail.direction.unwrap_or(whole.direction);
            parts.push((detail.amount.or(ordered)?, direction));
        }
        let sum = sum(parts.get(before..)?);
        let fits = |total: Money| {
            total.currency == whole.currency && i128::from(total.amount) == sum.abs()
        };
        if !group.total.is_none_or(fits) {
            return None;
        }
    }
    let fits = sum(&parts) == i128::from(whole.direction.signed(whole.amount));
    fits.then_some(parts)
}

fn sum(parts: &[Part]) -> i128 {
    let signed = parts
        .iter()
        .map(|(amount, direction)| direction.signed(*amount));
    signed.map(i128::from).sum()
}

/// All that was written in several transactions, for somebody who looks into it. What only one of
/// them can be, such as a counterparty, is left out.
fn merged(details: Vec<Detail>) -> Detail {
    let mut all = Detail::default();
    for detail in details {
        all.structured_references
            .extend(detail.structured_references);
        all.text.extend(detail.text);
        all.charges.extend(detail.charges);
    }
    all
}

/// The one entry of what was booked.
fn alone(mut whole: Whole, detail: Detail, complete: bool) -> Entry {
    let info = whole.info.take().into_iter().collect();
    let charges = std::mem::take(&mut whole.charges);
    let exchanged = whole.exchanged.take();
    let part = (whole.amount, whole.direction);
    let entry = entry(&whole, detail, part, info, exchanged, charges);
    Entry { complete, ..entry }
}

/// An entry of a transaction. What the bank said of the whole, it takes only if it is alone: a
/// charge of a batch must not be counted for each part.
fn entry(
    whole: &Whole,
    detail: Detail,
    (amount, direction): Part,
    info: Vec<String>,
    exchanged: Option<Exchanged>,
    charges: Vec<Charge>,
) -> Entry {
    Entry {
        amount,
        currency: whole.currency,
        direction,
        reversal: whole.reversal,
        status: whole.status,
        booked_on: whole.booked_on,
        value_on: whole.value_on,
        bank_reference: whole.reference.clone(),
        detail_reference: detail.reference,
        end_to_end_id: detail.end_to_end_id,
        ids: detail.ids,
        returned: detail.returned,
        counterparty: detail.counterparty,
        structured_references: detail.structured_references,
        text: detail.text,
        code: detail.code.or_else(|| whole.code.clone()),
        additional_info: detail.info.into_iter().chain(info).collect(),
        place: Place { index: 1, count: 1 },
        batch: None,
        complete: true,
        exchanged: detail.exchanged.or(exchanged),
        charges: if detail.charges.is_empty() {
            charges
        } else {
            detail.charges
        },
        ordinal: 1,
    }
}
