//! Why a piece of evidence does not count.

use membership_domain::assess::{Item, Reason};

use super::amounts::unit_after;
use super::{association, counted};
use crate::text::Speaker;

impl Speaker<'_> {
    /// An item and what it counts with: `Contoso (PAL)`, `Ada Berg, AZ-305`.
    #[must_use]
    pub fn item(&self, item: &Item) -> String {
        use membership_domain::assess::Subject;
        match (&item.with, item.subject) {
            (Some(with), Subject::Person) => format!("{}, {}", item.name, self.certificate(with)),
            (Some(with), Subject::Hypothetical) => {
                format!("{} {}", self.certificate(with), item.name)
            }
            (Some(with), _) => format!("{}, {}", item.name, self.workload(with)),
            (None, _) => item.name.to_string(),
        }
    }

    /// The reason in a sentence.
    #[must_use]
    pub fn reason(&self, reason: &Reason) -> String {
        let day = |day| self.words.day(day);
        match reason {
            Reason::NotLinked => "The learning profile isn't linked to the organization. Only \
                                  the person can link it."
                .to_owned(),
            Reason::Left { on } => format!("Left on {}.", day(*on)),
            Reason::Expired { on } => format!("Expired: {} was the last day.", day(*on)),
            Reason::NotYet { on } => format!("Counts from {}.", day(*on)),
            Reason::Retired { until } => {
                format!(
                    "The certificate was retired and counted until {}.",
                    day(*until)
                )
            }
            Reason::Gate { gates } => format!(
                "Waiting for {} that must be passed first.",
                counted(gates.len(), "step", "steps")
            ),
            Reason::OverCap => "The maximum points are already earned.".to_owned(),
            Reason::Below { have, need, value } => format!(
                "{}; {} needed.",
                self.amount_against(*have, *value, *need),
                self.exact(*need)
            ),
            Reason::Above { have, limit, value } => format!(
                "{}; at most {}.",
                self.amount_above(*have, *value, *limit),
                unit_after(self.exact(*limit), "counts here", "count here")
            ),
            Reason::OtherPack { program, pack } => {
                let program = self.catalog.program(program);
                let pack = program.and_then(|known| known.packs.iter().find(|one| one.id == *pack));
                format!(
                    "Not known to be held with the {} pack, which you choose when you buy or \
                     renew.",
                    pack.map_or("required", |pack| &pack.name)
                )
            }
            Reason::NotNew => "Also passed a year ago, so it isn't new.".to_owned(),
            Reason::Lost => "Passed a year ago and no longer does, so it lowers the count by \
                             one."
                .to_owned(),
            Reason::Association { have } => {
                let have: Vec<String> = have
                    .iter()
                    .map(|kind| association(*kind).to_owned())
                    .collect();
                format!(
                    "Connected through {}, which doesn't count here.",
                    self.words.list(&have)
                )
            }
            Reason::ActiveAtClaim { percent, limit } => format!(
                "{}% of seats were already active when the association was made; the limit is {}%.",
                self.apart(*percent, *limit, *limit).0,
                self.exact(*limit)
            ),
            Reason::NotEnrolled => "Qualified but not enrolled yet.".to_owned(),
            Reason::Ended { on } => format!("Ended on {}.", day(*on)),
            Reason::NotApproved => "Not approved yet.".to_owned(),
            Reason::NotPassed => "Not passed.".to_owned(),
            Reason::TooOld { since } => {
                format!("Too long ago: only {} or later counts.", day(*since))
            }
            Reason::Surplus => "Above the maximum that counts.".to_owned(),
            Reason::BelowRegion { need } => {
                format!("Its region requires {}.", self.exact(*need))
            }
            Reason::NoRegion => "Its region is missing or has no known value.".to_owned(),
            Reason::NotTransactable => "Customers can't buy it on the marketplace.".to_owned(),
        }
    }
}
