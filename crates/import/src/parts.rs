//! Rows of the lists of evidence by their places.

use std::collections::BTreeMap;

pub(crate) use membership_domain::every_part;
pub(crate) use membership_domain::evidence::Row;

/// Where each row of a list is.
pub(crate) fn places<R: Row>(rows: &[R]) -> BTreeMap<R::Key, usize> {
    rows.iter().map(Row::key).zip(0..).collect()
}

/// Keeps the rows of a list at the places that `stays` says.
pub(crate) fn keep<R>(rows: &mut Vec<R>, stays: &dyn Fn(usize) -> bool) {
    let mut place = 0;
    rows.retain(|_| {
        place += 1;
        stays(place - 1)
    });
}
