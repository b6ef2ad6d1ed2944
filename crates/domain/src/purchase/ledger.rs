//! The books: double entry. An entry is made of moves from one account to another, so that it is
//! balanced however it was made.

use chrono::{Datelike, NaiveDate};

use super::bill::PaymentMethod;
use super::sale::Sale;
use crate::dates::plus_days;
use crate::money::Currency;
use crate::month::Month;

crate::codes! {
    /// An account of the books, as it is called when they are exported.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = LedgerAccount))]
    Account {
        /// What buyers owe; what they paid before it was due is below zero.
        Receivable = "assets:receivable",
        /// What the payment provider holds.
        CashCard = "assets:cash:card",
        /// What is in the bank.
        CashWire = "assets:cash:wire",
        /// Sold, and not given yet: the days of terms to come.
        Deferred = "liabilities:deferred-revenue",
        /// Tax that is passed on.
        Tax = "liabilities:tax",
        /// Money that belongs to nobody's order and waits for a decision.
        Parked = "liabilities:parked",
        /// Sold and given.
        Earned = "income:memberships",
        /// What was given back.
        Refunds = "income:refunds",
        /// What payment providers and banks take.
        Fees = "expenses:fees",
    }
}

impl Account {
    /// Where the money of a method is.
    #[must_use]
    pub fn cash(method: PaymentMethod) -> Self {
        match method {
            PaymentMethod::Card => Self::CashCard,
            PaymentMethod::Wire => Self::CashWire,
        }
    }
}

crate::codes! {
    /// What an entry is for.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    BookingKind {
        /// Something was sold.
        Invoice = "invoice",
        /// Money came in.
        Receipt = "receipt",
        /// Money that an order had is parked.
        Parking = "parking",
        /// A parked piece went to an order, or back to who sent it.
        Unparking = "unparking",
        /// A month of a term is over.
        Earning = "earning",
        /// Money went back.
        Refund = "refund",
        /// A bank took something.
        Fee = "fee",
    }
}

/// An entry of the books: its lines add up to zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// What it is for.
    pub kind: BookingKind,
    /// Its day.
    pub on: NaiveDate,
    /// ISO 4217 code of all its amounts.
    pub currency: Currency,
    lines: Vec<(Account, i64)>,
}

impl Booking {
    /// An entry without moves yet.
    #[must_use]
    pub fn new(kind: BookingKind, on: NaiveDate, currency: Currency) -> Self {
        Self {
            kind,
            on,
            currency,
            lines: Vec::new(),
        }
    }

    /// Also moves an amount: to one account (its debit) from another (its credit).
    #[must_use]
    pub fn moved(mut self, amount: i64, to: Account, from: Account) -> Self {
        for (account, amount) in [(to, amount), (from, -amount)] {
            match self.lines.iter_mut().find(|(known, _)| *known == account) {
                Some((_, sum)) => *sum += amount,
                None => self.lines.push((account, amount)),
            }
        }
        self
    }

    /// Its lines: debits above zero, credits below, none at zero. They add up to zero.
    pub fn lines(&self) -> impl Iterator<Item = (Account, i64)> {
        self.lines
            .iter()
            .copied()
            .filter(|(_, amount)| *amount != 0)
    }

    /// Something was sold: it is owed, with its tax, and earned over its term.
    #[must_use]
    pub fn invoice(sale: &Sale, on: NaiveDate) -> Self {
        Self::new(BookingKind::Invoice, on, sale.currency)
            .moved(sale.net(), Account::Receivable, Account::Deferred)
            .moved(sale.tax_amount(), Account::Receivable, Account::Tax)
    }

    /// Money came in for an order, and what it did not take is parked.
    #[must_use]
    pub fn receipt(
        method: PaymentMethod,
        on: NaiveDate,
        currency: Currency,
        taken: i64,
        parked: i64,
    ) -> Self {
        let cash = Account::cash(method);
        Self::new(BookingKind::Receipt, on, currency)
            .moved(taken, cash, Account::Receivable)
            .moved(parked, cash, Account::Parked)
    }

    /// What an order had received is parked, because it was canceled.
    #[must_use]
    pub fn parking(on: NaiveDate, currency: Currency, amount: i64) -> Self {
        Self::new(BookingKind::Parking, on, currency).moved(
            amount,
            Account::Receivable,
            Account::Parked,
        )
    }

    /// Money is on the account that names no order.
    #[must_use]
    pub fn stray(on: NaiveDate, currency: Currency, amount: i64) -> Self {
        Self::new(BookingKind::Receipt, on, currency).moved(
            amount,
            Account::CashWire,
            Account::Parked,
        )
    }

    /// Parked money goes to an order, which takes a part of it.
    #[must_use]
    pub fn assigned(on: NaiveDate, currency: Currency, taken: i64) -> Self {
        Self::new(BookingKind::Unparking, on, currency).moved(
            taken,
            Account::Parked,
            Account::Receivable,
        )
    }

    /// Parked money went back to who had sent it.
    #[must_use]
    pub fn returned(method: PaymentMethod, on: NaiveDate, currency: Currency, amount: i64) -> Self {
        let cash = Account::cash(method);
        Self::new(BookingKind::Unparking, on, currency).moved(amount, Account::Parked, cash)
    }

    /// A bank took a fee.
    #[must_use]
    pub fn fee(on: NaiveDate, currency: Currency, amount: i64) -> Self {
        Self::new(BookingKind::Fee, on, currency).moved(amount, Account::Fees, Account::CashWire)
    }

    /// What was sold is taken back, and the money with it: what was earned too.
    #[must_use]
    pub fn refund(method: PaymentMethod, on: NaiveDate, sale: &Sale, earned: i64) -> Self {
        let cash = Account::cash(method);
        Self::new(BookingKind::Refund, on, sale.currency)
            .moved(sale.net() - earned, Account::Deferred, cash)
            .moved(earned, Account::Refunds, cash)
            .moved(sale.tax_amount(), Account::Tax, cash)
    }

    /// A part of what was sold is earned.
    #[must_use]
    pub fn earning(on: NaiveDate, currency: Currency, amount: i64) -> Self {
        Self::new(BookingKind::Earning, on, currency).moved(
            amount,
            Account::Deferred,
            Account::Earned,
        )
    }
}

/// What of a sale is earned in each month of its term, by days; together exactly the whole. All of
/// it in the first month, where it has no end.
#[must_use]
pub fn earned_by_month(
    net: i64,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
) -> Vec<(Month, i64)> {
    let first = Month::of(starts_on);
    let Some(ends_on) = ends_on.filter(|ends| *ends > starts_on) else {
        return vec![(first, net)];
    };
    let days = i128::from((ends_on - starts_on).num_days());
    let until = |day: NaiveDate| {
        let passed = i128::from((day - starts_on).num_days());
        i64::try_from(i128::from(net) * passed / days).unwrap_or(net)
    };
    let (mut months, mut before, mut month) = (Vec::new(), 0, first);
    loop {
        // The anniversary is the first day that is not paid for.
        let over = plus_days(month.last_day(), 1).min(ends_on);
        let sum = until(over);
        months.push((month, sum - before));
        before = sum;
        if over >= ends_on || month.last_day().year() == NaiveDate::MAX.year() {
            return months;
        }
        month = month.plus(1);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    proptest! {
        #[test]
        fn what_is_earned_by_month_is_the_whole(
            net in 0_i64..10_000_000,
            start in 0_i32..2_000,
            days in 1_i32..800,
        ) {
            let starts_on = plus_days(day("2023-01-01"), start);
            let months = earned_by_month(net, starts_on, Some(plus_days(starts_on, days)));
            prop_assert_eq!(months.iter().map(|(_, amount)| amount).sum::<i64>(), net);
            prop_assert!(months.iter().all(|(_, amount)| *amount >= 0));
            prop_assert!(months.windows(2).all(|pair| pair[0].0.plus(1) == pair[1].0));
        }

        #[test]
        fn every_entry_is_balanced(taken in 0_i64..1_000_000, parked in 0_i64..1_000_000) {
            let euro: Currency = "EUR".parse().expect("a currency");
            let on = day("2024-02-29");
            let sale = super::super::sale::tests::sale(taken, 1_900);
            for entry in [
                Booking::receipt(PaymentMethod::Wire, on, euro, taken, parked),
                Booking::parking(on, euro, parked),
                Booking::earning(on, euro, taken),
                Booking::invoice(&sale, on),
                Booking::stray(on, euro, taken),
                Booking::assigned(on, euro, taken),
                Booking::returned(PaymentMethod::Wire, on, euro, parked),
                Booking::fee(on, euro, parked),
                Booking::refund(PaymentMethod::Card, on, &sale, taken / 3),
            ] {
                prop_assert_eq!(entry.lines().map(|(_, amount)| amount).sum::<i64>(), 0);
            }
        }
    }

    #[test]
    fn a_year_is_earned_by_days() {
        let months = earned_by_month(36_500, day("2023-01-31"), Some(day("2024-01-31")));
        assert_eq!(months.len(), 13);
        assert_eq!(months[0], (Month::of(day("2023-01-31")), 100));
        assert_eq!(months[1].1, 2_800);
        assert_eq!(months[12].1, 3_000);
        assert_eq!(earned_by_month(5, day("2023-01-31"), None).len(), 1);
    }
}
