//! From stored rows to wire types.

use membership_contract::organization::{Location, Organization, OrganizationSummary};
use membership_contract::session::SessionOrganization;
use membership_contract::text::en;
use membership_domain::roles::Grant;
use membership_store::organizations as stored;

use crate::guard::everywhere;

/// An organization with its locations.
pub fn organization(
    stored: stored::Organization,
    locations: Vec<stored::Location>,
) -> Organization {
    let locations = locations.into_iter().map(|place| Location {
        id: place.id,
        partner_id: place.partner_id,
        name: place.name,
        country: place.country,
        address: place.address,
    });
    Organization {
        id: stored.id,
        partner_id: stored.partner_id,
        name: stored.name,
        country: stored.country,
        address: stored.address,
        contact: stored.contact,
        verification: stored.verification,
        in_verification: stored.pending,
        locations: locations.collect(),
    }
}

/// A line of the list of the user's organizations.
pub fn summary(stored: stored::Organization, held: &[Grant]) -> OrganizationSummary {
    OrganizationSummary {
        id: stored.id,
        partner_id: stored.partner_id,
        name: stored.name,
        roles: everywhere(held),
    }
}

/// An organization as the session names it. `lacks`: the user has no second factor, and the
/// organization asks for it.
pub fn of_session(
    stored: stored::Organization,
    held: &[Grant],
    lacks: bool,
) -> SessionOrganization {
    SessionOrganization {
        id: stored.id,
        name: stored.name,
        partner_id: stored.partner_id,
        roles: everywhere(held),
        second_factor_missing: lacks,
    }
}

/// Somebody's name, or what stands for one that was erased.
pub fn person(name: Option<&String>) -> String {
    name.map_or(en::REMOVED_PERSON, String::as_str).to_owned()
}
