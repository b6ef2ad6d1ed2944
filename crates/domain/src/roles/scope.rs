//! Where a role holds: in the whole organization, or at some of its locations.

use std::collections::BTreeSet;

use super::{Permission, Role};
use crate::id::LocationId;

/// Where a role holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Everywhere.
    Organization,
    /// At these locations, one at least, and not for the organization as a whole.
    Locations(BTreeSet<LocationId>),
}

/// What an action is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The organization as a whole.
    Organization,
    /// One of its locations.
    Location(LocationId),
}

impl Scope {
    /// Whether it reaches the place.
    #[must_use]
    pub fn covers(&self, place: Place) -> bool {
        match (self, place) {
            (Self::Organization, _) => true,
            (Self::Locations(all), Place::Location(one)) => all.contains(&one),
            (Self::Locations(_), Place::Organization) => false,
        }
    }

    /// The locations; nothing where it is the organization.
    #[must_use]
    pub fn locations(&self) -> Option<&BTreeSet<LocationId>> {
        match self {
            Self::Organization => None,
            Self::Locations(all) => Some(all),
        }
    }
}

/// A role as somebody was given it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// Which.
    pub role: Role,
    /// Where it holds.
    pub scope: Scope,
}

impl Grant {
    /// In the whole organization.
    #[must_use]
    pub fn everywhere(role: Role) -> Self {
        let scope = Scope::Organization;
        Self { role, scope }
    }

    /// Whether it allows the action at the place. What everybody may do, whatever their roles, is
    /// about themselves, and takes no scope.
    #[must_use]
    pub fn may(&self, permission: Permission, place: Place) -> bool {
        let allows = self.role.may(permission);
        allows && (self.scope.covers(place) || permission.is_everybodys())
    }
}

/// Roles that come with another one unless somebody withholds them. R42: an MPN Partner admin is
/// Executive report viewer for the whole organization.
pub const IMPLIED: &[(Role, Role)] = &[(Role::MpnPartnerAdmin, Role::ExecutiveReportViewer)];

/// The roles that somebody has with these grants, in the order of [`Role::ALL`], each once: those
/// given, and those that come with them and are not `withheld`. A role that is given and withheld
/// is given.
#[must_use]
pub fn effective(grants: &[Grant], withheld: &[Role]) -> Vec<Grant> {
    let mut all = grants.to_vec();
    for (role, implied) in IMPLIED {
        let holds = |wanted| grants.iter().any(|grant| grant.role == wanted);
        if holds(*role) && !holds(*implied) && !withheld.contains(implied) {
            all.push(Grant::everywhere(*implied));
        }
    }
    all.sort_unstable();
    all
}

/// Whether any of the grants allows the action at the place.
#[must_use]
pub fn may_at(grants: &[Grant], permission: Permission, place: Place) -> bool {
    grants.iter().any(|grant| grant.may(permission, place))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: LocationId = LocationId::from_u128(1);
    const THERE: LocationId = LocationId::from_u128(2);

    fn at_here(role: Role) -> Grant {
        let scope = Scope::Locations([HERE].into());
        Grant { role, scope }
    }

    #[test]
    fn a_role_of_some_locations_holds_there_and_nowhere_else() {
        let viewer = [at_here(Role::ExecutiveReportViewer)];
        let may = |place| may_at(&viewer, Permission::ViewScore, place);
        assert!(may(Place::Location(HERE)));
        assert!(!may(Place::Location(THERE)) && !may(Place::Organization));
        let own = |place| may_at(&viewer, Permission::ViewOwnAccess, place);
        assert!(own(Place::Organization) && own(Place::Location(THERE)));
        let everywhere = [Grant::everywhere(Role::ExecutiveReportViewer)];
        for place in [Place::Organization, Place::Location(THERE)] {
            assert!(may_at(&everywhere, Permission::ViewScore, place));
        }
    }

    #[test]
    fn what_is_implied_can_be_withheld_and_narrowed() {
        let admin = Grant::everywhere(Role::MpnPartnerAdmin);
        let viewer = Role::ExecutiveReportViewer;
        let both = [admin.clone(), Grant::everywhere(viewer)];
        assert_eq!(effective(std::slice::from_ref(&admin), &[]), both);
        let alone = effective(std::slice::from_ref(&admin), &[viewer]);
        assert_eq!(alone, std::slice::from_ref(&admin));
        let narrow = [admin, at_here(viewer)];
        assert_eq!(
            effective(&narrow, &[viewer]),
            narrow,
            "what is given is given"
        );
        assert!(effective(&[], &[viewer]).is_empty());
    }
}
