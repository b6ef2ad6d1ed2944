//! What a specialization asks to begin, to be kept and to be renewed.

use chrono::NaiveDate;
use membership_contract::text::{Plain, Speaker};
use membership_domain::agenda::{TaskKind, agenda};
use membership_domain::assess::{
    Assessment, Engine, Finding, Kind, Next, Outcome, Recheck, Standing, assess,
};
use membership_domain::evidence::{Audit, Authority};
use membership_domain::{Basis, Catalog, Evidence, Hypothesis};
use membership_vectors::partner::{Partner, day};

/// A specialization without certificates in its rule of 2023: revenue and an audit.
const SAP: &str = "specialization-sap";

fn catalog() -> Catalog {
    membership_vectors::catalog().expect("a catalog without faults")
}

fn on(partner: &Partner, day: NaiveDate) -> Assessment {
    assess(
        &catalog(),
        &partner.0,
        Basis::Entered,
        day,
        &Hypothesis::default(),
    )
}

fn requirement(assessment: &Assessment, id: &str) -> Finding {
    let root = (assessment.program(SAP)).and_then(|program| program.root.as_ref());
    let children = &root.expect("a rule").children;
    let found = children.iter().find(|child| child.id == id);
    found.expect("the requirement").clone()
}

fn says(partner: &Partner, day: NaiveDate) -> String {
    let (catalog, today) = (catalog(), on(partner, day));
    let speaker = Speaker {
        words: &Plain,
        catalog: &catalog,
    };
    speaker.stands(today.program(SAP).expect("the program"), &today)
}

fn tasks(partner: &Partner, day: NaiveDate) -> Vec<TaskKind> {
    let (catalog, evidence): (Catalog, Evidence) = (catalog(), partner.0.clone());
    let engine = Engine::new(&catalog, &evidence, Basis::Entered);
    let today = engine.assess(day, &Hypothesis::default());
    let about = |task: &TaskKind| match task {
        TaskKind::Renew { program, .. } | TaskKind::Validate { program, .. } => program == SAP,
        _ => false,
    };
    let tasks = agenda(&engine, &today).tasks.into_iter();
    tasks.map(|task| task.what).filter(about).collect()
}

fn audited(mut partner: Partner, decided_on: NaiveDate) -> Partner {
    partner.0.audits.push(Audit {
        program: SAP.to_owned(),
        decided_on,
        passed: true,
        authority: Authority::Claimed,
    });
    partner
}

/// With the designation and the revenue, whatever the day.
fn able() -> Partner {
    let held =
        Partner::default().holding("solutions-partner-infrastructure", day(2022, 10, 3), None);
    let months =
        (2022..=2025).flat_map(|year| (1..=12).map(move |month| format!("{year}-{month:02}")));
    months.fold(held, |partner, month| {
        partner.azure("contoso", "sap", &month, 20_000)
    })
}

fn held(partner: Partner, years: &[i32]) -> Partner {
    years.iter().fold(partner, |partner, year| {
        partner.holding(SAP, day(*year, 3, 1), Some(day(*year + 1, 3, 1)))
    })
}

#[test]
fn an_audit_opens_once_everything_else_is_there() {
    let nothing = Partner::default();
    let audit = requirement(&on(&nothing, day(2023, 11, 15)), "audit");
    assert_eq!(audit.next, [Next::OthersFirst]);
    assert_eq!(tasks(&nothing, day(2023, 11, 15)), []);

    let able = able();
    let audit = requirement(&on(&able, day(2023, 11, 15)), "audit");
    assert_eq!(audit.next, [Next::PassAudit]);
    let validate = TaskKind::Validate {
        program: SAP.to_owned(),
        next: Next::PassAudit,
    };
    assert_eq!(tasks(&able, day(2023, 11, 15)), [validate]);
}

#[test]
fn whoever_has_everything_is_enrolled_and_renewed_without_a_task() {
    let partner = audited(able(), day(2023, 2, 1));
    let today = on(&partner, day(2023, 11, 15));
    assert_eq!(
        today.program(SAP).map(|sap| sap.standing),
        Some(Standing::Qualified)
    );
    assert_eq!(
        says(&partner, day(2023, 11, 15)),
        "All requirements met. It becomes active automatically; import its term then."
    );

    // The first anniversary asks for no new audit, and one that is older than two years holds.
    let partner = held(audited(able(), day(2021, 2, 1)), &[2023]);
    let window = day(2024, 2, 1);
    let audit = requirement(&on(&partner, window), "audit");
    assert_eq!(audit.outcome, Outcome::Met);
    assert!(matches!(
        audit.kind,
        Kind::Audit {
            recheck: Some(Recheck::Kept),
            ..
        }
    ));
    assert_eq!(tasks(&partner, window), []);
    assert!(says(&partner, window).ends_with("so it renews automatically."));
}

#[test]
fn the_second_anniversary_asks_for_a_new_audit_in_its_window() {
    let partner = held(audited(able(), day(2023, 2, 1)), &[2023, 2024]);
    // The window of 1 March 2025 opens on 31 December 2024.
    let before = requirement(&on(&partner, day(2024, 12, 30)), "audit");
    assert_eq!(before.outcome, Outcome::Met);
    assert_eq!(before.lapses_on, Some(day(2024, 12, 31)));

    let window = day(2025, 1, 15);
    let today = on(&partner, window);
    let audit = requirement(&today, "audit");
    assert_eq!(audit.outcome, Outcome::Unmet);
    assert_eq!(audit.next, [Next::PassAudit]);
    assert!(matches!(
        audit.kind,
        Kind::Audit {
            recheck: Some(Recheck::Anew { .. }),
            ..
        }
    ));
    assert_eq!(
        today.program(SAP).map(|sap| sap.standing),
        Some(Standing::RenewalDue)
    );
    let first = TaskKind::Renew {
        program: SAP.to_owned(),
        ready: false,
    };
    assert_eq!(tasks(&partner, window), [first]);
    assert!(
        says(&partner, window).contains(
            "Not ready to renew; renewal closes on 2025-03-31. Missing: Independent audit."
        )
    );

    let renewed = audited(partner, day(2025, 1, 10));
    assert_eq!(
        requirement(&on(&renewed, window), "audit").outcome,
        Outcome::Met
    );
    assert_eq!(tasks(&renewed, window), []);
}

#[test]
fn anniversaries_before_february_2024_ask_for_none() {
    let partner = held(audited(able(), day(2020, 2, 1)), &[2021, 2022, 2023]);
    let ended = Partner(Evidence {
        memberships: (partner.0.memberships.iter())
            .filter(|known| known.started_on < day(2023, 1, 1))
            .cloned()
            .collect(),
        ..partner.0.clone()
    });
    // The second anniversary, 1 March 2023.
    assert_eq!(
        requirement(&on(&ended, day(2023, 2, 15)), "audit").outcome,
        Outcome::Met
    );
    // The third one asks for none anyway.
    assert_eq!(
        requirement(&on(&partner, day(2024, 2, 15)), "audit").outcome,
        Outcome::Met
    );
}

#[test]
fn without_its_designation_it_stays_until_its_anniversary_and_is_not_renewed() {
    let mut partner = held(audited(able(), day(2023, 2, 1)), &[2023]);
    partner.0.memberships.retain(|known| known.program == SAP);
    let today = on(&partner, day(2023, 11, 15));
    assert_eq!(
        today.program(SAP).map(|sap| sap.standing),
        Some(Standing::Held)
    );

    let window = day(2024, 2, 1);
    let missing = says(&partner, window);
    assert!(
        missing.contains(
            "Not ready to renew; renewal closes on 2024-03-31. Missing: A matching designation."
        ),
        "{missing}"
    );
    let first = TaskKind::Renew {
        program: SAP.to_owned(),
        ready: false,
    };
    assert_eq!(tasks(&partner, window), [first]);
}

#[test]
fn a_designation_is_kept_until_its_renewal_window_closes() {
    let mut partner = able();
    partner.0.memberships.clear();
    let partner = partner.holding(
        "solutions-partner-infrastructure",
        day(2022, 11, 1),
        Some(day(2023, 11, 1)),
    );
    let found = |day| requirement(&on(&partner, day), "designation");
    assert_eq!(found(day(2023, 11, 15)).outcome, Outcome::Met);
    assert_eq!(found(day(2023, 11, 15)).lapses_on, Some(day(2023, 12, 2)));
    assert_eq!(found(day(2023, 12, 2)).outcome, Outcome::Unmet);
}

#[test]
fn a_made_up_number_is_called_one_where_a_sentence_says_it() {
    let id = "specialization-networking-services";
    let mut partner =
        Partner::default().holding("solutions-partner-infrastructure", day(2022, 10, 3), None);
    let customers = ["contoso", "fabrikam", "northwind"];
    for month in ["2023-08", "2023-09", "2023-10"] {
        partner = (customers.iter()).fold(partner, |partner, customer| {
            partner.azure(customer, "vpn-gateway", month, 20_000)
        });
    }
    partner.0.audits.push(Audit {
        program: id.to_owned(),
        decided_on: day(2023, 2, 1),
        passed: true,
        authority: Authority::Claimed,
    });
    let (catalog, today) = (catalog(), on(&partner, day(2023, 11, 15)));
    let speaker = Speaker {
        words: &Plain,
        catalog: &catalog,
    };
    let says = speaker.stands(today.program(id).expect("the program"), &today);
    assert_eq!(
        says,
        "Missing: Network engineers. Have 3 more people certified in AZ-700. (Sample value.)"
    );
}

#[test]
fn what_ended_is_not_forgotten() {
    let mut partner = held(able(), &[2022]);
    partner.0.audits.clear();
    // Its window closed on 31 March 2023.
    assert_eq!(
        says(&partner, day(2023, 11, 15)),
        "Ended on 2023-03-01. Missing: Independent audit. Pass the independent audit."
    );
}

#[test]
fn nobody_is_told_to_earn_what_was_withdrawn() {
    let today = on(&Partner::default(), day(2023, 11, 15));
    let surface = today
        .program("surface-reseller-alliance")
        .expect("the program");
    let silver = surface.tiers.iter().find(|tier| tier.id == "silver");
    let sets = &silver.expect("the tier").children[1].children;
    assert!(matches!(sets[0].next[..], [Next::Certify { .. }, ..]));
    // Withdrawn on 30 June 2023.
    assert_eq!(sets[1].next, []);
}

#[test]
fn what_is_not_needed_needs_no_step() {
    let partner = Partner::default().figure("marketplace-sales", "30000");
    let today = on(&partner, day(2023, 11, 15));
    let rewards = today.program("marketplace-rewards").expect("the program");
    let tier = rewards
        .tiers
        .iter()
        .find(|tier| tier.id == "25k")
        .expect("the tier");
    assert_eq!(tier.outcome, Outcome::Met);
    assert_eq!(tier.children[1].outcome, Outcome::Unknown);
    assert_eq!(tier.children[1].next, []);
}
