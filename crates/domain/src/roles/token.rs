//! Tokens for machines: what one may be given, and what it may do at each request.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{Grant, Permission, Place, Scope, may_at};
use Permission as P;

/// What a token may be given: reading and keeping data. Never what lets people in, or another token.
pub const FOR_TOKENS: &[Permission] = &[
    P::SeeWorkspace,
    P::EditEvidence,
    P::ChangeLegalData,
    P::ViewProfiles,
    P::AddLocations,
    P::ViewAudit,
    P::ViewUsers,
];

/// What a token can be limited to locations in: all else is about the organization as a whole.
pub const AT_LOCATIONS: &[Permission] = &[P::ChangeLegalData];

/// What a feed of the program owner may do: its rows are confirmed. Nobody else gives it.
pub const FEED: &[Permission] = &[P::SeeWorkspace, P::EditEvidence, P::ConfirmEvidence];

/// What a token was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenGrant {
    /// What it may do while its maker may.
    pub permissions: BTreeSet<Permission>,
    /// Where.
    pub scope: Scope,
}

crate::codes! {
    /// How far a token is.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    TokenState {
        /// It works.
        Active = "active",
        /// Its time is over.
        Expired = "expired",
        /// Somebody ended it.
        Revoked = "revoked",
    }
}

impl TokenState {
    /// The state at a moment.
    #[must_use]
    pub fn at(
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
        revoked_at: Option<DateTime<Utc>>,
    ) -> Self {
        match revoked_at {
            Some(_) => Self::Revoked,
            None if now >= expires_at => Self::Expired,
            None => Self::Active,
        }
    }
}

/// Why a token is not made, or does not do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenRefusal {
    /// No token is like this.
    Unknown,
    /// It was one.
    Ended(TokenState),
    /// Only people do it, signed in.
    PeopleOnly,
    /// It was not given this.
    Lacks(Permission),
    /// It is for other locations.
    Elsewhere,
    /// Who made it may not do this any more.
    MakerMayNot(Permission),
    /// Who made it may not act at all now: the account is disabled, or lacks two-step sign-in.
    MakerBlocked,
    /// It can't be limited to locations: nothing of it is about one.
    NotAtLocations(Permission),
    /// Nobody gives a token what they may not do themselves there.
    NotHeld(Permission),
    /// The organization has so many already.
    TooMany(u32),
}

/// Whether somebody with these grants may make a token that may do this there.
///
/// # Errors
/// The first reason against it.
pub fn may_make(maker: &[Grant], wanted: &TokenGrant) -> Result<(), TokenRefusal> {
    for permission in &wanted.permissions {
        if !FOR_TOKENS.contains(permission) {
            return Err(TokenRefusal::PeopleOnly);
        }
        let held = match &wanted.scope {
            Scope::Organization => may_at(maker, *permission, Place::Organization),
            Scope::Locations(all) => all
                .iter()
                .all(|one| may_at(maker, *permission, Place::Location(*one))),
        };
        if !held {
            return Err(TokenRefusal::NotHeld(*permission));
        }
        if wanted.scope != Scope::Organization && !AT_LOCATIONS.contains(permission) {
            return Err(TokenRefusal::NotAtLocations(*permission));
        }
    }
    Ok(())
}

/// Whether a token may do this there now. `maker` has the roles that who made it has now; nothing
/// for a feed of the program owner.
///
/// # Errors
/// The first reason against it.
pub fn token_may(
    token: &TokenGrant,
    maker: Option<&[Grant]>,
    permission: Permission,
    place: Place,
) -> Result<(), TokenRefusal> {
    let given = if maker.is_some() { FOR_TOKENS } else { FEED };
    if !given.contains(&permission) && !FOR_TOKENS.contains(&permission) {
        return Err(TokenRefusal::PeopleOnly);
    }
    if !given.contains(&permission) || !token.permissions.contains(&permission) {
        return Err(TokenRefusal::Lacks(permission));
    }
    if !token.scope.covers(place) {
        return Err(TokenRefusal::Elsewhere);
    }
    match maker {
        Some(held) if !may_at(held, permission, place) => {
            Err(TokenRefusal::MakerMayNot(permission))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::LocationId;
    use crate::roles::{MATRIX, Role, Who};

    const HERE: LocationId = LocationId::from_u128(1);
    const THERE: LocationId = LocationId::from_u128(2);

    fn token(permissions: &[Permission], scope: Scope) -> TokenGrant {
        TokenGrant {
            permissions: permissions.iter().copied().collect(),
            scope,
        }
    }

    fn at(location: LocationId) -> Scope {
        Scope::Locations([location].into())
    }

    #[test]
    fn no_token_gets_what_lets_people_in_or_everybody_has() {
        for permission in [
            P::GrantRoles,
            P::CreateUsers,
            P::ManageUsers,
            P::ManageSignIn,
            P::ManageTokens,
            P::ConfirmEvidence,
            P::ViewOwnAccess,
        ] {
            assert!(!FOR_TOKENS.contains(&permission), "{permission:?}");
            let all = [Grant::everywhere(Role::GlobalAdmin)];
            let wanted = token(&[permission], Scope::Organization);
            assert_eq!(may_make(&all, &wanted), Err(TokenRefusal::PeopleOnly));
            let made = token_may(&wanted, Some(&all), permission, Place::Organization);
            assert_eq!(made, Err(TokenRefusal::PeopleOnly));
        }
        for rule in MATRIX
            .iter()
            .filter(|rule| FOR_TOKENS.contains(&rule.permission))
        {
            assert!(matches!(rule.who, Who::Roles(_)), "{:?}", rule.permission);
        }
    }

    /// Every role, every permission: the token gets what the maker has, and loses it with them.
    #[test]
    fn a_token_is_never_more_than_its_maker() {
        for role in Role::ALL {
            let held = [Grant::everywhere(*role)];
            for permission in FOR_TOKENS {
                let wanted = token(&[*permission], Scope::Organization);
                let made = may_make(&held, &wanted);
                assert_eq!(
                    made.is_ok(),
                    role.may(*permission),
                    "{role:?} {permission:?}"
                );
                let used = token_may(&wanted, Some(&held), *permission, Place::Organization);
                assert_eq!(used.is_ok(), made.is_ok(), "{role:?} {permission:?}");
                let lost = token_may(&wanted, Some(&[]), *permission, Place::Organization);
                assert_eq!(lost, Err(TokenRefusal::MakerMayNot(*permission)));
                let other = token(&[], Scope::Organization);
                let lacks = token_may(&other, Some(&held), *permission, Place::Organization);
                assert_eq!(lacks, Err(TokenRefusal::Lacks(*permission)));
            }
        }
    }

    #[test]
    fn a_token_of_a_location_is_for_that_one() {
        let admin = [Grant::everywhere(Role::AccountAdmin)];
        let here = token(&[P::ChangeLegalData], at(HERE));
        assert_eq!(may_make(&admin, &here), Ok(()));
        let may = |place| token_may(&here, Some(&admin), P::ChangeLegalData, place);
        assert_eq!(may(Place::Location(HERE)), Ok(()));
        for place in [Place::Location(THERE), Place::Organization] {
            assert_eq!(may(place), Err(TokenRefusal::Elsewhere));
        }
        let limited = [Grant {
            role: Role::AccountAdmin,
            scope: at(HERE),
        }];
        assert_eq!(may_make(&limited, &here), Ok(()));
        for scope in [at(THERE), Scope::Organization] {
            let refused = may_make(&limited, &token(&[P::ChangeLegalData], scope));
            assert_eq!(refused, Err(TokenRefusal::NotHeld(P::ChangeLegalData)));
        }
    }

    #[test]
    fn a_token_for_some_locations_has_nothing_that_is_about_all() {
        let admin = [Grant::everywhere(Role::GlobalAdmin)];
        for permission in FOR_TOKENS {
            let made = may_make(&admin, &token(&[*permission], at(HERE)));
            let refused = Err(TokenRefusal::NotAtLocations(*permission));
            let wanted = AT_LOCATIONS.contains(permission).then_some(Ok(()));
            assert_eq!(made, wanted.unwrap_or(refused), "{permission:?}");
        }
    }

    #[test]
    fn only_the_program_owner_gives_what_confirms() {
        let feed = token(FEED, Scope::Organization);
        for permission in FEED {
            assert_eq!(
                token_may(&feed, None, *permission, Place::Organization),
                Ok(())
            );
        }
        let more = token_may(&feed, None, P::ViewAudit, Place::Organization);
        assert_eq!(more, Err(TokenRefusal::Lacks(P::ViewAudit)));
        let admin = [Grant::everywhere(Role::GlobalAdmin)];
        let as_person = token_may(&feed, Some(&admin), P::ConfirmEvidence, Place::Organization);
        assert_eq!(as_person, Err(TokenRefusal::PeopleOnly));
    }

    #[test]
    fn a_token_ends_at_its_instant() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        assert_eq!(TokenState::at(at(9), at(10), None), TokenState::Active);
        assert_eq!(TokenState::at(at(10), at(10), None), TokenState::Expired);
        assert_eq!(
            TokenState::at(at(9), at(10), Some(at(5))),
            TokenState::Revoked
        );
    }
}
