//! Rows that depend on each other: whose fault it is, and what cannot be undone alone.

use std::fmt::Write as _;

use membership_catalog::builtin;
use membership_domain::evidence::{FaultCode, check};
use membership_domain::{Catalog, Evidence};
use membership_import::{Changes, NotUndone, Plan, Reason, Rows, Settings, read};

fn catalog() -> Catalog {
    builtin().expect("a catalog without faults")
}

fn over(text: &str, known: &Evidence) -> Plan {
    let settings = Settings::default();
    let bytes = text.as_bytes();
    read(bytes, "export", settings, &catalog(), known, &|_, _| true).expect("a file")
}

fn people(rows: &[(&str, &str)]) -> String {
    let row = |(id, email): &(&str, &str)| {
        format!("{{\"id\": \"{id}\", \"name\": \"{id}\", \"email\": \"{email}@contoso.example\"}}")
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    format!("{{\"people\": [{}]}}", rows.join(",\n"))
}

fn places(plan: &Plan) -> Vec<&str> {
    let told = plan.problems.iter();
    told.map(|one| one.column.as_deref().unwrap_or_default())
        .collect()
}

#[test]
fn only_who_takes_a_known_address_is_refused() {
    let known = over(
        &people(&[("a", "a"), ("b", "b"), ("c", "c")]),
        &Evidence::default(),
    )
    .evidence;
    // The one that is known stands behind the one that changes, and has no row in the file.
    let plan = over(&people(&[("d", "d"), ("a", "B"), ("c", "cc")]), &known);
    assert_eq!(places(&plan), ["/people/1/email"]);
    let code = FaultCode::Duplicate;
    assert_eq!(plan.problems[0].reason, Reason::Invalid { code });
    assert_eq!(plan.counts().added + plan.counts().changed, 2);
    // Two who change places are no fault; of two who take a free one, the first of the file has it.
    assert_eq!(
        over(&people(&[("a", "b"), ("b", "a")]), &known).problems,
        []
    );
    let plan = over(&people(&[("c", "x"), ("a", "x")]), &known);
    assert_eq!(places(&plan), ["/people/1/email"]);
    // Who is refused for something else takes none.
    let text = people(&[("=1+1", "x"), ("a", "x")]);
    assert_eq!(places(&over(&text, &known)), ["/people/0/id"]);
}

#[test]
fn a_wrong_value_is_not_laid_at_the_door_of_who_had_it_before() {
    let mut known = over(
        &people(&[("a", "a"), ("b", "b"), ("c", "c")]),
        &Evidence::default(),
    );
    // As it could be written under earlier rules.
    known.evidence.people[1].name = "=1+1".to_owned();
    let text = people(&[("c", "cc"), ("a", "aa")]).replace("\"name\": \"a\"", "\"name\": \"=1+1\"");
    let plan = over(&text, &known.evidence);
    assert_eq!(places(&plan), ["/people/1/name"]);
    assert_eq!(plan.counts().changed, 1);
}

#[test]
fn a_long_chain_of_addresses_is_followed_at_once() {
    const LONG: usize = 2000;
    let names: Vec<String> = (0..=LONG).map(|n| format!("p{n}")).collect();
    let all: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), n.as_str())).collect();
    let known = over(&people(&all), &Evidence::default()).evidence;
    // Each takes the address of the next, and the last one keeps its own.
    let moved: Vec<(&str, &str)> = names
        .windows(2)
        .map(|two| (two[0].as_str(), two[1].as_str()))
        .collect();
    let began = std::time::Instant::now();
    let plan = over(&people(&moved), &known);
    assert_eq!((plan.problems.len(), &plan.evidence), (LONG, &known));
    // Round by round it would be minutes.
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}

#[test]
fn many_customers_are_taken_away_in_no_time() {
    const MANY: usize = 3000;
    let (mut customers, mut usage) = (String::new(), String::new());
    for n in 0..MANY {
        let comma = if n == 0 { "" } else { "," };
        let _ = write!(customers, "{comma}{{\"id\": \"c{n}\", \"name\": \"C\"}}");
        let _ = write!(
            usage,
            "{comma}{{\"customer\": \"c{n}\", \"workload\": \"exchange\", \"association\": \"pal\", \
             \"month\": \"2023-08\"}}"
        );
    }
    let text = format!("{{\"customers\": [{customers}], \"usage\": [{usage}]}}");
    let known = over(&text, &Evidence::default()).evidence;
    assert_eq!(known.usage.len(), MANY);
    let only = format!("{{\"customers\": [{customers}]}}");
    let settings = Settings {
        rows: Some(Rows::Remove),
        ..Settings::default()
    };
    let began = std::time::Instant::now();
    let catalog = catalog();
    let plan = read(only.as_bytes(), "e", settings, &catalog, &known, &|_, _| {
        true
    })
    .expect("a file");
    let needed = Reason::Needed {
        usage: 1,
        references: 0,
    };
    assert_eq!(plan.problems.len(), MANY);
    assert!(plan.problems.iter().all(|one| one.reason == needed));
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}

const USAGE: &str = "Customer,Workload,Association,Month,Users\n";

/// What an import changed, and the evidence with it.
fn imported(rows: &str, known: &Evidence) -> (Changes, Evidence) {
    let after = over(&format!("{USAGE}{rows}"), known).evidence;
    assert_eq!(check(&after, &catalog()), []);
    (Changes::between(known, &after), after)
}

#[test]
fn a_connection_that_other_usage_goes_through_is_not_undone() {
    let (_, known) = imported("Fabrikam,Storage,DPOR,2023-08,1\n", &Evidence::default());
    let (changes, with) = imported("Fabrikam,Exchange,PAL,2023-08,1\n", &known);
    assert_eq!(changes.undo(&with), Ok(known.clone()));

    let (later_changes, later) = imported("Fabrikam,Exchange,PAL,2023-09,1\n", &with);
    let needed = NotUndone::Needed(vec!["Fabrikam, exchange, 2023-09".to_owned()]);
    assert_eq!(changes.undo(&later), Err(needed.clone()));
    let back = later_changes.undo(&later).expect("nothing depends on it");
    assert_eq!(changes.undo(&back), Ok(known.clone()));

    // Usage that was there before, and found its connection by this import.
    let mut loose = later.clone();
    loose.customers[0].associations.clear();
    loose.usage.retain(|row| row.month.to_string() == "2023-09");
    let (changes, with) = imported("Fabrikam,Exchange,PAL,2023-10,1\n", &loose);
    assert_eq!(changes.undo(&with), Err(needed));
    // What the import changed itself goes back to how it was.
    let (changes, with) = imported("Fabrikam,Exchange,PAL,2023-09,7\n", &loose);
    assert_eq!(changes.undo(&with), Ok(loose));
    // Another connection is as good.
    let mut wide = later;
    let mut all = wide.customers[0].associations[1].clone();
    all.workload = None;
    let before = wide.clone();
    wide.customers[0].associations.push(all);
    let changes = Changes::between(&before, &wide);
    assert_eq!(changes.undo(&wide), Ok(before));
}
