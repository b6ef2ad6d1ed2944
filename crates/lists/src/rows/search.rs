//! Words that are looked for in what rows say.

use std::cell::RefCell;
use std::collections::BTreeSet;

use membership_domain::text::folded;
use rustc_hash::FxHashMap;

/// What somebody looks for: a row has every word somewhere, in capitals or not, however
/// its marks are stored.
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
        let words: BTreeSet<String> = text.split_whitespace().map(folded).collect();
        let words = words.into_iter().map(|word| Word {
            word,
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
        let is_in = || folded(text).contains(&self.word);
        *(self.known.borrow_mut()).entry(text).or_insert_with(is_in)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_both_forms_of_their_marks() {
        let (one, two) = ("M\u{fc}ller Fabrikam", "Mu\u{308}ller Fabrikam");
        for word in ["m\u{fc}LLER", "mu\u{308}ller"] {
            assert!(Search::of(word).finds(|| [one]), "{word}");
            assert!(Search::of(word).finds(|| [two]), "{word}");
        }
        assert!(!Search::of("muller").finds(|| [one]));
    }

    #[test]
    fn a_word_that_is_repeated_is_looked_for_once() {
        let search = Search::of("Ada ADA ada berg");
        assert_eq!(search.0.len(), 2);
        assert!(search.finds(|| ["Ada", "Berg"]));
    }
}
