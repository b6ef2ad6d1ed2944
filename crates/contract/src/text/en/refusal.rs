//! Why a request was refused: what, why and what lifts it.

use membership_domain::roles::{Permission, Role};

use crate::refusal::{LocationNeed, Refusal as R};
use crate::text::{Plain, Words, en};

/// The sentence of a refusal.
#[must_use]
pub fn refusal(refusal: &R) -> String {
    match refusal {
        R::UnreadableQuery { most } => format!(
            "The query of the address cannot be read: write it as name=value pairs, at most \
             {most}."
        ),
        R::NotJson {
            line,
            column,
            reason,
        } => format!("The body is not JSON: line {line}, column {column}: {reason}."),
        R::UnreadableKey { most } => format!(
            "Idempotency-Key cannot be used: give it once, with 1 to {most} letters, digits or \
             signs of ASCII and no spaces. Nothing was changed."
        ),
        R::NotPermitted { permission, held } => not_permitted(*permission, held),
        R::BodyTooLate { seconds } => format!(
            "The body did not arrive within {seconds} seconds; nothing was changed. Send it \
             again."
        ),
        R::PieceTooLate { seconds } => format!(
            "A part of the body did not arrive within {seconds} seconds; nothing was changed. \
             Send it over a faster line, or in parts."
        ),
        R::LocationsFull { there, most } => format!(
            "The organization has {there} locations, and can have {most}. Nothing was changed. \
             Use one of those that there are."
        ),
        R::NotUndone(why) | R::UnfitTables(why) => why.clone(),
        R::PartnerIdTaken { id } => format!(
            "Another organization or location got the PartnerID {id} at the same moment. Nothing \
             was changed. Try again."
        ),
        R::WeakTag { sent } => format!(
            "If-Match has the weak tag {sent}, which cannot show that nothing was changed, so \
             nothing was written. Send the ETag as this server gives it, without W/: something \
             on the way may have added that."
        ),
        R::EvidenceTooLarge { megabytes } => format!(
            "The evidence would be larger than {megabytes} MB; nothing was changed. Remove what \
             is no longer needed, such as usage of years that no rule looks at."
        ),
        R::MediaType { known } => format!(
            "The body must be sent as {}; nothing was changed.",
            known.join(", ")
        ),
        R::TooManySignIns { seconds, lifted } => {
            format!("Too many failed sign-ins. Wait {seconds} seconds and try again{lifted}.")
        }
        R::TooManyWait { whose, many } => format!(
            "{many} requests {whose} wait already, so this one was not carried out. Try again \
             when they are answered."
        ),
        R::TooManyImports { most, seconds } => format!(
            "This organization had {most} files read or changes of its evidence made within an \
             hour, which is the most. Nothing was changed. There is room for one more in \
             {seconds} seconds: try again then."
        ),
        R::OwnFirst { whose, seconds } => format!(
            "Other requests {whose} took more than {seconds} seconds, so this one was not \
             carried out. Try again when they are answered."
        ),
        R::EvidenceTooLong { seconds } => format!(
            "Going through this evidence took longer than {seconds} seconds and was stopped, \
             because others wait too. Try again in a minute; if it stays, remove what is no \
             longer needed, such as usage of years that no rule looks at."
        ),
        other => fixed(other).to_owned(),
    }
}

/// The sentences that are always the same.
fn fixed(refusal: &R) -> &'static str {
    match refusal {
        R::Malformed => "The request could not be read: check address and headers.",
        R::BrokenOff => "The body broke off before its end; nothing was changed. Send it again.",
        R::NotUtf8 => "The body is not JSON: it is not in UTF-8. Nothing was changed.",
        R::NotSignedIn => "Nobody is signed in. Sign in and try again.",
        R::SessionEnded => "Your session has ended. Sign in again; nothing you typed is lost.",
        R::WrongCredentials => "Email or password is incorrect.",
        R::CrossSite => {
            "This write comes from a page of another site, so it was not done. Use the \
                 workspace's own pages, or have their origin allowed with --allowed-origin."
        }
        R::NotFound => {
            "There is nothing at this address, or nothing that you may see. Check the address, \
                 or ask an administrator of the organization."
        }
        R::MethodNotAllowed => {
            "This address does not know that method; the Allow header lists those it knows."
        }
        R::TookTooLong => {
            "The request took too long and was given up. Try again, with less at a time."
        }
        R::RealTime => {
            "This server shows real time, so its clock stays. Start one with --demo to stand \
                 on another day."
        }
        R::Suspended => {
            "Company data cannot be changed: the account is suspended; only support can change \
                 that."
        }
        R::LocationNeeded(LocationNeed::Last) => {
            "An organization needs a location, and this is its last one, so it stays. Add \
                 another one first."
        }
        R::LocationNeeded(LocationNeed::Country) => {
            "This is the only location in the organization's country, so it stays. Add another \
                 one there, or change the organization's country first."
        }
        R::LocationNeeded(LocationNeed::Figures) => {
            "Figures of the evidence are about this location, so it stays. Remove them, or give \
             them to another location first."
        }
        R::Duplicate => {
            "Somebody else has such a value already, and it can be there only once. Nothing \
                 was changed. Try again, with another value where you gave one."
        }
        R::Stale => {
            "Someone changed this since you read it, so nothing was written. Compare with the \
                 current state, which is in `current` or can be read again, and write again with \
                 its ETag."
        }
        R::UnreadableTag => {
            "If-Match cannot be read, so nothing was written. Send the ETag of what you have \
                 read, with its quotes, several with commas between them, or * for whatever is \
                 there now."
        }
        R::BodyTooLarge => {
            "The body is larger than this address takes; nothing was changed. Send it in parts."
        }
        R::Invalid => "Some values cannot be used; errors names them. Nothing was changed.",
        R::KeyReused => {
            "This Idempotency-Key named another request of yours before. Nothing was changed. \
                 Give each request a key of its own, and repeat the key only with the same request."
        }
        R::NoTag => {
            "This write needs If-Match with the ETag of what you have read, so that nobody's \
                 change is lost. Read it, change it, write it."
        }
        R::TooManyAtOnce => {
            "Too many requests of your network are under way at once. Nothing was changed. Try \
                 again when some of them are answered."
        }
        R::Unavailable => {
            "The database does not answer at the moment and nothing was changed. Try again in \
                 a few seconds."
        }
        R::Uncertain => {
            "The database stopped answering while it saved this, so it may have been saved or \
                 not. Read the current state before you try again, or repeat the request with the \
                 same Idempotency-Key."
        }
        R::Overtaken => {
            "Others were writing at the same moment, so nothing was changed. Try again."
        }
        R::OthersFirst => {
            "The server was busy with requests of others for too long, so this one was not \
                 carried out. Try again in a minute."
        }
        R::AnswersFull => {
            "Large answers that are still being sent take all the memory for them, so this \
                 request was not carried out. Try again in a minute."
        }
        R::ClientLeft => "The client left, so this request was not carried out.",
        _ => {
            "Something went wrong on our side and nothing was changed. Try again; if it stays, \
                 give the request id to support."
        }
    }
}

/// What was asked for, which roles allow it, and which the caller has in their place.
fn not_permitted(permission: Permission, held: &[Role]) -> String {
    let named = |role: &Role| en::role(*role).to_owned();
    let enough = Role::ALL.iter().filter(|role| role.may(permission));
    format!(
        "\u{201c}{}\u{201d} takes the role {}; you have {} here. Nothing was changed. Whom to ask \
         is under My access.",
        en::permission(permission),
        Plain.choice(&enough.map(named).collect::<Vec<_>>()),
        Plain.list(&held.iter().map(named).collect::<Vec<_>>()),
    )
}
