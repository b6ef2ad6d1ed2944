//! Customers in a file whose names differ from others in nothing but signs: whether they are
//! different ones is asked.

use std::collections::{BTreeMap, BTreeSet};

use membership_domain::text::{name_key, shown};

use crate::books::Books;
use crate::likeness::look;
use crate::settings::Question;
use crate::table::{Row, Table};

/// Asks about the first row whose customer is named only, is not known by that name, and looks like
/// one that is known or was named before. `has_more` says whether a row has an id or a tenant.
pub(crate) fn question(
    table: &Table,
    customer: usize,
    has_more: &dyn Fn(&Row) -> bool,
    books: &Books,
) -> Option<Question> {
    let mut names = BTreeSet::new();
    let mut looks: BTreeMap<String, &str> = BTreeMap::new();
    for row in table.rows.iter().filter(|row| !has_more(row)) {
        let name = row.cell(Some(customer));
        let is_new = names.insert(name) && matches!(books.named(name), Ok(None));
        let Some(look) = look(name).filter(|_| is_new) else {
            continue;
        };
        let earlier = *looks.entry(look).or_insert(name);
        let earlier = Some(earlier).filter(|earlier| name_key(earlier) != name_key(name));
        if let Some(other) = books.resembled(name).or(earlier) {
            return Some(Question::Names {
                column: table.header.get(customer).cloned().unwrap_or_default(),
                line: row.line,
                value: shown(name),
                other: shown(other),
            });
        }
    }
    None
}
