//! What pages of the lists of one evidence and day share, made when the first page needs it: rows
//! in order, which rows a filter takes, and texts in which words are looked for.

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::bounded::Bounded;
use crate::columns::Columns;
use crate::filter::Filter;
use crate::query::List;

/// Orders and filters take at most so many bytes. All orders of 144,000 rows of usage take 4 MB, of
/// the other lists of such an organization 2 MB; a filter takes a bit for each row.
const MOST: usize = 16 * 1024 * 1024;

/// What is kept of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum What {
    /// Its rows in the order of a column.
    Order(String),
    /// Which rows a filter takes: bit by bit, 32 in each number.
    Filter(Filter),
}

/// Rows, or bits of rows.
pub(crate) type Numbers = Arc<OnceLock<Vec<u32>>>;

/// What pages share. It is of one catalog, evidence and day.
pub struct Kept {
    pub(crate) columns: [OnceLock<Columns>; 4],
    made: Mutex<Bounded<(List, What), Numbers>>,
}

impl Default for Kept {
    fn default() -> Self {
        Self::within(MOST)
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").finish_non_exhaustive()
    }
}

impl Kept {
    /// Nothing yet. Orders and filters take at most so many bytes; those used longest ago go first.
    #[must_use]
    pub fn within(most: usize) -> Self {
        Self {
            columns: Default::default(),
            made: Mutex::new(Bounded::new(most)),
        }
    }

    /// How many bytes everything takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let columns = self.columns.iter().filter_map(OnceLock::get);
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        columns.map(Columns::bytes).sum::<usize>() + made.weight()
    }

    /// So many numbers of a list, which are there once they were made: by one, while others wait.
    pub(crate) fn numbers(&self, key: (List, What), many: usize) -> Numbers {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = made.get(&key) {
            return Arc::clone(known);
        }
        let new = Numbers::default();
        made.put(key, Arc::clone(&new), many * size_of::<u32>());
        new
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn an_order_is_made_once_however_many_ask() {
        let (kept, made, begin) = (Kept::default(), AtomicU32::new(0), Barrier::new(8));
        let ask = |_| {
            begin.wait();
            let key = (List::Usage, What::Order("month".to_owned()));
            let order = kept.numbers(key, 3);
            let order = order.get_or_init(|| {
                made.fetch_add(1, Ordering::Relaxed);
                thread::sleep(Duration::from_millis(50));
                vec![2, 0, 1]
            });
            assert_eq!(*order, [2, 0, 1]);
        };
        thread::scope(|scope| {
            for asking in 0..8 {
                scope.spawn(move || ask(asking));
            }
        });
        assert_eq!(made.into_inner(), 1);
        assert_eq!(kept.bytes(), 12);
    }
}
