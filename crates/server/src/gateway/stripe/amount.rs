//! Amounts as Stripe has them: minor units as ISO 4217 has them, but for a few currencies
//! (https://docs.stripe.com/currencies).

use membership_domain::money::{Currency, Money};

/// Two decimals at Stripe, which are always 00; none in ISO 4217.
const WITH_ZEROS: [&str; 2] = ["ISK", "UGX"];

/// No decimals at Stripe; two in ISO 4217.
const WHOLE: [&str; 1] = ["MGA"];

/// An amount for Stripe; none where it can't be charged there.
#[must_use]
pub fn to_stripe(money: Money) -> Option<i64> {
    let (amount, code) = (money.amount, money.currency.code());
    if amount <= 0 {
        return None;
    }
    if WITH_ZEROS.contains(&code) {
        return amount.checked_mul(100);
    }
    if WHOLE.contains(&code) {
        return divided(amount);
    }
    // Of three decimals the last one must be 0.
    (money.currency.decimals() < 3 || amount % 10 == 0).then_some(amount)
}

/// An amount of Stripe in minor units; none where the currency has no such amount.
#[must_use]
pub fn from_stripe(amount: i64, currency: Currency) -> Option<i64> {
    let code = currency.code();
    if WITH_ZEROS.contains(&code) {
        return divided(amount);
    }
    if WHOLE.contains(&code) {
        return amount.checked_mul(100);
    }
    Some(amount)
}

fn divided(amount: i64) -> Option<i64> {
    (amount % 100 == 0).then_some(amount / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(amount: i64, code: &str) -> Money {
        Money::new(amount, code.parse().expect(code))
    }

    #[test]
    fn amounts_are_in_the_units_that_stripe_documents() {
        for (amount, code, there) in [
            (473_000, "EUR", Some(473_000)),
            (500, "JPY", Some(500)),
            (500, "KRW", Some(500)),
            // Two decimals in charges; whole ones only in payouts.
            (1_045, "HUF", Some(1_045)),
            (80_045, "TWD", Some(80_045)),
            // To charge 5 ISK, the amount is 500.
            (5, "ISK", Some(500)),
            (5, "UGX", Some(500)),
            (500, "MGA", Some(5)),
            (501, "MGA", None),
            (5_120, "KWD", Some(5_120)),
            (5_124, "KWD", None),
            (0, "EUR", None),
            (-1, "EUR", None),
            (i64::MAX, "ISK", None),
        ] {
            let asked = money(amount, code);
            assert_eq!(to_stripe(asked), there, "{amount} {code}");
            if let Some(there) = there {
                assert_eq!(from_stripe(there, asked.currency), Some(amount), "{code}");
            }
        }
        assert_eq!(from_stripe(550, money(1, "ISK").currency), None);
    }

    /// As its documentation lists them; UGX is there too, and a special case on the same page.
    #[test]
    fn currencies_without_decimals_are_those_of_stripe() {
        for code in [
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV",
            "XAF", "XOF", "XPF",
        ] {
            let one = money(10_i64.pow(money(1, code).currency.decimals()), code);
            assert_eq!(to_stripe(one), Some(1), "{code}");
        }
    }
}
