//! Customers in a file whose names differ from others in nothing but signs: whether they are
//! different ones is asked.

use std::collections::{BTreeMap, BTreeSet};

use membership_domain::text::{name_key, shown};

use crate::ledger::{self, Ledger};
use crate::likeness::look;
use crate::settings::Question;
use crate::table::Table;

/// The columns that name a customer.
pub(crate) struct Named {
    pub name: usize,
    pub id: Option<usize>,
    pub tenant: Option<usize>,
}

/// Asks about the first row without a tenant whose customer is not known, and looks like another
/// from which nothing but its name tells it apart: one that is known, or that the file names too.
pub(crate) fn question(table: &Table, columns: &Named, ledger: &Ledger) -> Option<Question> {
    let name = |row: usize| {
        let row = table.rows.get(row);
        row.map_or("", |row| row.cell(Some(columns.name)))
    };
    // By what names look like, the first row of each name, and whether it has nothing else.
    let mut looks: BTreeMap<String, Vec<(usize, bool)>> = BTreeMap::new();
    let mut names = BTreeSet::new();
    for (place, row) in table.rows.iter().enumerate() {
        let (text, id) = (row.cell(Some(columns.name)), row.cell(columns.id));
        let has_tenant = !row.cell(columns.tenant).is_empty();
        if !names.insert((text, id, has_tenant)) {
            continue;
        }
        let Some(look) = look(text) else { continue };
        let is_known = if id.is_empty() {
            !matches!(ledger.named(text), Ok(None))
        } else {
            ledger.knows(id)
        };
        let bare = id.is_empty() && !has_tenant && !is_known;
        looks.entry(look).or_default().push((place, bare));
        let asked = ledger::Named {
            id,
            name: text,
            alone: columns.id == Some(columns.name),
        };
        if !is_known
            && !has_tenant
            && let Some(other) = ledger.resembled(&asked)
        {
            return Some(asks(table, columns, place, other));
        }
    }
    // Among those of the file, one of which has nothing but its name.
    for alike in looks.values() {
        let Some((bare, _)) = alike.iter().copied().find(|(_, bare)| *bare) else {
            continue;
        };
        let key = name_key(name(bare));
        let mut others = alike.iter().map(|(place, _)| *place);
        if let Some(other) = others.find(|place| name_key(name(*place)) != key) {
            let (first, later) = (bare.min(other), bare.max(other));
            return Some(asks(table, columns, later, name(first)));
        }
    }
    None
}

fn asks(table: &Table, columns: &Named, row: usize, other: &str) -> Question {
    let row = table.rows.get(row);
    Question::Names {
        column: table.header.get(columns.name).cloned().unwrap_or_default(),
        line: row.map_or(0, |row| row.line),
        value: shown(row.map_or("", |row| row.cell(Some(columns.name)))),
        other: shown(other),
    }
}
