//! The catalog that comes with the product: it loads, and holds the numbers that are known.

use std::collections::BTreeSet;

use membership_catalog::{Catalog, builtin};
use membership_domain::catalog::{Category, Criterion, Program, Requirement, in_force};
use membership_domain::number::Number;
use serde_json::Value;

fn catalog() -> Catalog {
    builtin().unwrap_or_else(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    })
}

fn program(catalog: &Catalog, id: &str) -> Program {
    catalog
        .program(id)
        .cloned()
        .unwrap_or_else(|| panic!("no program {id}"))
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a day")
}

/// The requirements of a program on the day of the demo.
fn requirements(program: &Program) -> Vec<Requirement> {
    let rule = in_force(&program.rules, day("2023-11-15")).expect("a rule in force");
    rule.requirement.walk().into_iter().cloned().collect()
}

#[test]
fn every_program_is_there_in_its_order() {
    let catalog = catalog();
    let ids: Vec<&str> = catalog
        .programs
        .iter()
        .map(|program| program.id.as_str())
        .collect();
    assert_eq!(
        ids,
        [
            "ai-cloud-partner-program",
            "action-pack",
            "solutions-partner-business-applications",
            "solutions-partner-data-ai",
            "solutions-partner-digital-app-innovation",
            "solutions-partner-infrastructure",
            "solutions-partner-modern-work",
            "solutions-partner-security",
            "solutions-partner-microsoft-cloud",
            "azure-expert-msp",
            "legacy-gold",
            "legacy-silver",
            "isv-success",
            "marketplace-rewards",
            "training-services-partner",
            "surface-reseller-alliance",
            "specialization-ai-machine-learning",
            "specialization-analytics",
            "specialization-build-modernize-ai-apps",
            "specialization-data-warehouse-migration",
            "specialization-devops-github",
            "specialization-hybrid-cloud-infrastructure",
            "specialization-infra-database-migration",
            "specialization-kubernetes",
            "specialization-azure-virtual-desktop",
            "specialization-azure-vmware-solution",
            "specialization-migrate-enterprise-applications",
            "specialization-networking-services",
            "specialization-sap",
            "specialization-business-intelligence",
            "specialization-finance",
            "specialization-intelligent-automation",
            "specialization-low-code-application-development",
            "specialization-sales",
            "specialization-service",
            "specialization-small-midsize-business-management",
            "specialization-supply-chain",
            "specialization-adoption-change-management",
            "specialization-calling",
            "specialization-custom-solutions",
            "specialization-meetings-meeting-rooms",
            "specialization-modernize-endpoints",
            "specialization-teamwork-deployment",
            "specialization-cloud-security",
            "specialization-identity-access-management",
            "specialization-information-protection-governance",
            "specialization-threat-protection",
        ]
    );
    let offered: BTreeSet<&str> = catalog
        .programs
        .iter()
        .flat_map(|program| &program.tracks)
        .map(String::as_str)
        .collect();
    assert_eq!(offered, ["isv", "services", "surface", "training"].into());
}

/// Chapter 4.1: the most points of each metric, in each track of an area.
#[test]
fn most_points_are_those_of_the_documentation() {
    let catalog = catalog();
    let table = [
        ("business-applications", 2, vec![15_u32, 20, 15, 30, 20]),
        ("data-ai", 1, vec![30, 40, 20, 10]),
        ("digital-app-innovation", 1, vec![30, 20, 20, 20, 10]),
        ("infrastructure", 1, vec![30, 20, 20, 20, 10]),
        ("modern-work", 2, vec![20, 10, 15, 30, 25]),
        ("security", 1, vec![20, 40, 20, 20]),
    ];
    assert_eq!(catalog.scores.len(), table.len());
    for (id, tracks, expected) in table {
        let score = catalog.score(id).expect(id);
        assert_eq!(score.pass_mark, Number::from(70_u32), "{id}");
        assert_eq!(score.window_months, 6, "{id}");
        assert_eq!(score.tracks.len(), tracks, "{id}");
        for track in &score.tracks {
            for on in ["2023-11-30", "2023-12-01"] {
                let most: Vec<Number> = track
                    .metrics
                    .iter()
                    .map(|metric| {
                        in_force(&metric.rules, day(on))
                            .expect("a rule in force")
                            .max
                    })
                    .collect();
                let expected: Vec<Number> = expected.iter().copied().map(Number::from).collect();
                assert_eq!(most, expected, "{id}, {}, {on}", track.id);
                assert_eq!(
                    most.into_iter().sum::<Number>(),
                    Number::from(100_u32),
                    "{id}"
                );
            }
        }
    }
}

/// Chapter 4.2: as many people as earn the most points.
#[test]
fn points_for_people_reach_the_most() {
    let table = [
        (
            "business-applications",
            "enterprise",
            "intermediate",
            20_u32,
            "20",
        ),
        ("business-applications", "enterprise", "advanced", 7, "15"),
        ("business-applications", "smb", "intermediate", 5, "20"),
        ("business-applications", "smb", "advanced", 2, "15"),
        ("data-ai", "all", "intermediate", 10, "40"),
        ("digital-app-innovation", "all", "intermediate", 5, "20"),
        ("digital-app-innovation", "all", "advanced", 5, "20"),
        ("infrastructure", "all", "intermediate", 5, "20"),
        ("infrastructure", "all", "advanced", 5, "20"),
        ("modern-work", "enterprise", "intermediate", 4, "10"),
        ("modern-work", "enterprise", "advanced", 2, "15"),
        ("modern-work", "smb", "intermediate", 2, "10"),
        ("modern-work", "smb", "advanced", 1, "15"),
        ("security", "all", "intermediate", 6, "40"),
    ];
    let catalog = catalog();
    for (score, track, metric, people, points) in table {
        let at = format!("{score}, {track}, {metric}");
        let tracks = &catalog.score(score).expect(score).tracks;
        let track = tracks
            .iter()
            .find(|candidate| candidate.id == track)
            .expect(&at);
        let metric = track
            .metrics
            .iter()
            .find(|candidate| candidate.id == metric)
            .expect(&at);
        assert_eq!(metric.category, Category::Skilling, "{at}");
        for rule in &metric.rules {
            let each = rule.people.as_ref().expect(&at).each;
            assert_eq!((each * Number::from(people)).to_string(), points, "{at}");
        }
    }
}

/// Chapter 4.2 says of every rate with how many units it earns all points, so that the check finds
/// rates that are printed rounded.
#[test]
fn every_rate_says_where_it_is_full() {
    let catalog = catalog();
    let tracks = catalog.scores.iter().flat_map(|score| &score.tracks);
    for metric in tracks.flat_map(|track| &track.metrics) {
        for rule in &metric.rules {
            let people = rule.people.iter().map(|people| people.full_at);
            let parts = rule.parts.iter().map(|part| part.full_at);
            let at: Vec<Option<Number>> = people.chain(parts).collect();
            assert!(at.iter().all(Option::is_some), "{}: {at:?}", metric.name);
        }
    }
}

/// A quantity of one has its unit in the singular, and a figure that counts things has both.
#[test]
fn one_of_a_thing_is_named_as_one() {
    fn check(requirement: &Requirement) {
        let (unit, one) = match &requirement.test {
            Criterion::Figure { unit, one, .. } | Criterion::Sum { unit, one, .. } => (unit, one),
            _ => return,
        };
        match one {
            Some(one) => assert!(unit.ends_with('s') && !one.ends_with('s'), "{unit}, {one}"),
            None => assert!(!unit.ends_with('s'), "{}: {unit}", requirement.id),
        }
    }
    for program in &catalog().programs {
        for benefit in &program.benefits {
            let (quantity, unit) = (benefit.quantity, benefit.unit.as_deref().unwrap_or(""));
            let noun = unit.split(" of ").next().unwrap_or(unit);
            let plural = noun.ends_with('s');
            let at = format!("{}: {} {quantity:?} {unit}", program.id, benefit.name);
            assert!(!(plural && quantity == Some(Number::ONE)), "{at}");
        }
        for rule in &program.rules {
            rule.walk().for_each(check);
        }
    }
}

#[test]
fn security_asks_for_two_people_from_december_2023_on() {
    let catalog = catalog();
    let track = &catalog.score("security").expect("the score").tracks[0];
    let skilling = track
        .metrics
        .iter()
        .find(|metric| metric.id == "intermediate")
        .expect("skilling");
    for (on, people, analyst_counts) in [("2023-11-30", 1, true), ("2023-12-01", 2, false)] {
        let rule = in_force(&skilling.rules, day(on)).expect("a rule");
        let steps = rule.people.as_ref().expect("people");
        assert!(steps.gates.iter().all(|gate| gate.people == people), "{on}");
        assert_eq!(
            steps.certificates.contains(&"sc-200".into()),
            analyst_counts,
            "{on}"
        );
    }
}

#[test]
fn the_azure_areas_share_everything_but_skilling() {
    let catalog = catalog();
    let shared = |id: &str| {
        let track = &catalog.score(id).expect(id).tracks[0];
        let metrics = track
            .metrics
            .iter()
            .filter(|metric| metric.category != Category::Skilling);
        metrics.cloned().collect::<Vec<_>>()
    };
    assert_eq!(shared("data-ai").len(), 3);
    assert!(
        shared("data-ai")
            .iter()
            .all(|metric| !metric.rules.is_empty())
    );
    assert_eq!(shared("data-ai"), shared("digital-app-innovation"));
    assert_eq!(shared("data-ai"), shared("infrastructure"));
}

#[test]
fn azure_expert_msp_asks_for_infrastructure() {
    let catalog = catalog();
    let expert = program(&catalog, "azure-expert-msp");
    assert_eq!(expert.benefits.len(), 6);
    let holds = requirements(&expert)
        .into_iter()
        .find_map(|requirement| match requirement.test {
            Criterion::Holds {
                programs, at_least, ..
            } => Some((programs, at_least)),
            _ => None,
        });
    let areas = ["data-ai", "digital-app-innovation", "infrastructure"];
    let areas = areas
        .map(|area| format!("solutions-partner-{area}"))
        .to_vec();
    assert_eq!(holds, Some((areas, 3)));
}

#[test]
fn all_but_the_badge_ask_for_membership_and_verification() {
    for program in catalog().programs {
        if program.id == "solutions-partner-microsoft-cloud" {
            continue;
        }
        let tests: Vec<Criterion> = requirements(&program)
            .into_iter()
            .map(|requirement| requirement.test)
            .collect();
        assert!(tests.contains(&Criterion::Joined), "{}", program.id);
        assert!(tests.contains(&Criterion::Verified), "{}", program.id);
    }
}

/// Chapters 2.4 and 2.5.
#[test]
fn packs_have_their_whole_lists() {
    let pack = program(&catalog(), "action-pack");
    let count = |id: &str| {
        let of = |packs: &Vec<String>| packs.is_empty() || packs.iter().any(|pack| pack == id);
        pack.benefits
            .iter()
            .filter(|benefit| of(&benefit.packs))
            .count()
    };
    assert_eq!(count("maps"), 42);
    assert_eq!(count("laps"), 10);
}

/// What is made up says so, and nothing else does.
#[test]
fn samples_name_no_source() {
    let mut samples = 0;
    for cite in cites(&json()) {
        let made_up = cite["source"] == "not-published";
        assert_eq!(cite["certainty"] == "sample", made_up, "{cite}");
        samples += usize::from(made_up);
    }
    assert!(samples > 0, "the marks of samples would never be seen");
}

#[test]
fn nothing_stands_in_the_catalog_that_nothing_uses() {
    let catalog = catalog();
    let json = json();
    let used: BTreeSet<&str> = cites(&json)
        .into_iter()
        .filter_map(|cite| cite["source"].as_str())
        .collect();
    let sources = catalog.sources.iter().map(|source| source.id.as_str());
    assert_eq!(
        sources.filter(|id| !used.contains(id)).collect::<Vec<_>>(),
        Vec::<&str>::new()
    );

    let (mut certificates, mut groups) = (BTreeSet::new(), BTreeSet::new());
    for part in [&json["scores"], &json["programs"]] {
        strings_of(part, "certificates", &mut certificates);
        strings_of(part, "groups", &mut groups);
    }
    let ids: BTreeSet<&str> = catalog
        .certificates
        .iter()
        .map(|it| it.id.as_str())
        .collect();
    assert_eq!(certificates, ids);
    let known: BTreeSet<&str> = catalog
        .workloads
        .iter()
        .flat_map(|it| &it.groups)
        .map(String::as_str)
        .collect();
    assert_eq!(groups, known);
}

/// The server sends it as JSON, and the page reads that.
#[test]
fn json_gives_back_the_same_catalog() {
    let text = serde_json::to_string(&catalog()).expect("JSON");
    assert_eq!(
        serde_json::from_str::<Catalog>(&text).expect("a catalog"),
        catalog()
    );
}

fn json() -> Value {
    serde_json::to_value(catalog()).expect("JSON")
}

/// Every object with a certainty and a source, however deep.
fn cites(value: &Value) -> Vec<&Value> {
    match value {
        Value::Object(fields) if fields.contains_key("certainty") => vec![value],
        Value::Object(fields) => fields.values().flat_map(cites).collect(),
        Value::Array(items) => items.iter().flat_map(cites).collect(),
        _ => Vec::new(),
    }
}

/// Every string in a list of this name, however deep.
fn strings_of<'v>(value: &'v Value, name: &str, found: &mut BTreeSet<&'v str>) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                if key == name {
                    found.extend(
                        field
                            .as_array()
                            .into_iter()
                            .flatten()
                            .filter_map(Value::as_str),
                    );
                }
                strings_of(field, name, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| strings_of(item, name, found)),
        _ => {}
    }
}
