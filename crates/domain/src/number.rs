//! Exact numbers. A third of twenty points stays a third of twenty points.

mod decimal;
mod shown;

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};
use std::str::FromStr;

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An exact rational number: points, amounts, percentages.
///
/// On the wire it is text: a decimal where one is exact (`"6.42"`), a fraction where none is
/// (`"20/3"`). Whole numbers may also be given as JSON or TOML integers; binary floating point is
/// refused, because it cannot hold 2.14.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Number(Ratio<i128>);

/// What text is not a [`Number`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a number: write 12, 2.14 or 20/3")]
pub struct NotANumber(pub String);

/// More digits than anything that is made of real amounts has; longer input is a mistake.
const MOST_DIGITS: usize = 36;
/// The first number that has more digits than that.
const READABLE: u128 = 10_u128.pow(36);

impl Number {
    /// Nothing.
    pub const ZERO: Self = Self(Ratio::new_raw(0, 1));
    /// One.
    pub const ONE: Self = Self(Ratio::new_raw(1, 1));

    /// `numerator / denominator`, or `None` where the denominator is zero.
    #[must_use]
    pub fn ratio(numerator: i128, denominator: i128) -> Option<Self> {
        (denominator != 0).then(|| Self(reduced(numerator, denominator)))
    }

    /// An amount in minor units (cents) as major units (dollars).
    #[must_use]
    pub fn from_cents(cents: i64) -> Self {
        // Most numbers are made here, and a gcd of 128 bits is slow in the browser.
        let (mut shared, mut rest) = (100, cents % 100);
        while rest != 0 {
            (shared, rest) = (rest, shared % rest);
        }
        let shared = shared.abs();
        Self(Ratio::new_raw(
            (cents / shared).into(),
            (100 / shared).into(),
        ))
    }

    /// `self / other`, or `None` where `other` is zero.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        self.0.checked_div(&other.0).map(Self)
    }

    /// The largest whole number that is not more.
    #[must_use]
    pub fn floor(self) -> i128 {
        self.0.numer().div_euclid(*self.0.denom())
    }

    /// The smallest whole number that is not less.
    #[must_use]
    pub fn ceiling(self) -> i128 {
        let (numerator, denominator) = (*self.0.numer(), *self.0.denom());
        let whole = numerator.div_euclid(denominator);
        if numerator.rem_euclid(denominator) == 0 {
            whole
        } else {
            whole.saturating_add(1)
        }
    }

    /// Whether it is above zero.
    #[must_use]
    pub fn is_positive(self) -> bool {
        *self.0.numer() > 0
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Never below zero.
    #[must_use]
    pub fn at_least_zero(self) -> Self {
        self.max(Self::ZERO)
    }

    /// The nearest binary float: for the length of a bar, never for a rule.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "a bar is a few hundred pixels long"
    )]
    pub fn approximately(self) -> f64 {
        *self.0.numer() as f64 / *self.0.denom() as f64
    }
}

impl From<i64> for Number {
    fn from(whole: i64) -> Self {
        Self(Ratio::from_integer(i128::from(whole)))
    }
}
impl From<u64> for Number {
    fn from(whole: u64) -> Self {
        Self(Ratio::from_integer(i128::from(whole)))
    }
}
impl From<u32> for Number {
    fn from(whole: u32) -> Self {
        Self::from(u64::from(whole))
    }
}
impl From<usize> for Number {
    fn from(whole: usize) -> Self {
        Self::from(whole as u64)
    }
}

/// The fraction in its lowest terms. `num-rational` does it with a gcd of 128 bits, which is slow
/// in the browser; nearly all numbers are smaller.
fn reduced(numerator: i128, denominator: i128) -> Ratio<i128> {
    if denominator == 1 {
        return Ratio::new_raw(numerator, 1);
    }
    let (Ok(below), Ok(above)) = (
        u64::try_from(denominator),
        u64::try_from(numerator.unsigned_abs()),
    ) else {
        return Ratio::new(numerator, denominator);
    };
    let (mut shared, mut rest) = (below, above);
    while rest != 0 {
        (shared, rest) = (rest, shared % rest);
    }
    let shared = shared.max(1);
    let above = i128::from(above / shared);
    Ratio::new_raw(
        if numerator < 0 { -above } else { above },
        (below / shared).into(),
    )
}

/// Numerator and denominator, where both are small enough that no product of two overflows.
fn small(number: Number) -> Option<(i128, i128)> {
    let (numerator, denominator) = (*number.0.numer(), *number.0.denom());
    let fits = |part: i128| i64::try_from(part).is_ok();
    (fits(numerator) && fits(denominator)).then_some((numerator, denominator))
}

// Checked evidence cannot overflow 128 bits. Should it ever happen, a rule must still be total:
// the result then is zero points rather than a panic.
fn or_zero(result: Option<Ratio<i128>>) -> Number {
    Number(result.unwrap_or_else(Ratio::zero))
}
impl Add for Number {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        if let (Some((a, b)), Some((c, d))) = (small(self), small(other)) {
            return Self(if b == d {
                reduced(a + c, b)
            } else {
                reduced(a * d + c * b, b * d)
            });
        }
        or_zero(self.0.checked_add(&other.0))
    }
}
impl Sub for Number {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}
impl Mul for Number {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        if let (Some((a, b)), Some((c, d))) = (small(self), small(other)) {
            return Self(reduced(a * c, b * d));
        }
        or_zero(self.0.checked_mul(&other.0))
    }
}
impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (small(*self), small(*other)) {
            (Some((a, b)), Some((c, d))) if b == d => a.cmp(&c),
            (Some((a, b)), Some((c, d))) => (a * d).cmp(&(c * b)),
            _ => self.0.cmp(&other.0),
        }
    }
}
impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Neg for Number {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}
impl std::iter::Sum for Number {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (numerator, denominator) = (*self.0.numer(), *self.0.denom());
        for digits in 0..=9 {
            let scale = 10_i128.pow(digits);
            if scale % denominator == 0 {
                // What has too many digits to be read back stays a fraction.
                let scaled = numerator.checked_mul(scale / denominator);
                let scaled =
                    scaled.filter(|scaled| digits == 0 || scaled.unsigned_abs() < READABLE);
                if let Some(scaled) = scaled {
                    return f.write_str(&decimal::decimal(scaled, digits));
                }
                break;
            }
        }
        write!(f, "{numerator}/{denominator}")
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Number {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let refused = || NotANumber(text.chars().take(40).collect());
        if let Some((numerator, denominator)) = text.split_once('/') {
            let whole = |part: &str| {
                if part.contains('.') {
                    None
                } else {
                    part.parse::<Self>().ok()
                }
            };
            // A part with a slash of its own never gets as far as being parsed.
            if denominator.contains('/') {
                return Err(refused());
            }
            let (top, bottom) = whole(numerator)
                .zip(whole(denominator))
                .ok_or_else(refused)?;
            return top.over(bottom).ok_or_else(refused);
        }
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || (digits.contains('.') && rest.is_empty())
            || whole.len() + rest.len() > MOST_DIGITS
            || !plain(whole)
            || !plain(rest)
        {
            return Err(refused());
        }
        let scaled: i128 = format!("{whole}{rest}").parse().map_err(|_| refused())?;
        let scale = 10_i128.pow(u32::try_from(rest.len()).map_err(|_| refused())?);
        Self::ratio(if negative { -scaled } else { scaled }, scale).ok_or_else(refused)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Number;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number, or text such as \"2.14\" or \"20/3\"")
            }
            fn visit_i64<E: de::Error>(self, whole: i64) -> Result<Number, E> {
                Ok(whole.into())
            }
            fn visit_u64<E: de::Error>(self, whole: u64) -> Result<Number, E> {
                Ok(whole.into())
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Number, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Number {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::SchemaType::from_iter([
                utoipa::openapi::Type::String,
                utoipa::openapi::Type::Integer,
            ]))
            .pattern(Some(r"^-?[0-9]+(\.[0-9]+|/[0-9]+)?$"))
            .description(Some(
                "An exact number: as text, a decimal, or a fraction where no decimal is exact; a \
                 whole number may also be given as a JSON integer. Answers give text.",
            ))
            .into()
    }
}
#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Number {}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        text.parse().expect("a number")
    }

    #[test]
    fn forty_sixths_are_not_six_point_six_seven() {
        let each = number("40/6");
        assert_ne!(each, number("6.67"));
        assert_eq!(each * Number::from(6_u32), number("40"));
        assert_eq!(each.to_string(), "20/3");
        assert_eq!(each.rounded(2), "6.67");
    }

    #[test]
    fn arithmetic_is_exact_for_small_and_large_numbers() {
        use proptest::prelude::*;
        let part = || prop_oneof![-1000_i128..1000, -(10_i128.pow(20))..10_i128.pow(20)];
        let below = || prop_oneof![1_i128..200, 1_i128..10_i128.pow(12)];
        let test = |((a, b), (c, d)): ((i128, i128), (i128, i128))| {
            let (one, other) = (Ratio::new(a, b), Ratio::new(c, d));
            let (left, right) = (Number::ratio(a, b), Number::ratio(c, d));
            let (left, right) = (left.expect("a number"), right.expect("a number"));
            prop_assert_eq!(left.0, one);
            prop_assert_eq!((left + right).0, one + other);
            prop_assert_eq!((left - right).0, one - other);
            prop_assert_eq!(left < right, one < other);
            prop_assert_eq!(left == right, one == other);
            prop_assert_eq!(left.is_positive(), a > 0);
            if let Some(product) = one.checked_mul(&other) {
                prop_assert_eq!((left * right).0, product);
            }
            let lowest = Ratio::new_raw(*(left + right).0.numer(), *(left + right).0.denom());
            prop_assert_eq!(
                *lowest.numer(),
                *lowest.reduced().numer(),
                "in lowest terms"
            );
            Ok(())
        };
        let pairs = ((part(), below()), (part(), below()));
        proptest!(|(pairs in pairs)| test(pairs)?);
    }

    #[test]
    fn text_round_trips() {
        for text in ["0", "-3", "2.14", "20/3", "-1.5"] {
            assert_eq!(number(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for text in [
            "",
            "-",
            ".5",
            "5.",
            "1e3",
            "1/0",
            "1/2/3",
            "1.5/2",
            "NaN",
            " 1",
            "1 ",
            "0x1",
            "9999999999999999999999999999999999999",
        ] {
            assert!(text.parse::<Number>().is_err(), "{text}");
        }
        assert!(serde_json::from_str::<Number>("2.14").is_err());
    }
}
