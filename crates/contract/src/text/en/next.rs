//! What would help.

use membership_domain::Number;
use membership_domain::assess::{MeasureUnit, Next};
use membership_domain::catalog::Value;
use membership_domain::evidence::Verification;

use super::amounts::unit_after;
use crate::text::Speaker;

impl Speaker<'_> {
    /// The step in a sentence that tells somebody what to do.
    #[must_use]
    pub fn next(&self, next: &Next) -> String {
        match next {
            Next::Join => "Join the partner program.".to_owned(),
            Next::Verify { state } => verify(*state).to_owned(),
            Next::Certify {
                people,
                certificates,
                points,
            } => {
                let people = self.count((*people).into(), "more person", "more people");
                let names = self.certificates(certificates);
                format!(
                    "Have {people} certified in {names}{}.",
                    self.earning(*points)
                )
            }
            Next::Link { people } => format!(
                "Ask {} to link the learning profile.",
                self.words.list(people)
            ),
            Next::Raise {
                by,
                unit,
                points,
                of,
            } => {
                let of = of
                    .as_ref()
                    .map(|of| format!(", for {of}"))
                    .unwrap_or_default();
                format!("{}{}{of}.", self.raise(*by, *unit), self.earning(*points))
            }
            Next::Widen { customers } => format!(
                "Have this at {}.",
                self.count((*customers).into(), "more customer", "more customers")
            ),
            Next::Enroll { program } => {
                format!("Enroll in {}: you qualify.", self.program(program))
            }
            Next::Earn { program } => format!("Earn {}.", self.program(program)),
            Next::RaiseScore { score, by } if by.is_positive() => format!(
                "Raise the {} score by {}.",
                self.score(score),
                self.points_short(*by)
            ),
            Next::RaiseScore { score, .. } => format!(
                "Bring every metric of the {} score above zero.",
                self.score(score)
            ),
            Next::KeepScore { score, until } => format!(
                "Keep the {} score until {}: one qualifying day from then on is enough.",
                self.score(score),
                self.words.day(*until)
            ),
            Next::ShowDay { from, to, .. } => format!(
                "If a day from {} to {} qualified, import that day's score under Evidence, \
                 Imports.",
                self.words.day(*from),
                self.words.day(*to)
            ),
            Next::Refer { count } => format!(
                "Have {} approved.",
                self.count(
                    (*count).into(),
                    "more customer reference",
                    "more customer references"
                )
            ),
            Next::PassAudit => "Pass the independent audit.".to_owned(),
            Next::OthersFirst => "This opens once all other requirements are met.".to_owned(),
            Next::Publish { transactable: true } => {
                "Publish an offer that customers can buy on the marketplace.".to_owned()
            }
            Next::Publish {
                transactable: false,
            } => "Publish an offer on the marketplace.".to_owned(),
            Next::AskInvitation => {
                "Ask your partner manager for an invitation: the program is in preview.".to_owned()
            }
            Next::Declare { .. } => {
                "Once this is true, import your statement of it under Evidence, Imports.".to_owned()
            }
            Next::Report {
                keys,
                by,
                reach,
                unit,
                one,
            } => {
                let reach = match one {
                    Some(one) if by < reach => unit_after(
                        self.whole(by.ceiling()),
                        &format!("more {one}"),
                        &format!("more {unit}"),
                    ),
                    Some(one) => unit_after(self.exact(*reach), one, unit),
                    // An average, or money: nothing of it is won one by one.
                    None => format!("{} {unit}", self.exact(*reach)),
                };
                let figures = match keys.as_slice() {
                    [_] => "the figure",
                    _ => "the figures",
                };
                format!("Reach {reach}, then import {figures} under Evidence, Imports.")
            }
        }
    }

    fn raise(&self, by: Number, unit: MeasureUnit) -> String {
        let missing = self.missing_of(by, unit);
        match unit {
            MeasureUnit::Percent(value) => {
                format!("Raise growth of {} by {missing}", super::value(value))
            }
            MeasureUnit::More(Value::ActivePercent) | MeasureUnit::Amount(Value::ActivePercent) => {
                format!("Raise the share of active seats by {}%", self.gap(by))
            }
            MeasureUnit::More(_) => format!("Grow by {missing}"),
            MeasureUnit::Amount(_) => format!("Raise it by {missing}"),
            MeasureUnit::Customers => {
                let customers = self.whole(by.at_least_zero().ceiling());
                format!(
                    "Win {}",
                    unit_after(customers, "more customer", "more customers")
                )
            }
            MeasureUnit::CustomerWorkloads | MeasureUnit::Workloads => {
                format!("Win {missing} more")
            }
        }
    }

    /// The points that a step earns, where it earns some.
    fn earning(&self, points: Option<Number>) -> String {
        (points.filter(|points| points.is_positive()))
            .map_or_else(String::new, |points| format!(" (+{})", self.points(points)))
    }
}

fn verify(state: Verification) -> &'static str {
    match state {
        Verification::NotStarted => "Submit the company's details for verification.",
        Verification::Pending => {
            "Wait for verification; it usually takes three to five business days."
        }
        Verification::Rejected => "Correct what was rejected and resubmit it.",
        Verification::Suspended => "Contact support: the account is suspended.",
        Verification::Accepted => "Nothing to do: the account is verified.",
    }
}
