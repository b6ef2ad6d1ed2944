//! The overview in one answer says what the pages make of the engine, and is short.

use membership_contract::overview::{Overview, Sentence};
use membership_contract::text::{Plain, Speaker};
use membership_domain::agenda::{TaskKind, agenda};
use membership_domain::assess::{Engine, Standing};
use membership_domain::{Basis, Evidence, Hypothesis};
use membership_samples::{LARGEST, organization};
use membership_vectors::partner::{DAY, day};

const DEMO: [&str; 3] = [
    include_str!("../../server/demo/contoso.json"),
    include_str!("../../server/demo/northwind.json"),
    include_str!("../../server/demo/tailspin.json"),
];

fn said(sentence: &Sentence) -> String {
    sentence.said(&Plain)
}

#[test]
fn it_says_what_the_engine_says() {
    let catalog = membership_vectors::catalog().expect("a catalog without faults");
    let words = &Plain;
    let speaker = &Speaker {
        catalog: &catalog,
        words,
    };
    for json in DEMO {
        let evidence: Evidence = serde_json::from_str(json).expect("evidence");
        let engine = Engine::new(&catalog, &evidence, Basis::Entered);
        for on in [DAY, day(2022, 10, 3), day(2024, 2, 29), day(2025, 6, 30)] {
            let today = engine.assess(on, &Hypothesis::default());
            let agenda = agenda(&engine, &today);
            let overview = Overview::of(&engine, &today, None, "\"1.1\"");
            assert_eq!((overview.day, overview.evidence.as_str()), (on, "\"1.1\""));
            assert_eq!(overview.tasks.len(), agenda.tasks.len());
            for (told, task) in overview.tasks.iter().zip(&agenda.tasks) {
                assert_eq!(said(&told.title), speaker.task(&task.what));
                assert_eq!(told.due, task.due);
                match &task.what {
                    TaskKind::Link { people } if people.len() > 5 => {}
                    what => assert_eq!(said(&told.why), speaker.task_why(what)),
                }
            }
            for (told, deadline) in overview.deadlines.iter().zip(&agenda.deadlines) {
                assert_eq!(said(&told.says), speaker.deadline(&deadline.what));
            }
            let begun = today.programs.iter();
            let begun = begun.filter(|program| program.standing != Standing::NotStarted);
            assert_eq!(
                overview.standings.len() + overview.specializations_begun,
                begun.count()
            );
            for told in &overview.standings {
                let assessed = today.program(&told.program).expect("it is assessed");
                assert_eq!(said(&told.says), speaker.stands(assessed, &today));
                assert_eq!(told.name, speaker.program(&told.program));
            }
            for told in &overview.changes {
                let mut all = agenda.changes.iter();
                let text = said(&told.says);
                assert!(
                    all.any(|change| speaker.difference(change) == text),
                    "{text}"
                );
            }
            let json = serde_json::to_string(&overview).expect("JSON");
            assert_eq!(serde_json::from_str::<Overview>(&json).ok(), Some(overview));
        }
    }
}

#[test]
fn it_is_short_for_the_largest_organization() {
    let catalog = membership_vectors::catalog().expect("a catalog without faults");
    let evidence = organization(LARGEST);
    let engine = Engine::new(&catalog, &evidence, Basis::Entered);
    let today = engine.assess(DAY, &Hypothesis::default());
    let overview = Overview::of(&engine, &today, None, "\"1.1\"");
    let json = serde_json::to_string(&overview).expect("JSON");
    assert!(json.len() < 8 * 1024, "{} bytes: {json}", json.len());
    assert!(!overview.standings.is_empty() && overview.measured_to.is_some());
}
