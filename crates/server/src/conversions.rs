//! From stored rows to wire types.

use membership_contract::organization::{Location, Organization, OrganizationSummary};
use membership_contract::session::SessionOrganization;
use membership_domain::evidence::Verification;
use membership_domain::roles::Role;
use membership_store::organizations as stored;

use crate::http::problem::{Answer, Refused};

/// The code under which a verification state is stored: the same as on the wire.
pub fn verification_code(verification: Verification) -> &'static str {
    match verification {
        Verification::NotStarted => "not_started",
        Verification::Pending => "pending",
        Verification::Accepted => "accepted",
        Verification::Rejected => "rejected",
        Verification::Suspended => "suspended",
    }
}

/// The inverse of [`verification_code`].
pub fn verification(code: &str) -> Answer<Verification> {
    use Verification::{Accepted, NotStarted, Pending, Rejected, Suspended};
    [NotStarted, Pending, Accepted, Rejected, Suspended]
        .into_iter()
        .find(|one| verification_code(*one) == code)
        .ok_or_else(|| Refused::internal(format!("unreadable verification state: {code}")))
}

/// An organization with its locations.
pub fn organization(
    stored: stored::Organization,
    locations: Vec<stored::Location>,
) -> Answer<Organization> {
    let locations = locations.into_iter().map(|place| Location {
        id: place.id,
        partner_id: place.partner_id,
        name: place.name,
        country: place.country,
        address: place.address,
    });
    Ok(Organization {
        id: stored.id,
        partner_id: stored.partner_id,
        name: stored.name,
        country: stored.country,
        verification: verification(&stored.verification)?,
        locations: locations.collect(),
    })
}

/// A line of the list of the user's organizations.
pub fn summary(stored: stored::Organization, roles: Vec<Role>) -> OrganizationSummary {
    OrganizationSummary {
        id: stored.id,
        partner_id: stored.partner_id,
        name: stored.name,
        roles,
    }
}

/// An organization as the session names it.
pub fn of_session(stored: stored::Organization, roles: Vec<Role>) -> SessionOrganization {
    SessionOrganization {
        id: stored.id,
        name: stored.name,
        partner_id: stored.partner_id,
        roles,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_verification_states_are_those_of_the_wire() -> Result<(), serde_json::Error> {
        for code in [
            "not_started",
            "pending",
            "accepted",
            "rejected",
            "suspended",
        ] {
            let wire: Verification = serde_json::from_value(code.into())?;
            assert_eq!(verification_code(wire), code);
            assert!(verification(code).is_ok_and(|one| one == wire));
        }
        assert!(verification("unheard-of").is_err());
        Ok(())
    }
}
