//! The audit log in sentences.

use membership_domain::audit::Actor;
use membership_domain::roles::{Permission, Role};

use super::roles::{permission, role};
use crate::audit::{AuditChange, AuditEntry, AuditPerson};
use crate::text::{Plain, Words};

/// Somebody whose account was removed.
pub const REMOVED_PERSON: &str = "Removed person";
/// Somebody whose name the reader may not know.
pub const ANOTHER_PERSON: &str = "Another person";
/// A value that was a removed person's.
pub const ERASED: &str = "Erased";

/// Each action by its code: its name for a filter, and its sentence. In a sentence `{who}` did it,
/// `{about}` is whom it is about, `{subject}` what it was done to, `{after:FIELD}` a field's value
/// then.
const ACTIONS: &[(&str, &str, &str)] = &[
    ("sign_in", "Sign-in", "{who} signed in"),
    ("sign_out", "Sign-out", "{who} signed out"),
    (
        "sign_in.fail",
        "Failed sign-in",
        "A sign-in to the account of {about} failed",
    ),
    (
        "session.end",
        "Session ended",
        "{who} ended sessions of {about}",
    ),
    (
        "access.refuse",
        "Access refused",
        "{who} was refused {subject}",
    ),
    (
        "evidence.export",
        "Evidence exported",
        "{who} exported {subject}",
    ),
    (
        "evidence.replace",
        "Evidence changed",
        "{who} changed {subject}",
    ),
    (
        "evidence.import",
        "File imported",
        "{who} imported {subject}",
    ),
    ("evidence.undo", "Import undone", "{who} undid an import"),
    (
        "organization.change",
        "Company data changed",
        "{who} changed the company data",
    ),
    (
        "location.add",
        "Location added",
        "{who} added the location {subject}",
    ),
    (
        "location.change",
        "Location changed",
        "{who} changed the location {subject}",
    ),
    (
        "location.remove",
        "Location removed",
        "{who} removed the location {subject}",
    ),
    (
        "clock.set",
        "Clock set",
        "{who} set the clock to {after:now}",
    ),
    (
        "account.add",
        "Account added",
        "{who} added an account for {about}",
    ),
    (
        "account.disable",
        "Account disabled",
        "{who} disabled the account of {about}",
    ),
    (
        "account.enable",
        "Account enabled",
        "{who} enabled the account of {about}",
    ),
    (
        "account.password",
        "Password changed",
        "{who} changed the password of {about}",
    ),
    (
        "password_reset.request",
        "Password reset requested",
        "A link to reset the password of {about} was requested",
    ),
    (
        "session.prove",
        "Identity confirmed",
        "{who} confirmed their identity",
    ),
    (
        "second_factor.begin",
        "Two-step sign-in begun",
        "{who} began to set up two-step sign-in",
    ),
    (
        "second_factor.enable",
        "Two-step sign-in on",
        "{who} turned on two-step sign-in",
    ),
    (
        "second_factor.disable",
        "Two-step sign-in off",
        "{who} turned off two-step sign-in for {about}",
    ),
    (
        "recovery_codes.make",
        "Recovery codes made",
        "{who} made new recovery codes",
    ),
    (
        "sign_in_policy.change",
        "Sign-in requirement changed",
        "{who} changed what sign-in requires of admins",
    ),
    (
        "role.add",
        "Role added",
        "{who} changed the roles of {about}",
    ),
    (
        "role.change",
        "Roles changed",
        "{who} changed the roles of {about}",
    ),
    (
        "role.grant",
        "Role given",
        "{who} changed where a role of {about} holds",
    ),
    (
        "role.revoke",
        "Role taken",
        "{who} took a role from {about}",
    ),
    (
        "invitation.send",
        "Person invited",
        "{who} invited {after:email}",
    ),
    (
        "invitation.resend",
        "Invitation sent again",
        "{who} sent an invitation again",
    ),
    (
        "invitation.revoke",
        "Invitation revoked",
        "{who} revoked an invitation",
    ),
    (
        "invitation.accept",
        "Invitation accepted",
        "{who} joined with an invitation",
    ),
    (
        "invitation.decline",
        "Invitation declined",
        "An invitation was declined",
    ),
    (
        "member.deactivate",
        "Person deactivated",
        "{who} deactivated {about}",
    ),
    (
        "member.reactivate",
        "Person reactivated",
        "{who} reactivated {about}",
    ),
    (
        "member.remove",
        "Person removed",
        "{who} removed {about} from the organization",
    ),
    (
        "member.erase",
        "Personal values erased",
        "{who} erased the personal values of {about}",
    ),
    (
        "account.export",
        "Own data exported",
        "{who} exported what is known about them",
    ),
    (
        "request.ask",
        "Request made",
        "{who} asked for the removal of a location",
    ),
    (
        "request.withdraw",
        "Request withdrawn",
        "{who} withdrew a request",
    ),
    (
        "request.approve",
        "Request approved",
        "{who} approved a request of {about}",
    ),
    (
        "request.refuse",
        "Request refused",
        "{who} refused a request of {about}",
    ),
    ("mail.send", "Email sent", "An email was sent: {subject}"),
    (
        "mail.refuse",
        "Email refused",
        "The mail server refused an email: {subject}",
    ),
    (
        "mail.drop",
        "Email not sent",
        "An email was out of date and wasn't sent: {subject}",
    ),
    (
        "mail.clean",
        "Old emails removed",
        "{who} removed old emails",
    ),
    ("job.retry", "Job retried", "{who} had {subject} done again"),
    (
        "token.create",
        "API token created",
        "{who} created the API token {subject}",
    ),
    (
        "token.revoke",
        "API token revoked",
        "{who} revoked the API token {subject}",
    ),
    (
        "billing.link",
        "Billing profile changed",
        "{who} changed the billing profile",
    ),
    (
        "billing.exempt",
        "Tax exemption changed",
        "{who} changed whether tax is charged",
    ),
    (
        "order.draft",
        "Order begun",
        "{who} began or changed an order",
    ),
    (
        "order.discard",
        "Draft discarded",
        "{who} discarded the draft of an order",
    ),
    (
        "order.place",
        "Order placed",
        "{who} placed the order {subject}",
    ),
    (
        "order.method",
        "Payment method changed",
        "{who} changed how the order {subject} is paid",
    ),
    (
        "order.pay",
        "Payment received",
        "Money was received for the order {subject}",
    ),
    (
        "order.fulfill",
        "Order paid",
        "The order {subject} was paid in full",
    ),
    (
        "order.cancel",
        "Order canceled",
        "{who} canceled the order {subject}",
    ),
    (
        "order.expire",
        "Order expired",
        "The order {subject} expired",
    ),
    (
        "order.refund",
        "Order refunded",
        "The money of the order {subject} was returned",
    ),
    (
        "order.dispute",
        "Payment disputed",
        "The payment of the order {subject} is disputed, or that was decided",
    ),
    (
        "term.remind",
        "Renewal reminder sent",
        "Those who can renew were reminded",
    ),
    (
        "term.start",
        "Membership started",
        "A term began with the order {subject}",
    ),
    (
        "money.park",
        "Payment set aside",
        "Money was received that the order {subject} doesn't need",
    ),
    (
        "payment.start",
        "Card payment begun",
        "{who} began to pay the order {subject} by card",
    ),
    (
        "payment.end",
        "Card payment ended",
        "A card payment of the order {subject} ended without money",
    ),
    (
        "payment.lose",
        "Card payment unknown",
        "The result of a card payment of the order {subject} isn't known yet",
    ),
    (
        "payment.find",
        "Card payment found",
        "A card payment of the order {subject} is known again",
    ),
    (
        "payment.look",
        "Card payment checked",
        "The payment provider gave the status of the order {subject}",
    ),
    (
        "payment.event",
        "Payment event",
        "The payment provider sent an event",
    ),
    ("bill.issue", "Bill issued", "{subject} was issued"),
    (
        "books.earn",
        "Revenue earned",
        "A month of the order {subject} was booked as earned",
    ),
    (
        "bank.import",
        "Bank file imported",
        "{who} imported a bank file",
    ),
    (
        "bank.match",
        "Bank entries matched",
        "Bank entries were matched",
    ),
    (
        "bank.decide",
        "Bank entry decided",
        "{who} decided about a bank entry",
    ),
    (
        "bank.claim",
        "Bank entry opened",
        "{who} is working on a bank entry",
    ),
    (
        "bank.undo",
        "Bank decision undone",
        "{who} undid a decision about a bank entry",
    ),
    (
        "parked.decide",
        "Payment decided",
        "{who} decided about money set aside for the order {subject}",
    ),
    (
        "operator.add",
        "Operator added",
        "{who} made {about} an operator",
    ),
    (
        "operator.remove",
        "Operator removed",
        "{who} took the operator's desk from {about}",
    ),
    (
        "operator.read",
        "Order viewed",
        "{who} viewed the order {subject}",
    ),
    (
        "proof.upload",
        "Proof of payment uploaded",
        "{who} uploaded a proof of payment for the order {subject}",
    ),
    (
        "audit.export",
        "Audit log exported",
        "{who} exported the audit log",
    ),
    (
        "database.declare",
        "Database declared",
        "{who} declared the database for {subject}",
    ),
    ("demo.seed", "Demo filled", "{who} filled the demo"),
];

/// The codes of all actions with their names, for a filter.
pub fn audit_actions() -> impl Iterator<Item = (&'static str, &'static str)> {
    ACTIONS.iter().map(|(code, name, _)| (*code, *name))
}

/// What did something, by name; a token with its own name and that of who created it.
fn audit_who(actor: Actor, name: Option<&str>, token: Option<&str>) -> String {
    match actor {
        Actor::Person => name.unwrap_or(REMOVED_PERSON).to_owned(),
        Actor::Token => {
            let token = token.map_or("A token".to_owned(), |token| format!("Token {token}"));
            name.map_or(token.clone(), |name| format!("{token} of {name}"))
        }
        Actor::Operator => "The operator".to_owned(),
        Actor::Job => "A background job".to_owned(),
        Actor::Server => "The server".to_owned(),
    }
}

/// Who did something and for whom, by name; nothing where it is about nobody.
#[must_use]
pub fn audit_names(entry: &AuditEntry) -> (String, Option<String>) {
    let name = |person: &AuditPerson| person.name.clone();
    let who = entry.who.as_ref().and_then(name);
    let who = audit_who(entry.actor, who.as_deref(), entry.by_name.as_deref());
    let about = entry.about.as_ref();
    let about = about.map(|person| name(person).unwrap_or_else(|| REMOVED_PERSON.to_owned()));
    (who, about)
}

/// An entry in a sentence, without a period; `subject` is the name of what it was done to, where it
/// has one.
#[must_use]
pub fn audit_said(entry: &AuditEntry, subject: &str) -> String {
    let (who, about) = audit_names(entry);
    let (action, who, about) = (&*entry.action, &*who, about.as_deref());
    let is_role = |change: &&AuditChange| matches!(&*change.field, "role" | "roles");
    let roles = entry.changes.iter().find(is_role);
    if let (Some(roles), Some(about)) = (roles, about)
        && (action.starts_with("role.") || action == "request.approve")
        && let Some(said) = roles_said(who, about, roles)
    {
        return said;
    }
    if action == "request.ask"
        && let Some(role) = roles.and_then(|change| change.after.as_deref())
    {
        return format!("{who} asked for the role {role}");
    }
    if action == "sign_in.fail" && about.is_none() {
        return "A sign-in with an unknown email failed".to_owned();
    }
    let known = ACTIONS.iter().find(|(code, ..)| *code == action);
    let Some((_, _, sentence)) = known else {
        // Of a later version.
        return format!("{who}: {}", action.replace(['.', '_'], " "));
    };
    let subject = named(action, subject);
    filled(sentence, |name| match name {
        "who" => Some(who.to_owned()),
        "about" => Some(about.unwrap_or(REMOVED_PERSON).to_owned()),
        "subject" => Some(subject.clone()),
        field => {
            let field = field.strip_prefix("after:")?;
            let change = entry.changes.iter().find(|change| change.field == field);
            change?.after.clone()
        }
    })
}

/// Who was given which roles, and who lost which; nothing where none changed.
fn roles_said(who: &str, about: &str, change: &AuditChange) -> Option<String> {
    let listed = |side: &Option<String>| -> Vec<String> {
        let text = side.as_deref().unwrap_or_default();
        text.split(", ")
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (before, after) = (listed(&change.before), listed(&change.after));
    let without = |some: &[String], others: &[String]| -> Vec<String> {
        some.iter()
            .filter(|one| !others.contains(one))
            .cloned()
            .collect()
    };
    let roles = |names: &[String]| {
        let noun = if names.len() == 1 { "role" } else { "roles" };
        format!("the {noun} {}", Plain.list(names))
    };
    let (given, taken) = (without(&after, &before), without(&before, &after));
    match (given.is_empty(), taken.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("{who} gave {about} {}", roles(&given))),
        (true, false) => Some(format!("{who} took {} from {about}", roles(&taken))),
        (false, false) => {
            let (given, taken) = (roles(&given), roles(&taken));
            Some(format!("{who} gave {about} {given}, and took {taken}"))
        }
    }
}

/// What something was done to, as it reads in a sentence.
fn named(action: &str, subject: &str) -> String {
    match (action, subject) {
        ("access.refuse", "organization") => "another organization".to_owned(),
        ("access.refuse", code) => match Permission::from_code(code) {
            Some(known) => format!("\u{201c}{}\u{201d}", permission(known)),
            None => code.replace('_', " "),
        },
        ("evidence.export" | "evidence.replace", "all") => "all evidence".to_owned(),
        ("evidence.export" | "evidence.replace", part) => {
            format!("the evidence of {}", part.replace('_', " "))
        }
        _ => subject.to_owned(),
    }
}

/// The name of a field or a fact in words: `contact.email` is `Contact email`.
#[must_use]
pub fn audit_label(name: &str) -> String {
    let words = name.replace(['.', '_'], " ");
    let mut signs = words.chars();
    let first = signs.next().map(|sign| sign.to_ascii_uppercase());
    first.into_iter().chain(signs).collect()
}

/// The text of a value as people know it: a role by its name.
#[must_use]
pub fn audit_value(field: &str, text: &str) -> String {
    let known = match field {
        "role" | "roles" => Role::from_code(text).map(role),
        "permissions" => Permission::from_code(text).map(permission),
        _ => None,
    };
    known.unwrap_or(text).to_owned()
}

/// A sentence with each `{name}` in it replaced.
fn filled(sentence: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut said = String::new();
    let mut rest = sentence;
    while let Some((before, opened)) = rest.split_once('{') {
        let (name, behind) = opened.split_once('}').unwrap_or((opened, ""));
        said += before;
        said += &value(name).unwrap_or_default();
        rest = behind;
    }
    said + rest
}

#[cfg(test)]
mod tests;
