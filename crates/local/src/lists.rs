//! Lists of the evidence.

use membership_contract::customer::CustomerDetail;
use membership_contract::lists::{Tabular, table};
use membership_contract::problem::FieldError;
use membership_contract::text::{Plain, Speaker};
use membership_domain::{Basis, Catalog, Hypothesis, assess};
use membership_lists::{Asked, Kept, List, Lists, Page, Trace, Wrong};
use serde::Serialize;

use crate::answer::Said;
use crate::{Local, Request};

impl Local {
    /// A customer with its usage, by id.
    pub(crate) fn customer(&self, id: &str) -> Said {
        let found = CustomerDetail::of(&self.known.evidence, id);
        found.map_or_else(Said::not_found, |found| {
            Said::json(&found).tagged(self.tag())
        })
    }

    pub(crate) fn list(&mut self, list: List, request: &Request<'_>) -> Said {
        let parameters = request.parameters();
        let (catalog, evidence) = (&self.catalog, &self.known.evidence);
        let Asked { query, csv } = match Asked::of(|name| parameters.get(name), catalog, list) {
            Ok(asked) => asked,
            Err(wrong) => {
                let errors = wrong.into_iter().map(|Wrong { name, detail }| {
                    FieldError::new(format!("?{name}"), "unexpected", detail)
                });
                return Said::invalid(errors.collect());
            }
        };
        let day = request.now.date_naive();
        let known = self.trace.take().filter(|(known, ..)| *known == day);
        let (_, trace, kept) = self.trace.insert(known.unwrap_or_else(|| {
            let assessment = assess(
                catalog,
                evidence,
                Basis::Entered,
                day,
                &Hypothesis::default(),
            );
            (day, Trace::of(catalog, &assessment), Kept::default())
        }));
        let lists = Lists::new(catalog, evidence, (trace, kept), day);
        match list {
            List::People => page(catalog, &lists.people(&query), csv),
            List::Certifications => page(catalog, &lists.certifications(&query), csv),
            List::Customers => page(catalog, &lists.customers(&query), csv),
            List::Usage => page(catalog, &lists.usage(&query), csv),
        }
    }
}

fn page<R: Tabular + Serialize>(catalog: &Catalog, page: &Page<R>, csv: bool) -> Said {
    if !csv {
        return Said::json(page);
    }
    let words = &Plain;
    Said::Well(table(&Speaker { catalog, words }, &page.items), None)
}
