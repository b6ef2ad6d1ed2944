//! Who says a row: what a file may say of that, and what it leaves as it is.

mod linked;

use membership_catalog::builtin;
use membership_domain::Evidence;
use membership_domain::evidence::{Authority, FaultCode, Writer, check};
use membership_import::{Counts, Plan, Reason, Rows, Settings, read};
use serde_json::json;

use Authority::{Claimed, Confirmed};

fn by(writer: Writer, rows: Option<Rows>, text: &str, known: &Evidence) -> Plan {
    let catalog = builtin().expect("a catalog without faults");
    let settings = Settings {
        rows,
        writer,
        ..Settings::default()
    };
    let go_on = |_, _| true;
    let plan = read(
        text.as_bytes(),
        "export.csv",
        settings,
        &catalog,
        known,
        &go_on,
    );
    let plan = plan.expect("a file that can be read");
    assert_eq!(check(&plan.evidence, &catalog), [], "{text}");
    plan
}

fn partner(text: &str, known: &Evidence) -> Plan {
    by(Writer::Partner, None, text, known)
}

fn owner(text: &str, known: &Evidence) -> Plan {
    by(Writer::Confirming, None, text, known)
}

fn counts(plan: &Plan) -> [u64; 4] {
    let Counts {
        added,
        changed,
        unchanged,
        refused,
        ..
    } = plan.counts();
    [added, changed, unchanged, refused]
}

fn refused(plan: &Plan) -> Vec<(u64, &str, FaultCode)> {
    let told = plan.problems.iter().map(|one| match one.reason {
        Reason::Invalid { code } => (one.line, one.column.as_deref().unwrap_or_default(), code),
        ref other => panic!("{other:?}"),
    });
    told.collect()
}

fn held(plan: &Plan) -> Vec<(String, Authority)> {
    let all = plan
        .evidence
        .people
        .iter()
        .flat_map(|one| &one.certificates);
    all.map(|held| (held.completed_on.to_string(), held.authority))
        .collect()
}

const PEOPLE: &str = "Certificate,Name,Email,CompletedOn,ExpiresOn,Authority\n";
const ADA: &str = "AZ-104,Ada Berg,ada@contoso.example";
const USAGE: &str = "Customer,Workload,Association,Month,Revenue,Authority\n";
const ROW: &str = "Fabrikam,Teams,CPOR,2023-09";

#[test]
fn rows_of_a_table_are_said_by_who_imports_them() {
    for (writer, authority) in [
        (Writer::Partner, Claimed),
        (Writer::Preview, Claimed),
        (Writer::Confirming, Confirmed),
    ] {
        let plan = by(
            writer,
            None,
            &format!("{PEOPLE}{ADA},2023-05-31\n"),
            &Evidence::default(),
        );
        assert_eq!(held(&plan), [("2023-05-31".to_owned(), authority)]);
        let plan = by(
            writer,
            None,
            &format!("{USAGE}{ROW},5\n"),
            &Evidence::default(),
        );
        let customer = &plan.evidence.customers[0].associations[0];
        assert_eq!(plan.evidence.usage[0].authority, authority);
        assert_eq!(
            customer.authority, authority,
            "the connection that it shows"
        );
    }
}

#[test]
fn a_column_may_say_it_and_a_partner_claims() {
    let none = Evidence::default();
    let text =
        format!("{PEOPLE}{ADA},2023-05-31,,Confirmed\nAZ-305,Ben,b@x.example,2023-05-31,,\n");
    let plan = partner(&text, &none);
    assert_eq!(refused(&plan), [(2, "Authority", FaultCode::Authority)]);
    let names: Vec<&str> = plan
        .evidence
        .people
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["Ben"], "nothing of a refused line stays");
    assert_eq!(counts(&owner(&text, &none)), [2, 0, 0, 0]);
    let plan = owner(&format!("{PEOPLE}{ADA},2023-05-31,,claimed\n"), &none);
    assert_eq!(held(&plan)[0].1, Claimed);

    let text = format!("{USAGE}{ROW},5,confirmed\n{ROW},5,made here\n");
    let plan = partner(&text, &none);
    let at = |line| (line, "Authority", FaultCode::Authority);
    assert_eq!(refused(&plan), [at(2), at(3)]);
    assert_eq!(plan.evidence, none);
    let plan = partner(&format!("{USAGE}{ROW},5,operator\n"), &none);
    assert_eq!(plan.problems[0].reason, Reason::UnknownAuthority);
}

#[test]
fn a_line_of_somebody_new_who_was_refused_first_links_from_the_line_that_is_taken() {
    let text = format!(
        "{PEOPLE}{ADA},2023-01-31,,confirmed\nAZ-305,Ada Berg,ada@contoso.example,2023-05-31,,\n"
    );
    let plan = partner(&text, &Evidence::default());
    let linked = plan.evidence.people[0].linked_on.map(|on| on.to_string());
    assert_eq!(linked.as_deref(), Some("2023-05-31"));
}

#[test]
fn a_partner_repeats_confirmed_rows_and_changes_none() {
    let known = owner(
        &format!("{PEOPLE}{ADA},2023-05-31,2024-05-31\n"),
        &Evidence::default(),
    );
    let known = known.evidence;
    for same in ["", "confirmed", "claimed"] {
        let plan = partner(
            &format!("{PEOPLE}{ADA},2023-05-31,2024-05-31,{same}\n"),
            &known,
        );
        assert_eq!(counts(&plan), [0, 0, 1, 0], "{same}");
        assert_eq!(plan.evidence, known);
    }
    let plan = partner(&format!("{PEOPLE}{ADA},2023-05-31,2030-05-31\n"), &known);
    assert_eq!(refused(&plan), [(2, "CompletedOn", FaultCode::Confirmed)]);
    assert_eq!(plan.evidence, known);
    // A renewal is a claim beside it, which can be changed and confirmed.
    let renewed = partner(&format!("{PEOPLE}{ADA},2023-10-10,\n"), &known);
    let both = |on: &str, authority| {
        vec![
            ("2023-05-31".to_owned(), Confirmed),
            (on.to_owned(), authority),
        ]
    };
    assert_eq!(counts(&renewed), [1, 0, 0, 0]);
    assert_eq!(held(&renewed), both("2023-10-10", Claimed));
    let again = partner(&format!("{PEOPLE}{ADA},2023-10-11,\n"), &renewed.evidence);
    assert_eq!(held(&again), both("2023-10-11", Claimed));
    let plan = owner(&format!("{PEOPLE}{ADA},2023-10-10,\n"), &renewed.evidence);
    assert_eq!(counts(&plan), [0, 1, 0, 0]);
    assert_eq!(held(&plan), both("2023-10-10", Confirmed));
    // What the partner says does not keep out what the program owner says.
    let plan = owner(&format!("{PEOPLE}{ADA},2023-09-09,\n"), &renewed.evidence);
    let days = [("2023-09-09", Confirmed), ("2023-10-10", Claimed)];
    assert_eq!(held(&plan), days.map(|(on, by)| (on.to_owned(), by)));

    let known = owner(&format!("{USAGE}{ROW},5\n"), &Evidence::default()).evidence;
    let plan = partner(&format!("{USAGE}{ROW},5\n"), &known);
    assert_eq!((counts(&plan), &plan.evidence), ([0, 0, 1, 0], &known));
    let plan = partner(&format!("{USAGE}{ROW},6\n"), &known);
    assert_eq!(refused(&plan), [(2, "Month", FaultCode::Confirmed)]);
    assert_eq!(plan.evidence, known);
    // Nor does an earlier month move a connection that is confirmed.
    let plan = partner(&format!("{USAGE}Fabrikam,Teams,CPOR,2022-01,5\n"), &known);
    assert_eq!(plan.evidence.customers, known.customers);
    assert_eq!(plan.evidence.usage[1].authority, Claimed);
}

#[test]
fn the_program_owner_confirms_what_a_partner_said() {
    let claimed = partner(&format!("{USAGE}{ROW},5\n"), &Evidence::default()).evidence;
    let plan = owner(&format!("{USAGE}{ROW},5\n"), &claimed);
    assert_eq!(counts(&plan), [0, 1, 0, 0]);
    assert_eq!(plan.evidence.usage[0].authority, Confirmed);
    let known = &plan.evidence.customers[0].associations;
    let said: Vec<Authority> = known.iter().map(|one| one.authority).collect();
    assert_eq!(
        said,
        [Claimed, Confirmed],
        "the connection is confirmed beside the claim"
    );
}

fn document(authority: Option<&str>, passed: bool) -> String {
    let mut audit = json!({"program": "azure-expert-msp", "decided_on": "2023-05-01",
        "passed": passed});
    let mut held = json!({"certificate": "az-104", "completed_on": "2023-05-31"});
    if let Some(authority) = authority {
        audit["authority"] = json!(authority);
        held["authority"] = json!(authority);
    }
    let person = json!({"id": "a", "name": "Ada Berg", "certificates": [held]});
    json!({"people": [person], "audits": [audit]}).to_string()
}

#[test]
fn documents_say_it_row_by_row() {
    let none = Evidence::default();
    let plan = partner(&document(Some("confirmed"), true), &none);
    let places: Vec<&str> = refused(&plan).iter().map(|one| one.1).collect();
    assert_eq!(
        places,
        ["/audits/0/authority", "/people/0/certificates/0/authority"]
    );
    assert_eq!(plan.evidence, none);
    let known = owner(&document(Some("confirmed"), true), &none).evidence;
    assert_eq!(known.audits[0].authority, Confirmed);
    for (said, authority) in [(None, Confirmed), (Some("claimed"), Claimed)] {
        let plan = owner(&document(said, true), &none);
        assert_eq!(plan.evidence.audits[0].authority, authority, "{said:?}");
        assert_eq!(held(&plan)[0].1, authority, "{said:?}");
    }
    let plan = by(
        Writer::Preview,
        None,
        &document(Some("made_here"), true),
        &none,
    );
    assert_eq!(
        counts(&plan),
        [2, 0, 0, 0],
        "nothing is decided in a preview"
    );

    for writer in [Writer::Partner, Writer::Confirming] {
        for said in [None, Some("claimed"), Some("confirmed")] {
            let plan = by(writer, None, &document(said, true), &known);
            assert_eq!(counts(&plan), [0, 0, 2, 0], "{writer:?} {said:?}");
            assert_eq!(plan.evidence, known);
        }
    }
    let plan = partner(&document(None, false), &known);
    assert_eq!(refused(&plan), [(1, "/audits/0", FaultCode::Confirmed)]);
    assert_eq!(plan.evidence, known);
    let without = json!({"people": [{"id": "a", "name": "Ada Berg"}]}).to_string();
    let plan = partner(&without, &known);
    assert_eq!(
        refused(&plan),
        [(1, "/people/0/certificates", FaultCode::Confirmed)]
    );
}

#[test]
fn a_partner_takes_no_confirmed_row_away() {
    let known = owner(&document(Some("confirmed"), true), &Evidence::default()).evidence;
    let plan = by(
        Writer::Partner,
        Some(Rows::Remove),
        &document(None, true),
        &known,
    );
    let (people, audits) = ((1, "/people/0"), (1, "/audits/0"));
    let told: Vec<_> = refused(&plan).iter().map(|one| (one.0, one.1)).collect();
    assert_eq!(told, [audits, people]);
    assert_eq!(plan.evidence, known);
    let plan = by(
        Writer::Confirming,
        Some(Rows::Remove),
        &document(None, true),
        &known,
    );
    assert_eq!(plan.counts().removed, 2);
}
