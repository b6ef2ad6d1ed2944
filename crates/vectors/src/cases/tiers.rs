//! Figures with rates and caps, and tiers.

use membership_domain::Assessment;
use membership_domain::assess::{Finding, Outcome};

use super::{Case, Trial};
use crate::partner::{DAY, Partner};

pub(super) const CASES: &[Case] = &[
    Case::new(
        48,
        "800 fundamentals and 650 advanced completions",
        "950 of 1000: not met",
        |trial| {
            let partner = Partner::default()
                .figure("fundamentals-completions", "800")
                .figure("advanced-completions", "650");
            training(trial, &partner, "courseware-completions")
        },
    ),
    Case::new(
        50,
        "400 exams in fundamentals alone",
        "200 of 200: met",
        |trial| {
            let partner = Partner::default().figure("fundamentals-exams", "400");
            training(trial, &partner, "exam-units")
        },
    ),
    Case::new(
        51,
        "Surveys at 4.3 in Business Applications and at 4.0 in Security",
        "business-applications, and with it the areas: met",
        |trial| {
            let partner = Partner::default()
                .figure("business-applications-surveys", "240")
                .figure("business-applications-survey-score", "4.3")
                .figure("security-surveys", "240")
                .figure("security-survey-score", "4.0");
            let assessment = trial.assess(&partner, DAY);
            let Some(areas) = found(&assessment, "training-services-partner", "areas") else {
                return "no such requirement".to_owned();
            };
            let met = areas
                .children
                .iter()
                .filter(|area| area.outcome == Outcome::Met);
            let met: Vec<&str> = met.map(|area| area.id.as_str()).collect();
            format!(
                "{}, and with it the areas: {}",
                met.join(", "),
                word(areas.outcome)
            )
        },
    ),
    Case::new(
        53,
        "1.6 million in Germany, and four people with the new set",
        "gold",
        |trial| {
            let academy = [
                "surface-academy-level-1",
                "surface-academy-level-2",
                "surface-academy-level-3",
            ];
            let partner = ["a", "b", "c", "d"]
                .iter()
                .fold(Partner::default(), |partner, person| {
                    partner.person(person, &academy)
                })
                .figure_of("surface-revenue", "1600000", Some(("Munich", "DE")));
            let assessment = trial.assess(&partner, DAY);
            let tiers = assessment
                .program("surface-reseller-alliance")
                .map(|program| program.tiers.as_slice())
                .unwrap_or_default();
            let reached = tiers.iter().rev().find(|tier| tier.outcome == Outcome::Met);
            reached.map_or_else(|| "none".to_owned(), |tier| tier.id.clone())
        },
    ),
];

fn training(trial: &mut Trial<'_>, partner: &Partner, requirement: &str) -> String {
    let assessment = trial.assess(partner, DAY);
    match found(&assessment, "training-services-partner", requirement) {
        Some(finding) => format!(
            "{} of {}: {}",
            finding.have.unwrap_or_default(),
            finding.need.unwrap_or_default(),
            word(finding.outcome)
        ),
        None => "no such requirement".to_owned(),
    }
}

/// A requirement directly below the root.
fn found<'a>(assessment: &'a Assessment, program: &str, id: &str) -> Option<&'a Finding> {
    let root = assessment.program(program)?.root.as_ref()?;
    root.children.iter().find(|child| child.id == id)
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "met",
        Outcome::Unmet => "not met",
        Outcome::Unknown => "unknown",
    }
}
