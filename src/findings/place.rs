//! The way from a number to the rows behind it.

use leptos::prelude::*;
use membership_domain::assess::{Basis, Finding, Kind, MeasureUnit};

use crate::paths::{self, Page};
use crate::text::findings as words;

/// Where the rows behind a finding count.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The id of a score or program.
    pub area: &'a str,
    /// What stands before the finding's id in its address there.
    pub before: &'a str,
    /// What was counted: lists of rows count what was entered unless they are told otherwise.
    pub basis: Basis,
}

impl<'a> Place<'a> {
    /// In the requirements of a program.
    pub fn program(area: &'a str, basis: Basis) -> Self {
        let before = "";
        Self {
            area,
            before,
            basis,
        }
    }

    /// Leads to the rows behind a finding: to those that count, where some do.
    pub fn link(self, finding: &Finding) -> Option<AnyView> {
        let (page, label, none) = page(&finding.kind)?;
        let (counts, label) = if !finding.counted.is_empty() {
            ("yes", label)
        } else if !finding.not_counted.is_empty() {
            ("no", none)
        } else {
            return None;
        };
        let href = self.rows(page, finding, counts);
        Some(view! { <p class="small counts"><a href=href>{label}</a></p> }.into_any())
    }

    /// All rows that a finding looks at.
    pub fn all(self, finding: &Finding) -> String {
        let page = page(&finding.kind).map_or(paths::EVIDENCE, |(page, ..)| page);
        self.rows(page, finding, "")
    }

    fn rows(self, page: Page, finding: &Finding, counts: &str) -> String {
        let metric = format!("{}{}", self.before, finding.id);
        let basis = match self.basis {
            Basis::Entered => "",
            Basis::Decision => self.basis.code(),
        };
        let fields = [
            ("area", self.area),
            ("metric", &metric),
            ("counts", counts),
            (paths::BASIS, basis),
        ];
        paths::with_query(&page.href(), &fields)
    }
}

/// The page with the rows behind a finding, and its words where some count and where none do.
fn page(kind: &Kind) -> Option<(Page, &'static str, &'static str)> {
    Some(match kind {
        Kind::Gate { .. } | Kind::Counting { .. } | Kind::People { .. } => {
            (paths::PEOPLE, words::PEOPLE_ROWS, words::NO_PEOPLE_ROWS)
        }
        Kind::Part { measured, .. } | Kind::Measure { measured, .. }
            if measured.unit == MeasureUnit::Workloads =>
        {
            (paths::USAGE, words::USAGE_ROWS, words::NO_USAGE_ROWS)
        }
        Kind::Part { .. } | Kind::Measure { .. } | Kind::References { .. } => (
            paths::CUSTOMERS,
            words::CUSTOMER_ROWS,
            words::NO_CUSTOMER_ROWS,
        ),
        _ => return None,
    })
}
