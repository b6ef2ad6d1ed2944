//! What was read before, by address, with its `ETag`: a page that was seen once appears at once,
//! and is then checked against the server.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// More addresses than anybody visits in one session of work; beyond it, start again.
const MOST: usize = 64;

#[derive(Clone)]
struct Entry {
    etag: Option<String>,
    value: Rc<dyn Any>,
}

thread_local! {
    static ENTRIES: RefCell<BTreeMap<String, Entry>> = const { RefCell::new(BTreeMap::new()) };
}

/// The value read from this address, if any, and its `ETag`.
pub fn get<T: 'static>(path: &str) -> Option<(Arc<T>, Option<String>)> {
    let entry = ENTRIES.with_borrow(|entries| entries.get(path).cloned())?;
    let value = entry.value.downcast_ref::<Arc<T>>()?;
    Some((value.clone(), entry.etag))
}

/// Keeps what was read from this address.
pub fn put<T: 'static>(path: &str, value: Arc<T>, etag: Option<String>) {
    let entry = Entry { etag, value: Rc::new(value) };
    ENTRIES.with_borrow_mut(|entries| {
        if entries.len() >= MOST && !entries.contains_key(path) {
            entries.clear();
        }
        entries.insert(path.to_owned(), entry);
    });
}

/// Forgets everything: somebody else signs in, or the clock was set.
pub fn clear() {
    ENTRIES.with_borrow_mut(BTreeMap::clear);
}
