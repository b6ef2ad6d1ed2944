//! Usage rows, added up.

use std::ops::{Add, RangeInclusive};

use rustc_hash::FxHashMap;

use super::finding::Reason;
use super::kinds::Kinds;
use crate::catalog::{AssociationKind, Condition, Value};
use crate::evidence::Usage;
use crate::month::Month;
use crate::number::Number;
use crate::sort;

/// A tenant and a workload, by number; one of the two is zero where the unit has no need of it.
pub(crate) type Key = (usize, usize);

/// What was used in a month through one association, as evidence says it.
pub(crate) struct Row {
    month: Month,
    /// Within a line, one subscription is one number.
    subscription: u32,
    association: AssociationKind,
    seen: Seen,
}

impl Row {
    /// The rows of one line, from all its parts.
    pub fn all<'e>(parts: impl Iterator<Item = &'e [Usage]>) -> Vec<Self> {
        // The type of map that tenants have: another one would be another copy in the download.
        let mut subscriptions: FxHashMap<&str, usize> = FxHashMap::default();
        let mut number = |subscription: Option<&'e str>| {
            let next = subscriptions.len() + 1;
            let number = subscription.map(|id| *subscriptions.entry(id).or_insert(next));
            u32::try_from(number.unwrap_or_default()).unwrap_or(u32::MAX)
        };
        let mut all = Vec::new();
        for rows in parts {
            all.extend(rows.iter().map(|row| Self {
                month: row.month,
                subscription: number(row.subscription.as_deref()),
                association: row.association,
                seen: Seen {
                    revenue_cents: row.revenue_cents,
                    users: row.users,
                    seats: row.seats,
                    active: row.active,
                },
            }));
        }
        all
    }
}

/// What one tenant used of one workload, month by month.
pub(crate) struct Line {
    pub tenant: usize,
    pub workload: usize,
    rate: Option<Number>,
    /// The associations that it was ever seen through.
    pub kinds: Kinds,
    /// By month; within a month, the same usage through several associations stands together.
    rows: Vec<Row>,
}

impl Line {
    /// `rate` makes a contract value of users.
    pub fn new(tenant: usize, workload: usize, rate: Option<Number>, rows: Vec<Row>) -> Self {
        let rows = sort::sorted_by(rows, &|a, b| {
            (a.month, a.subscription, a.association) <= (b.month, b.subscription, b.association)
        });
        let kinds = rows.iter().map(|row| row.association).collect();
        Self {
            tenant,
            workload,
            rate,
            kinds,
            rows,
        }
    }

    /// The last month with usage, not after `limit`.
    pub fn last_month(&self, limit: Month) -> Option<Month> {
        let after = self.rows.partition_point(|row| row.month <= limit);
        self.rows.get(after.checked_sub(1)?).map(|row| row.month)
    }

    /// Whether there is usage in some months, through whatever association.
    pub fn is_used(&self, months: &RangeInclusive<Month>) -> bool {
        self.rows(months).next().is_some()
    }

    fn rows(&self, months: &RangeInclusive<Month>) -> impl Iterator<Item = &Row> {
        let from = self.first_row(*months.start());
        let last = *months.end();
        let rows = self.rows.iter().skip(from);
        rows.take_while(move |row| row.month <= last)
    }

    /// The place of the first row that is not before a month.
    fn first_row(&self, month: Month) -> usize {
        // Mostly there is one row for each month, so that it stands where it is looked for first.
        let begins = self.rows.first().map_or(month, |row| row.month);
        let guess = usize::try_from(month.since(begins)).unwrap_or(0);
        let is_before = |place: usize| self.rows.get(place).map(|row| row.month < month);
        if is_before(guess) == Some(false)
            && guess
                .checked_sub(1)
                .is_none_or(|place| is_before(place) == Some(true))
        {
            return guess;
        }
        self.rows.partition_point(|row| row.month < month)
    }

    /// The usage of some months through some associations, added up; `None` where there is none.
    ///
    /// The same usage seen through several of them is one usage.
    pub fn sums(&self, months: &RangeInclusive<Month>, kinds: Kinds) -> Option<Sums> {
        let mut sums: Option<Seen> = None;
        let mut last: Option<(&Row, Seen)> = None;
        for row in self
            .rows(months)
            .filter(|row| kinds.contains(row.association))
        {
            let mut seen = row.seen;
            let same = last.filter(|(last, _)| {
                last.month == row.month && last.subscription == row.subscription
            });
            let total = sums.get_or_insert_default();
            match same {
                Some((_, before)) => {
                    seen = seen.larger(before);
                    total.put(seen.less(before));
                }
                None => total.put(seen),
            }
            last = Some((row, seen));
        }
        let seen = sums?;
        Some(Sums {
            seen,
            contract_value: self
                .rate
                .map_or(Number::ZERO, |rate| rate * Number::from(seen.users)),
        })
    }
}

/// Usage as it is reported.
#[derive(Default, Clone, Copy)]
struct Seen {
    revenue_cents: i64,
    users: u64,
    seats: u64,
    active: u64,
}

impl Seen {
    fn less(self, other: Self) -> Self {
        Self {
            revenue_cents: self.revenue_cents.saturating_sub(other.revenue_cents),
            users: self.users.saturating_sub(other.users),
            seats: self.seats.saturating_sub(other.seats),
            active: self.active.saturating_sub(other.active),
        }
    }

    fn larger(self, other: Self) -> Self {
        Self {
            revenue_cents: self.revenue_cents.max(other.revenue_cents),
            users: self.users.max(other.users),
            seats: self.seats.max(other.seats),
            active: self.active.max(other.active),
        }
    }

    fn put(&mut self, more: Self) {
        self.revenue_cents = self.revenue_cents.saturating_add(more.revenue_cents);
        self.users = self.users.saturating_add(more.users);
        self.seats = self.seats.saturating_add(more.seats);
        self.active = self.active.saturating_add(more.active);
    }
}

/// Usage, added up exactly.
#[derive(Default, Clone, Copy)]
pub(crate) struct Sums {
    seen: Seen,
    contract_value: Number,
}

impl Sums {
    pub fn value(&self, value: Value) -> Number {
        match value {
            Value::Revenue => Number::from_cents(self.seen.revenue_cents),
            Value::Users => self.seen.users.into(),
            Value::Seats => self.seen.seats.into(),
            Value::ContractValue => self.contract_value,
            Value::ActivePercent => Number::ratio(
                i128::from(self.seen.active) * 100,
                i128::from(self.seen.seats),
            )
            .unwrap_or_default(),
        }
    }
}

impl Add for Sums {
    type Output = Self;
    fn add(mut self, other: Self) -> Self {
        self.seen.put(other.seen);
        if !other.contract_value.is_zero() {
            self.contract_value = self.contract_value + other.contract_value;
        }
        self
    }
}

/// The first condition that does not hold, as a reason.
pub(crate) fn first_failure(conditions: &[Condition], sums: &Sums) -> Option<Reason> {
    conditions.iter().find_map(|condition| {
        let have = sums.value(condition.value);
        let value = condition.value;
        let below = |need| Reason::Below { have, need, value };
        if let Some(need) = condition.at_least.filter(|need| have < *need) {
            return Some(below(need));
        }
        if let Some(need) = condition.above.filter(|need| have <= *need) {
            return Some(below(need));
        }
        let limit = condition.at_most.filter(|limit| have > *limit)?;
        Some(Reason::Above { have, limit, value })
    })
}

/// Whether a failure is nearer to passing than the one known so far: that one is worth telling.
pub(crate) fn nearer(reason: &Reason, known: &Reason) -> bool {
    match (reason, known) {
        (Reason::Below { have, .. }, Reason::Below { have: best, .. }) => have > best,
        (Reason::Below { .. }, _) => false,
        (_, Reason::Below { .. }) => true,
        _ => false,
    }
}
