//! Why a request was refused: what, why and what lifts it.

use membership_domain::link::LinkState;
use membership_domain::roles::{Permission, Role};

use crate::refusal::{LocationNeed, Refusal as R, Tried};
use crate::text::{Plain, Words, en};

impl R {
    /// What happened, why, and what lifts it.
    #[must_use]
    pub fn detail(&self) -> String {
        detail(self)
    }
}

fn detail(refusal: &R) -> String {
    match refusal {
        R::UnreadableQuery { most } => {
            format!("The query can't be read. Write it as name=value pairs, at most {most}.")
        }
        R::NotJson {
            line,
            column,
            reason,
        } => format!("The body isn't valid JSON: line {line}, column {column}: {reason}."),
        R::UnreadableKey { most } => format!(
            "Idempotency-Key can't be used. Send it once, with 1 to {most} ASCII letters, digits, \
             or signs and no spaces. Nothing was changed."
        ),
        R::NotPermitted { permission, held } => not_permitted(*permission, held),
        R::RoleNotGiven(why) => en::grant_refused(*why),
        R::Token(why) => en::token_refused(*why),
        R::LastHolder(role) => en::last_holder(*role),
        R::RoleHeld(role) => format!("You already have the role {}.", en::role(*role)),
        R::NobodyGives(role) => en::nobody_gives(*role),
        R::InvitationDecided(state) => en::invitation_decided(*state).to_owned(),
        R::RequestDecided(state) => {
            let state = en::request_state(*state).to_lowercase();
            format!("This request is already {state}. Nothing was changed. Reload the page.")
        }
        R::OrderThere(number) => format!(
            "Order {number} of this offer is already open. Nothing was changed. Pay or cancel it \
             in Orders and bills."
        ),
        R::BodyTooLate { seconds } => format!(
            "The body did not arrive within {seconds} seconds; nothing was changed. Send it \
             again."
        ),
        R::PieceTooLate { seconds } => format!(
            "A part of the body did not arrive within {seconds} seconds; nothing was changed. Send \
             it over a faster connection, or in parts."
        ),
        R::LocationsFull { there, most } => format!(
            "The organization has {there} locations; the limit is {most}. Nothing was changed. Use \
             an existing location."
        ),
        R::NotUndone(why) | R::UnfitTables(why) => why.clone(),
        R::PartnerIdTaken { id } => format!(
            "Another organization or location got the PartnerID {id} at the same moment. Nothing \
             was changed. Try again."
        ),
        R::WeakTag { sent } => format!(
            "If-Match has the weak tag {sent}, which can't prove that nothing changed, so nothing \
             was written. Send the ETag as this server gives it, without W/, which a proxy may \
             have added."
        ),
        R::EvidenceTooLarge { megabytes } => format!(
            "The evidence would be larger than {megabytes} MB; nothing was changed. Remove what \
             you no longer need, such as usage from years that no rule uses."
        ),
        R::MediaType { known } => format!(
            "The body must be sent as {}; nothing was changed.",
            known.join(", ")
        ),
        R::TooManyTries {
            tried,
            seconds,
            lifted,
        } => {
            let what = match tried {
                Tried::SignIn => "Too many failed sign-ins.",
                Tried::Code => "Too many wrong codes.",
                Tried::Reset => "Too many links to reset a password were requested.",
                Tried::Link => "Too many links that don't exist were opened from your network.",
            };
            format!("{what} Wait {seconds} seconds and try again{lifted}.")
        }
        R::LinkEnded(state) => ended(*state).to_owned(),
        R::Order(why) => en::order_refused(*why).to_owned(),
        R::BankFile(why) => format!("This file can't be imported, so nothing of it was. {why}"),
        R::BankEntry(state) => format!(
            "This bank entry is already decided: {}. Nothing was changed. Reload the page.",
            en::bank_entry_state(*state).to_lowercase()
        ),
        R::Claimed { by } => format!(
            "{by} is working on this case. Nothing was changed. Take another one, or wait a few \
             minutes."
        ),
        R::Quote(why) => en::quote_refused(*why).to_owned(),
        R::TooManyMails { whose, seconds } => format!(
            "Too many emails {whose} in an hour. Nothing was changed. Try again in {seconds} seconds."
        ),
        R::TooManyWait { whose, many } => format!(
            "{many} requests {whose} are already waiting, so this one wasn't carried out. Try \
             again when they are answered."
        ),
        R::TooManyImports { most, seconds } => format!(
            "This organization reached its limit of {most} file reads and evidence changes in an \
             hour. Nothing was changed. Try again in {seconds} seconds."
        ),
        R::OwnFirst { whose, seconds } => format!(
            "Other requests {whose} took more than {seconds} seconds, so this one wasn't carried \
             out. Try again when they are answered."
        ),
        R::EvidenceTooLong { seconds } => format!(
            "Going through this evidence took longer than {seconds} seconds and was stopped \
             because others are waiting. Try again in a minute; if that doesn't help, remove what \
             you no longer need, such as usage from years that no rule uses."
        ),
        other => fixed(other).to_owned(),
    }
}

/// The sentences that are always the same.
fn fixed(refusal: &R) -> &'static str {
    match refusal {
        R::Malformed => "The request can't be read. Check the address and headers.",
        R::BrokenOff => "The body is incomplete; nothing was changed. Send it again.",
        R::NotUtf8 => "The body isn't valid JSON: it isn't in UTF-8. Nothing was changed.",
        R::NoKey => {
            "Send an Idempotency-Key with this request, so that it is done once however often it \
             is sent. Nothing was changed."
        }
        R::PriceChanged => {
            "The price, the tax or the agreement changed since you saw it, so nothing was ordered. \
             Check the new total, then confirm again."
        }
        R::Gateway => {
            "The payment provider isn't answering. Nothing was charged by this request. Try again \
             in a moment, or pay by bank transfer."
        }
        R::OperatorAccount => {
            "This account belongs to an operator of the program, who can't be a member of an \
             organization. Nothing was changed. Use another email address."
        }
        R::NotAnOperator => "There's nothing at this address for your account.",
        R::Forged => "The signature of this event isn't right, so nothing was changed.",
        R::NotSignedIn => "You aren't signed in. Sign in and try again.",
        R::SessionEnded => "Your session ended. Sign in again; nothing you typed is lost.",
        R::WrongCredentials => "Email or password is incorrect.",
        R::CodeRequired => "Enter the code from your authenticator app, or a recovery code.",
        R::WrongCode => {
            "This code isn't right, or was already used. Enter the code that your authenticator \
             app shows now, or a recovery code that you haven't used."
        }
        R::ProofRequired => {
            "Confirm that it's you: your last proof was too long ago for this change, so nothing \
             was changed. Send your password or a code to /session/proof, then try again."
        }
        R::SecondFactorMissing => {
            "This organization requires two-step sign-in for admins, and you haven't set it up. \
             Set it up in Your account; then everything opens again."
        }
        R::SecondFactorFirst => {
            "You don't use two-step sign-in yourself, so you would lock yourself out. Nothing was \
             changed. Set it up in Your account first."
        }
        R::SecondFactorThere => {
            "Two-step sign-in is already on. Nothing was changed. Turn it off first to set it up \
             with another app."
        }
        R::NoSecondFactor => {
            "Two-step sign-in isn't set up, so nothing was changed. Start the setup first."
        }
        R::LinkUnknown => {
            "This link doesn't exist. Open it exactly as it is in the email, or request a new one."
        }
        R::InvitedAnother => {
            "This invitation is for another email address than the one you're signed in with. Sign \
             out, then open the link in the email again."
        }
        R::InvitedAccount => {
            "This email address already has an account. Sign in with it, then open the link in the \
             email again."
        }
        R::CrossSite => {
            "This write came from a page on another site, so nothing was changed. Use the \
             workspace's own pages, or have the operator allow the site with --allowed-origin."
        }
        R::NotFound => {
            "Nothing exists at this address, or you may not see it. Check the address, or ask an \
             administrator of the organization."
        }
        R::MethodNotAllowed => {
            "This address doesn't support that method; the Allow header lists those it supports."
        }
        R::TookTooLong => {
            "The request took too long and was stopped. Try again with less at a time."
        }
        R::RealTime => {
            "This server uses real time, so its clock can't be set. To try another day, start a \
             server with --demo."
        }
        R::Suspended => {
            "Company data can't be changed because the account is suspended. Contact support."
        }
        R::LocationNeeded(LocationNeed::Last) => {
            "An organization needs at least one location, and this is the last one. Add another \
             one first."
        }
        R::LocationNeeded(LocationNeed::Country) => {
            "This is the only location in the organization's country. Add another one there, or \
             change the organization's country first."
        }
        R::LocationNeeded(LocationNeed::Roles) => {
            "Roles of people, or invitations, are limited to this location, so it can't be removed. \
             Give them for other locations, or remove them, under People and roles first."
        }
        R::LocationNeeded(LocationNeed::Figures) => {
            "Figures in the evidence name this location, so it can't be removed. Remove them, or \
             give them to another location first."
        }
        R::Duplicate => {
            "This value is already in use and must be unique. Nothing was changed. Try again with \
             another value."
        }
        R::Stale => {
            "Someone changed this since you read it, so nothing was written. Compare with the \
                 current state, which is in `current` or can be read again, and write again with \
                 its ETag."
        }
        R::UnreadableTag => {
            "If-Match can't be read, so nothing was written. Send the ETag of what you have read, \
             with its quotes, several separated by commas, or * for any current state."
        }
        R::BodyTooLarge => {
            "The body is larger than this address accepts; nothing was changed. Send it in parts."
        }
        R::Invalid => "Some values can't be used. Nothing was changed.",
        R::KeyReused => {
            "You already used this Idempotency-Key for another request. Nothing was changed. Use a \
             new key for each request, and repeat a key only with the same request."
        }
        R::NoTag => {
            "This write requires If-Match with the ETag of what you read, so that no one's change \
             is lost. Read it, change it, then write it."
        }
        R::TooManyAtOnce => {
            "Too many requests from your network are in progress. Nothing was changed. Try again \
             when some of them are answered."
        }
        R::Unavailable => {
            "The database isn't answering, and nothing was changed. Try again in a few seconds."
        }
        R::Uncertain => {
            "The database stopped answering while it saved this, so it may or may not be saved. \
             Look at what is there now before you try again."
        }
        R::Overtaken => "Others were writing at the same time, so nothing was changed. Try again.",
        R::OthersFirst => {
            "The server was busy with other requests for too long, so this one wasn't carried out. \
             Try again in a minute."
        }
        R::AnswersFull => {
            "Large answers still being sent use all the memory for them, so this request wasn't \
             carried out. Try again in a minute."
        }
        R::ClientLeft => "The client left, so this request wasn't carried out.",
        _ => {
            "Something went wrong on our side, and nothing was changed. Try again; if that doesn't \
             help, give the request ID to support."
        }
    }
}

/// Why a link does nothing any more.
fn ended(state: LinkState) -> &'static str {
    match state {
        LinkState::Used => "This link was already used, and works only once.",
        LinkState::Expired => "This link has expired. Request a new one.",
        LinkState::Revoked => "This link was withdrawn or replaced by a newer one.",
        LinkState::Issued => "This link still works.",
    }
}

/// What was asked for, which roles allow it, and which the caller has in their place.
fn not_permitted(permission: Permission, held: &[Role]) -> String {
    let named = |role: &Role| en::role(*role).to_owned();
    let enough = Role::ALL.iter().filter(|role| role.may(permission));
    format!(
        "\u{201c}{}\u{201d} requires the role {}; you have {} here. Nothing was changed. See My \
         access for who can help.",
        en::permission(permission),
        Plain.choice(&enough.map(named).collect::<Vec<_>>()),
        Plain.list(&held.iter().map(named).collect::<Vec<_>>()),
    )
}
