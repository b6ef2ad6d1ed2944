//! Work on many things at once, as many as there are cores.

use std::num::NonZero;
use std::sync::Mutex;
use std::thread::available_parallelism;

use anyhow::{Result, anyhow};

/// Does `work` with each of the items. Gives what it gave, in their order, or one of its errors.
pub fn each<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let todo = Mutex::new(items.iter().enumerate());
    let next = || todo.lock().ok()?.next();
    let some = || {
        let mut done = Vec::new();
        while let Some((place, item)) = next() {
            done.push((place, work(item)?));
        }
        anyhow::Ok(done)
    };
    let threads = available_parallelism().map_or(1, NonZero::get);
    let mut done = Vec::with_capacity(items.len());
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(some)).collect();
        for thread in threads {
            done.extend(thread.join().map_err(|_| anyhow!("a thread stopped"))??);
        }
        anyhow::Ok(())
    })?;
    done.sort_by_key(|(place, _)| *place);
    Ok(done.into_iter().map(|(_, made)| made).collect())
}

#[cfg(test)]
mod tests {
    use anyhow::ensure;

    use super::*;

    #[test]
    fn all_is_done_in_order_and_an_error_is_told() {
        let numbers: Vec<usize> = (0..1000).collect();
        let doubled = each(&numbers, |number| Ok(number * 2)).expect("no error");
        assert!(
            doubled
                .iter()
                .zip(&numbers)
                .all(|(two, one)| *two == one * 2)
        );
        assert_eq!(doubled.len(), numbers.len());

        let failed = each(&numbers, |number| {
            ensure!(*number != 3, "not three");
            Ok(())
        });
        assert_eq!(failed.expect_err("three fails").to_string(), "not three");
        assert!(each::<usize, ()>(&[], |_| Ok(())).is_ok_and(|none| none.is_empty()));
    }
}
