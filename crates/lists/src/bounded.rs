//! Values by key in bounded memory: those used longest ago go first.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

/// Values by key, each with its weight in bytes.
#[derive(Debug)]
pub struct Bounded<K, V> {
    most: usize,
    weight: usize,
    /// Counts uses: the value with the lowest number was used longest ago.
    uses: u64,
    known: HashMap<K, Slot<V>>,
}

#[derive(Debug)]
struct Slot<V> {
    value: V,
    weight: usize,
    used: u64,
}

impl<K: Clone + Eq + Hash, V> Bounded<K, V> {
    /// Nothing yet; all together weigh at most so many bytes, unless the last one alone weighs more.
    pub fn new(most: usize) -> Self {
        Self {
            most,
            weight: 0,
            uses: 0,
            known: HashMap::new(),
        }
    }

    /// The value under a key, which is used by that.
    pub fn get<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.uses += 1;
        let slot = self.known.get_mut(key)?;
        slot.used = self.uses;
        Some(&slot.value)
    }

    /// Keeps a value, in place of what was there.
    pub fn put(&mut self, key: K, value: V, weight: usize) {
        self.uses += 1;
        let used = self.uses;
        let slot = Slot {
            value,
            weight,
            used,
        };
        self.weight += weight;
        if let Some(before) = self.known.insert(key, slot) {
            self.weight -= before.weight;
        }
        self.fit();
    }

    /// Takes note that a value weighs something else now; nothing where it is gone.
    pub fn weigh<Q: Eq + Hash + ?Sized>(&mut self, key: &Q, weight: usize)
    where
        K: Borrow<Q>,
    {
        if let Some(slot) = self.known.get_mut(key) {
            self.weight = self.weight - slot.weight + weight;
            slot.weight = weight;
            self.fit();
        }
    }

    /// What all of them weigh.
    pub fn weight(&self) -> usize {
        self.weight
    }

    fn fit(&mut self) {
        while self.weight > self.most && self.known.len() > 1 {
            let oldest = self.known.iter().min_by_key(|(_, slot)| slot.used);
            let Some(key) = oldest.map(|(key, _)| key.clone()) else {
                return;
            };
            if let Some(gone) = self.known.remove(&key) {
                self.weight -= gone.weight;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(bounded: &mut Bounded<&'static str, u8>) -> Vec<&'static str> {
        let mut known: Vec<_> = bounded.known.keys().copied().collect();
        known.sort_unstable();
        known
    }

    #[test]
    fn what_was_used_longest_ago_goes_first() {
        let mut bounded = Bounded::new(10);
        for key in ["a", "b", "c"] {
            bounded.put(key, 0, 3);
        }
        assert!(bounded.get("a").is_some());
        bounded.put("d", 0, 4);
        assert_eq!(known(&mut bounded), ["a", "c", "d"]);
        assert_eq!(bounded.weight(), 10);
        bounded.weigh("a", 7);
        assert_eq!((known(&mut bounded), bounded.weight()), (vec!["d"], 4));
    }

    #[test]
    fn what_grows_is_weighed_again_and_the_last_one_stays_however_large() {
        let mut bounded = Bounded::new(10);
        bounded.put("a", 0, 3);
        bounded.put("a", 1, 5);
        assert_eq!(bounded.get("a"), Some(&1));
        assert_eq!(bounded.weight(), 5);
        bounded.put("b", 0, 100);
        assert_eq!((known(&mut bounded), bounded.weight()), (vec!["b"], 100));
        bounded.weigh("a", 100);
        assert_eq!(bounded.weight(), 100, "it is gone");
        bounded.put("c", 0, 1);
        assert_eq!((known(&mut bounded), bounded.weight()), (vec!["c"], 1));
    }
}
