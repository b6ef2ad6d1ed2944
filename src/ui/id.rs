//! Ids that wire a label, a hint and an error to their control.

use std::cell::Cell;

/// An id that nothing else on the page has.
pub fn unique(kind: &str) -> String {
    thread_local!(static NEXT: Cell<u32> = const { Cell::new(0) });
    let number = NEXT.get();
    NEXT.set(number.wrapping_add(1));
    format!("{kind}-{number}")
}

/// Those of the ids that are there, for `aria-describedby`; nothing when none is.
pub fn together(ids: &[Option<&str>]) -> Option<String> {
    let ids: Vec<&str> = ids.iter().copied().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
