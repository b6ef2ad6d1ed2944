//! Why roles are not given and taken, and what lifts it.

use membership_domain::roles::{GrantRefusal, Role};

use super::role;
use crate::text::{Plain, Words};
use crate::users::UserState;

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

/// Whether a person can act for the organization.
#[must_use]
pub fn user_state(state: UserState) -> &'static str {
    match state {
        UserState::Active => "Active",
        UserState::Deactivated => "Deactivated",
        UserState::Removed => "Removed",
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
