//! Who may give and take which role: one function, asked by every path that does.

use super::{Grant, Role, Scope};
use crate::id::UserId;
use Role as R;

/// How one role is given.
#[derive(Clone, Copy, Debug)]
pub struct Granting {
    /// The role.
    pub role: Role,
    /// Who gives and takes it: holders of one of these roles in the whole organization.
    pub by: &'static [Role],
    /// Whether it can be limited to locations.
    pub at_locations: bool,
    /// Whether guests can have it.
    pub for_guests: bool,
    /// Keys of the source pages.
    pub source: &'static str,
}

const fn given(role: Role, by: &'static [Role], source: &'static str) -> Granting {
    Granting {
        role,
        by,
        at_locations: false,
        for_guests: false,
        source,
    }
}

impl Granting {
    const fn at_locations(self) -> Self {
        Self {
            at_locations: true,
            ..self
        }
    }

    const fn for_guests(self) -> Self {
        Self {
            for_guests: true,
            ..self
        }
    }
}

/// Gives all that a tenant has; nobody below gives it, or they would rise by giving it.
const TENANT: &[Role] = &[R::GlobalAdmin];
/// The two who give roles of the tenant.
const USERS: &[Role] = &[R::GlobalAdmin, R::UserAdmin];
/// The two who give roles of the company.
const COMPANY: &[Role] = &[R::GlobalAdmin, R::AccountAdmin];
/// Everybody who creates users.
const CREATORS: &[Role] = &[R::GlobalAdmin, R::AccountAdmin, R::UserAdmin];
/// Developer programs hand over among themselves.
const OWNERS: &[Role] = &[R::Owner];

/// Each role once, in the order of [`Role::ALL`].
pub const GRANTING: &[Granting] = &[
    given(R::GlobalAdmin, TENANT, "perm"),
    given(R::UserAdmin, TENANT, "perm"),
    given(R::AdminAgent, USERS, "perm"),
    given(R::HelpdeskAgent, USERS, "perm"),
    given(R::SalesAgent, USERS, "perm"),
    given(R::BillingAdmin, USERS, "perm"),
    given(R::AccountAdmin, COMPANY, "perm"),
    given(R::MpnPartnerAdmin, COMPANY, "perm").for_guests(),
    given(R::BusinessProfileAdmin, COMPANY, "perm").for_guests(),
    given(R::ReferralsAdmin, COMPANY, "perm")
        .at_locations()
        .for_guests(),
    given(R::ReferralsUser, COMPANY, "perm").at_locations(),
    given(R::IncentivesAdmin, COMPANY, "perm").at_locations(),
    given(R::IncentivesUser, COMPANY, "perm").at_locations(),
    given(R::CoSellSolutionAdmin, COMPANY, "perm"),
    given(R::ExecutiveReportViewer, COMPANY, "insroles, perm").at_locations(),
    given(R::ReportViewer, COMPANY, "insroles, perm").at_locations(),
    given(R::Owner, OWNERS, "perm"),
    given(R::Manager, OWNERS, "perm"),
    given(R::DefaultUser, CREATORS, "users"),
    given(R::Guest, CREATORS, "perm").for_guests(),
];

/// Roles that one person at least keeps: without them an organization could not help itself.
pub const PROTECTED: &[Role] = &[R::GlobalAdmin, R::AccountAdmin];

/// Who gives or takes a role.
#[derive(Clone, Copy, Debug)]
pub enum Granter<'g> {
    /// Who runs the server, on its command line.
    Operator,
    /// A machine's token.
    Token,
    /// A person, with the roles that they have in the organization.
    Person(UserId, &'g [Grant]),
}

/// To whom a role is given, or from whom it is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Somebody who is there; nobody yet where they are invited.
    pub person: Option<UserId>,
    /// Whether they are a guest of the organization.
    pub is_guest: bool,
}

/// Why a role is not given or taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantRefusal {
    /// A token never changes roles.
    Token,
    /// Nobody gives themselves a role.
    Oneself,
    /// The granter has none of [`Granting::by`].
    NotAmong(&'static [Role]),
    /// The role holds for the whole organization only.
    WholeOrganization(Role),
    /// A scope without a location.
    NoLocation,
    /// Guests cannot have it.
    NotForGuests(Role),
}

impl Granter<'_> {
    fn person(&self) -> Option<UserId> {
        match self {
            Self::Person(id, _) => Some(*id),
            Self::Operator | Self::Token => None,
        }
    }
}

/// How the role is given: by nobody, if the table did not have it.
#[must_use]
pub fn granting(role: Role) -> Granting {
    let known = GRANTING.iter().find(|granting| granting.role == role);
    known.copied().unwrap_or(given(role, &[], ""))
}

/// Whether somebody may give the role, limited so, to this person.
///
/// # Errors
/// The first reason against it.
pub fn may_grant(
    granter: Granter<'_>,
    role: Role,
    scope: &Scope,
    target: Target,
) -> Result<(), GrantRefusal> {
    let how = granting(role);
    if target.person.is_some() && granter.person() == target.person {
        return Err(GrantRefusal::Oneself);
    }
    may_change(granter, how)?;
    match scope {
        Scope::Locations(all) if all.is_empty() => Err(GrantRefusal::NoLocation),
        Scope::Locations(_) if !how.at_locations => Err(GrantRefusal::WholeOrganization(role)),
        _ if target.is_guest && !how.for_guests => Err(GrantRefusal::NotForGuests(role)),
        _ => Ok(()),
    }
}

/// Whether somebody may take the role from this person. Everybody may give up their own. That one
/// holder of each of [`PROTECTED`] stays is seen to where the others are known.
///
/// # Errors
/// The first reason against it.
pub fn may_revoke(granter: Granter<'_>, role: Role, target: Target) -> Result<(), GrantRefusal> {
    if target.person.is_some() && granter.person() == target.person {
        return Ok(());
    }
    may_change(granter, granting(role))
}

/// Whether somebody may deactivate, reactivate or remove a person with these grants: who creates
/// users, and may take the role of an administrator from those who have one. Nobody does it to
/// themselves.
///
/// # Errors
/// The first reason against it.
pub fn may_suspend(
    granter: Granter<'_>,
    target: Target,
    held: &[Grant],
) -> Result<(), GrantRefusal> {
    if target.person.is_some() && granter.person() == target.person {
        return Err(GrantRefusal::Oneself);
    }
    may_change(granter, granting(R::DefaultUser))?;
    let mut admin = held.iter().filter(|grant| CREATORS.contains(&grant.role));
    admin.try_for_each(|grant| may_revoke(granter, grant.role, target))
}

fn may_change(granter: Granter<'_>, how: Granting) -> Result<(), GrantRefusal> {
    let grants = match granter {
        Granter::Operator => return Ok(()),
        Granter::Token => return Err(GrantRefusal::Token),
        Granter::Person(_, grants) => grants,
    };
    let among = |grant: &Grant| grant.scope == Scope::Organization && how.by.contains(&grant.role);
    match grants.iter().any(among) {
        true => Ok(()),
        false => Err(GrantRefusal::NotAmong(how.by)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::LocationId;
    use crate::roles::Permission;

    const ME: UserId = UserId::from_u128(1);
    const YOU: Target = Target {
        person: Some(UserId::from_u128(2)),
        is_guest: false,
    };
    const NOBODY_YET: Target = Target {
        person: None,
        is_guest: false,
    };

    fn grants(granter: Role, role: Role, target: Target) -> Result<(), GrantRefusal> {
        let held = [Grant::everywhere(granter)];
        may_grant(
            Granter::Person(ME, &held),
            role,
            &Scope::Organization,
            target,
        )
    }

    #[test]
    fn every_role_is_in_the_table_once_and_in_order() {
        let table: Vec<Role> = GRANTING.iter().map(|granting| granting.role).collect();
        assert_eq!(table, Role::ALL);
        assert!(GRANTING.iter().all(|granting| !granting.by.is_empty()));
    }

    #[test]
    fn who_gives_any_role_has_the_permission_to_give_roles() {
        for role in Role::ALL {
            let gives = GRANTING.iter().any(|granting| granting.by.contains(role));
            assert_eq!(role.may(Permission::GrantRoles), gives, "{role:?}");
        }
    }

    /// Inviter by role, all of them: who is not in the table may not.
    #[test]
    fn nobody_gives_more_than_the_table_says() {
        let mut allowed = 0;
        for granter in Role::ALL {
            for role in Role::ALL {
                let wanted = granting(*role).by.contains(granter);
                for target in [YOU, NOBODY_YET] {
                    let outcome = grants(*granter, *role, target);
                    assert_eq!(outcome.is_ok(), wanted, "{granter:?} gives {role:?}");
                }
                allowed += usize::from(wanted);
            }
        }
        // Tenant 2, users 4 x 2, company 10 x 2, owners 2, creators 2 x 3.
        assert_eq!(allowed, 2 + 8 + 20 + 2 + 6);
        assert!(grants(Role::AccountAdmin, Role::GlobalAdmin, YOU).is_err());
        assert!(grants(Role::UserAdmin, Role::GlobalAdmin, YOU).is_err());
        assert!(
            grants(Role::MpnPartnerAdmin, Role::ReportViewer, YOU).is_err(),
            "only views"
        );
    }

    #[test]
    fn nobody_gives_themselves_a_role_and_everybody_may_give_up_theirs() {
        let myself = Target {
            person: Some(ME),
            is_guest: false,
        };
        for role in Role::ALL {
            let refused = grants(Role::GlobalAdmin, *role, myself);
            assert_eq!(refused, Err(GrantRefusal::Oneself), "{role:?}");
            let held = [Grant::everywhere(Role::DefaultUser)];
            assert!(may_revoke(Granter::Person(ME, &held), *role, myself).is_ok());
        }
    }

    #[test]
    fn a_token_changes_no_role_and_the_operator_each() {
        for role in Role::ALL {
            let by = |granter| may_grant(granter, *role, &Scope::Organization, YOU);
            assert_eq!(by(Granter::Token), Err(GrantRefusal::Token));
            let revoked = may_revoke(Granter::Token, *role, YOU);
            assert_eq!(revoked, Err(GrantRefusal::Token));
            assert!(by(Granter::Operator).is_ok());
            assert!(may_revoke(Granter::Operator, *role, YOU).is_ok());
        }
    }

    #[test]
    fn only_some_roles_are_for_locations_and_only_some_for_guests() {
        let held = [
            Grant::everywhere(Role::GlobalAdmin),
            Grant::everywhere(Role::Owner),
        ];
        let (granter, here) = (Granter::Person(ME, &held), LocationId::from_u128(1));
        let guest = Target {
            is_guest: true,
            ..YOU
        };
        for role in Role::ALL {
            let how = granting(*role);
            let limited = |scope: Scope| may_grant(granter, *role, &scope, YOU);
            let at_locations = limited(Scope::Locations([here].into()));
            assert_eq!(at_locations.is_ok(), how.at_locations, "{role:?}");
            let nowhere = limited(Scope::Locations([].into()));
            assert_eq!(nowhere, Err(GrantRefusal::NoLocation));
            let to_guest = may_grant(granter, *role, &Scope::Organization, guest);
            assert_eq!(to_guest.is_ok(), how.for_guests, "{role:?}");
        }
    }

    #[test]
    fn nobody_removes_somebody_whose_roles_they_may_not_take() {
        let by = |granter: Role, held: &[Role]| {
            let mine = [Grant::everywhere(granter)];
            let theirs: Vec<Grant> = held.iter().copied().map(Grant::everywhere).collect();
            may_suspend(Granter::Person(ME, &mine), YOU, &theirs).is_ok()
        };
        for role in Role::ALL {
            assert!(by(Role::GlobalAdmin, &[*role, Role::Owner]), "{role:?}");
        }
        assert!(by(Role::AccountAdmin, &[]) && by(Role::UserAdmin, &[Role::DefaultUser]));
        assert!(by(
            Role::AccountAdmin,
            &[Role::AccountAdmin, Role::BillingAdmin]
        ));
        assert!(by(Role::UserAdmin, &[Role::BillingAdmin, Role::Owner]));
        assert!(!by(Role::Owner, &[Role::Manager]), "no creator of users");
        assert!(!by(
            Role::AccountAdmin,
            &[Role::ReportViewer, Role::GlobalAdmin]
        ));
        assert!(!by(Role::UserAdmin, &[Role::AccountAdmin]));
        assert!(!by(Role::MpnPartnerAdmin, &[Role::DefaultUser]));
        let myself = Target {
            person: Some(ME),
            ..YOU
        };
        let held = [Grant::everywhere(Role::GlobalAdmin)];
        let refused = may_suspend(Granter::Person(ME, &held), myself, &[]);
        assert_eq!(refused, Err(GrantRefusal::Oneself));
    }

    #[test]
    fn an_admin_of_some_locations_gives_no_role() {
        let scope = Scope::Locations([LocationId::from_u128(1)].into());
        let role = Role::AccountAdmin;
        let held = [Grant { role, scope }];
        let refused = may_grant(
            Granter::Person(ME, &held),
            Role::ReportViewer,
            &Scope::Organization,
            YOU,
        );
        assert!(matches!(refused, Err(GrantRefusal::NotAmong(_))));
    }
}
