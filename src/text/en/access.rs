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
