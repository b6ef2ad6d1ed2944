//! Ids and where they stand in the catalog.

use crate::order;
use crate::shared::Shared;

/// The places of ids in a list. Looking one up compares numbers mostly and text once: every
/// certificate of every person is looked up.
#[derive(Default)]
pub(crate) struct Places(Vec<(u64, Shared, usize)>);

impl Places {
    pub fn of(ids: &[Shared]) -> Self {
        let places = ids.iter().enumerate();
        let mut places: Vec<_> = places
            .map(|(place, id)| (beginning(id), id.clone(), place))
            .collect();
        order::sort(&mut places);
        Self(places)
    }

    /// Where an id stands; of equal ids, the last one.
    pub fn get(&self, id: &str) -> Option<usize> {
        let begins = beginning(id);
        let after = self
            .0
            .partition_point(|(known, text, _)| (*known, &**text) <= (begins, id));
        let (_, text, place) = self.0.get(after.checked_sub(1)?)?;
        (&**text == id).then_some(*place)
    }
}

/// The first bytes as a number that is ordered like the text.
fn beginning(id: &str) -> u64 {
    let bytes = id.bytes().chain(std::iter::repeat(0)).take(8);
    bytes.fold(0, |number, byte| (number << 8) | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::Places;
    use crate::shared::Shared;

    #[test]
    fn each_id_is_found_and_no_other() {
        let ids = ["az-800-801", "az-800", "ms-102", "", "az-800-802", "ms-102"].map(Shared::from);
        let places = Places::of(&ids);
        let found = ["az-800-801", "az-800", "", "az-800-802", "ms-102"].map(|id| places.get(id));
        assert_eq!(found, [Some(0), Some(1), Some(3), Some(4), Some(5)]);
        assert_eq!(
            ["az-8", "zz", "a", "az-800-803"].map(|id| places.get(id)),
            [None; 4]
        );
        assert_eq!(Places::default().get("az-800"), None);
    }
}
