//! Date arithmetic in whole days, UTC. Every period comes from the catalog.

use chrono::{Days, NaiveDate};

use crate::catalog::Terms;
use crate::evidence::Membership;
use crate::month::Month;
use crate::number::Number;

/// `days` after a day (before, where negative).
#[must_use]
pub fn plus_days(day: NaiveDate, days: i32) -> NaiveDate {
    let count = Days::new(days.unsigned_abs().into());
    let moved = if days < 0 {
        day.checked_sub_days(count)
    } else {
        day.checked_add_days(count)
    };
    moved.unwrap_or(day)
}

/// The anniversary of what is bought on `day`, or `None` where it is open-ended.
///
/// Where all programs of a kind end together, the anniversary of the first one still held
/// is everybody's.
#[must_use]
pub fn anniversary(day: NaiveDate, terms: &Terms, held: &[&Membership]) -> Option<NaiveDate> {
    let shared = (held.iter())
        .filter(|_| terms.shared_anniversary)
        .filter_map(|held| held.ends_on.filter(|last| day <= *last))
        .min();
    shared.or_else(|| Some(plus_days(day, i32::try_from(terms.days?).ok()?)))
}

/// The day on which an order by wire that is not fully paid expires.
#[must_use]
pub fn wire_order_expires(created_on: NaiveDate, limit_days: u32) -> NaiveDate {
    plus_days(created_on, i32::try_from(limit_days).unwrap_or(i32::MAX))
}

/// The day after which a leaver whose account was deleted no longer counts: a day of the month
/// after.
#[must_use]
pub fn leaver_removed_after(deleted_on: NaiveDate, day_of_month: u32) -> NaiveDate {
    let first = Month::of(deleted_on).plus(1).first_day();
    plus_days(
        first,
        i32::try_from(day_of_month.saturating_sub(1)).unwrap_or(0),
    )
}

/// Why a key cannot extend a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyRefusal {
    /// There is nothing to extend.
    #[error("no seat is active, so there is nothing to extend")]
    NothingActive,
    /// The extension would be longer than any may be.
    #[error("the key has {key} seats, more than {most} times the {active} active ones")]
    TooLong {
        /// Seats of the key.
        key: u32,
        /// Active seats.
        active: u32,
        /// How many times as many are allowed.
        most: u32,
    },
}

/// By how many months a key of `key` seats extends a subscription of `active` seats.
///
/// # Errors
///
/// A [`KeyRefusal`] where nothing is active, or the key is too large.
pub fn key_extension_months(
    active: u32,
    key: u32,
    term_months: u32,
    most: u32,
) -> Result<Number, KeyRefusal> {
    if u64::from(key) > u64::from(active) * u64::from(most) && active > 0 {
        return Err(KeyRefusal::TooLong { key, active, most });
    }
    (Number::from(term_months) * Number::from(key))
        .over(Number::from(active))
        .ok_or(KeyRefusal::NothingActive)
}
