//! The overview.

use membership_contract::overview::Overview;
use membership_domain::assess::Engine;
use membership_domain::{Basis, Hypothesis};

use crate::answer::Said;
use crate::{Local, Request};

impl Local {
    /// What the overview shows, as the API answers it. It is of a day, so its tag is, too.
    pub(crate) fn overview(&self, request: &Request<'_>) -> Said {
        let day = request.now.date_naive();
        let tag = format!("\"{}.{day}\"", self.known.history.revision);
        if request.tag == Some(&tag) {
            return Said::Same(tag);
        }
        let engine = Engine::new(&self.catalog, &self.known.evidence, Basis::Entered);
        let today = engine.assess(day, &Hypothesis::default());
        Said::json(&Overview::of(&engine, &today, None, &self.tag())).tagged(tag)
    }
}
