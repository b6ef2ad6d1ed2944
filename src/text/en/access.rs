//! My access, and the page of those who lack it.

pub const TITLE: &str = "My access";
pub const ROLES: &str = "My roles";
pub const NO_ROLES: &str = "You don't have a role in this organization.";
pub const NO_ROLES_WHY: &str = "Your roles decide what you can see and do here. Ask one \
    of the people on this page for a role.";
pub const ADMINS: &str = "Who can help";
pub const ADMINS_ABOUT: &str = "They can assign and remove roles.";
pub const NO_ADMINS: &str = "No one in this organization can assign roles: it has no Global admin \
    or Account admin. Open a support ticket.";
pub const NO_ORGANIZATION: &str = "You aren't in an organization yet";
pub const NO_ORGANIZATION_WHY: &str = "Your account works, but no partner organization has added \
    you yet. Ask your organization's Global admin or Account admin to add you.";
pub const NOT_OWN: &str = "You don't have access to this organization";
pub const NOT_OWN_WHY: &str = "You don't have a role in the organization with the PartnerID in \
    this address. Check the address, or ask that organization's Global admin or Account admin to \
    add you.";
pub const OWN: &str = "This page at your organizations";
pub const EACH: &str = "What you can do here";
pub const YES: &str = "Yes";
pub const NO: &str = "No";
pub const NO_WAY: &str = "No one else here can give a role for this. Contact support.";
pub const ASK: &str = "Ask for it";

pub fn through(roles: &str) -> String {
    format!("You have the role {roles}.")
}

pub fn way(role: &str, givers: &str) -> String {
    format!("{givers} can give you the role {role}.")
}

pub fn ask_for(role: &str) -> String {
    format!("Ask for the role {role}")
}

pub fn asked_for(role: &str) -> String {
    format!("You asked for the role {role}.")
}

/// What was asked for.
pub mod requests {
    pub const WAITING: &str = "Waiting for you";
    pub const MINE: &str = "Requests";
    pub const REASON: &str = "Why you need it";
    pub const NOTE: &str = "Why not";
    pub const NOTE_HINT: &str = "The person who asked gets this by email.";
    pub const SEND: &str = "Send the request";
    pub const GIVE: &str = "Give the role";
    pub const REFUSE: &str = "Refuse";
    pub const REFUSE_IT: &str = "Refuse the request";
    pub const WITHDRAW: &str = "Withdraw";
    pub const LOCATION: &str = "Removal of a location";
    pub const OWNER: &str = "The program owner";
    pub const GIVEN: &str = "The role is given.";
    pub const REFUSED: &str = "The request is refused.";

    pub fn location(name: &str) -> String {
        format!("Removal of the location {name}")
    }

    pub fn ask(role: &str) -> String {
        format!("Ask for the role {role}")
    }

    pub fn asked(role: &str) -> String {
        format!("You asked for the role {role}. Those who can give it get an email.")
    }

    pub fn asks(name: &str, what: &str) -> String {
        format!("{name} asks for the role {what}")
    }

    pub fn said(name: &str, note: &str) -> String {
        format!("{name}: {note}")
    }
}

pub const NOTHING: &str = "This role doesn't allow anything here.";

pub const DENIED_TITLE: &str = "You can't open the membership workspace";
pub const DENIED_LIFT: &str = "Ask one of these people for the MPN Partner admin role. It takes \
    effect as soon as it's assigned.";
pub const TO_ACCESS: &str = "See what my roles allow";
pub const HELD: &str = "Your roles here";

pub const PAGE_DENIED_TITLE: &str = "You can't open this page";
pub const PAGE_DENIED_LIFT: &str = "Ask one of these people for one of those roles. It takes \
    effect as soon as it's assigned.";

/// Why another page is closed: `organization` and the names of the roles that open it.
pub const SECOND_STEP: &str = "Set up two-step sign-in first";
pub const SET_UP: &str = "Set it up";

pub fn second_step_why(organization: &str) -> String {
    format!(
        "{organization} requires two-step sign-in for admins. Its pages open as soon as you've set \
         it up."
    )
}

pub fn page_denied(organization: &str, needed: &str) -> String {
    format!("To open this page at {organization}, you need the {needed} role.")
}

/// Why the workspace is closed: `organization` and the names of the roles that open it.
pub fn denied(organization: &str, needed: &str) -> String {
    format!("To open the workspace at {organization}, you need the {needed} role.")
}

pub fn at(organization: &str) -> String {
    format!("What you can do at {organization}")
}

pub fn write_to(name: &str) -> String {
    format!("Email {name}")
}
