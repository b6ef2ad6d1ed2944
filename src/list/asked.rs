//! What is asked of a list: in the page's address, so that it can be shared and gone back to.

use leptos::prelude::*;

use crate::go::query;
use crate::paths;

/// The words that are looked for.
pub const SEARCH: &str = "search";
/// The column that leads.
pub const SORT: &str = "sort";
/// `desc`: from the end.
pub const ORDER: &str = "order";
/// Where the page begins.
pub const CURSOR: &str = "cursor";
/// The parameters that say in which order and from where, and not what is looked for.
pub const PLACING: [&str; 3] = [SORT, ORDER, CURSOR];

/// Parameters with what they ask for. Empty ones are not in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked(Vec<(&'static str, String)>);

impl Asked {
    /// What the page's address says of these parameters, and of order and place.
    pub fn of_address(names: &'static [&'static str]) -> Memo<Self> {
        let query = query();
        Memo::new(move |_| {
            let names = names.iter().chain(&PLACING);
            let value = |name: &&'static str| {
                (
                    *name,
                    query.with(|query| query.get(name)).unwrap_or_default(),
                )
            };
            Self(names.map(value).collect())
        })
    }

    /// What a parameter asks for; empty for nothing.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map_or("", |(_, value)| value)
    }

    /// Asks for something else; of parameters that the list does not have, for nothing.
    pub fn set(&mut self, name: &str, value: String) {
        let known = self.0.iter_mut().find(|(known, _)| *known == name);
        if let Some((_, old)) = known {
            *old = value;
        }
    }

    /// The same with something else.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut next = self.clone();
        next.set(name, value.to_owned());
        next
    }

    /// The same from the first page.
    pub fn first_page(&self) -> Self {
        self.with(CURSOR, "")
    }

    /// Whether everything is asked for, in whatever order.
    pub fn is_all(&self) -> bool {
        let mut narrows = self.0.iter().filter(|(name, _)| !PLACING.contains(name));
        narrows.all(|(_, value)| value.is_empty())
    }

    /// An address that asks for this: of the page or of the API, whose parameters are the same.
    pub fn address(&self, path: &str) -> String {
        let fields = self.0.iter().map(|(name, value)| (*name, value.as_str()));
        paths::with_query(path, &fields.collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> Asked {
        let names = [SEARCH, "state", SORT, ORDER, CURSOR];
        Asked(names.map(|name| (name, String::new())).into())
    }

    #[test]
    fn what_is_empty_is_not_in_the_address() {
        let all = asked();
        assert_eq!(all.address("/people"), "/people");
        let some = all.with(SEARCH, "ada b").with(CURSOR, "x");
        assert_eq!(some.address("/people"), "/people?search=ada%20b&cursor=x");
        assert_eq!(some.first_page().address("/p"), "/p?search=ada%20b");
        assert_eq!(some.get("state"), "");
    }

    #[test]
    fn order_and_place_narrow_nothing() {
        let sorted = asked().with(SORT, "name").with(ORDER, "desc");
        assert!(sorted.is_all());
        assert!(!sorted.with("state", "left").is_all());
    }

    #[test]
    fn a_parameter_that_the_list_lacks_asks_nothing() {
        assert_eq!(asked().with("zebra", "1"), asked());
    }
}
