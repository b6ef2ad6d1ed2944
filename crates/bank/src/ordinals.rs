//! Numbers entries that nothing else tells apart: two equal payments on one day stay two.

use std::collections::{BTreeMap, BTreeSet};

use crate::types::Statement;

/// How often each likeness came so far.
#[derive(Default)]
struct Alike(BTreeMap<String, u32>);

impl Alike {
    fn next(&mut self, likeness: String) -> u32 {
        let count = self.0.entry(likeness).or_default();
        *count += 1;
        *count
    }
}

/// Numbers them in each statement by itself, for two statements of a file may overlap. Pages of one
/// statement do not: they are counted together.
pub(crate) fn number(statements: &mut [Statement]) {
    let mut pages: BTreeMap<(String, String), (BTreeSet<u64>, Alike)> = BTreeMap::new();
    for statement in statements {
        let key = (statement.account.key().to_owned(), statement.id.clone());
        let (seen, alike) = pages.entry(key).or_default();
        if !statement.page.is_some_and(|page| seen.insert(page)) {
            *alike = Alike::default();
        }
        let account = &statement.account;
        let mut batch_ordinal = 1;
        for entry in &mut statement.entries {
            // Something pending and the same thing booked are not two.
            let status = entry.status.code();
            entry.ordinal = alike.next(format!("{status} {}", entry.unnumbered(account)));
            if entry.place.index == 1
                && let Some(batch) = entry.unnumbered_batch(account)
            {
                batch_ordinal = alike.next(format!("{status} {batch}"));
            }
            if let Some(batch) = &mut entry.batch {
                batch.ordinal = batch_ordinal;
            }
        }
    }
}
