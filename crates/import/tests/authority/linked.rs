//! Who says that people are linked, and that they left: by itself, whoever says the certificates.

use membership_domain::evidence::{Authority, FaultCode, Writer};
use membership_domain::{Evidence, evidence::Person};
use membership_import::Plan;
use serde_json::{Value, json};

use super::{ADA, PEOPLE, by, counts, owner, partner, refused};
use Authority::{Claimed, Confirmed};

/// What is said of the only person: linked, left, left as claimed, and who says it.
fn days(evidence: &Evidence) -> (String, String, String, Authority) {
    let [person] = evidence.people.as_slice() else {
        panic!("{:?}", evidence.people);
    };
    let told = |day: Option<chrono::NaiveDate>| day.map(|on| on.to_string()).unwrap_or_default();
    let Person {
        linked_on,
        left_on,
        claimed_left_on,
        authority,
        ..
    } = person;
    let [linked, left, claimed] = [*linked_on, *left_on, *claimed_left_on].map(told);
    (linked, left, claimed, *authority)
}

fn is(
    linked: &str,
    left: &str,
    claimed: &str,
    by: Authority,
) -> (String, String, String, Authority) {
    (linked.to_owned(), left.to_owned(), claimed.to_owned(), by)
}

fn known(person: &Value) -> Evidence {
    serde_json::from_value(json!({ "people": [person] })).expect("evidence")
}

/// Ada, as the partner entered her.
fn entered(linked_on: &Value, left_on: &Value) -> Evidence {
    let held = json!([{"certificate": "az-104", "completed_on": "2023-05-31"}]);
    let mut ada = json!({"id": "ada@contoso.example", "name": "Ada Berg",
        "email": "ada@contoso.example", "authority": "claimed", "certificates": held});
    for (field, day) in [("linked_on", linked_on), ("left_on", left_on)] {
        if day.is_string() {
            ada[field] = day.clone();
        }
    }
    known(&ada)
}

fn document(person: &Value) -> String {
    json!({ "people": [person] }).to_string()
}

#[test]
fn an_export_says_the_link_of_who_is_new_with_the_authority_of_its_lines() {
    let lines = |lines: &[&str]| format!("{PEOPLE}{}\n", lines.join("\n"));
    let (early, late) = (format!("{ADA},2022-01-31"), format!("{ADA},2023-05-31"));
    let late = late.replace("AZ-104", "AZ-305");
    let none = Evidence::default();
    for (writer, authority) in [
        (Writer::Partner, Claimed),
        (Writer::Preview, Claimed),
        (Writer::Confirming, Confirmed),
    ] {
        for text in [lines(&[&early, &late]), lines(&[&late, &early])] {
            let plan = by(writer, None, &text, &none);
            assert_eq!(days(&plan.evidence), is("2022-01-31", "", "", authority));
        }
    }
    // What is only claimed says nothing of a link that is confirmed.
    let early = format!("{early},,claimed");
    for text in [lines(&[&early, &late]), lines(&[&late, &early])] {
        let plan = owner(&text, &none);
        assert_eq!(days(&plan.evidence), is("2023-05-31", "", "", Confirmed));
    }
}

#[test]
fn the_program_owners_export_confirms_a_link_and_no_day_of_a_claim() {
    let (none, early, left) = (json!(null), json!("2021-01-01"), json!("2023-10-31"));
    let same = format!("{PEOPLE}{ADA},2023-05-31\n");
    for (linked_on, left_on, claimed) in [(&early, &none, ""), (&none, &left, "2023-10-31")] {
        let known = entered(linked_on, left_on);
        let plan = owner(&same, &known);
        assert_eq!(counts(&plan), [0, 1, 0, 0]);
        let confirmed = is("2023-05-31", "", claimed, Confirmed);
        assert_eq!(days(&plan.evidence), confirmed, "as if the person were new");
        let again = owner(&same, &plan.evidence);
        assert_eq!(counts(&again), [0, 0, 1, 0]);
        assert_eq!(again.evidence, plan.evidence);
        // The partner's own export leaves it as it is, also where it says the same.
        let plan = partner(&same, &plan.evidence);
        assert_eq!(counts(&plan), [0, 0, 1, 0]);
        assert_eq!(days(&plan.evidence), confirmed);
    }
}

#[test]
fn a_confirmed_certificate_does_not_confirm_a_link_in_passing() {
    let mut known = entered(&json!("2021-01-01"), &json!(null));
    known.people[0].certificates[0].authority = Confirmed;
    let same = format!("{PEOPLE}{ADA},2023-05-31\n");
    let plan = partner(&same, &known);
    assert_eq!((counts(&plan), &plan.evidence), ([0, 0, 1, 0], &known));
    // Whoever may confirm it says so with the certificate that is confirmed already.
    let plan = owner(&same, &known);
    assert_eq!(counts(&plan), [0, 1, 0, 0]);
    let changes: Vec<&str> = (plan.lines[0].changes.iter())
        .map(|one| one.field.as_str())
        .collect();
    assert_eq!(changes, ["authority", "linked_on"]);
    assert_eq!(days(&plan.evidence), is("2023-05-31", "", "", Confirmed));
}

#[test]
fn a_partner_claims_that_somebody_left_and_confirms_nothing() {
    let ada = json!({"id": "a", "name": "Ada Berg", "linked_on": "2022-03-01",
        "authority": "confirmed"});
    let known = known(&ada);
    let with = |field: &str, value: &str| {
        let mut ada = ada.clone();
        ada[field] = json!(value);
        document(&ada)
    };
    let plan = partner(&with("claimed_left_on", "2023-10-31"), &known);
    assert_eq!(counts(&plan), [0, 1, 0, 0]);
    let claimed = is("2022-03-01", "", "2023-10-31", Confirmed);
    assert_eq!(days(&plan.evidence), claimed);
    for (field, value) in [("linked_on", "2021-01-01"), ("left_on", "2023-10-31")] {
        let plan = partner(&with(field, value), &known);
        let place = format!("/people/0/{field}");
        assert_eq!(refused(&plan), [(1, &*place, FaultCode::Confirmed)]);
        assert_eq!(plan.evidence, known);
        assert_eq!(counts(&owner(&with(field, value), &known)), [0, 1, 0, 0]);
    }
    // The same days say nothing new, whoever the file says says them, and nobody new is confirmed.
    for said in ["claimed", "confirmed"] {
        let plan = partner(&with("authority", said), &known);
        assert_eq!(counts(&plan), [0, 0, 1, 0], "{said}");
    }
    for said in ["confirmed", "made_here"] {
        let plan = partner(&with("authority", said), &Evidence::default());
        let place = [(1, "/people/0/authority", FaultCode::Authority)];
        assert_eq!(refused(&plan), place, "{said}");
    }
}

#[test]
fn a_document_that_says_nothing_is_said_by_who_imports_it() {
    let held = json!([{"certificate": "az-104", "completed_on": "2023-05-31",
        "authority": "claimed"}]);
    let ada = json!({"id": "a", "name": "Ada Berg", "linked_on": "2022-03-01",
        "certificates": held});
    let none = Evidence::default();
    for (writer, authority) in [
        (Writer::Partner, Claimed),
        (Writer::Preview, Claimed),
        (Writer::Confirming, Confirmed),
    ] {
        let plan: Plan = by(writer, None, &document(&ada), &none);
        assert_eq!(days(&plan.evidence), is("2022-03-01", "", "", authority));
        let held = &plan.evidence.people[0].certificates[0];
        assert_eq!(held.authority, Claimed, "it says so itself");
    }
    let text = json!({"customers": [{"id": "c", "name": "Fabrikam", "associations": [
        {"kind": "pal", "since": "2023-03-06"},
        {"kind": "dpor", "since": "2023-03-06", "authority": "claimed"},
    ]}]});
    let plan = owner(&text.to_string(), &none);
    let known = &plan.evidence.customers[0].associations;
    let said: Vec<Authority> = known.iter().map(|one| one.authority).collect();
    assert_eq!(said, [Confirmed, Claimed]);
}
