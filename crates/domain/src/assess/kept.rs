//! What one assessment found and the next one needs again.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// More than one organization's rules ever ask for; beyond it, start again.
const MOST: usize = 4096;

/// Results by the rule that they are of, and by what else they depend on.
///
/// A rule is known by its place in memory: a catalog stays where it is for as long as evidence is
/// assessed by it.
pub(crate) struct Kept<On, Found>(Mutex<BTreeMap<(usize, On), Found>>);

impl<On, Found> Default for Kept<On, Found> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<On: Ord, Found: Clone> Kept<On, Found> {
    /// What is kept for a rule, or is found now and then kept.
    pub fn get_or<Rule: ?Sized>(
        &self,
        (rule, on): (&Rule, On),
        find: impl FnOnce() -> Found,
    ) -> Found {
        let key = (std::ptr::from_ref(rule).addr(), on);
        if let Some(known) = self.lock().get(&key) {
            return known.clone();
        }
        let found = find();
        let mut kept = self.lock();
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key, found.clone());
        found
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<(usize, On), Found>> {
        // What is kept is whole at any time, also after a panic elsewhere.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
