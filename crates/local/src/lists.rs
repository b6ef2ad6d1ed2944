//! Lists of the evidence.

use membership_contract::lists::{Tabular, table};
use membership_contract::problem::FieldError;
use membership_contract::text::{Plain, Speaker};
use membership_domain::{Hypothesis, assess};
use membership_lists::{Asked, List, Lists, Page, Trace, Wrong};
use serde::Serialize;

use crate::answer::Said;
use crate::{Local, Request};

impl Local {
    pub(crate) fn list(&mut self, name: &str, request: &Request<'_>) -> Said {
        let Some(list) = List::of_name(name) else {
            return Said::not_found();
        };
        let pairs = request.pairs();
        let get = |name: &str| {
            let found = pairs.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.as_str())
        };
        let asked = match Asked::of(get, &self.catalog, list) {
            Ok(asked) => asked,
            Err(wrong) => {
                let errors = wrong.into_iter().map(|Wrong { name, detail }| {
                    FieldError::new(format!("?{name}"), "unexpected", detail)
                });
                return Said::invalid(errors.collect());
            }
        };
        let day = request.now.date_naive();
        if self.trace.as_ref().is_none_or(|(known, _)| *known != day) {
            let assessment = assess(&self.catalog, &self.evidence, day, &Hypothesis::default());
            self.trace = Some((day, Trace::of(&self.catalog, &assessment)));
        }
        let Some((_, trace)) = &self.trace else {
            return Said::not_found();
        };
        let lists = Lists::new(&self.catalog, &self.evidence, trace, day);
        let query = &asked.query;
        match list {
            List::People => self.page(&lists.people(query), asked.csv),
            List::Certifications => self.page(&lists.certifications(query), asked.csv),
            List::Customers => self.page(&lists.customers(query), asked.csv),
            List::Usage => self.page(&lists.usage(query), asked.csv),
        }
    }

    fn page<R: Tabular + Serialize>(&self, page: &Page<R>, csv: bool) -> Said {
        if !csv {
            return Said::json(page);
        }
        let speaker = Speaker {
            catalog: &self.catalog,
            words: &Plain,
        };
        Said::Well(table(&speaker, &page.items), None)
    }
}
