//! Money in whole minor units, each with its currency.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An ISO 4217 code: three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// Currencies whose minor unit is the unit itself (ISO 4217).
const WITHOUT_DECIMALS: [&str; 16] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV",
    "XAF", "XOF", "XPF",
];

/// Currencies whose minor unit is a thousandth (ISO 4217).
const WITH_THREE: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// What is no code of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a currency is three capital letters, such as EUR")]
pub struct NoCurrency;

impl Currency {
    /// US dollars: prices are in them where a country has none of its own.
    pub const USD: Self = Self(*b"USD");

    /// Its code.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many decimals its amounts have.
    #[must_use]
    pub fn decimals(&self) -> u32 {
        let code = self.code();
        if WITHOUT_DECIMALS.contains(&code) {
            0
        } else if WITH_THREE.contains(&code) {
            3
        } else {
            2
        }
    }

    /// An amount of minor units as a decimal number with a point: `4730.00`.
    #[must_use]
    pub fn decimal(&self, amount: i64) -> String {
        let sign = if amount < 0 { "-" } else { "" };
        let units = amount.unsigned_abs();
        let digits = self.decimals();
        if digits == 0 {
            return format!("{sign}{units}");
        }
        let scale = 10_u64.pow(digits);
        let width = digits as usize;
        format!("{sign}{}.{:0width$}", units / scale, units % scale)
    }

    /// The minor units of a decimal number with a point; none where it has more decimals than the
    /// currency, is too large, or is no such number.
    #[must_use]
    pub fn minor(&self, decimal: &str) -> Option<i64> {
        let (sign, number) = match decimal.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, decimal.strip_prefix('+').unwrap_or(decimal)),
        };
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        let digits = self.decimals() as usize;
        // Zeros beyond the currency's decimals say nothing.
        let part = part.trim_end_matches('0');
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !is_number(whole) || !is_number(part) || part.len() > digits {
            return None;
        }
        let units: i64 = format!("{whole}{part:0<digits$}").parse().ok()?;
        Some(sign * units)
    }
}

impl FromStr for Currency {
    type Err = NoCurrency;

    fn from_str(text: &str) -> Result<Self, NoCurrency> {
        let code: [u8; 3] = text.as_bytes().try_into().map_err(|_| NoCurrency)?;
        match code.iter().all(u8::is_ascii_uppercase) {
            true => Ok(Self(code)),
            false => Err(NoCurrency),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// An amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// In minor units: cents, or the unit itself where a currency has none.
    pub amount: i64,
    /// ISO 4217 code.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub currency: Currency,
}

impl Money {
    /// So many minor units.
    #[must_use]
    pub const fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// As a decimal number with a point, without the currency.
    #[must_use]
    pub fn decimal(&self) -> String {
        self.currency.decimal(self.amount)
    }
}

/// `rate` hundredths of a percent of an amount, a half rounded away from zero.
#[must_use]
pub fn share(amount: i64, rate: u32) -> i64 {
    const WHOLE: i128 = 10_000;
    let product = i128::from(amount) * i128::from(rate);
    let half = if product < 0 { -WHOLE / 2 } else { WHOLE / 2 };
    i64::try_from((product + half) / WHOLE).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currency(code: &str) -> Currency {
        code.parse().expect("a currency")
    }

    #[test]
    fn amounts_have_the_decimals_of_their_currency() {
        for (code, amount, decimal) in [
            ("EUR", 473_000, "4730.00"),
            ("EUR", -5, "-0.05"),
            ("JPY", 66_000, "66000"),
            ("KWD", 1_005, "1.005"),
        ] {
            assert_eq!(currency(code).decimal(amount), decimal);
            assert_eq!(currency(code).minor(decimal), Some(amount));
        }
        assert_eq!(currency("EUR").minor("12"), Some(1200));
        assert_eq!(currency("EUR").minor("12.5"), Some(1250));
        assert_eq!(currency("EUR").minor("12.500"), Some(1250));
        assert_eq!(currency("JPY").minor("12.00"), Some(12));
        for wrong in [
            "",
            ".5",
            "1.005",
            "1,50",
            "1e3",
            "--1",
            " 1",
            "٣",
            "99999999999999999999",
        ] {
            assert_eq!(currency("EUR").minor(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for wrong in ["", "eur", "EURO", "E1R", "ÄÖ"] {
            assert_eq!(wrong.parse::<Currency>(), Err(NoCurrency), "{wrong}");
        }
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!(share(380_000, 1_900), 72_200);
        assert_eq!((share(50, 100), share(-50, 100)), (1, -1));
        assert_eq!((share(49, 100), share(0, 1_900)), (0, 0));
    }
}
