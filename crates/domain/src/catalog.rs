//! The catalog: what programs there are and what they take, as dated data.

mod access;
mod billing;
mod certificate;
mod check;
mod cite;
mod decision;
mod measure;
mod offer;
mod program;
mod purchase;
mod requirement;
mod score;

pub use access::Access;
pub use billing::{
    Agreement, Billing, PriceList, Seller, SellerAccount, TaxIdFormat, TaxRate, TaxRule,
};
pub use certificate::{Certificate, Level, Workload};
pub use check::{Fault, check};
pub(crate) use cite::dated;
pub use cite::{Certainty, Cite, Dated, Source, in_force};
pub use decision::{Decision, DecisionRule};
pub use measure::{
    Aggregate, AssociationKind, Condition, Count, Growth, Look, Measure, Over, Selection, Total,
    Unit, Value,
};
pub use offer::{BenefitsOption, Gives, HeldOn, MembershipOffer, price_in};
pub use program::{
    Availability, Benefit, CitedFact, Fact, Fee, Pack, Program, ProgramKind, Rule, Stage, Terms,
    Track, Validation,
};
pub use purchase::PurchaseLimits;
pub use requirement::{Criterion, People, Requirement, Share, Threshold};
pub use score::{
    Category, Choice, Classified, Combine, Gate, Metric, MetricRule, Part, Score, ScoreTrack,
    Skilling,
};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::evidence::Accepted;
use crate::later::Later;

/// Everything that a program owner edits.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    /// Pages and documents that values were taken from.
    pub sources: Vec<Source>,
    /// Groups of programs.
    pub tracks: Vec<Track>,
    /// Certificates that people earn.
    pub certificates: Vec<Certificate>,
    /// Products and services whose use is measured.
    pub workloads: Vec<Workload>,
    /// Capability scores.
    pub scores: Vec<Score>,
    /// Programs, in the order in which they are shown.
    pub programs: Vec<Program>,
    /// What is sold, in the order in which it is shown.
    pub offers: Vec<MembershipOffer>,
    /// Who sells, how it is taxed, and under which agreement.
    // Most pages and workers don't ask.
    #[cfg_attr(feature = "openapi", schema(value_type = Billing))]
    pub billing: Later<Billing>,
    /// Periods and dates that belong to no single program.
    pub limits: Vec<Limit>,
    /// Which rows of evidence a decision counts, by their kind.
    pub decisions: Vec<Decision>,
}

/// A period or number that belongs to no single program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CatalogLimit))]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Short id: `wire-order-days`.
    pub id: String,
    /// What it says, in a sentence.
    pub summary: String,
    /// The number.
    pub value: u32,
    /// Where this is from.
    pub cite: Cite,
}

impl Catalog {
    /// The program with this id.
    #[must_use]
    pub fn program(&self, id: &str) -> Option<&Program> {
        self.programs.iter().find(|program| program.id == id)
    }

    /// The score with this id.
    #[must_use]
    pub fn score(&self, id: &str) -> Option<&Score> {
        self.scores.iter().find(|score| score.id == id)
    }

    /// The certificate with this id.
    #[must_use]
    pub fn certificate(&self, id: &str) -> Option<&Certificate> {
        self.certificates
            .iter()
            .find(|certificate| certificate.id == id)
    }

    /// The workload with this id.
    #[must_use]
    pub fn workload(&self, id: &str) -> Option<&Workload> {
        self.workloads.iter().find(|workload| workload.id == id)
    }

    /// The source with this id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// The value of a limit.
    #[must_use]
    pub fn limit(&self, id: &str) -> Option<u32> {
        self.limits
            .iter()
            .find(|limit| limit.id == id)
            .map(|limit| limit.value)
    }

    /// The rows that a decision of this day counts. Where nothing is said, those that the partner
    /// did not say.
    #[must_use]
    pub fn accepted(&self, day: NaiveDate) -> Accepted {
        Accepted::of(|kind, authority| {
            let decision = self.decisions.iter().find(|known| known.rows == kind);
            match decision.and_then(|known| in_force(&known.rules, day)) {
                Some(rule) => rule.counts.contains(&authority),
                None => !authority.is_claimed(),
            }
        })
    }
}
