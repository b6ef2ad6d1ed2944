//! Figures with rates and caps, and tiers.

use membership_domain::Assessment;
use membership_domain::assess::{Finding, Outcome};
use membership_domain::evidence::{Authority, Declaration, Invitation};

use super::{Case, Trial};
use crate::partner::{DAY, Partner, day};

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
        "Surveys at 4.3 in Business Applications and at 4.0 in Security, and all else there",
        "business-applications; the whole: met",
        |trial| {
            let mut partner = Partner::default()
                .holding("action-pack", day(2023, 2, 1), Some(day(2024, 2, 1)))
                .figure("advanced-completions", "1000")
                .figure("advanced-exams", "200")
                .figure("survey-score", "4.3")
                .figure("business-applications-surveys", "240")
                .figure("business-applications-survey-score", "4.3")
                .figure("security-surveys", "240")
                .figure("security-survey-score", "4.0");
            for held in &mut partner.0.memberships {
                held.pack = Some("laps".to_owned());
            }
            invite(&mut partner, "training-services-partner");
            let assessment = trial.assess(&partner, DAY);
            let Some(areas) = found(&assessment, "training-services-partner", "areas") else {
                return "no such requirement".to_owned();
            };
            let met = (areas.children.iter()).filter(|area| area.outcome == Outcome::Met);
            let met: Vec<&str> = met.map(|area| area.id.as_str()).collect();
            let whole = (assessment.program("training-services-partner"))
                .and_then(|program| program.root.as_ref())
                .map_or("no rule", |root| word(root.outcome));
            format!("{}; the whole: {whole}", met.join(", "))
        },
    ),
    Case::new(
        53,
        "1.6 million in Munich, 800,000 in Berlin, and four people with the new set",
        "gold; Berlin silver, Munich gold",
        |trial| {
            let academy = [
                "surface-academy-level-1",
                "surface-academy-level-2",
                "surface-academy-level-3",
            ];
            let mut partner = ["a", "b", "c", "d"]
                .iter()
                .fold(Partner::default(), |partner, person| {
                    partner.person(person, &academy)
                })
                .figure_of("surface-revenue", "1600000", Some(("Munich", "DE")))
                .figure_of("surface-revenue", "800000", Some(("Berlin", "DE")));
            invite(&mut partner, "surface-reseller-alliance");
            partner.0.declarations.push(Declaration {
                key: "reseller-agreement".to_owned(),
                holds: true,
                declared_on: day(2023, 1, 1),
                authority: Authority::Claimed,
            });
            let assessment = trial.assess(&partner, DAY);
            let Some(program) = assessment.program("surface-reseller-alliance") else {
                return "no such program".to_owned();
            };
            let none = || "none".to_owned();
            let locations: Vec<String> = (program.locations.iter())
                .map(|known| {
                    format!(
                        "{} {}",
                        known.location,
                        known.tier.clone().unwrap_or_else(none)
                    )
                })
                .collect();
            let tier = program.tier.clone().unwrap_or_else(none);
            format!("{tier}; {}", locations.join(", "))
        },
    ),
];

fn invite(partner: &mut Partner, program: &str) {
    partner.0.invitations.push(Invitation {
        program: program.to_owned(),
        issued_on: day(2023, 1, 1),
        expires_on: None,
        authority: Authority::Claimed,
    });
}

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
