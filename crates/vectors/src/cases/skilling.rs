//! Skilling: gates, people, caps. A rule counts people, so an example names them by letters.

use super::Case;
use crate::partner::{DAY, Partner, day};

const DATA_AI: (&str, &str, &str) = ("data-ai", "all", "intermediate");
const APPS: (&str, &str, &str) = ("digital-app-innovation", "all", "intermediate");
const INFRASTRUCTURE: (&str, &str, &str) = ("infrastructure", "all", "intermediate");
const SECURITY: (&str, &str, &str) = ("security", "all", "intermediate");

pub(super) const CASES: &[Case] = &[
    Case::new(
        1,
        "Data & AI: two at each gate, three more count",
        "12",
        |trial| {
            let partner = Partner::default()
                .person("A", &["az-305"])
                .person("B", &["az-305"])
                .person("C", &["az-104"])
                .person("D", &["az-104"])
                .person("E", &["dp-203"])
                .person("F", &["ai-102"])
                .person("G", &["pl-300"]);
            trial.points(&partner, DAY, DATA_AI)
        },
    ),
    Case::new(
        4,
        "Data & AI: one architect closes the gate, a second opens it",
        "0; then 8",
        |trial| {
            let partner = Partner::default()
                .person("A", &["az-305"])
                .person("B", &["az-104", "dp-203"])
                .person("C", &["az-104", "dp-300"]);
            let before = trial.points(&partner, DAY, DATA_AI);
            let after = trial.points(&partner.person("D", &["az-305"]), DAY, DATA_AI);
            format!("{before}; then {after}")
        },
    ),
    Case::new(
        5,
        "Azure intermediate: administrators and others",
        "8 and 8",
        |trial| {
            let administrators = Partner::default()
                .person("A", &["az-104"])
                .person("B", &["az-104"]);
            let apps = administrators
                .clone()
                .person("C", &["az-204"])
                .person("D", &["pl-400"]);
            let infrastructure = administrators
                .person("C", &["az-700"])
                .person("D", &["az-600"]);
            let apps = trial.points(&apps, DAY, APPS);
            format!(
                "{apps} and {}",
                trial.points(&infrastructure, DAY, INFRASTRUCTURE)
            )
        },
    ),
    Case::new(
        6,
        "Azure intermediate: the same two people in both steps",
        "8 and 8",
        |trial| {
            let partner = Partner::default()
                .person("A", &["az-104", "az-204", "az-700"])
                .person("B", &["az-104", "az-204", "az-800-801"]);
            let apps = trial.points(&partner, DAY, APPS);
            format!("{apps} and {}", trial.points(&partner, DAY, INFRASTRUCTURE))
        },
    ),
    Case::new(
        8,
        "Data & AI: twelve people, the cap holds",
        "40",
        |trial| {
            let partner = Partner::default()
                .people("az-305", 2)
                .people("az-104", 2)
                .people("dp-203", 12);
            trial.points(&partner, DAY, DATA_AI)
        },
    ),
    Case::new(
        10,
        "Security until November 2023: one person for each step",
        "20/3",
        |trial| {
            let partner = Partner::default()
                .person("A", &["az-500"])
                .person("B", &["ms-500"])
                .person("C", &["sc-100"]);
            trial.points(&partner, day(2023, 11, 30), SECURITY)
        },
    ),
    Case::new(
        11,
        "Security from December 2023: two at each gate, three count",
        "20",
        |trial| {
            let partner = Partner::default()
                .person("A", &["az-500"])
                .person("B", &["az-500"])
                .person("C", &["sc-200"])
                .person("D", &["sc-200"])
                .person("E", &["sc-100"])
                .person("F", &["sc-300"])
                .person("G", &["sc-400"]);
            trial.points(&partner, day(2023, 12, 1), SECURITY)
        },
    ),
    Case::new(
        14,
        "Business Applications Enterprise: three experts",
        "45/7",
        |trial| {
            let partner = Partner::default().people("pl-600", 3);
            trial.points(
                &partner,
                DAY,
                ("business-applications", "enterprise", "advanced"),
            )
        },
    ),
    Case::new(
        15,
        "Business Applications SMB: one expert",
        "7.5",
        |trial| {
            let partner = Partner::default().people("mb-700", 1);
            trial.points(&partner, DAY, ("business-applications", "smb", "advanced"))
        },
    ),
];
