//! What stands against taking rows away.

use std::collections::{BTreeMap, BTreeSet};

use membership_domain::Evidence;
use membership_domain::evidence::{Customer, Reference, Usage};

use crate::document::Round;
use crate::fault::Reason;
use crate::file::problem;
use crate::parts::Row;

impl Round<'_> {
    /// Refuses to take away customers that other rows, which stay, are about.
    pub(crate) fn keep_needed(&mut self, known: &Evidence) {
        if self.gone.is_empty() {
            return;
        }
        let stays = |part, place: usize| !self.gone.contains_key(&(part, place));
        let mut usage_of: BTreeMap<&str, usize> = BTreeMap::new();
        for (place, row) in known.usage.iter().enumerate() {
            if stays(Usage::PART, place) {
                *usage_of.entry(&row.customer).or_default() += 1;
            }
        }
        let mut references_to: BTreeMap<&str, usize> = BTreeMap::new();
        for (place, row) in known.references.iter().enumerate() {
            if stays(Reference::PART, place) {
                *references_to.entry(&row.customer).or_default() += 1;
            }
        }
        for ((part, place), origin) in &self.gone {
            let customer = known.customers.get(*place);
            let Some(customer) = customer.filter(|_| *part == Customer::PART) else {
                continue;
            };
            let usage = usage_of.get(customer.id.as_str()).copied();
            // A reference names its customer as people do.
            let names = BTreeSet::from([customer.name.as_str(), customer.id.as_str()]);
            let references = names.iter().filter_map(|name| references_to.get(name));
            let (usage, references) = (usage.unwrap_or_default(), references.sum::<usize>());
            if usage + references > 0 {
                let reason = Reason::Needed { usage, references };
                let (index, name) = (Some(origin.index), customer.name.clone());
                let problem = problem(Customer::PART, index, origin.line, name, reason);
                let at = (Customer::PART.into(), index);
                self.refused.insert(at, problem);
            }
        }
    }
}
