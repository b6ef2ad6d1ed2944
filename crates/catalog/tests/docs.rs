//! The examples of docs/CATALOG.md work as they are printed there.

use membership_catalog::{Catalog, Files, builtin_files, read};
use membership_domain::catalog::in_force;
use membership_domain::evidence::{Authority, Evidence, RowKind, check};

const PAGE: &str = include_str!("../../../docs/CATALOG.md");

/// The code blocks of a language, in the order of the page.
fn blocks(language: &str) -> Vec<String> {
    PAGE.split(&format!("```{language}\n"))
        .skip(1)
        .filter_map(|rest| rest.split_once("```"))
        .map(|(block, _)| block.to_owned())
        .collect()
}

fn catalog(files: &Files) -> Catalog {
    read(files).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a day")
}

/// All examples of the page, in one catalog.
fn with_examples() -> Catalog {
    let mut files = builtin_files();
    let [threshold, fee, claims, program] =
        <[String; 4]>::try_from(blocks("toml")).expect("four examples");
    let score = files.get_mut("scores/security.toml").expect("the score");
    let next = "[[tracks.metrics]]\nid = \"usage-growth\"";
    assert!(score.contains(next));
    *score = score.replacen(next, &format!("{threshold}\n{next}"), 1);
    let offers = files.get_mut("offers.toml").expect("the offers");
    let next = "[[offers]]\nid = \"legacy-gold\"";
    assert!(offers.contains(next));
    *offers = offers.replacen(next, &format!("{fee}\n{next}"), 1);
    let decisions = files.get_mut("decisions.toml").expect("the decisions");
    let next = "[[decisions]]\nrows = \"associations\"";
    assert!(decisions.contains(next));
    *decisions = decisions.replacen(next, &format!("{claims}\n{next}"), 1);
    files.insert(
        "programs/specialization-incident-response.toml".to_owned(),
        program,
    );
    catalog(&files)
}

#[test]
fn a_threshold_changes_on_its_day() {
    let catalog = with_examples();
    let track = &catalog.score("security").expect("the score").tracks[0];
    let skilling = track
        .metrics
        .iter()
        .find(|metric| metric.id == "intermediate")
        .expect("skilling");
    for (on, people) in [("2023-11-30", 1), ("2024-06-30", 2), ("2024-07-01", 3)] {
        let rule = in_force(&skilling.rules, day(on)).expect("a rule");
        let gates = &rule.people.as_ref().expect("people").gates;
        assert!(gates.iter().all(|gate| gate.people == people), "{on}");
    }
}

#[test]
fn a_price_changes_on_its_day() {
    let catalog = with_examples();
    let on = |text| {
        catalog
            .fee("action-pack", day(text))
            .and_then(|fee| fee.amount)
    };
    assert_eq!(
        (on("2023-12-31"), on("2024-01-01")),
        (Some(47500), Some(49500))
    );
}

#[test]
fn claimed_certificates_count_from_their_day_on() {
    let catalog = with_examples();
    let takes = |on, kind| catalog.accepted(day(on)).takes(kind, Authority::Claimed);
    for (on, counts) in [
        ("2021-01-01", false),
        ("2023-12-31", false),
        ("2024-01-01", true),
    ] {
        assert_eq!(takes(on, RowKind::Certificates), counts, "{on}");
        assert!(!takes(on, RowKind::Usage), "{on}");
    }
}

#[test]
fn a_new_file_is_a_new_program() {
    let catalog = with_examples();
    let program = catalog
        .program("specialization-incident-response")
        .expect("the program");
    assert_eq!(program.rules[0].requirement.children().len(), 7);
}

#[test]
fn the_evidence_can_be_used() {
    let catalog = with_examples();
    for block in blocks("json") {
        let evidence: Evidence = serde_json::from_str(&block).expect("evidence");
        assert_eq!(check(&evidence, &catalog), []);
    }
}
