//! What is kept of the rows of a list, of those that are shown and of all others.

use std::collections::BTreeSet;

use membership_domain::Month;
use membership_domain::catalog::AssociationKind;
use membership_domain::evidence::{Authority, Customer};

use crate::texts::Column;

/// What is kept of the rows of a list.
pub struct Columns {
    /// All rows in the order of what only each has.
    pub base: Vec<u32>,
    /// What they say in which words are looked for.
    pub texts: Vec<Column>,
    /// Numbers of the list's own.
    pub more: More,
}

/// What some lists need to know besides.
pub enum More {
    Nothing,
    /// The person of each certificate, and which of the person's it is.
    Held(Vec<(u32, u32)>),
    /// What each customer used, in short.
    Used(Vec<Used>),
    /// By the place of a customer of usage in its column: the customer in the evidence.
    Customers(Vec<Option<u32>>),
}

impl Columns {
    /// How many bytes they take.
    pub fn bytes(&self) -> usize {
        let more = match &self.more {
            More::Nothing => 0,
            More::Held(all) => size_of_val(&**all),
            More::Used(all) => all.iter().map(Used::bytes).sum(),
            More::Customers(all) => size_of_val(&**all),
        };
        size_of_val(&*self.base) + more + self.texts.iter().map(Column::bytes).sum::<usize>()
    }
}

/// What a customer used, in short.
#[derive(Default)]
pub struct Used {
    /// Of each tenant a row of usage, by its place in the evidence.
    pub tenants: Vec<u32>,
    pub kinds: BTreeSet<AssociationKind>,
    pub authorities: BTreeSet<Authority>,
    pub first: Option<Month>,
    pub last: Option<Month>,
    pub rows: u64,
}

impl Used {
    /// Who says what of the usage, and of the connections of its customer.
    pub fn authorities(&self, customer: &Customer) -> BTreeSet<Authority> {
        let connected = customer.associations.iter().map(|one| one.authority);
        connected.chain(self.authorities.iter().copied()).collect()
    }

    /// About how many bytes it takes; each set, where there is something in it, takes 32.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + size_of_val(&*self.tenants) + 64
    }
}
