//! Signals that last as long as a page, whatever part of it makes them.

use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;

/// The page. Without it, signals last only as long as the part of the page whose button makes
/// them, and that part is drawn anew.
#[derive(Clone, Copy)]
pub struct Lasting(StoredValue<Option<WeakOwner>>);

impl Lasting {
    /// As long as whatever is drawn now.
    pub fn here() -> Self {
        Self(StoredValue::new(
            Owner::current().map(|page| page.downgrade()),
        ))
    }

    /// Makes signals.
    pub fn make<T>(self, make: impl FnOnce() -> T) -> T {
        let page = self.0.with_value(|page| page.as_ref()?.upgrade());
        page.unwrap_or_default().with(make)
    }
}
