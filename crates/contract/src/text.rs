//! Sentences for refusals, explanations and notices: said in one place, for the pages, the API's
//! details and the command line alike. One folder per language.

pub mod en;

use chrono::NaiveDate;
use membership_domain::{Catalog, Number, Shared};

/// How days, numbers and lists are written: the browser asks its `Intl`, everybody else [`Plain`].
pub trait Words {
    /// A calendar day.
    fn day(&self, day: NaiveDate) -> String;
    /// A decimal number, given with a point and without separators.
    fn decimal(&self, decimal: &str) -> String;
    /// All of these.
    fn list(&self, items: &[String]) -> String;
    /// One of these.
    fn choice(&self, items: &[String]) -> String;
}

/// Writes without a browser: days as ISO dates, numbers with commas.
#[derive(Debug, Clone, Copy, Default)]
pub struct Plain;

impl Words for Plain {
    fn day(&self, day: NaiveDate) -> String {
        day.to_string()
    }

    fn decimal(&self, decimal: &str) -> String {
        let (whole, rest) = decimal.split_at(decimal.find('.').unwrap_or(decimal.len()));
        let (sign, digits) = whole.split_at(usize::from(whole.starts_with('-')));
        let mut text = sign.to_owned();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        text + rest
    }

    fn list(&self, items: &[String]) -> String {
        joined(items, "and")
    }

    fn choice(&self, items: &[String]) -> String {
        joined(items, "or")
    }
}

fn joined(items: &[String], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [one, other] => format!("{one} {word} {other}"),
        [most @ .., last] => format!("{}, {word} {last}", most.join(", ")),
    }
}

/// Says things about a partner: knows the catalog's names and how to write.
#[derive(Clone, Copy)]
pub struct Speaker<'a> {
    /// Where names are looked up.
    pub catalog: &'a Catalog,
    /// How days, numbers and lists are written.
    pub words: &'a dyn Words,
}

impl Speaker<'_> {
    /// A number as a person reads it: one decimal at most, unless that says nothing.
    #[must_use]
    pub fn number(&self, number: Number) -> String {
        self.words.decimal(&number.shown())
    }

    /// What is missing: rounded up, and never to nothing.
    #[must_use]
    pub fn gap(&self, gap: Number) -> String {
        self.words.decimal(&gap.shown_as_gap())
    }

    /// A number that a rule says, with all its decimals: 4.25 is not 4.3.
    #[must_use]
    pub fn exact(&self, number: Number) -> String {
        self.words.decimal(&number.to_string())
    }

    /// A number that is compared with `need`: never looks like enough where it is not.
    #[must_use]
    pub fn against(&self, number: Number, need: Number) -> String {
        self.words.decimal(&number.shown_against(need))
    }

    /// Two numbers beside each other and a mark: what differs reads differently.
    #[must_use]
    pub fn apart(&self, one: Number, other: Number, mark: Number) -> (String, String) {
        let (one, other) = one.shown_apart(other, mark);
        (self.words.decimal(&one), self.words.decimal(&other))
    }

    /// The name of a program, or its id where the catalog does not have it.
    #[must_use]
    pub fn program(&self, id: &str) -> String {
        self.catalog
            .program(id)
            .map_or_else(|| id.to_owned(), |program| program.name.clone())
    }

    /// The name of a score's area, or its id where the catalog does not have it.
    #[must_use]
    pub fn score(&self, id: &str) -> String {
        self.catalog
            .score(id)
            .map_or_else(|| id.to_owned(), |score| score.name.clone())
    }

    /// The short name of a certificate: its exam code where it has one.
    #[must_use]
    pub fn certificate(&self, id: &str) -> String {
        let code = |exams: &[String]| (exams.len() == 1).then(|| exams.first().cloned()).flatten();
        match self.catalog.certificate(id) {
            Some(certificate) => {
                code(&certificate.exams).unwrap_or_else(|| certificate.name.clone())
            }
            None => id.to_owned(),
        }
    }

    /// The name of a workload, or its id where the catalog does not have it.
    #[must_use]
    pub fn workload(&self, id: &str) -> String {
        self.catalog
            .workload(id)
            .map_or_else(|| id.to_owned(), |workload| workload.name.clone())
    }

    /// Short names of certificates, as a choice.
    #[must_use]
    pub fn certificates(&self, ids: &[Shared]) -> String {
        self.words.choice(
            &ids.iter()
                .map(|id| self.certificate(id))
                .collect::<Vec<_>>(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words() {
        assert_eq!(Plain.decimal("1234567.25"), "1,234,567.25");
        assert_eq!(Plain.decimal("-1000"), "-1,000");
        assert_eq!(Plain.decimal("100"), "100");
        let items = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(Plain.list(&items), "a, b, and c");
        assert_eq!(Plain.choice(&items[..2]), "a or b");
    }
}
