//! Corners of the rules that the worked examples do not reach.

use chrono::NaiveDate;
use membership_domain::assess::{
    Difference, Finding, Kind, Next, Outcome, Reason, assess, compare,
};
use membership_domain::catalog::AssociationKind::{CporUsage, CspTier1, Dpor, Pal};
use membership_domain::evidence::{Audit, Authority, Reference, Usage};
use membership_domain::{Basis, Catalog, Hypothesis, Number};
use membership_vectors::partner::{BEFORE, DAY, NOW, Partner, Used, day};

fn catalog() -> Catalog {
    membership_vectors::catalog().expect("a catalog without faults")
}

fn metric(partner: &Partner, on: chrono::NaiveDate, path: [&str; 3]) -> Finding {
    let today = assess(
        &catalog(),
        &partner.0,
        Basis::Entered,
        on,
        &Hypothesis::default(),
    );
    let [score, track, metric] = path;
    let tracks = &today.score(score).expect("the score").tracks;
    let track = tracks
        .iter()
        .find(|known| known.id == track)
        .expect("the track");
    track
        .children
        .iter()
        .find(|known| known.id == metric)
        .expect("the metric")
        .clone()
}

fn part<'f>(metric: &'f Finding, id: &str) -> &'f Finding {
    metric
        .children
        .iter()
        .find(|known| known.id == id)
        .expect("the part")
}

fn reasons(finding: &Finding) -> Vec<(&str, &Reason)> {
    let items = finding.not_counted.iter();
    items
        .filter_map(|item| Some((&*item.id, item.reason.as_ref()?)))
        .collect()
}

fn dollars(dollars: i64) -> Used {
    Used {
        dollars,
        ..Used::default()
    }
}

const NET_ADDS: [&str; 3] = ["data-ai", "all", "net-adds"];
const GROWTH: [&str; 3] = ["data-ai", "all", "usage-growth"];

#[test]
fn the_same_usage_through_two_connections_counts_once() {
    let twice = |subscription: Option<&str>| {
        let mut partner = Partner::default()
            .used("a", "storage", Pal, NOW, dollars(600))
            .used("a", "storage", Dpor, NOW, dollars(700));
        partner.0.usage[1].subscription = subscription.map(str::to_owned);
        metric(&partner, DAY, NET_ADDS)
    };
    // 700 dollars are not enough; 600 of one subscription and 700 of another are.
    assert!(matches!(
        reasons(part(&twice(None), "all"))[..],
        [("a", Reason::Below { have, .. })] if *have == Number::from(700_u32)
    ));
    assert_eq!(twice(Some("other")).outcome, Outcome::Met);
}

#[test]
fn a_tenant_that_two_customers_claim_is_one_customer() {
    let partner = Partner::default()
        .used("b", "storage", Pal, NOW, dollars(600))
        .used("a", "sql-database", Pal, NOW, dollars(600));
    let mut shared = partner.clone();
    for usage in &mut shared.0.usage {
        usage.tenant = Some("shared".to_owned());
    }
    let mut reversed = shared.clone();
    reversed.0.usage.reverse();
    reversed.0.customers.reverse();
    assert_eq!(metric(&partner, DAY, NET_ADDS).outcome, Outcome::Unmet);
    let found = metric(&shared, DAY, NET_ADDS);
    assert_eq!(found, metric(&reversed, DAY, NET_ADDS));
    let counted = &part(&found, "all").counted;
    assert!(matches!(&counted[..], [one] if one.name == "Customer a" && one.id == "shared"));
}

#[test]
fn other_connections_are_told() {
    let partner = Partner::default()
        .used("a", "sentinel", CspTier1, NOW, dollars(5000))
        .used("a", "sentinel", CporUsage, NOW, dollars(5000));
    let found = metric(&partner, DAY, ["security", "all", "net-adds"]);
    let have = vec![CspTier1, CporUsage];
    assert_eq!(
        reasons(part(&found, "azure")),
        [("a", &Reason::Association { have })]
    );
    let found = metric(&partner, DAY, ["security", "all", "usage-growth"]);
    assert!(matches!(
        reasons(part(&found, "azure"))[..],
        [("a", Reason::Association { .. })]
    ));
}

#[test]
fn growth_counts_tenants_of_the_right_size_only() {
    let used = |seats, users| Used {
        seats,
        users,
        active: users.min(seats),
        ..Used::default()
    };
    let partner = Partner::default()
        .used("fits", "teams", CporUsage, BEFORE, used(100, 10))
        .used("fits", "teams", CporUsage, NOW, used(100, 60))
        .used("small", "teams", CporUsage, BEFORE, used(9, 1))
        .used("small", "teams", CporUsage, NOW, used(10, 9))
        .used("large", "teams", CporUsage, BEFORE, used(900, 100))
        .used("large", "teams", CporUsage, NOW, used(900, 700));
    let small_business = metric(&partner, DAY, ["modern-work", "smb", "usage-growth"]);
    assert_eq!(
        part(&small_business, "cpor").have,
        Some(Number::from(50_u32))
    );
    let enterprise = metric(&partner, DAY, ["modern-work", "enterprise", "usage-growth"]);
    assert_eq!(part(&enterprise, "cpor").have, Some(Number::from(600_u32)));
    assert!(matches!(
        reasons(part(&small_business, "cpor"))[..],
        [
            ("large", Reason::Above { .. }),
            ("small", Reason::Below { .. })
        ]
    ));
}

#[test]
fn growth_begins_with_the_association() {
    let used = |users| Used {
        seats: 100,
        users,
        ..Used::default()
    };
    let mut partner = Partner::default()
        .used("a", "teams", CporUsage, BEFORE, used(10))
        .used("a", "teams", CporUsage, "2023-03", used(40))
        .used("a", "teams", CporUsage, NOW, used(60));
    let grown = |partner: &Partner| {
        part(
            &metric(partner, DAY, ["modern-work", "smb", "usage-growth"]),
            "cpor",
        )
        .have
    };
    assert_eq!(grown(&partner), Some(Number::from(50_u32)));
    partner.0.customers[0].associations[0].since = day(2023, 3, 20);
    assert_eq!(grown(&partner), Some(Number::from(20_u32)));
    partner.0.customers[0].associations[0].since = day(2022, 10, 31);
    assert_eq!(
        grown(&partner),
        Some(Number::from(50_u32)),
        "a year old: the usual comparison"
    );
}

#[test]
fn what_was_in_use_when_claimed_counts_after_a_year() {
    let used = |active| Used {
        seats: 100,
        active,
        ..Used::default()
    };
    let mut partner = Partner::default().used("a", "teams", CporUsage, NOW, used(70));
    let mut deployed = |since, percent: Option<u32>| {
        let association = &mut partner.0.customers[0].associations[0];
        (association.since, association.active_percent) = (since, percent.map(Number::from));
        metric(&partner, DAY, ["modern-work", "smb", "deployments"]).outcome
    };
    assert_eq!(deployed(day(2023, 5, 2), None), Outcome::Met);
    assert_eq!(deployed(day(2023, 5, 2), Some(40)), Outcome::Met);
    assert_eq!(deployed(day(2023, 5, 2), Some(41)), Outcome::Unmet);
    assert_eq!(deployed(day(2022, 10, 31), Some(41)), Outcome::Met);
}

#[test]
fn a_base_that_is_too_small_is_told_and_no_step_is_promised() {
    let partner = Partner::default()
        .azure("a", "storage", BEFORE, 999)
        .azure("a", "storage", NOW, 5000);
    let found = metric(&partner, DAY, GROWTH);
    let Kind::Part { measured, .. } = &part(&found, "all").kind else {
        panic!("a part")
    };
    assert_eq!(measured.baseline_missed, Some(Number::from(1000_u32)));
    assert_eq!((found.outcome, &found.next[..]), (Outcome::Unmet, &[][..]));
    let enough = partner.azure("b", "storage", "2022-01", 1);
    assert_eq!(metric(&enough, DAY, GROWTH).outcome, Outcome::Met);
}

#[test]
fn lost_customers_must_be_made_up_for_first() {
    let partner = ["a", "b"].iter().fold(Partner::default(), |partner, lost| {
        partner.azure(lost, "storage", BEFORE, 2000)
    });
    let partner = partner.azure("small", "storage", NOW, 5);
    let found = metric(&partner, DAY, NET_ADDS);
    assert_eq!(part(&found, "all").have, Some(Number::from(-2_i64)));
    // Three earn all points, and two make up for the lost ones.
    assert!(matches!(&found.next[..], [Next::Raise { by, .. }] if *by == Number::from(5_u32)));
    let score = assess(
        &catalog(),
        &partner.0,
        Basis::Entered,
        DAY,
        &Hypothesis::default(),
    );
    let next = &score.score("data-ai").expect("the score").next;
    assert!(next.iter().any(|next| matches!(
        next, Next::Raise { by, points: Some(points), .. }
            if *by == Number::from(5_u32) && *points == Number::from(30_u32)
    )));
}

/// 70 points are enough, but for the customers at zero: making up for the lost ones alone is a step
/// that earns nothing.
#[test]
fn a_step_for_a_metric_at_zero_gets_it_above_zero() {
    let services = [
        "sql-database",
        "key-vault",
        "functions",
        "app-service",
        "storage",
    ];
    let partner = (services.iter()).fold(Partner::skilled(10), |partner, service| {
        partner
            .azure("old", service, BEFORE, 20_000)
            .azure("old", service, NOW, 40_000)
    });
    let partner = (["a", "b"].iter()).fold(partner, |partner, lost| {
        partner.azure(lost, "storage", BEFORE, 2000)
    });
    let today = assess(
        &catalog(),
        &partner.0,
        Basis::Entered,
        DAY,
        &Hypothesis::default(),
    );
    let score = today.score("data-ai").expect("the score");
    assert_eq!(
        (score.total, &score.at_zero[..]),
        (Number::from(70_u32), &["net-adds".to_owned()][..])
    );
    assert!(
        matches!(
            &score.next[..],
            [Next::Raise { by, points: Some(points), .. }]
                if *by == Number::from(3_u32) && *points == Number::from(10_u32)
        ),
        "{:?}",
        score.next
    );
}

#[test]
fn a_gate_lapses_when_a_new_rule_asks_for_more() {
    let partner = Partner::default()
        .people("az-500", 1)
        .people("ms-500", 2)
        .people("sc-300", 1);
    let found = metric(&partner, DAY, ["security", "all", "intermediate"]);
    assert_eq!(part(&found, "engineers").lapses_on, Some(day(2023, 12, 1)));
    assert_eq!(part(&found, "people").lapses_on, Some(day(2023, 12, 1)));
    // The certificates end in May; those of the analysts would have lasted until then.
    assert_eq!(part(&found, "analysts").lapses_on, Some(day(2024, 5, 16)));
    let enough = partner.person("second", &["az-500"]);
    let found = metric(&enough, DAY, ["security", "all", "intermediate"]);
    assert_eq!(part(&found, "engineers").lapses_on, Some(day(2024, 5, 16)));
}

#[test]
fn taking_away_finds_certificates_that_count() {
    // The oldest has no last day of its own, and has expired long ago by the catalog's validity.
    let mut partner = Partner::default().people("az-104", 3);
    partner.0.people[0].certificates[0].completed_on = day(2019, 1, 1);
    let mut one_less = Hypothesis::default();
    one_less.people.insert("az-104".to_owned(), -1);
    let today = assess(&catalog(), &partner.0, Basis::Entered, DAY, &one_less);
    let score = today.score("infrastructure").expect("the score");
    let gate = part(&score.tracks[0].children[1], "administrators");
    assert_eq!(gate.have, Some(Number::ONE));
}

#[test]
fn a_person_with_another_certificate_is_neither_gained_nor_lost() {
    let gates = Partner::default().people("az-305", 2).people("az-104", 2);
    let before = gates
        .clone()
        .person("p", &["dp-203"])
        .person("q", &["dp-203"]);
    let mut after = gates.person("p", &["dp-300"]).person("q", &["dp-203"]);
    let last = &mut after.0.people[5].certificates[0];
    last.expires_on = Some(day(2023, 11, 1));
    let catalog = catalog();
    let truth = Hypothesis::default();
    let [before, after] =
        [before, after].map(|partner| assess(&catalog, &partner.0, Basis::Entered, DAY, &truth));
    let differences = compare(&before, &after);
    let scores = differences
        .iter()
        .filter_map(|difference| match difference {
            Difference::Score { because, .. } => Some(because),
            Difference::Program { .. } => None,
        });
    let [because] = scores.collect::<Vec<_>>()[..] else {
        panic!("{differences:?}")
    };
    assert!(because[0].gained.is_empty());
    let lost: Vec<_> = because[0]
        .lost
        .iter()
        .map(|item| (&*item.id, &item.reason))
        .collect();
    assert_eq!(
        lost,
        [(
            "q",
            &Some(Reason::Expired {
                on: day(2023, 11, 1)
            })
        )]
    );
}

#[test]
fn an_audit_counts_to_the_same_day_a_year_later() {
    let outcome = |decided_on, on| {
        let mut partner = Partner::default();
        let program = "azure-expert-msp".to_owned();
        partner.0.audits.push(Audit {
            program: program.clone(),
            decided_on,
            passed: true,
            authority: Authority::Claimed,
        });
        let today = assess(
            &catalog(),
            &partner.0,
            Basis::Entered,
            on,
            &Hypothesis::default(),
        );
        let root = today
            .program(&program)
            .and_then(|program| program.root.clone());
        let root = root.expect("a rule in force");
        let found = root
            .children
            .iter()
            .find(|known| known.id == "audit")
            .cloned();
        let found = found.expect("the audit");
        (found.outcome, found.lapses_on)
    };
    let decided = day(2022, 11, 15);
    assert_eq!(
        outcome(decided, DAY),
        (Outcome::Met, Some(day(2023, 11, 16)))
    );
    assert_eq!(outcome(decided, day(2023, 11, 16)), (Outcome::Unmet, None));
    assert_eq!(
        outcome(day(2023, 2, 28), day(2024, 2, 29)),
        (Outcome::Unmet, None)
    );
    assert_eq!(
        outcome(DAY, DAY.pred_opt().expect("a day")),
        (Outcome::Unmet, None)
    );
}

#[test]
fn references_count_to_the_same_day_two_years_later() {
    let found = |approved: [NaiveDate; 3], on| {
        let mut partner = Partner::default();
        let program = "specialization-cloud-security".to_owned();
        let given = approved
            .iter()
            .enumerate()
            .map(|(number, approved_on)| Reference {
                program: program.clone(),
                customer: format!("Fabrikam {number}"),
                submitted_on: *approved_on,
                approved_on: Some(*approved_on),
                authority: Authority::Claimed,
            });
        partner.0.references.extend(given);
        let today = assess(
            &catalog(),
            &partner.0,
            Basis::Entered,
            on,
            &Hypothesis::default(),
        );
        let root = today
            .program(&program)
            .and_then(|program| program.root.clone());
        let mut all = root.expect("a rule in force").children.into_iter();
        let found = all.find(|known| known.id == "references");
        let found = found.expect("the references");
        (found.outcome, found.counted.len(), found.lapses_on)
    };
    let approved = [day(2022, 3, 1), day(2021, 11, 15), day(2022, 6, 1)];
    assert_eq!(
        found(approved, DAY),
        (Outcome::Met, 3, Some(day(2023, 11, 16)))
    );
    assert_eq!(
        found(approved, day(2023, 11, 16)),
        (Outcome::Unmet, 2, None)
    );
    let later = [day(2022, 3, 1), day(2023, 11, 16), day(2022, 6, 1)];
    assert_eq!(found(later, DAY), (Outcome::Unmet, 2, None), "not yet");
}

#[test]
fn a_month_counts_until_the_next_one_is_measured() {
    let partner = Partner::default().azure("a", "storage", "2023-08", 5000);
    let month = |on| {
        let found = metric(&partner, on, NET_ADDS);
        match &part(&found, "all").kind {
            Kind::Part { measured, .. } => measured.month.map(|month| month.to_string()),
            _ => None,
        }
    };
    assert_eq!(month(day(2023, 8, 31)), None, "August is not over");
    assert_eq!(month(day(2023, 9, 1)).as_deref(), Some("2023-08"));
    assert_eq!(month(DAY).as_deref(), Some("2023-08"));
}

#[test]
fn unknown_customers_and_workloads_are_left_out() {
    let mut partner = Partner::default().azure("a", "storage", NOW, 5000);
    let row = partner.0.usage[0].clone();
    partner.0.usage.push(Usage {
        customer: "nobody".to_owned(),
        ..row.clone()
    });
    partner.0.usage.push(Usage {
        workload: "nothing".to_owned(),
        ..row
    });
    let found = metric(&partner, DAY, NET_ADDS);
    assert_eq!(part(&found, "all").have, Some(Number::ONE));
}
