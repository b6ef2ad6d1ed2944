//! What would help.

use membership_domain::Number;
use membership_domain::assess::{MeasureUnit, Next};
use membership_domain::evidence::Verification;

use super::counted;
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
                let people = counted(*people as usize, "more person", "more people");
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
                "Have it from {}.",
                counted(*customers as usize, "more customer", "more customers")
            ),
            Next::Enroll { program } => {
                format!("Enroll in {}: you qualify.", self.program(program))
            }
            Next::Earn { program } => format!("Earn {}.", self.program(program)),
            Next::RaiseScore { score, by } if by.is_positive() => format!(
                "Raise the {} score by {}.",
                self.score(score),
                self.points(*by)
            ),
            Next::RaiseScore { score, .. } => format!(
                "Bring every metric of the {} score above zero.",
                self.score(score)
            ),
            Next::Refer { count } => format!(
                "Have {} approved.",
                counted(
                    *count as usize,
                    "more customer reference",
                    "more customer references"
                )
            ),
            Next::PassAudit => "Pass the independent audit.".to_owned(),
            Next::OthersFirst => "It opens once everything else is met.".to_owned(),
            Next::Publish { transactable: true } => {
                "Publish an offer that customers can buy on the marketplace.".to_owned()
            }
            Next::Publish {
                transactable: false,
            } => "Publish an offer on the marketplace.".to_owned(),
            Next::AskInvitation => {
                "Ask your partner manager for an invitation: the program is in preview.".to_owned()
            }
            Next::Declare { key } => format!(
                "Once this holds, state it: import evidence as JSON with a declaration of the key \
                 \u{201c}{key}\u{201d}."
            ),
            Next::Report { keys, by, unit } => format!(
                "Reach {} {unit} more, and import evidence as JSON with {}.",
                self.exact(*by),
                figures(keys)
            ),
        }
    }

    fn raise(&self, by: Number, unit: MeasureUnit) -> String {
        match unit {
            MeasureUnit::Percent(value) => {
                format!(
                    "Raise growth of {} by {} %",
                    super::value(value),
                    self.number(by)
                )
            }
            MeasureUnit::More(_) => format!("Grow by {}", self.measured(by, unit)),
            MeasureUnit::Amount(_) => format!("Raise it by {}", self.measured(by, unit)),
            MeasureUnit::Customers if by == Number::ONE => "Win 1 more customer".to_owned(),
            MeasureUnit::Customers => format!("Win {} more customers", self.number(by)),
            MeasureUnit::CustomerWorkloads | MeasureUnit::Workloads => {
                format!("Win {} more", self.measured(by, unit))
            }
        }
    }

    fn earning(&self, points: Option<Number>) -> String {
        points.map_or_else(String::new, |points| format!(" (+{})", self.points(points)))
    }
}

fn verify(state: Verification) -> &'static str {
    match state {
        Verification::NotStarted => "Hand in the company's details for verification.",
        Verification::Pending => {
            "Wait for the verification: it usually takes three to five business days."
        }
        Verification::Rejected => "Mend what was refused and hand it in again.",
        Verification::Suspended => "Contact support: the account is suspended.",
        Verification::Accepted => "Nothing to do: the account is verified.",
    }
}

/// The figures that are imported, by their keys.
fn figures(keys: &[String]) -> String {
    let keys: Vec<String> = keys
        .iter()
        .map(|key| format!("\u{201c}{key}\u{201d}"))
        .collect();
    match keys.as_slice() {
        [one] => format!("the figure {one}"),
        several => format!("the figures {}", several.join(", ")),
    }
}
