//! What one assessment found and the next one needs again.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// More results than one organization's rules ever ask for; beyond it, start again.
const MOST: usize = 4096;

/// So many pieces of evidence stand behind them at most; beyond it, start again. The rules of one
/// day name about 90,000 of an organization of 10,000 people, and an overview looks at two or three
/// days: whoever asks for day after day gets the same answers, and no more memory.
const MOST_PIECES: usize = 300_000;

/// Results by the rule that they are of, and by what else they depend on.
///
/// A rule is known by its place in memory: a catalog stays where it is for as long as evidence is
/// assessed by it.
pub(crate) struct Kept<On, Found>(Mutex<Results<On, Found>>);

struct Results<On, Found> {
    by_rule: BTreeMap<(usize, On), Found>,
    pieces: usize,
}

/// What is kept, with its size.
pub(crate) trait Keep: Clone {
    /// How many pieces of evidence it names.
    fn pieces(&self) -> usize;
}

impl<On, Found> Default for Kept<On, Found> {
    fn default() -> Self {
        Self(Mutex::new(Results {
            by_rule: BTreeMap::new(),
            pieces: 0,
        }))
    }
}

impl<On: Ord, Found: Keep> Kept<On, Found> {
    /// What is kept for a rule, or is found now and then kept.
    pub fn get_or<Rule: ?Sized>(
        &self,
        (rule, on): (&Rule, On),
        find: impl FnOnce() -> Found,
    ) -> Found {
        let key = (std::ptr::from_ref(rule).addr(), on);
        if let Some(known) = self.lock().by_rule.get(&key) {
            return known.clone();
        }
        let found = find();
        let mut kept = self.lock();
        if kept.by_rule.len() >= MOST || kept.pieces + found.pieces() > MOST_PIECES {
            kept.by_rule.clear();
            kept.pieces = 0;
        }
        kept.pieces += found.pieces();
        if let Some(same) = kept.by_rule.insert(key, found.clone()) {
            // Somebody else found it meanwhile.
            kept.pieces -= same.pieces();
        }
        found
    }

    /// How many pieces of evidence are named by all that is kept.
    pub fn pieces(&self) -> usize {
        self.lock().pieces
    }

    fn lock(&self) -> MutexGuard<'_, Results<On, Found>> {
        // What is kept is whole at any time, also after a panic elsewhere.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::finding::{Item, Items, Subject};

    impl Keep for Items {
        fn pieces(&self) -> usize {
            self.len()
        }
    }

    #[test]
    fn what_is_kept_never_names_more_than_so_many_pieces() {
        let item = Item {
            subject: Subject::Person,
            id: "ada".into(),
            name: "Ada".into(),
            with: None,
            amount: None,
            until: None,
            reason: None,
        };
        let many = MOST_PIECES / 8;
        let items: Items = vec![item; many].into();
        let kept: Kept<u32, Items> = Kept::default();
        let mut most = 0;
        for day in 0..40 {
            let found = kept.get_or(("rule", day), || items.clone());
            assert_eq!(found.len(), many);
            most = most.max(kept.pieces());
            // The last one is there, whatever was forgotten for it.
            kept.get_or(("rule", day), || panic!("it was kept"));
        }
        assert!(most <= MOST_PIECES && most > MOST_PIECES / 2, "{most}");
    }
}
