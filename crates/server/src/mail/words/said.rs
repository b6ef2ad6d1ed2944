//! The sentences of mails. What people typed is on one line, bounded, and without what nobody can
//! see.

use chrono::NaiveDate;
use membership_contract::text::{Plain, Words as _, en};
use membership_domain::roles::Role;
use membership_domain::text::is_invisible;

use super::Words;

/// So many characters of a name.
const NAME: usize = 80;

/// So many characters of what somebody gave as a reason.
const REASON: usize = 1000;

pub fn invitation(organization: &str, by: &str, roles: &[Role], until: NaiveDate) -> Words {
    let roles: Vec<_> = roles
        .iter()
        .map(|role| en::role(*role).to_owned())
        .collect();
    let as_what = match roles.as_slice() {
        [] => String::new(),
        roles => format!(" as {}", Plain.list(roles)),
    };
    Words {
        subject: format!("{by} invited you to {organization}"),
        paragraphs: vec![
            format!("{by} invited you to join {organization}{as_what}."),
            format!("You can accept or decline until {}.", Plain.day(until)),
        ],
        button: "Open the invitation",
        why: format!(
            "You received this email because {by} entered your address. If you don't know them, \
             ignore it: nothing happens unless you accept."
        ),
    }
}

pub fn password_reset(minutes: u32) -> Words {
    Words {
        subject: "Reset your password".to_owned(),
        paragraphs: vec![format!(
            "Someone asked to reset the password of your account. The link works once, for \
             {minutes} minutes."
        )],
        button: "Choose a new password",
        why:
            "You received this email because someone entered your address on the sign-in page. If \
              it wasn't you, ignore it: your password stays the same."
                .to_owned(),
    }
}

/// About the recipient's own account.
pub fn notice(subject: &str, said: &str) -> Words {
    Words {
        subject: subject.to_owned(),
        paragraphs: vec![
            said.to_owned(),
            "If it wasn't you, reset your password now and tell an admin of your organization."
                .to_owned(),
        ],
        button: "Open your account",
        why: "You received this email because it's about the security of your account.".to_owned(),
    }
}

pub fn role_request(organization: &str, by: &str, role: Role, reason: &str) -> Words {
    let role = en::role(role);
    let mut paragraphs = vec![format!("{by} asks for the role {role} at {organization}.")];
    paragraphs.extend(quoted(reason));
    Words {
        subject: format!("{by} asks for the role {role}"),
        paragraphs,
        button: "Answer the request",
        why: format!("You received this email because you can grant this role at {organization}."),
    }
}

pub fn role_changed(organization: &str, by: &str, said: &str) -> Words {
    Words {
        subject: format!("Your roles at {organization}"),
        paragraphs: vec![format!("{by} {said} at {organization}.")],
        button: "See your access",
        why: format!("You received this email because you have an account at {organization}."),
    }
}

/// About what the program owner decided.
pub fn company(organization: &str, said: String) -> Words {
    Words {
        subject: format!("Locations of {organization}"),
        paragraphs: vec![said],
        button: "See the company",
        why: format!("You received this email because you asked for it at {organization}."),
    }
}

/// About an order, to where bills go.
pub fn order(organization: &str, subject: String, paragraphs: Vec<String>) -> Words {
    Words {
        subject,
        paragraphs,
        button: "Open the order",
        why: format!("You received this email because bills of {organization} go to this address."),
    }
}

/// About a renewal, to those who can order it. The days: anniversary, and the window's first and
/// last.
pub fn renewal(organization: &str, offer: &str, days: [NaiveDate; 3]) -> Words {
    let [anniversary, opens, closes] = days.map(|day| Plain.day(day));
    Words {
        subject: format!("Renew {offer} by {closes}"),
        paragraphs: vec![
            format!("The term of {offer} for {organization} ends on {anniversary}."),
            format!(
                "It can be renewed from {opens} until {closes}, and not before. Without a renewal \
                 its benefits end on {closes}, and only a new purchase is possible."
            ),
        ],
        button: "See the offer",
        why: format!(
            "You received this email because you can renew memberships at {organization}."
        ),
    }
}

pub fn quoted(reason: &str) -> Option<String> {
    (!reason.is_empty()).then(|| format!("Reason: \"{reason}\""))
}

/// A name as a mail shows it: one line, of bounded length, without what nobody can see.
pub fn name(name: &str) -> String {
    match cut(name, NAME) {
        empty if empty.is_empty() => "(no name)".to_owned(),
        name => name,
    }
}

/// A reason as a mail shows it.
pub fn reason(reason: &str) -> String {
    cut(reason, REASON)
}

fn cut(text: &str, most: usize) -> String {
    let seen: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .filter(|letter| !is_invisible(*letter))
        .collect();
    let words: Vec<_> = seen.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}...", line[..end].trim_end()),
        None => line,
    }
}
