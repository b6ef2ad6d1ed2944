//! Values as bills show them: amounts, rates, days, references, addresses.

use chrono::NaiveDate;
use membership_domain::company::Address;
use membership_domain::money::Currency;

use crate::countries;

/// Joins what must stay in one line.
const NO_BREAK: &str = "\u{a0}";
const MINUS: &str = "\u{2212}";

/// Minor units with the decimals of their currency: `−4,522.00`.
pub fn amount(amount: i64, currency: Currency) -> String {
    let decimal = currency.decimal(amount);
    let (sign, digits) = match decimal.strip_prefix('-') {
        Some(digits) => (MINUS, digits),
        None => ("", decimal.as_str()),
    };
    let (whole, part) = match digits.split_once('.') {
        Some((whole, part)) => (whole, format!(".{part}")),
        None => (digits, String::new()),
    };
    format!("{sign}{}{part}", thousands(whole))
}

/// A number of things: `−1,000`.
pub fn count(count: i64) -> String {
    let sign = if count < 0 { MINUS } else { "" };
    format!("{sign}{}", thousands(&count.unsigned_abs().to_string()))
}

fn thousands(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Hundredths of a percent: `19 %`, `8.25 %`.
pub fn rate(rate: u32) -> String {
    let (whole, part) = (rate / 100, rate % 100);
    let number = match (part, part % 10) {
        (0, _) => whole.to_string(),
        (_, 0) => format!("{whole}.{}", part / 10),
        _ => format!("{whole}.{part:02}"),
    };
    format!("{number}{NO_BREAK}%")
}

/// `20 November 2023`.
pub fn day(day: NaiveDate) -> String {
    day.format("%-d\u{a0}%B\u{a0}%Y").to_string()
}

/// `18 Nov 2023`.
pub fn short_day(day: NaiveDate) -> String {
    day.format("%-d\u{a0}%b\u{a0}%Y").to_string()
}

/// Letters and digits in groups of four, which stay in one line.
pub fn fours(text: &str) -> String {
    let plain: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let groups = plain.chunks(4).map(|group| group.iter().collect());
    groups.collect::<Vec<String>>().join(NO_BREAK)
}

/// A creditor reference in groups of four; other references as they are.
pub fn reference(text: &str) -> String {
    if has_check_digits(text) {
        fours(text)
    } else {
        clean(text)
    }
}

/// Two letters and two digits, as IBANs and creditor references begin.
pub fn has_check_digits(text: &str) -> bool {
    matches!(text.as_bytes(), [a, b, c, d, _, ..] if a.is_ascii_uppercase()
        && b.is_ascii_uppercase() && c.is_ascii_digit() && d.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ')
}

/// The lines of an address: street, city with postal code and region, country.
pub fn address(address: &Address, country: &str) -> [String; 3] {
    let code = address.postal_code.as_deref().unwrap_or_default();
    let region = address.region.as_deref().unwrap_or_default();
    let parts = if countries::code_is_last(country) {
        let region = join(&[region, code], " ");
        join(&[&address.city, &region], ", ")
    } else {
        join(&[&join(&[code, &address.city], " "), region], ", ")
    };
    let country = countries::name(country).unwrap_or(country);
    [clean(&address.street), parts, country.to_owned()]
}

/// What there is of some parts.
pub fn join(parts: &[&str], between: &str) -> String {
    let parts = parts.iter().map(|part| clean(part));
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(between)
}

/// A text in one line, without what neither paper nor XML can have.
pub fn clean(text: &str) -> String {
    let odd = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let nothing = |c: &char| !matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{ad}');
    let one_line = text
        .chars()
        .filter(nothing)
        .map(|c| if odd(c) { ' ' } else { c });
    one_line.collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_separators_a_true_minus_and_their_decimals() {
        for (code, minor, text) in [
            ("EUR", 452_200, "4,522.00"),
            ("EUR", -5, "−0.05"),
            ("JPY", -1_066_000, "−1,066,000"),
            ("KWD", 1_234_567, "1,234.567"),
            ("EUR", 99_999, "999.99"),
            ("EUR", i64::MIN, "−92,233,720,368,547,758.08"),
        ] {
            assert_eq!(amount(minor, code.parse().expect("a currency")), text);
        }
        assert_eq!((count(-1), count(1_000)), ("−1".into(), "1,000".into()));
        let rates = [1_900, 825, 750, 0].map(rate);
        assert_eq!(
            rates,
            ["19\u{a0}%", "8.25\u{a0}%", "7.5\u{a0}%", "0\u{a0}%"]
        );
    }

    #[test]
    fn references_and_ibans_are_grouped_and_nothing_else() {
        assert_eq!(
            reference("RF18539007547034"),
            "RF18\u{a0}5390\u{a0}0754\u{a0}7034"
        );
        assert_eq!(reference("Invoice 17\n of May"), "Invoice 17  of May");
        assert_eq!(reference("20231115-0043"), "20231115-0043");
    }

    #[test]
    fn addresses_are_as_in_their_country() {
        let mut here = Address {
            street: "Lindenstraße 5".into(),
            city: "Berlin".into(),
            postal_code: Some("10969".into()),
            region: None,
        };
        assert_eq!(
            address(&here, "DE"),
            ["Lindenstraße 5", "10969 Berlin", "Germany"]
        );
        here.region = Some("WA".into());
        assert_eq!(address(&here, "US")[1], "Berlin, WA 10969");
        assert_eq!(
            address(&Address::default(), "ZZ"),
            ["", "", "ZZ"],
            "what is missing leaves no comma"
        );
    }
}
