//! What was read before, by address, with its version: a page that was seen once appears at once,
//! and is then checked against the server.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::Arc;

use js_sys::Promise;

use super::abort::Abort;
use super::request::Reply;

/// More addresses than anybody visits in one session of work; beyond it, start again.
const MOST: usize = 64;

/// What was read, of the type that the address has; a [`Reply`] where nobody has read it yet.
pub type Value = Arc<dyn Any + Send + Sync>;

/// What is known of an address.
#[derive(Clone)]
pub struct Known {
    /// What was read.
    pub value: Value,
    /// Which of all that this address had over time.
    pub version: Version,
}

impl Known {
    /// What to send as `If-None-Match`.
    pub fn etag(self) -> Option<String> {
        match self.version {
            Version::Tag(tag) => Some(tag),
            Version::Content(_) | Version::Made => None,
        }
    }
}

/// What tells an answer from others of the same address.
#[derive(Clone, PartialEq)]
pub enum Version {
    /// Its `ETag`.
    Tag(String),
    /// Of an answer without one, as many hosts give a file: the hash of its content.
    Content(u64),
    /// Of what was made here from answers.
    Made,
}

impl Version {
    /// Of an answer.
    pub fn of(reply: &Reply) -> Self {
        match &reply.etag {
            Some(tag) => Self::Tag(tag.clone()),
            None => Self::Content(
                BuildHasherDefault::<DefaultHasher>::default()
                    .hash_one((&reply.body, &reply.packed)),
            ),
        }
    }
}

/// What is fetched ahead, and what ends that.
type Coming = (Promise, Abort);

thread_local! {
    static ENTRIES: RefCell<BTreeMap<String, Known>> = const { RefCell::new(BTreeMap::new()) };
    static COMING: RefCell<BTreeMap<String, Coming>> = const { RefCell::new(BTreeMap::new()) };
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

/// Forgets everything: somebody else signs in, or the clock was set. What is fetched ahead does not
/// come any more.
pub fn clear() {
    ENTRIES.with_borrow_mut(BTreeMap::clear);
    drop(COMING.take());
}

/// From now on this address is fetched ahead.
pub fn await_one(path: String, coming: Promise, abort: Abort) {
    drop(COMING.with_borrow_mut(|all| all.insert(path, (coming, abort))));
}

/// Fulfilled once what is fetched ahead from this address is here, or does not come.
pub fn coming(path: &str) -> Option<Promise> {
    COMING.with_borrow(|all| all.get(path).map(|(coming, _)| coming.clone()))
}

/// This address is not fetched ahead any more.
pub fn came(path: &str) {
    drop(COMING.with_borrow_mut(|all| all.remove(path)));
}
