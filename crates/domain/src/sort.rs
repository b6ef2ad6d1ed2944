//! Sorting, in little code.
//!
//! The standard library's sorts are faster and ten times as large; every type sorted is a copy
//! of them in the browser's download, and the lists here are short.

/// As many as are sorted faster by moving one after the other to its place.
const FEW: usize = 16;

/// The items in order, those that are equal as they were. `before_or_equal` says whether its first
/// argument may stand before its second.
pub fn sorted_by<T>(mut items: Vec<T>, before_or_equal: &dyn Fn(&T, &T) -> bool) -> Vec<T> {
    // Most lists are in order already.
    if items.is_sorted_by(before_or_equal) {
        return items;
    }
    if items.len() <= FEW {
        for end in 1..items.len() {
            let mut at = end;
            while at > 0 && !before_or_equal(&items[at - 1], &items[at]) {
                items.swap(at - 1, at);
                at -= 1;
            }
        }
        return items;
    }
    let right = items.split_off(items.len() / 2);
    let mut right = sorted_by(right, before_or_equal).into_iter().peekable();
    let mut merged = Vec::with_capacity(items.len() + right.len());
    for item in sorted_by(items, before_or_equal) {
        while let Some(other) = right.next_if(|other| !before_or_equal(&item, other)) {
            merged.push(other);
        }
        merged.push(item);
    }
    merged.extend(right);
    merged
}

/// The items in their own order.
pub fn sort<T: Ord>(items: &mut Vec<T>) {
    *items = sorted_by(std::mem::take(items), &|one, other| one <= other);
}

/// The items in the order of a key.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    *items = sorted_by(std::mem::take(items), &|one, other| key(one) <= key(other));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(items: Vec<(u8, u16)>) {
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            let mut sorted = items;
            sort_by_key(&mut sorted, |(key, _)| *key);
            prop_assert_eq!(sorted, expected);
        }
    }
}
