//! Numbers and money, as exports write them.

use membership_domain::Number;

use crate::fault::Reason;
use crate::settings::DecimalMark;
use crate::value::Reading;

/// A plain number: 1234.5, 1,234.50, 1.234,50, 1 234, 1'234, -12, (12).
pub fn number(text: &str) -> Reading<Number, DecimalMark> {
    match Written::of(text) {
        Some(written) if written.unit.is_empty() => written.number(),
        _ => Reading::Not,
    }
}

/// US dollars: a plain number, or one with $, USD or US$.
pub fn dollars(text: &str) -> Reading<Number, DecimalMark> {
    match Written::of(text) {
        Some(written) if written.is_in_dollars() => written.number(),
        _ => Reading::Not,
    }
}

/// Why a text is no amount of US dollars: amounts in other currencies are not to be taken for it.
pub fn no_dollars(text: &str) -> Reason {
    match Written::of(text) {
        Some(written) if written.is_in_other_money() => Reason::NotDollars,
        _ => Reason::NotANumber,
    }
}

/// A whole number that is not negative.
pub fn count(number: Number) -> Result<u64, Reason> {
    let whole = number.ceiling();
    if Number::ratio(whole, 1) != Some(number) {
        return Err(Reason::NotWhole);
    }
    u64::try_from(whole).map_err(|_| Reason::NotANumber)
}

/// A number and what stands around it.
struct Written<'t> {
    /// From the first digit to the last, with the marks between, before and behind them.
    digits: &'t str,
    negative: bool,
    /// Everything else, in capitals and without spaces.
    unit: String,
}

impl<'t> Written<'t> {
    /// Nothing for a text without digits, or with signs that make no number.
    fn of(text: &'t str) -> Option<Self> {
        let is_mark = |letter: char| letter.is_ascii_digit() || letter == '.' || letter == ',';
        let from = text.find(is_mark)?;
        // The marks of currencies, as in "Fr.", are no digits.
        let first = text.find(|letter: char| letter.is_ascii_digit())?;
        let last = text.rfind(|letter: char| letter.is_ascii_digit())? + 1;
        let begin = if text.get(from..first)?.chars().all(is_mark) {
            from
        } else {
            first
        };
        let behind = text.get(last..)?;
        let end = last
            + behind
                .find(|letter| !is_mark(letter))
                .unwrap_or(behind.len());
        let around = [text.get(..begin)?, text.get(end..)?];
        let count = |sign: &[char]| around.map(|part| part.matches(sign).count());
        let negative = match (count(&['-', '\u{2212}']), count(&['(']), count(&[')'])) {
            ([0, 0], [0, 0], [0, 0]) => false,
            ([1, 0], [0, 0], [0, 0]) | ([0, 0], [1, 0], [0, 1]) => true,
            _ => return None,
        };
        let unit = around.concat();
        let unit = unit.chars().filter(|letter| {
            !letter.is_whitespace() && !['-', '\u{2212}', '(', ')'].contains(letter)
        });
        Some(Self {
            digits: text.get(begin..end)?,
            negative,
            unit: unit.flat_map(char::to_uppercase).collect(),
        })
    }

    fn is_in_dollars(&self) -> bool {
        ["", "$", "USD", "US$", "$USD"].contains(&self.unit.as_str())
    }

    /// By a sign, or by letters such as EUR, kr or CA$.
    fn is_in_other_money(&self) -> bool {
        let is_sign =
            |letter: char| "$¢£¤¥".contains(letter) || ('\u{20a0}'..='\u{20cf}').contains(&letter);
        let letters = self.unit.chars().filter(|letter| letter.is_alphabetic());
        let is_code = (2..=3).contains(&letters.count())
            && (self.unit.chars()).all(|letter| letter.is_alphabetic() || letter == '.');
        !self.is_in_dollars() && (is_code || self.unit.contains(is_sign))
    }

    fn number(&self) -> Reading<Number, DecimalMark> {
        match (self.by('.', ','), self.by(',', '.')) {
            (Some(point), Some(comma)) if point == comma => Reading::Is(point),
            (Some(point), Some(comma)) => Reading::Either(point, comma),
            (Some(point), None) => Reading::Decides(point, DecimalMark::Point),
            (None, Some(comma)) => Reading::Decides(comma, DecimalMark::Comma),
            (None, None) => Reading::Not,
        }
    }

    /// The number where one sign stands before decimals, and the other may stand between
    /// thousands.
    fn by(&self, decimal: char, thousands: char) -> Option<Number> {
        let (whole, rest) = self.digits.split_once(decimal).unwrap_or((self.digits, ""));
        let whole = ungrouped(whole, thousands)?;
        if !rest.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let text = match (whole.as_str(), rest) {
            ("", _) => format!("0.{rest}"),
            (_, "") => whole,
            _ => format!("{whole}.{rest}"),
        };
        let number: Number = text.parse().ok()?;
        Some(if self.negative { -number } else { number })
    }
}

/// A whole number without the marks between its thousands, which are of one kind and stand before
/// three digits each.
fn ungrouped(whole: &str, thousands: char) -> Option<String> {
    let kind = |letter: char| match letter {
        ' ' | '\u{a0}' | '\u{202f}' => Some(' '),
        '\'' | '\u{2019}' => Some('\''),
        mark => (mark == thousands).then_some(mark),
    };
    let mut mark = None;
    for letter in whole.chars().filter(|letter| !letter.is_ascii_digit()) {
        let this = kind(letter)?;
        if *mark.get_or_insert(this) != this {
            return None;
        }
    }
    let mut groups = whole.split(|letter: char| !letter.is_ascii_digit());
    let first = groups.next().unwrap_or_default();
    let rest = groups.all(|group| group.len() == 3);
    let fits = mark.is_none() || ((1..=3).contains(&first.len()) && rest);
    fits.then(|| whole.chars().filter(char::is_ascii_digit).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(reading: Reading<Number, DecimalMark>) -> String {
        match reading {
            Reading::Is(value) => format!("{value}"),
            Reading::Decides(value, choice) => format!("{value} {choice:?}"),
            Reading::Either(one, other) => format!("{one} or {other}"),
            Reading::Not => "no".to_owned(),
        }
    }

    #[test]
    fn numbers() {
        for (text, reads) in [
            ("1234", "1234"),
            ("12.5", "12.5 Point"),
            (".5", "0.5 Point"),
            ("1,234", "1234 or 1.234"),
            ("1.234", "1.234 or 1234"),
            ("1,234.50", "1234.5 Point"),
            ("1.234,50", "1234.5 Comma"),
            ("1.234.567", "1234567 Comma"),
            ("1 234,5", "1234.5 Comma"),
            ("1\u{a0}234\u{202f}567", "1234567"),
            ("1'234", "1234"),
            ("1\u{2019}234.5", "1234.5 Point"),
            ("(12)", "-12"),
            ("- 12", "-12"),
            ("12,34,5", "no"),
            ("12 34", "no"),
            ("1'2", "no"),
            ("1234 567", "no"),
            ("1 234'567", "no"),
            ("1 234,567.5", "no"),
            ("1.5 000", "no"),
            ("40%", "no"),
            ("$ 40", "no"),
            ("1e5", "no"),
            ("12-", "no"),
            ("--12", "no"),
            ("(12", "no"),
            ("", "no"),
            (",", "no"),
        ] {
            assert_eq!(said(number(text)), reads, "{text}");
        }
    }

    #[test]
    fn only_dollars_are_dollars() {
        for (text, reads) in [
            ("12.5", "12.5 Point"),
            ("$ 1 234,5", "1234.5 Comma"),
            ("US$12", "12"),
            ("12 usd", "12"),
            ("-$12", "-12"),
            ("($12)", "-12"),
            ("$12 USD", "12"),
            ("-12 USD", "-12"),
        ] {
            assert_eq!(said(dollars(text)), reads, "{text}");
        }
        for text in [
            "12 EUR",
            "€12",
            "12,50 €",
            "£5",
            "CA$12",
            "A$ 1",
            "5 kr",
            "Fr. 12",
            "JPY12",
            "12 zł",
        ] {
            assert_eq!(said(dollars(text)), "no", "{text}");
            assert_eq!(no_dollars(text), Reason::NotDollars, "{text}");
        }
        for text in ["40%", "1e5", "12k", "many", "12 34", "$", "1 234 USD 5"] {
            assert_eq!(said(dollars(text)), "no", "{text}");
            assert_eq!(no_dollars(text), Reason::NotANumber, "{text}");
        }
    }
}
