//! A sentence that is finished but for its days.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::text::{Plain, Words};

/// A sentence in pieces: texts, and the days between them, which a browser writes in its own way.
/// Most sentences are one text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Sentence(pub Vec<Span>);

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Span {
    /// To be shown as it is.
    Text(String),
    /// A day, to be written.
    Day {
        /// Which.
        day: NaiveDate,
    },
}

impl Sentence {
    /// The whole sentence, with days as `words` writes them.
    #[must_use]
    pub fn said(&self, words: &dyn Words) -> String {
        let said = self.0.iter().map(|span| match span {
            Span::Text(text) => text.clone(),
            Span::Day { day } => words.day(*day),
        });
        said.collect()
    }
}

/// Around a day in a sentence that is being made: no text that is shown has it.
const MARK: char = '\u{1}';

/// More items of a list than so many are told by the first few and by their number.
const LONG: usize = 5;
/// That few.
const FEW: usize = 3;

/// Keeps days apart from the text around them, and long lists short; the rest as [`Plain`] does.
pub(super) struct Apart;

impl Words for Apart {
    fn day(&self, day: NaiveDate) -> String {
        format!("{MARK}{day}{MARK}")
    }

    fn decimal(&self, decimal: &str) -> String {
        Plain.decimal(decimal)
    }

    fn list(&self, items: &[String]) -> String {
        match items.get(..FEW) {
            Some(few) if items.len() > LONG => {
                let more = Plain.decimal(&(items.len() - FEW).to_string());
                let mut few = few.to_vec();
                few.push(format!("{more} more"));
                Plain.list(&few)
            }
            _ => Plain.list(items),
        }
    }

    fn choice(&self, items: &[String]) -> String {
        Plain.choice(items)
    }
}

impl From<String> for Sentence {
    /// Takes apart what was made with [`Apart`].
    fn from(made: String) -> Self {
        // Texts and days take turns.
        let pieces = made.split(MARK).enumerate();
        let pieces = pieces.filter(|(_, piece)| !piece.is_empty());
        let span = |(number, piece): (usize, &str)| match piece.parse() {
            Ok(day) if number % 2 == 1 => Span::Day { day },
            _ => Span::Text(piece.to_owned()),
        };
        Self(pieces.map(span).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn days_are_apart_and_come_back_as_they_are_written() {
        let (one, other) = (day("2023-11-15"), day("2024-02-29"));
        let made = |text: String| Sentence::from(text);
        let (first, last) = (Apart.day(one), Apart.day(other));
        for (sentence, spans) in [
            (made(format!("{first}{last}")), 2),
            (made(format!("From {first} to {last}.")), 5),
            (made(format!("{first} is a day")), 2),
            (made("2023-11-15".to_owned()), 1),
            (made(String::new()), 0),
        ] {
            assert_eq!(sentence.0.len(), spans, "{sentence:?}");
            let json = serde_json::to_string(&sentence).expect("JSON");
            assert_eq!(serde_json::from_str::<Sentence>(&json).ok(), Some(sentence));
        }
        let sentence = made(format!("From {first} to {last}."));
        assert_eq!(sentence.said(&Plain), "From 2023-11-15 to 2024-02-29.");
        let text = made("2023-11-15".to_owned());
        assert!(matches!(text.0.as_slice(), [Span::Text(_)]), "it is a name");
    }

    #[test]
    fn long_lists_are_told_by_the_first_few() {
        let names: Vec<String> = (1..=1234).map(|number| format!("P{number}")).collect();
        assert_eq!(Apart.list(&names), "P1, P2, P3, and 1,231 more");
        assert_eq!(Apart.list(&names[..LONG]), Plain.list(&names[..LONG]));
    }
}
