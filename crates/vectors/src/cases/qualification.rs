//! Qualification: the pass mark, metrics at zero, and the window.

use membership_domain::assess::Standing;

use super::{Case, verdict};
use crate::partner::{BEFORE, DAY, NOW, Partner, day};

pub(super) const CASES: &[Case] = &[
    Case::new(
        32,
        "90 points, but no deployment",
        "90: not qualified, deployments at zero",
        |trial| {
            // Machines earn growth and customers, but are no deployments.
            let partner = Partner::skilled(10);
            let partner = ["a", "b", "c"].iter().fold(partner, |partner, customer| {
                partner.azure(customer, "virtual-machines", NOW, 2000)
            });
            let partner = partner.azure("d", "virtual-machines", "2022-06", 5000);
            let score = trial.score(&partner, DAY, "data-ai");
            let zero = score.at_zero.join(", ");
            format!("{}: {}, {zero} at zero", score.total, verdict(&score))
        },
    ),
    Case::new(
        34,
        "A tenth of a point short",
        "69.9: not qualified",
        |trial| {
            // 20 for two customers, 24 for six people, 15.9 for growth, 10 for five services.
            let services = [
                "sql-database",
                "storage",
                "key-vault",
                "functions",
                "app-service",
            ];
            let partner = services
                .iter()
                .fold(Partner::skilled(6), |partner, service| {
                    partner
                        .azure("old", service, BEFORE, 20_000)
                        .azure("old", service, NOW, 20_000)
                });
            let partner = partner
                .azure("a", "storage", NOW, 10_000)
                .azure("b", "storage", NOW, 5900);
            let score = trial.score(&partner, DAY, "data-ai");
            format!("{}: {}", score.total, verdict(&score))
        },
    ),
    Case::new(
        35,
        "Short today, but one day in June qualified",
        "60: qualified on 2023-06-20",
        |trial| {
            let partner = Partner::sixty()
                .past_score("data-ai", day(2023, 6, 20), 72)
                .past_score("data-ai", day(2023, 7, 20), 60)
                .past_score("data-ai", day(2023, 10, 20), 60);
            let score = trial.score(&partner, day(2023, 11, 30), "data-ai");
            let on = score
                .qualified_on
                .map(|on| on.to_string())
                .unwrap_or_default();
            format!("{}: {} on {on}", score.total, verdict(&score))
        },
    ),
    Case::new(
        37,
        "Enrolled: one qualifying day in the months before the anniversary is enough to renew",
        "renewal due, qualified on 2024-03-02, window 2024-03-01 to 2024-08-31",
        |trial| {
            let program = "solutions-partner-data-ai";
            let partner = Partner::sixty()
                .holding(program, day(2023, 8, 15), Some(day(2024, 8, 15)))
                .past_score("data-ai", day(2024, 3, 2), 71);
            // Late in the renewal window: the window of the score stays where the anniversary
            // has put it.
            let assessment = trial.assess(&partner, day(2024, 9, 5));
            let standing = assessment.program(program).map(|program| program.standing);
            let due = if standing == Some(Standing::RenewalDue) {
                "renewal due"
            } else {
                "not due"
            };
            let Some(score) = assessment.score("data-ai") else {
                return String::new();
            };
            let on = score
                .qualified_on
                .map(|on| on.to_string())
                .unwrap_or_default();
            let (from, to) = (score.window.from, score.window.to);
            format!("{due}, {} on {on}, window {from} to {to}", verdict(score))
        },
    ),
];
