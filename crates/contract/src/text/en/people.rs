//! Why roles are not given and taken, and what lifts it.

use membership_domain::invitation::InvitationState;
use membership_domain::request::RequestState;
use membership_domain::roles::{GrantRefusal, Role, granting};

use super::role;
use crate::invitations::InvitationOutcome;
use crate::text::{Plain, Words};
use membership_domain::member::MemberState;

/// Why a role is not given or taken.
#[must_use]
pub fn grant_refused(refusal: GrantRefusal) -> String {
    match refusal {
        GrantRefusal::Token => {
            "API tokens can't change roles. Sign in and change them yourself.".to_owned()
        }
        GrantRefusal::Oneself => {
            "You can't change this for yourself. Ask another administrator.".to_owned()
        }
        GrantRefusal::NotAmong(by) => {
            let names: Vec<_> = by.iter().map(|one| role(*one).to_owned()).collect();
            format!(
                "This takes the role {}. Ask someone who has it.",
                Plain.choice(&names)
            )
        }
        GrantRefusal::WholeOrganization(one) => format!(
            "The role {} can't be limited to locations. Give it for the whole organization.",
            role(one)
        ),
        GrantRefusal::NoLocation => "Choose at least one location.".to_owned(),
        GrantRefusal::NotForGuests(one) => format!(
            "Guests can't have the role {}. Remove the role Guest first.",
            role(one)
        ),
    }
}

/// Why nobody can be asked for a role.
#[must_use]
pub fn nobody_gives(one: Role) -> String {
    let by: Vec<_> = granting(one)
        .by
        .iter()
        .map(|by| role(*by).to_owned())
        .collect();
    format!(
        "No one else in your organization can give the role {}: that takes the role {}. Contact \
         support.",
        role(one),
        Plain.choice(&by)
    )
}

/// What came of inviting one address.
#[must_use]
pub fn invitation_outcome(outcome: InvitationOutcome) -> &'static str {
    match outcome {
        InvitationOutcome::Invited => "Invited.",
        InvitationOutcome::Unusable => "This email address can't be used.",
        InvitationOutcome::Repeated => "You named this address twice. It was invited once.",
        InvitationOutcome::Member => "Already a member. Nothing was sent.",
        InvitationOutcome::Open => {
            "Already invited. Nothing was sent; you can send the invitation again from the list."
        }
    }
}

/// How far an invitation is.
#[must_use]
pub fn invitation_state(state: InvitationState) -> &'static str {
    match state {
        InvitationState::Open => "Invited",
        InvitationState::Accepted => "Accepted",
        InvitationState::Declined => "Declined",
        InvitationState::Revoked => "Revoked",
        InvitationState::Expired => "Expired",
    }
}

/// Why nothing more is done with an invitation.
#[must_use]
pub fn invitation_decided(state: InvitationState) -> &'static str {
    match state {
        InvitationState::Open => "This invitation is still open. Nothing was changed.",
        InvitationState::Accepted => "This invitation was already accepted. Nothing was changed.",
        InvitationState::Declined => {
            "This invitation was declined. Nothing was changed. Send it again to ask once more."
        }
        InvitationState::Revoked => {
            "This invitation was revoked. Nothing was changed. Invite the person again."
        }
        InvitationState::Expired => {
            "This invitation expired. Nothing was changed. Send it again first."
        }
    }
}

/// How far a request is.
#[must_use]
pub fn request_state(state: RequestState) -> &'static str {
    match state {
        RequestState::Pending => "Waiting for a decision",
        RequestState::Approved => "Approved",
        RequestState::CarriedOut => "Done",
        RequestState::Failed => "Failed",
        RequestState::Refused => "Refused",
        RequestState::Withdrawn => "Withdrawn",
    }
}

/// Whether a person can act for the organization.
#[must_use]
pub fn user_state(state: MemberState) -> &'static str {
    match state {
        MemberState::Active => "Active",
        MemberState::Deactivated => "Deactivated",
        MemberState::Removed => "Removed",
    }
}

/// At how many locations a role holds.
#[must_use]
pub fn at_locations(many: usize) -> String {
    match many {
        1 => "1 location".to_owned(),
        many => format!("{many} locations"),
    }
}

/// Why the last holder of a role keeps it.
#[must_use]
pub fn last_holder(one: Role) -> String {
    format!(
        "This is the only person with the role {0}, and an organization needs one. Give another \
         person the role {0} first.",
        role(one)
    )
}
