//! Evidence as JSON: added row by row, refused by line and place, and undone row by row.

use std::cell::RefCell;

use membership_domain::evidence::{Evidence, FaultCode};
use membership_import::{
    Changes, FileFault, Kind, LineOutcome, MOST_ROWS, NotUndone, Plan, Problem, Reason, Rows,
    Settings, read,
};

fn plan_over(text: &str, evidence: &Evidence) -> Result<Plan, FileFault> {
    plan_with(None, text, evidence)
}

fn plan_with(rows: Option<Rows>, text: &str, evidence: &Evidence) -> Result<Plan, FileFault> {
    let catalog = membership_catalog::builtin().expect("the built-in catalog");
    let settings = Settings {
        rows,
        ..Settings::default()
    };
    let bytes = text.as_bytes();
    read(bytes, "e.json", settings, &catalog, evidence, &|_, _| true)
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
    let outcomes: Vec<LineOutcome> = next.lines.iter().map(|line| line.outcome).collect();
    assert_eq!(outcomes.len(), 2);
    assert!(outcomes.contains(&LineOutcome::Own) && outcomes.contains(&LineOutcome::Changed));
    assert_eq!(next.evidence.people.len(), 2);
    assert_eq!(next.evidence.profile, known.profile);
}

#[test]
fn a_row_is_refused_by_line_and_place_and_the_others_stay() {
    let text = r#"{
 "people": [
  {"id": "a", "name": "Ada", "email": "one@contoso.example"},
  {"id": "b", "name": "Ben", "email": "One@contoso.example"},
  {"id": "c", "name": "Cem", "certificates": [{"certificate": "zebra", "completed_on": "2023-05-31"}]},
  {"id": "d", "name": "Dov",
   "age": 7, "certificates": []},
  {"id": "a", "name": "Another Ada"},
  {"id": "g", "name": "Gil"},
  {"id": "h", "name": "=cmd|' /C calc'!A0"}
 ],
 "customers": [{"id": "f", "name": ""}],
 "usage": [{"customer": "f", "workload": "exchange", "association": "pal", "month": "2023-08"},
  {"customer": "g", "workload": "exchange", "association": "pal", "month": "2023-08", "seats": -5}],
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
            (10, "/people/6/name"),
            (12, "/customers/0/name"),
            (13, "/usage/0/customer"),
            (14, "/usage/1/seats"),
            (15, "/animals"),
        ]
    );
    assert_eq!(plan.problems[7].value, "-5");
    let reasons: Vec<&Reason> = plan.problems.iter().map(|one| &one.reason).collect();
    assert_eq!(
        *reasons[0],
        Reason::Invalid {
            code: FaultCode::Duplicate
        }
    );
    assert!(matches!(reasons[2], Reason::NotReadable { detail } if detail.contains("age")));
    assert_eq!(*reasons[3], Reason::Contradicts { line: 3 });
    let code = FaultCode::Formula;
    assert_eq!(*reasons[4], Reason::Invalid { code });
    assert_eq!(*reasons[8], Reason::UnknownPart);
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
fn how_far_it_is_is_told() {
    let people = (0..2500).map(|n| format!("{{\"id\": \"{n}\", \"name\": \"Person\"}}"));
    let people = people.collect::<Vec<_>>().join(",");
    let text =
        format!("{{\"customers\": [{{\"id\": \"f\", \"name\": \"\"}}], \"people\": [{people}]}}");
    let told = RefCell::new(Vec::new());
    let plan = read(
        text.as_bytes(),
        "evidence.json",
        Settings::default(),
        &membership_catalog::builtin().expect("the built-in catalog"),
        &Evidence::default(),
        &|done, all| {
            told.borrow_mut().push((done, all));
            true
        },
    );
    assert_eq!(plan.expect("a document").counts().refused, 1);
    let told = told.into_inner();
    let (reading, rounds) = told.split_at(3);
    assert_eq!(reading, [(0, 2501), (1000, 2501), (2000, 2501)]);
    assert!(!rounds.is_empty() && rounds.iter().all(|one| *one == (2501, 2501)));
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
fn lines_end_in_any_way() {
    let text =
        "{\n\"people\": [\n{\"id\": \"a\", \"name\": \"Ada\"},\n{\"id\": \"b\",\n\"name\": 7}]}";
    for end in ["\n", "\r\n", "\r"] {
        let plan = plan(&text.replace('\n', end));
        assert_eq!(places(&plan.problems), [(5, "/people/1/name")], "{end:?}");
        let cut = text.replace("7}]}", "7}").replace('\n', end);
        let fault = plan_over(&cut, &Evidence::default()).map(|_| ());
        assert!(
            matches!(fault, Err(FileFault::NotJson { line: 5, .. })),
            "{fault:?}"
        );
    }
}

#[test]
fn more_rows_than_are_read_are_counted() {
    let rows = "1,".repeat(MOST_ROWS);
    let fault = plan_over(&format!("{{\"people\": [{rows}1]}}"), &Evidence::default());
    let (have, most) = (MOST_ROWS + 1, MOST_ROWS);
    let fault = fault.map(|_| ());
    assert_eq!(fault, Err(FileFault::TooManyRows { have, most }));
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
    assert_eq!(
        changes.undo(&later),
        Err(NotUndone::ChangedSince(vec!["Ada B. Berg".to_owned()]))
    );

    let mut fewer = after;
    fewer.people.pop();
    assert_eq!(changes.undo(&fewer), Ok(before));
}

#[test]
fn what_is_to_be_new_and_is_known_is_refused() {
    let known = plan(PEOPLE).evidence;
    let text = r#"{"people": [{"id": "c", "name": "Cem Dag"}, {"id": "a", "name": "Another"}]}"#;
    let next = plan_with(Some(Rows::Add), text, &known).expect("a document");
    assert_eq!((next.counts().added, next.counts().refused), (1, 1));
    let refused = &next.problems[0];
    assert_eq!(refused.column.as_deref(), Some("/people/1"));
    let who = (refused.value.as_str(), &refused.reason);
    assert_eq!(who, ("Ada Berg", &Reason::Known), "whom the id belongs to");
    let same = plan_with(Some(Rows::Add), PEOPLE, &known).expect("a document");
    assert_eq!(same.counts().refused, 4);
}

fn removed(text: &str, evidence: &Evidence) -> Plan {
    plan_with(Some(Rows::Remove), text, evidence).expect("a document")
}

#[test]
fn rows_are_removed_and_come_back() {
    let before = plan(PEOPLE).evidence;
    let text = r#"{"profile": {"name": "Other"}, "people": [{"id": "a", "name": "Whoever"}]}"#;
    let plan = removed(text, &before);
    assert_eq!((plan.counts().removed, &plan.problems[..]), (1, &[][..]));
    assert!(plan.changes_something());
    let after = plan.evidence;
    assert_eq!(after.people, before.people[1..]);
    let twice = r#"{"people": [{"id": "a", "name": "Ada"}, {"id": "a", "name": "Ada"}]}"#;
    let twice = removed(twice, &before);
    assert_eq!((twice.counts().removed, twice.evidence), (1, after.clone()));

    let changes = Changes::between(&before, &after);
    let json = serde_json::to_string(&changes).expect("JSON");
    let changes: Changes = serde_json::from_str(&json).expect("changes");
    let undone = changes.undo(&after).expect("nothing stands against it");
    assert_eq!(undone.people.len(), 2);
    assert!(undone.people.contains(&before.people[0]));
    assert_eq!(
        changes.undo(&before),
        Ok(before.clone()),
        "it is there again"
    );
    let mut other = before;
    other.people[0].name = "Somebody else".to_owned();
    assert_eq!(
        changes.undo(&other),
        Err(NotUndone::ChangedSince(vec!["Ada Berg".to_owned()]))
    );
}

#[test]
fn what_is_needed_or_not_there_is_not_removed() {
    let mut known = plan(PEOPLE).evidence;
    let customer =
        r#"{"customers": [{"id": "f", "name": "F"}, {"id": "g", "name": "G"}], "x": []}"#;
    let plan = removed(customer, &known);
    assert_eq!(
        places(&plan.problems),
        [(1, "/customers/0"), (1, "/customers/1"), (1, "/x")]
    );
    let needed = Reason::Needed {
        usage: 1,
        references: 0,
    };
    assert_eq!(plan.problems[0].reason, needed);
    assert_eq!(plan.problems[1].reason, Reason::NotThere);
    assert_eq!((plan.changes_something(), &plan.evidence), (false, &known));

    let usage = r#""usage": [{"customer": "f", "workload": "exchange", "association": "csp_tier1",
        "month": "2023-08"}]"#;
    let both = format!(r#"{{"customers": [{{"id": "f", "name": "F"}}], {usage}}}"#);
    let plan = removed(&both, &known);
    assert_eq!((plan.counts().removed, &plan.problems[..]), (2, &[][..]));
    assert_eq!(
        (plan.evidence.customers.len(), plan.evidence.usage.len()),
        (0, 0)
    );

    let reference = r#"{"program": "action-pack", "customer": "Fabrikam",
        "submitted_on": "2023-10-09"}"#;
    known.references = vec![serde_json::from_str(reference).expect("a reference")];
    let plan = removed(&both, &known);
    assert_eq!(plan.problems.len(), 1, "people name it in a reference");
    assert!(plan.evidence.usage.is_empty());
}

#[test]
fn only_evidence_as_json_is_added_or_removed_by_name() {
    let table = "Certificate,Name,Email,CompletedOn\n";
    for rows in [Rows::Add, Rows::Remove] {
        let fault = plan_with(Some(rows), table, &Evidence::default());
        assert!(matches!(fault, Err(FileFault::NotJson { .. })), "{fault:?}");
    }
}

#[test]
fn what_has_not_happened_yet_is_refused_and_can_still_be_removed() {
    let text = r#"{"people": [{"id": "a", "name": "Ada", "certificates": [
            {"certificate": "az-104", "completed_on": "2023-11-15"},
            {"certificate": "az-400", "completed_on": "2023-11-16"}]}],
        "customers": [{"id": "f", "name": "Fabrikam"}],
        "usage": [
            {"customer": "f", "workload": "exchange", "association": "pal", "month": "2023-11"},
            {"customer": "f", "workload": "exchange", "association": "pal", "month": "2024-05"}],
        "offers": [{"name": "Backup", "published_on": "2024-01-01", "transactable": true}],
        "past_scores": [{"score": "modern-work", "day": "2023-11-16", "total": 1,
            "every_metric_above_zero": true}]}"#;
    let catalog = membership_catalog::builtin().expect("the built-in catalog");
    let seen = |rows, evidence: &Evidence| {
        let settings = Settings {
            rows,
            today: Some("2023-11-15".parse().expect("a day")),
            ..Settings::default()
        };
        let bytes = text.as_bytes();
        read(bytes, "e.json", settings, &catalog, evidence, &|_, _| true).expect("a document")
    };
    let plan = seen(None, &Evidence::default());
    let told: Vec<(&str, &str)> = (plan.problems.iter())
        .filter(|one| one.reason == Reason::InTheFuture)
        .map(|one| {
            (
                one.column.as_deref().unwrap_or_default(),
                one.value.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("/people/0/certificates/1/completed_on", "2023-11-16"),
            ("/usage/1/month", "2024-05"),
            ("/offers/0/published_on", "2024-01-01"),
            ("/past_scores/0/day", "2023-11-16"),
        ]
    );
    let known = plan_over(text, &Evidence::default())
        .expect("a document")
        .evidence;
    let plan = seen(Some(Rows::Remove), &known);
    assert_eq!(plan.problems, []);
}

#[test]
fn figures_of_locations_are_told_apart_and_unknown_keys_refused() {
    let text = r#"{"figures": [
        {"key": "surface-revenue", "value": "4.5", "reported_on": "2023-05-01",
         "location": "Berlin", "region": "DE"},
        {"key": "markteplace-sales", "value": 5, "reported_on": "2023-05-01"}]}"#;
    let plan = plan(text);
    assert_eq!(
        plan.lines[0].about,
        "surface-revenue, Berlin, DE, 4.5, 2023-05-01"
    );
    assert_eq!(places(&plan.problems), [(4, "/figures/1/key")]);
    let code = FaultCode::UnknownKey;
    assert_eq!(plan.problems[0].reason, Reason::Invalid { code });
}
