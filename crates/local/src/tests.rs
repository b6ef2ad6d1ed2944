use chrono::{DateTime, Utc};
use membership_contract::customer::CustomerDetail;
use membership_contract::example::Example;
use membership_contract::import::{Import, ImportReport};
use membership_contract::overview::Overview;
use membership_contract::page::Page;
use membership_contract::problem::{Problem, code};
use membership_contract::session::Session;
use membership_domain::assess::Engine;
use membership_domain::{Basis, Evidence, Hypothesis};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::*;

fn local() -> Local {
    kept(None)
}

fn kept(kept: Option<(&str, &str)>) -> Local {
    let catalog = membership_catalog::builtin().expect("the built-in catalog");
    Local::new(catalog, Known::new(kept))
}

fn ask(local: &mut Local, method: &str, address: &str, tag: Option<&str>, body: &str) -> Answer {
    let now: DateTime<Utc> = "2023-11-15T09:00:00Z".parse().expect("an instant");
    local.answer(&Request {
        method,
        address,
        tag,
        body: body.as_bytes(),
        now,
    })
}

fn get(local: &mut Local, address: &str) -> Answer {
    ask(local, "GET", address, None, "")
}

fn read<T: DeserializeOwned>(answer: &Answer) -> T {
    assert_eq!(answer.status, 200, "{}", answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

fn own(rest: &str) -> String {
    format!("{}/{rest}", paths::organization(ORGANIZATION))
}

fn document() -> String {
    let held = json!({"certificate": "az-104", "completed_on": "2023-09-01"});
    json!({
        "profile": {"name": "Contoso", "partner_id": "1234567"},
        "people": [
            {"id": "p1", "name": "One", "linked_on": "2023-01-01", "certificates": [held]},
            {"id": "p2", "name": "Two"},
        ],
        "customers": [{"id": "c1", "name": "First"}],
    })
    .to_string()
}

fn import(local: &mut Local, body: &str) -> Answer {
    let tag = local.tag();
    ask(
        local,
        "POST",
        &own("imports?name=a%20file.json"),
        Some(&tag),
        body,
    )
}

#[test]
fn a_file_is_imported_seen_in_lists_and_taken_back() {
    let mut local = local();
    let report: Value = read(&import(&mut local, &document()));
    assert_eq!(
        (&report["imported"], &report["counts"]["added"]),
        (&json!(true), &json!(3))
    );

    let evidence: Evidence = read(&get(&mut local, &own("evidence")));
    assert_eq!(
        evidence.profile.name, "Contoso",
        "the first file says whom it is about"
    );
    let session: Session = read(&get(&mut local, paths::SESSION));
    assert_eq!(session.organizations[0].name, "Contoso");
    let people: Value = read(&get(&mut local, &own("people?search=one")));
    assert_eq!(
        (&people["total"], &people["items"][0]["valid"]),
        (&json!(1), &json!(1))
    );
    let table = get(&mut local, &own("people?format=csv"));
    assert!(
        table.body.contains("Two") && table.body.starts_with("\u{feff}Id,"),
        "{}",
        table.body
    );
    assert_eq!(get(&mut local, &own("people/p2")).tag, Some(local.tag()));

    let history: Page<Import> = read(&get(&mut local, &own("imports")));
    assert_eq!(history.items[0].name, "a file.json");
    let undo = own(&format!("imports/{}/undo", history.items[0].id));
    let undone: Import = read(&ask(&mut local, "POST", &undo, None, ""));
    assert!(undone.undone.is_some());
    let people: Value = read(&get(&mut local, &own("people")));
    assert_eq!(people["total"], 0);
}

#[test]
fn what_is_kept_comes_back_and_is_given_once() {
    let mut local = local();
    assert!(
        local.known.kept().is_some(),
        "the empty beginning, for whoever else reads it"
    );
    import(&mut local, &document());
    let (evidence, history) = local.known.kept().expect("a change");
    assert_eq!(local.known.kept(), None);
    let tag = local.tag();
    let mut again = kept(Some((&evidence, &history)));
    assert_eq!((again.tag(), again.known.kept()), (tag.clone(), None));
    let known = ask(&mut again, "GET", &own("evidence"), Some(&tag), "");
    assert_eq!((known.status, known.body.as_str()), (304, ""));
    let broken = kept(Some(("{", "{}")));
    assert_eq!(broken.known.evidence, Evidence::default());
}

#[test]
fn what_every_page_asks_needs_no_rules() {
    let now: DateTime<Utc> = "2023-11-15T09:00:00Z".parse().expect("an instant");
    let request = |method: &'static str, address| Request {
        method,
        address,
        tag: None,
        body: b"",
        now,
    };
    let (evidence, people) = (own("evidence?format=packed"), own("people"));
    let known = Known::new(None);
    for address in [paths::SESSION, paths::CLOCK, &evidence] {
        let answer = known.answer(&request("GET", address)).expect(address);
        assert_eq!(
            answer,
            local().answer(&request("GET", address)),
            "{address}"
        );
        assert_eq!(answer.status, 200);
    }
    // There is no overview yet, which takes no rules to say either.
    let overview = own("overview");
    let nothing = known.answer(&request("GET", &overview)).expect("an answer");
    assert_eq!(nothing, local().answer(&request("GET", &overview)));
    let problem: Problem = serde_json::from_str(&nothing.body).expect("a problem");
    assert_eq!(
        (nothing.status, problem.code.as_str()),
        (404, code::NOT_FOUND)
    );
    assert_eq!(known.answer(&request("PUT", &evidence)), None);
    assert_eq!(known.answer(&request("GET", &people)), None);
}

#[test]
fn refusals_are_problems() {
    let mut local = local();
    let code_of = |answer: &Answer| {
        let problem: Problem = serde_json::from_str(&answer.body).expect("a problem");
        assert_eq!(problem.status, answer.status);
        problem.code
    };
    let elsewhere = paths::access(ORGANIZATION);
    assert_eq!(code_of(&get(&mut local, &elsewhere)), code::NOT_FOUND);
    let bad = get(&mut local, &own("people?sort=none"));
    assert_eq!((bad.status, code_of(&bad).as_str()), (422, code::INVALID));
    let stale = ask(&mut local, "POST", &own("imports"), Some("\"9\""), "{}");
    assert_eq!((stale.status, code_of(&stale).as_str()), (412, code::STALE));
    let unreadable = import(&mut local, "no table");
    assert_eq!(code_of(&unreadable), code::INVALID);
    let tag = local.tag();
    let wrong = json!({"usage": [{"customer": "none", "workload": "x", "association": "cpor",
        "month": "2023-10"}]});
    let wrong = ask(
        &mut local,
        "PUT",
        &own("evidence"),
        Some(&tag),
        &wrong.to_string(),
    );
    assert_eq!(code_of(&wrong), code::INVALID);
    assert_eq!(local.tag(), tag, "nothing was changed");
}

#[test]
fn a_new_start_replaces_everything() {
    let mut local = local();
    import(&mut local, &document());
    let tag = local.tag();
    let answer = ask(&mut local, "PUT", &own("evidence"), Some(&tag), "{}");
    let evidence: Evidence = read(&answer);
    assert_eq!(evidence, Evidence::default());
    assert_ne!(answer.tag, Some(tag));
    let history: Page<Import> = read(&get(&mut local, &own("imports")));
    assert!(history.items.is_empty());
}

#[test]
fn a_customer_is_added_seen_removed_and_taken_back() {
    let mut local = local();
    import(&mut local, &document());
    let customer = own("customers/c1");
    let known: CustomerDetail = read(&get(&mut local, &customer));
    assert_eq!(known.customer.name, "First");
    assert_eq!(get(&mut local, &customer).tag, Some(local.tag()));
    assert_eq!(get(&mut local, &own("customers/none")).status, 404);
    let row = json!({"customers": [{"id": "c1", "name": "First"}]}).to_string();
    let mut send = |rows: &str| -> ImportReport {
        let (tag, address) = (local.tag(), own(&format!("imports?name=x&rows={rows}")));
        read(&ask(&mut local, "POST", &address, Some(&tag), &row))
    };
    assert!(!send("add").imported, "it is there already");
    assert_eq!(send("remove").counts.removed, 1);
    assert_eq!(get(&mut local, &customer).status, 404);
    let history: Page<Import> = read(&get(&mut local, &own("imports")));
    let undo = own(&format!("imports/{}/undo", history.items[0].id));
    assert_eq!(ask(&mut local, "POST", &undo, None, "").status, 200);
    assert_eq!(get(&mut local, &customer).status, 200);
}

#[test]
fn a_month_that_has_not_begun_is_refused() {
    let mut local = local();
    let text = "Customer,Workload,Association,Month\nFabrikam,exchange,PAL,2023-12\n";
    let report: ImportReport = read(&import(&mut local, text));
    assert!(!report.imported);
    let why: Vec<&str> = (report.refused.iter())
        .map(|one| one.detail.as_str())
        .collect();
    let said = "\u{201c}2023-12\u{201d} is in the future. Only what has already happened counts.";
    assert_eq!(why, [said]);
}

#[test]
fn a_name_that_a_spreadsheet_would_run_is_not_taken() {
    let mut local = local();
    let document = json!({"profile": {"name": "=1+1"}, "people": [{"id": "a", "name": "Ada"}]});
    let report: ImportReport = read(&import(&mut local, &document.to_string()));
    assert_eq!(report.counts.added, 1);
    assert_eq!(local.known.evidence.profile.name, "");
}

#[test]
fn the_example_files_import_without_a_fault() {
    let catalog = membership_catalog::builtin().expect("the built-in catalog");
    for known in [Some(&catalog), None] {
        let example = Example::of(known);
        for (file, rows) in [
            (example.certificates(), 1),
            (example.usage(), 1),
            (example.evidence(), 5),
        ] {
            let report: ImportReport = read(&import(&mut local(), &file));
            assert_eq!(report.refused, [], "{file}");
            assert_eq!(
                (report.questions.len(), report.counts.added),
                (0, rows),
                "{file}"
            );
        }
    }
}

/// The server's answer is compared with the same function, by a test of its own.
#[test]
fn the_overview_is_what_the_engine_says_byte_for_byte() {
    let mut local = local();
    let catalog = membership_catalog::builtin().expect("the built-in catalog");
    let day = "2023-11-15".parse().expect("a day");
    for file in [document(), Example::of(Some(&catalog)).evidence()] {
        import(&mut local, &file);
        let evidence: Evidence = read(&get(&mut local, &own("evidence")));
        let engine = Engine::new(&catalog, &evidence, Basis::Entered);
        let today = engine.assess(day, &Hypothesis::default());
        let expected = Overview::of(&engine, &today, None, &local.tag());
        let answer = get(&mut local, &own("overview"));
        assert_eq!(answer.body, serde_json::to_string(&expected).expect("JSON"));
        let tag = answer.tag.expect("a tag");
        let known = ask(&mut local, "GET", &own("overview"), Some(&tag), "");
        assert_eq!((known.status, known.body.as_str()), (304, ""));
    }
    let tag = get(&mut local, &own("overview")).tag;
    import(
        &mut local,
        &json!({"people": [{"id": "p3", "name": "Three"}]}).to_string(),
    );
    assert_ne!(get(&mut local, &own("overview")).tag, tag);
    let kept = local.known.kept().expect("something new");
    let again = Known::new(Some((&kept.0, &kept.1)));
    let request = Request {
        method: "GET",
        address: &own("overview"),
        tag: None,
        body: b"",
        now: "2023-11-15T09:00:00Z".parse().expect("an instant"),
    };
    assert_eq!(again.answer(&request), None, "it takes the rules");
}
