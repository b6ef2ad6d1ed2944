//! What stands against taking rows away.

use membership_domain::Evidence;
use membership_domain::evidence::{Customer, Reference, Usage};

use crate::document::Round;
use crate::fault::Reason;
use crate::file::problem;
use crate::parts::Row;

impl Round<'_, '_> {
    /// Refuses to take away customers that other rows, which stay, are about.
    pub(crate) fn keep_needed(&mut self, known: &Evidence) {
        for (place, customer) in known.customers.iter().enumerate() {
            let Some(origin) = self.gone.get(&(Customer::PART, place)) else {
                continue;
            };
            let stays = |part, place: usize| !self.gone.contains_key(&(part, place));
            let used = known.usage.iter().enumerate();
            let usage = used
                .filter(|(place, row)| row.customer == customer.id && stays(Usage::PART, *place))
                .count();
            // A reference names its customer as people do.
            let names = [&customer.name, &customer.id];
            let named = known.references.iter().enumerate();
            let references = named
                .filter(|(place, row)| {
                    names.contains(&&row.customer) && stays(Reference::PART, *place)
                })
                .count();
            if usage + references > 0 {
                let reason = Reason::Needed { usage, references };
                let (index, name) = (Some(origin.index), customer.name.clone());
                let problem = problem(Customer::PART, index, origin.line, name, reason);
                let at = (Customer::PART.to_owned(), index);
                self.refused.insert(at, problem);
            }
        }
    }
}
