//! Dates: anniversaries, windows, orders, leavers, keys. Periods come from the catalog.

use membership_domain::dates::{
    anniversary, key_extension_months, leaver_removed_after, wire_order_expires,
};
use membership_domain::evidence::Membership;

use super::{Case, Trial};
use crate::partner::{Partner, day};

pub(super) const CASES: &[Case] = &[
    Case::new(
        39,
        "Action Pack bought on 2022-09-01",
        "until 2023-09-01, renewal 2023-09-02 to 2023-10-01, benefits to 2023-10-01",
        |trial| {
            let bought = day(2022, 9, 1);
            let terms = trial
                .catalog
                .program("action-pack")
                .and_then(|known| known.terms.first());
            let ends = terms.and_then(|terms| anniversary(bought, terms, &[]));
            let partner = Partner::default().holding("action-pack", bought, ends);
            let assessment = trial.assess(&partner, day(2023, 8, 31));
            let held = assessment
                .program("action-pack")
                .and_then(|program| program.holding);
            let Some((Some(until), Some(opens), Some(closes), Some(benefits))) = held.map(|held| {
                (
                    held.until,
                    held.renewal_opens,
                    held.renewal_closes,
                    held.benefits_end,
                )
            }) else {
                return String::new();
            };
            format!("until {until}, renewal {opens} to {closes}, benefits to {benefits}")
        },
    ),
    Case::new(
        41,
        "Three designations end with the first one",
        "2023-11-07, 2023-11-07, 2023-11-07",
        |trial| {
            let bought = [
                ("solutions-partner-modern-work", day(2022, 11, 7)),
                ("solutions-partner-business-applications", day(2023, 1, 16)),
                ("solutions-partner-security", day(2023, 2, 20)),
            ];
            let mut partner = Partner::default();
            for (program, on) in bought {
                let terms = trial
                    .catalog
                    .program(program)
                    .and_then(|known| known.terms.first());
                let held: Vec<&Membership> = partner.0.memberships.iter().collect();
                let ends = terms.and_then(|terms| anniversary(on, terms, &held));
                partner = partner.holding(program, on, ends);
            }
            let assessment = trial.assess(&partner, day(2023, 3, 1));
            let ends = bought.map(|(program, _)| {
                let held = assessment
                    .program(program)
                    .and_then(|program| program.holding);
                held.and_then(|held| held.until)
                    .map(|until| until.to_string())
                    .unwrap_or_default()
            });
            ends.join(", ")
        },
    ),
    Case::new(
        43,
        "An order by wire without proof",
        "expired on 2023-10-01",
        |trial| {
            let expires = wire_order_expires(day(2023, 9, 1), limit(trial, "wire-order-days"));
            format!("expired on {expires}")
        },
    ),
    Case::new(
        44,
        "A leaver's account deleted in January",
        "removed after 2023-02-10",
        |trial| {
            let day_of_month = limit(trial, "leaver-removal-day");
            let removed = [day(2023, 1, 1), day(2023, 1, 17), day(2023, 1, 31)]
                .map(|deleted| leaver_removed_after(deleted, day_of_month));
            match removed {
                [first, other, last] if first == other && other == last => {
                    format!("removed after {first}")
                }
                _ => format!("{removed:?}"),
            }
        },
    ),
    Case::new(
        46,
        "A key of 25 seats extends 100",
        "3 months; 12 months; 24 months; refused",
        |trial| {
            let term = limit(trial, "key-term-months");
            let most = limit(trial, "key-extension-max-multiple");
            [(100, 25), (100, 100), (5, 10), (5, 16)]
                .map(
                    |(active, key)| match key_extension_months(active, key, term, most) {
                        Ok(months) => format!("{months} months"),
                        Err(_) => "refused".to_owned(),
                    },
                )
                .join("; ")
        },
    ),
];

fn limit(trial: &Trial<'_>, id: &str) -> u32 {
    trial.catalog.limit(id).unwrap_or_default()
}
