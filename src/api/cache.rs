//! What was read before, by address, with its `ETag`: a page that was seen once appears at once,
//! and is then checked against the server.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// More addresses than anybody visits in one session of work; beyond it, start again.
const MOST: usize = 64;

/// What was read, of the type that the address has.
pub type Value = Arc<dyn Any + Send + Sync>;

/// What is known of an address.
#[derive(Clone)]
pub struct Known {
    /// What was read.
    pub value: Value,
    /// What to send as `If-None-Match`.
    pub etag: Option<String>,
}

thread_local! {
    static ENTRIES: RefCell<BTreeMap<String, Known>> = const { RefCell::new(BTreeMap::new()) };
}

/// What was read from this address, if anything.
pub fn get(path: &str) -> Option<Known> {
    ENTRIES.with_borrow(|entries| entries.get(path).cloned())
}

/// Keeps what was read from this address.
pub fn put(path: String, known: Known) {
    ENTRIES.with_borrow_mut(|entries| {
        if entries.len() >= MOST && !entries.contains_key(&path) {
            entries.clear();
        }
        entries.insert(path, known);
    });
}

/// Forgets what was read from this address: what is shown next is what there is then.
pub fn forget(path: &str) {
    ENTRIES.with_borrow_mut(|entries| drop(entries.remove(path)));
}

/// Forgets everything: somebody else signs in, or the clock was set.
pub fn clear() {
    ENTRIES.with_borrow_mut(BTreeMap::clear);
}
