//! My access, and the page of those who lack it.

pub const TITLE: &str = "My access";
pub const ROLES: &str = "My roles";
pub const NO_ROLES: &str = "You have no role in this organization.";
pub const NO_ROLES_WHY: &str =
    "A role decides what you see and do here. Ask one of the people on this page.";
pub const ADMINS: &str = "Whom to ask";
pub const ADMINS_ABOUT: &str = "They can give you a role, or take one away.";
pub const NO_ADMINS: &str = "Nobody in this organization can assign roles: it has neither a Global \
    admin nor an Account admin. Open a support ticket.";
pub const NO_ORGANIZATION: &str = "You belong to no organization";
pub const NO_ORGANIZATION_WHY: &str = "Your account works, but no partner organization has added \
    you yet. Ask your organization's Global admin or Account admin to add you.";
pub const NOT_OWN: &str = "You have no access to this organization";
pub const NOT_OWN_WHY: &str = "You work for no organization with the PartnerID in this address. \
    Check the address, or ask that organization's Global admin or Account admin to add you.";
pub const OWN: &str = "This page at your organizations";
pub const NOTHING: &str = "This role allows nothing here.";

pub const DENIED_TITLE: &str = "You cannot open the membership workspace";
pub const DENIED_LIFT: &str = "Ask one of these people for the MPN Partner admin role. It takes \
    effect as soon as it is assigned.";
pub const TO_ACCESS: &str = "See what my roles allow";
pub const HELD: &str = "Roles you have here";

pub const PAGE_DENIED_TITLE: &str = "You cannot open this page";
pub const PAGE_DENIED_LIFT: &str = "Ask one of these people for one of those roles. It takes \
    effect as soon as it is assigned.";

/// Why another page is closed: `organization` and the names of the roles that open it.
pub fn page_denied(organization: &str, needed: &str) -> String {
    format!("At {organization}, this page is for people with the role {needed}.")
}

/// Why the workspace is closed: `organization` and the names of the roles that open it.
pub fn denied(organization: &str, needed: &str) -> String {
    format!(
        "At {organization}, the workspace is for people with the role {needed}. You have neither."
    )
}

pub fn at(organization: &str) -> String {
    format!("What you may do at {organization}")
}

pub fn write_to(name: &str) -> String {
    format!("Write to {name}")
}
