//! Money as it is typed, exactly.

/// The cents of an amount in dollars: digits, perhaps with commas between thousands, and perhaps a
/// point with one or two more. Nothing is zero.
pub fn of_dollars(typed: &str) -> Option<i64> {
    let text = typed.trim();
    let text = text.strip_prefix('$').unwrap_or(text).trim_start();
    if text.is_empty() {
        return Some(0);
    }
    let (whole, fraction) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some(both) => both,
        None => (text, ""),
    };
    let mut digits = String::new();
    for (place, group) in whole.split(',').enumerate() {
        let short = group.len() == 3 || (place == 0 && (1..=3).contains(&group.len()));
        if !short && whole.contains(',') {
            return None;
        }
        digits.push_str(group);
    }
    if digits.is_empty() || fraction.len() > 2 {
        return None;
    }
    digits.push_str(fraction);
    for _ in fraction.len()..2 {
        digits.push('0');
    }
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok())?
}

/// The inverse: dollars, with a point where there are cents.
pub fn in_dollars(cents: i64) -> String {
    let (whole, rest) = (cents / 100, cents % 100);
    if rest == 0 {
        whole.to_string()
    } else {
        format!("{whole}.{rest:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollars_are_cents_exactly() {
        for (typed, cents) in [
            ("", 0),
            ("  ", 0),
            ("0", 0),
            ("12", 1200),
            ("12.5", 1250),
            ("0.29", 29),
            ("$ 1,234.50", 123_450),
            ("1,234,567", 123_456_700),
            ("1234567.01", 123_456_701),
            ("90071992547409.93", 9_007_199_254_740_993),
        ] {
            assert_eq!(of_dollars(typed), Some(cents), "{typed}");
        }
    }

    #[test]
    fn what_could_mean_something_else_is_none() {
        for typed in [
            "1,23",
            "1.234",
            "1,2345",
            "1234,567",
            ",500",
            ".5",
            "1.",
            "1.2.3",
            "-1",
            "+1",
            "1e3",
            "1 000",
            "twelve",
            "12.٣",
            "99999999999999999999",
        ] {
            assert_eq!(of_dollars(typed), None, "{typed}");
        }
    }

    #[test]
    fn what_is_shown_is_read_as_the_same() {
        for cents in [0, 5, 50, 100, 123_456, 211_200, 1_000_000_000_000_000] {
            assert_eq!(of_dollars(&in_dollars(cents)), Some(cents));
        }
        assert_eq!(in_dollars(123_405), "1234.05");
        assert_eq!(in_dollars(211_200), "2112");
    }
}
