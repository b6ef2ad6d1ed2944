//! Evidence as JSON: added row by row, refused by line and place, and undone row by row.

use membership_domain::evidence::{Evidence, FaultCode};
use membership_import::{Changes, FileFault, Kind, Outcome, Plan, Problem, Reason, Settings, read};

fn plan_over(text: &str, evidence: &Evidence) -> Result<Plan, FileFault> {
    let catalog = membership_catalog::builtin().expect("the built-in catalog");
    read(
        text.as_bytes(),
        "e.json",
        Settings::default(),
        &catalog,
        evidence,
        &|_, _| (),
    )
}

fn plan(text: &str) -> Plan {
    plan_over(text, &Evidence::default()).expect("a document")
}

fn places(problems: &[Problem]) -> Vec<(u64, &str)> {
    problems
        .iter()
        .map(|one| (one.line, one.column.as_deref().unwrap_or_default()))
        .collect()
}

const PEOPLE: &str = r#"{
 "people": [
  {"id": "a", "name": "Ada Berg", "email": "ada@contoso.example"},
  {"id": "b", "name": "Ben Cole", "email": "ben@contoso.example",
   "certificates": [{"certificate": "az-104", "completed_on": "2023-05-31"}]}
 ],
 "customers": [{"id": "f", "name": "Fabrikam"}],
 "usage": [{"customer": "f", "workload": "exchange", "association": "csp_tier1", "month": "2023-08"}]
}"#;

#[test]
fn rows_are_added_and_a_second_time_known() {
    let first = plan(PEOPLE);
    assert_eq!(first.problems, []);
    assert_eq!((first.kind, first.counts().added), (Kind::Evidence, 4));
    let again = plan_over(PEOPLE, &first.evidence).expect("a document");
    assert_eq!(again.counts().unchanged, 4);
    assert!(!again.changes_something());
    assert_eq!(again.evidence, first.evidence);
}

#[test]
fn what_is_known_and_not_in_the_file_stays() {
    let known = plan(PEOPLE).evidence;
    let text = r#"{"profile": {"name": "Other"}, "people": [{"id": "a", "name": "Ada B. Berg"}]}"#;
    let next = plan_over(text, &known).expect("a document");
    let outcomes: Vec<Outcome> = next.lines.iter().map(|line| line.outcome).collect();
    assert_eq!(outcomes.len(), 2);
    assert!(outcomes.contains(&Outcome::Own) && outcomes.contains(&Outcome::Changed));
    assert_eq!(next.evidence.people.len(), 2);
    assert_eq!(next.evidence.profile, known.profile);
}

#[test]
fn a_row_is_refused_by_line_and_place_and_the_others_stay() {
    let text = r#"{
 "people": [
  {"id": "a", "name": "Ada", "email": "one@contoso.example"},
  {"id": "b", "name": "Ben", "email": "one@contoso.example"},
  {"id": "c", "name": "Cem", "certificates": [{"certificate": "zebra", "completed_on": "2023-05-31"}]},
  {"id": "d", "name": "Dov",
   "age": 7},
  {"id": "a", "name": "Another Ada"},
  {"id": "g", "name": "Gil"}
 ],
 "customers": [{"id": "f", "name": ""}],
 "usage": [{"customer": "f", "workload": "exchange", "association": "pal", "month": "2023-08"}],
 "animals": []
}"#;
    let plan = plan(text);
    assert_eq!(
        places(&plan.problems),
        [
            (4, "/people/1/email"),
            (5, "/people/2/certificates/0/certificate"),
            (7, "/people/3"),
            (8, "/people/4"),
            (11, "/customers/0/name"),
            (12, "/usage/0/customer"),
            (13, "/animals"),
        ]
    );
    let reasons: Vec<&Reason> = plan.problems.iter().map(|one| &one.reason).collect();
    assert_eq!(
        *reasons[0],
        Reason::Invalid {
            code: FaultCode::Duplicate
        }
    );
    assert!(matches!(reasons[2], Reason::NotReadable { detail } if detail.contains("age")));
    assert_eq!(*reasons[3], Reason::Contradicts { line: 3 });
    assert_eq!(*reasons[6], Reason::UnknownPart);
    let names: Vec<&str> = plan
        .evidence
        .people
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["Ada", "Gil"]);
    assert!(plan.evidence.usage.is_empty());
}

#[test]
fn a_changed_person_does_not_take_the_address_of_another() {
    let known = plan(PEOPLE).evidence;
    let text = r#"{"people": [{"id": "a", "name": "Ada", "email": "ben@contoso.example"}]}"#;
    let next = plan_over(text, &known).expect("a document");
    assert_eq!(next.counts().refused, 1);
    assert_eq!(next.evidence, known);
}

#[test]
fn what_is_no_document_is_refused_whole() {
    let fault = |text: &str| plan_over(text, &Evidence::default()).expect_err("no document");
    let line = |fault: FileFault| match fault {
        FileFault::NotJson { line, .. } => line,
        other => panic!("{other:?}"),
    };
    assert_eq!(line(fault("{\n\"people\": [\n")), 3);
    assert_eq!(line(fault("{\"people\": [],\n\"people\": []}")), 2);
    assert_eq!(line(fault("{} {}")), 1);
    let deep = format!("{{\"people\": [{}]}}", "[".repeat(200_000));
    assert_eq!(line(fault(&deep)), 1);
    let plan = plan("{\"people\": 7, \"usage\": {}}");
    assert_eq!(places(&plan.problems), [(1, "/people"), (1, "/usage")]);
}

#[test]
fn values_without_names_are_no_row() {
    let text = r#"{"people": [["a", "Ada", null, null, null, []], {"id": "b", "name": "Ben"}]}"#;
    let plan = plan(text);
    assert_eq!(places(&plan.problems), [(1, "/people/0")]);
    assert_eq!(plan.evidence.people.len(), 1);
}

#[test]
fn an_import_is_undone_row_by_row() {
    let before = plan(PEOPLE).evidence;
    let text = r#"{"people": [
        {"id": "a", "name": "Ada B. Berg"}, {"id": "c", "name": "Cem Dag"}]}"#;
    let after = plan_over(text, &before).expect("a document").evidence;
    let changes = Changes::between(&before, &after);
    assert_eq!(changes.undo(&after), Ok(before.clone()));

    // As it is kept.
    let json = serde_json::to_string(&changes).expect("JSON");
    let changes: Changes = serde_json::from_str(&json).expect("changes");

    let mut later = after.clone();
    later.people[1].name = "Benjamin Cole".to_owned();
    let undone = changes.undo(&later).expect("another row changed");
    assert_eq!(undone.people.len(), 2);
    assert_eq!(undone.people[0].name, "Ada Berg");
    assert_eq!(undone.people[1].name, "Benjamin Cole");

    later.people[0].name = "Ada Bergman".to_owned();
    assert_eq!(changes.undo(&later), Err(vec!["Ada B. Berg".to_owned()]));

    let mut fewer = after;
    fewer.people.pop();
    assert_eq!(changes.undo(&fewer), Ok(before));
}
