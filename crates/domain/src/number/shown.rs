//! Numbers as text for people: rounded, and never so that the text says something else than the
//! number does.

use num_rational::Ratio;
use num_traits::CheckedMul;

use super::Number;
use super::decimal::decimal;

/// Nobody reads more decimals than these.
const MOST_DECIMALS: u32 = 6;

impl Number {
    /// Rounded half away from zero to `digits` decimals, as text: for people, never for rules.
    #[must_use]
    pub fn rounded(self, digits: u32) -> String {
        self.scaled(digits, |scaled| scaled.round())
    }

    /// One decimal at most, and more only where fewer would read as nothing (0.04 is not 0).
    #[must_use]
    pub fn shown(self) -> String {
        self.fewest(|reads| reads.is_zero() == self.is_zero())
    }

    /// The same beside what is needed: more decimals also where fewer would hide that the number is
    /// still short of it (69.96 is not shown as 70).
    #[must_use]
    pub fn shown_against(self, need: Self) -> String {
        self.fewest(|reads| self.reads_as(reads, need))
    }

    /// Two numbers beside each other and a mark: what differs reads differently.
    #[must_use]
    pub fn shown_apart(self, other: Self, mark: Self) -> (String, String) {
        for digits in 1..=MOST_DECIMALS {
            let texts = (self.rounded(digits), other.rounded(digits));
            let (one, two) = (read(&texts.0, self), read(&texts.1, other));
            if one.cmp(&two) == self.cmp(&other)
                && self.reads_as(one, mark)
                && other.reads_as(two, mark)
            {
                return (trimmed(texts.0), trimmed(texts.1));
            }
        }
        (self.to_string(), other.to_string())
    }

    /// What is still missing, rounded up: who adds what the text says has enough, and it says
    /// nothing only where nothing is missing.
    #[must_use]
    pub fn shown_as_gap(self) -> String {
        let gap = self.at_least_zero();
        let digits = (1..MOST_DECIMALS)
            .find(|digits| read(&gap.scaled(*digits, |scaled| scaled.floor()), gap).is_positive());
        trimmed(gap.scaled(digits.unwrap_or(MOST_DECIMALS), |scaled| scaled.ceil()))
    }

    /// A number of whole things that are there, beside how many are needed: rounded down, and not
    /// to a number that says something else about the need.
    #[must_use]
    pub fn shown_whole(self, need: Self) -> String {
        let same = |reads: i128| {
            let reads = Self(Ratio::from_integer(reads));
            (reads < need) == (self < need)
        };
        let mut whole = [self.floor(), self.ceiling()].into_iter();
        match whole.find(|reads| same(*reads)) {
            Some(whole) => whole.to_string(),
            None => self.shown_against(need),
        }
    }

    /// Whether text that reads as `reads` says of `need` what this number says.
    fn reads_as(self, reads: Self, need: Self) -> bool {
        (reads < need) == (self < need) && reads.is_zero() == self.is_zero()
    }

    fn fewest(self, fits: impl Fn(Self) -> bool) -> String {
        let rounded = (1..=MOST_DECIMALS).map(|digits| self.rounded(digits));
        // Nearer to the need than any decimal tells: still on its own side of it.
        let sides = [
            self.scaled(MOST_DECIMALS, |scaled| scaled.floor()),
            self.scaled(MOST_DECIMALS, |scaled| scaled.ceil()),
        ];
        (rounded.chain(sides))
            .find(|text| fits(read(text, self)))
            .map_or_else(|| self.to_string(), trimmed)
    }

    /// With `digits` decimals, made whole by `whole` in the last of them.
    fn scaled(self, digits: u32, whole: impl Fn(Ratio<i128>) -> Ratio<i128>) -> String {
        let digits = digits.min(9);
        let scale = Ratio::from_integer(10_i128.pow(digits));
        match self.0.checked_mul(&scale) {
            Some(scaled) => decimal(whole(scaled).to_integer(), digits),
            None => decimal(whole(self.0).to_integer(), 0),
        }
    }
}

fn read(text: &str, otherwise: Number) -> Number {
    text.parse().unwrap_or(otherwise)
}

fn trimmed(text: String) -> String {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        text.parse().expect("a number")
    }

    #[test]
    fn just_short_never_looks_like_enough() {
        let need = number("70");
        assert_eq!(number("69.96").shown_against(need), "69.96");
        assert_eq!(number("61.04").shown_against(need), "61");
        assert_eq!(number("20/3").shown_against(need), "6.7");
        assert_eq!(number("70").shown_against(need), "70");
        assert_eq!(number("0.04").shown_against(need), "0.04");
        assert_eq!(number("69.99999999").shown_against(need), "69.999999");
        let nearly = number("209999999999/3000000000");
        assert_eq!(nearly.shown_against(need), "69.999999");
    }

    #[test]
    fn something_never_reads_as_nothing() {
        assert_eq!(number("0").shown(), "0");
        assert_eq!(number("0.04").shown(), "0.04");
        assert_eq!(number("-0.004").shown(), "-0.004");
        assert_eq!(number("1/3000000000").shown(), "0.000001");
        assert_eq!(number("45/7").shown(), "6.4");
        assert_eq!(number("17318.7").shown(), "17318.7");
    }

    #[test]
    fn what_differs_reads_differently() {
        let apart = |one: &str, other: &str| number(one).shown_apart(number(other), number("70"));
        assert_eq!(apart("61", "76"), ("61".to_owned(), "76".to_owned()));
        assert_eq!(
            apart("60.96", "61.04"),
            ("60.96".to_owned(), "61.04".to_owned())
        );
        assert_eq!(apart("69.96", "70"), ("69.96".to_owned(), "70".to_owned()));
        assert_eq!(apart("61", "61"), ("61".to_owned(), "61".to_owned()));
    }

    #[test]
    fn gaps_are_rounded_up_and_never_to_nothing() {
        for (gap, text) in [
            ("0", "0"),
            ("9", "9"),
            ("0.04", "0.04"),
            ("0.004", "0.004"),
            ("4.04", "4.1"),
            ("1/3", "0.4"),
            ("0.96", "1"),
            ("1/3000000000", "0.000001"),
            ("999.2", "999.2"),
            ("-1", "0"),
        ] {
            assert_eq!(number(gap).shown_as_gap(), text, "{gap}");
        }
    }

    #[test]
    fn whole_things_are_rounded_down_unless_that_says_something_else() {
        let whole = |have: &str, need: &str| number(have).shown_whole(number(need));
        assert_eq!(whole("999.2", "1000"), "999");
        assert_eq!(whole("999.96", "1000"), "999");
        assert_eq!(whole("1000.5", "1000"), "1000");
        assert_eq!(whole("4.7", "4.5"), "5");
        assert_eq!(whole("4.6", "4.8"), "4");
        assert_eq!(whole("-0.5", "1"), "-1");
    }
}
