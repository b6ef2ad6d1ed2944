use serde_json::{Value, json};

use super::super::check_against;
use super::*;
use crate::Catalog;
use crate::evidence::Authority;

/// A confirmed row of every kind, and one that the partner claims.
fn known() -> Value {
    let both = |mut row: Value| {
        row["authority"] = json!("confirmed");
        row
    };
    let held = json!({"certificate": "az-104", "completed_on": "2023-01-10"});
    let own = json!({"certificate": "az-305", "completed_on": "2023-02-20"});
    let connected = json!({"kind": "pal", "since": "2022-10-01"});
    let used = |customer: &str| json!({"customer": customer, "workload": "teams", "association": "pal", "month": "2023-10"});
    json!({
        "profile": both(json!({"name": "Contoso", "joined_on": "2021-05-17"})),
        "people": [
            both(json!({"id": "a", "name": "Ada", "linked_on": "2022-03-01",
                "certificates": [both(held), own]})),
            {"id": "b", "name": "Ben", "certificates": []},
        ],
        "customers": [
            {"id": "c", "name": "Fabrikam", "associations": [both(connected)]},
            {"id": "d", "name": "Northwind"},
        ],
        "usage": [both(used("c")), used("d")],
        "memberships": [both(json!({"program": "p", "started_on": "2023-02-13"}))],
        "offers": [both(json!({"name": "o", "published_on": "2023-05-01", "transactable": true}))],
        "references": [both(json!({"program": "p", "customer": "c", "submitted_on": "2023-05-01"}))],
        "audits": [both(json!({"program": "p", "decided_on": "2023-05-01", "passed": false}))],
        "invitations": [both(json!({"program": "p", "issued_on": "2023-05-01"}))],
        "declarations": [both(json!({"key": "k", "holds": false, "declared_on": "2023-05-01"}))],
        "figures": [both(json!({"key": "k", "value": 7, "reported_on": "2023-05-01"}))],
        "past_scores": [both(json!({"score": "s", "day": "2023-05-01", "total": 7,
            "every_metric_above_zero": true}))],
    })
}

fn evidence(value: &Value) -> Evidence {
    serde_json::from_value(value.clone()).expect("evidence")
}

/// What a writer does between two states and may not do, by place and code.
fn faults(writer: Writer, before: &Value, after: &Value) -> Vec<(String, FaultCode)> {
    let mut found = Vec::new();
    let (before, after) = (evidence(before), evidence(after));
    each(&before, &after, writer, &mut |fault| {
        found.push((fault.pointer, fault.code));
    });
    found
}

/// A field of a confirmed row of each kind with another value, and where that is told.
const CHANGES: [(&str, &str, &str); 15] = [
    ("/profile/joined_on", "\"2020-01-01\"", "/profile/joined_on"),
    (
        "/people/0/certificates/0/expires_on",
        "\"2030-01-01\"",
        "/people/0/certificates/0",
    ),
    (
        "/people/0/certificates/0/completed_on",
        "\"2023-10-01\"",
        "/people/0/certificates/0",
    ),
    (
        "/people/0/linked_on",
        "\"2020-01-01\"",
        "/people/0/linked_on",
    ),
    ("/people/0/left_on", "\"2023-01-01\"", "/people/0/left_on"),
    (
        "/customers/0/associations/0/since",
        "\"2020-01-01\"",
        "/customers/0/associations/0",
    ),
    ("/usage/0/revenue_cents", "5", "/usage/0"),
    ("/memberships/0/ends_on", "\"2030-01-01\"", "/memberships/0"),
    ("/offers/0/transactable", "false", "/offers/0"),
    (
        "/references/0/approved_on",
        "\"2023-06-01\"",
        "/references/0",
    ),
    ("/audits/0/passed", "true", "/audits/0"),
    (
        "/invitations/0/expires_on",
        "\"2030-01-01\"",
        "/invitations/0",
    ),
    ("/declarations/0/holds", "true", "/declarations/0"),
    ("/figures/0/value", "70", "/figures/0"),
    ("/past_scores/0/total", "70", "/past_scores/0"),
];

fn set(value: &mut Value, pointer: &str, to: Value) {
    let (row, field) = pointer.rsplit_once('/').expect("a field");
    value.pointer_mut(row).expect("a row")[field] = to;
}

#[test]
fn a_partner_changes_no_confirmed_row() {
    let before = known();
    for (field, to, told) in CHANGES {
        let to: Value = serde_json::from_str(to).expect("JSON");
        let mut after = before.clone();
        set(&mut after, field, to.clone());
        let refused = [(told.to_owned(), FaultCode::Confirmed)];
        assert_eq!(faults(Writer::Partner, &before, &after), refused, "{field}");
        assert_eq!(faults(Writer::Confirming, &before, &after), [], "{field}");
        // Nor does it put a claim in its place.
        let (row, _) = field.rsplit_once('/').expect("a field");
        set(&mut after, &format!("{row}/authority"), json!("claimed"));
        let mut refused = refused.to_vec();
        if row == "/people/0" {
            refused.push((format!("{row}/authority"), FaultCode::Confirmed));
        }
        assert_eq!(faults(Writer::Partner, &before, &after), refused, "{field}");
    }
}

#[test]
fn a_partner_removes_no_confirmed_row() {
    let before = known();
    for list in [
        "/people",
        "/people/0/certificates",
        "/customers",
        "/customers/0/associations",
        "/usage",
        "/memberships",
        "/offers",
        "/references",
        "/audits",
        "/invitations",
        "/declarations",
        "/figures",
        "/past_scores",
    ] {
        let mut after = before.clone();
        let rows = after.pointer_mut(list).and_then(Value::as_array_mut);
        rows.expect("a list").remove(0);
        let refused = [(list.to_owned(), FaultCode::Confirmed)];
        assert_eq!(faults(Writer::Partner, &before, &after), refused);
        assert_eq!(faults(Writer::Confirming, &before, &after), [], "{list}");
        // To bring it back is to confirm it.
        assert!(
            !faults(Writer::Partner, &after, &before).is_empty(),
            "{list}"
        );
    }
}

#[test]
fn a_partner_confirms_no_row() {
    let confirmed = known();
    let mut claimed = confirmed.clone();
    let mut rows = vec!["/profile".to_owned()];
    for (list, value) in confirmed.as_object().expect("an object") {
        for (place, row) in value.as_array().into_iter().flatten().enumerate() {
            let at = format!("/{list}/{place}");
            let inner = ["certificates", "associations"].map(|inner| format!("{at}/{inner}/0"));
            rows.extend(
                inner
                    .into_iter()
                    .filter(|at| confirmed.pointer(at).is_some()),
            );
            rows.extend(row.get("authority").map(|_| at));
        }
    }
    assert_eq!(rows.len(), 13, "{rows:?}");
    for row in &rows {
        set(&mut claimed, &format!("{row}/authority"), json!("claimed"));
    }
    for row in &rows {
        for authority in ["confirmed", "made_here"] {
            let at = format!("{row}/authority");
            let mut after = claimed.clone();
            set(&mut after, &at, json!(authority));
            let refused = [(at, FaultCode::Authority)];
            assert_eq!(faults(Writer::Partner, &claimed, &after), refused);
            let owner = faults(Writer::Confirming, &claimed, &after).is_empty();
            assert_eq!(owner, authority == "confirmed", "{row}");
            assert_eq!(faults(Writer::Preview, &claimed, &after), [], "{row}");
        }
    }
    // New rows are no others.
    let all = faults(Writer::Partner, &json!({}), &confirmed);
    assert_eq!(all.len(), rows.len());
}

#[test]
fn rows_of_a_partner_are_its_own_and_confirmed_ones_come_back_in_any_order() {
    let before = known();
    assert_eq!(faults(Writer::Partner, &before, &before), []);
    let mut after = before.clone();
    for list in ["/people", "/customers", "/usage"] {
        let rows = after.pointer_mut(list).and_then(Value::as_array_mut);
        rows.expect("a list").reverse();
    }
    set(&mut after, "/people/1/name", json!("Ada Berg"));
    set(&mut after, "/usage/0/revenue_cents", json!(5));
    let own = after["people"][1]["certificates"].as_array_mut();
    let own = own.expect("a list");
    own.retain(|held| held["certificate"] == "az-104");
    own.insert(
        0,
        json!({"certificate": "az-104", "completed_on": "2023-10-10"}),
    );
    assert_eq!(faults(Writer::Partner, &before, &after), []);
    let mut twice = before.clone();
    let audit = twice["audits"][0].clone();
    twice["audits"].as_array_mut().expect("a list").push(audit);
    let refused = [("/audits/1/authority".to_owned(), FaultCode::Authority)];
    assert_eq!(faults(Writer::Partner, &before, &twice), refused);
}

#[test]
fn a_claim_that_somebody_left_is_written_beside_what_is_confirmed() {
    let before = known();
    let mut after = before.clone();
    set(&mut after, "/people/0/claimed_left_on", json!("2023-10-31"));
    assert_eq!(faults(Writer::Partner, &before, &after), []);
    assert_eq!(faults(Writer::Partner, &after, &before), []);
}

#[test]
fn a_persons_days_are_their_own_row_beside_the_certificates() {
    // Who confirms a certificate confirms no link, and the partner's own stays the partner's.
    let mut before = known();
    set(&mut before, "/people/0/authority", json!("claimed"));
    let mut after = before.clone();
    set(&mut after, "/people/0/linked_on", json!("2020-01-01"));
    set(&mut after, "/people/0/left_on", json!("2023-10-31"));
    assert_eq!(faults(Writer::Partner, &before, &after), []);
    set(&mut after, "/people/0/authority", json!("confirmed"));
    let refused = [("/people/0/authority".to_owned(), FaultCode::Authority)];
    assert_eq!(faults(Writer::Partner, &before, &after), refused);
    // A confirmed link stays where no certificate is left that somebody else says.
    let mut before = known();
    set(&mut before, "/people/0/certificates", json!([]));
    let mut after = before.clone();
    set(&mut after, "/people/0/linked_on", json!("2020-01-01"));
    let refused = [("/people/0/linked_on".to_owned(), FaultCode::Confirmed)];
    assert_eq!(faults(Writer::Partner, &before, &after), refused);
    after["people"] = json!([]);
    let refused = [("/people".to_owned(), FaultCode::Confirmed)];
    assert_eq!(faults(Writer::Partner, &before, &after), refused);
}

#[test]
fn what_the_product_made_is_nobodys_to_change() {
    let mut before = known();
    set(&mut before, "/memberships/0/authority", json!("made_here"));
    let mut after = before.clone();
    set(&mut after, "/memberships/0/ends_on", json!("2030-01-01"));
    for writer in [Writer::Partner, Writer::Confirming] {
        let refused = [("/memberships/0".to_owned(), FaultCode::MadeHere)];
        assert_eq!(faults(writer, &before, &after), refused);
    }
}

#[test]
fn a_change_has_the_authority_of_the_weightiest_row_in_it() {
    let confirmed = known();
    let of = |change: &dyn Fn(&mut Value)| {
        let mut after = confirmed.clone();
        change(&mut after);
        let (before, after) = (evidence(&confirmed), evidence(&after));
        let there = authority_of_change(&before, &after);
        assert_eq!(there, authority_of_change(&after, &before));
        there
    };
    let claimed = |all: &mut Value| {
        set(all, "/usage/1/users", json!(5));
        set(
            all,
            "/people/0/certificates/1/expires_on",
            json!("2030-01-01"),
        );
    };
    assert_eq!(of(&|_| {}), Authority::Claimed);
    assert_eq!(of(&claimed), Authority::Claimed);
    let figure = |all: &mut Value| {
        claimed(all);
        set(all, "/figures/0/value", json!(70));
    };
    assert_eq!(of(&figure), Authority::Confirmed);
    let made = |all: &mut Value| set(all, "/figures/0/authority", json!("made_here"));
    assert_eq!(of(&made), Authority::MadeHere);
}

#[test]
fn it_is_told_with_everything_else_that_is_wrong() {
    let before = evidence(&known());
    let catalog = Catalog::default();
    let told = |after: &Evidence| check_against(&before, after, Writer::Partner, &catalog);
    assert_eq!(told(&before), []);
    let mut after = before.clone();
    after.audits[0].passed = true;
    let found = told(&after);
    let codes: Vec<_> = found.iter().map(|one| (one.code, &*one.value)).collect();
    assert_eq!(codes, [(FaultCode::Confirmed, "p, 2023-05-01")]);
    after.audits[0].authority = Authority::MadeHere;
    assert_eq!(told(&after).len(), 1);
}
