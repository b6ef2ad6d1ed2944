//! Words that are looked for in what rows say.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

/// What somebody looks for: a row has every word somewhere, in capitals or not.
///
/// Rows say the same things over and over, such as the name of a workload: each text is gone
/// through once.
pub(super) struct Search<'t>(Vec<Word<'t>>);

struct Word<'t> {
    word: String,
    known: RefCell<FxHashMap<&'t str, bool>>,
}

impl<'t> Search<'t> {
    pub fn of(text: &str) -> Self {
        let words = text.split_whitespace().map(|word| Word {
            word: word.to_lowercase(),
            known: RefCell::default(),
        });
        Self(words.collect())
    }

    /// Whether nothing is looked for: every row will do.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a row with these texts has all the words.
    pub fn finds<const N: usize>(&self, texts: impl FnOnce() -> [&'t str; N]) -> bool {
        if self.is_empty() {
            return true;
        }
        let texts = texts();
        (self.0.iter()).all(|word| texts.iter().any(|text| word.is_in(text)))
    }
}

impl<'t> Word<'t> {
    fn is_in(&self, text: &'t str) -> bool {
        let is_in = || text.to_lowercase().contains(&self.word);
        *(self.known.borrow_mut()).entry(text).or_insert_with(is_in)
    }
}
