//! Sentences of the audit log.

use membership_domain::id::{EntryId, UserId};

use super::*;

fn roles(before: &str, after: &str) -> AuditChange {
    AuditChange {
        field: "roles".to_owned(),
        label: audit_label("roles"),
        before: Some(before.to_owned()),
        after: Some(after.to_owned()),
        erased: false,
    }
}

fn said(action: &str, about: Option<&str>, subject: &str, changes: &[AuditChange]) -> String {
    let person = |name: &str| AuditPerson {
        id: UserId::nil(),
        name: Some(name.to_owned()),
    };
    let entry = AuditEntry {
        id: EntryId::nil(),
        at: chrono::DateTime::UNIX_EPOCH,
        actor: Actor::Person,
        who: Some(person("Nadia Farouk")),
        by: None,
        by_name: None,
        session: None,
        about: about.map(person),
        action: action.to_owned(),
        subject: String::new(),
        said: String::new(),
        changes: changes.to_vec(),
        facts: Vec::new(),
        request_id: String::new(),
    };
    audit_said(&entry, subject)
}

#[test]
fn roles_are_told_by_who_got_and_lost_them() {
    let about = Some("Omar Haddad");
    for (before, after, expected) in [
        (
            "",
            "Billing admin",
            "gave Omar Haddad the role Billing admin",
        ),
        (
            "Guest, Owner",
            "",
            "took the roles Guest and Owner from Omar Haddad",
        ),
        (
            "Guest",
            "Owner",
            "gave Omar Haddad the role Owner, and took the role Guest",
        ),
        ("Guest", "Guest", "changed the roles of Omar Haddad"),
    ] {
        let told = said("role.change", about, "x", &[roles(before, after)]);
        assert_eq!(told, format!("Nadia Farouk {expected}"));
    }
}

#[test]
fn each_sentence_has_what_it_needs() {
    for (code, name, sentence) in ACTIONS {
        let told = said(code, None, "Porto", &[]);
        assert!(
            !told.contains(['{', '}']) && !name.is_empty(),
            "{sentence}: {told}"
        );
    }
    let refused = said("access.refuse", None, "see_workspace", &[]);
    assert!(refused.ends_with("was refused \u{201c}Open the membership workspace\u{201d}"));
    assert_eq!(
        said("what.is_new", None, "x", &[]),
        "Nadia Farouk: what is new"
    );
    assert_eq!(
        said("sign_in.fail", None, "", &[]),
        "A sign-in with an unknown email failed"
    );
    let asked = said("request.ask", None, "", &[roles("", "Guest")]);
    assert_eq!(asked, "Nadia Farouk asked for the role Guest");
    assert_eq!(
        audit_who(Actor::Job, None, Some("mail.send")),
        "A background job"
    );
    assert_eq!(audit_label("contact.email"), "Contact email");
    assert_eq!(audit_value("roles", "billing_admin"), "Billing admin");
    assert_eq!(audit_value("name", "billing_admin"), "billing_admin");
}
