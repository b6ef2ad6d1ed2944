//! Who may do what: roles, permissions, and the matrix between them, as data.
//!
//! The server asks [`Role::may`] for every request, the pages ask it for every control.

mod granting;
mod matrix;
mod permission;
mod role;
mod scope;
mod token;

pub use granting::{
    GRANTING, GrantRefusal, Granter, Granting, PROTECTED, Target, granting, may_grant, may_revoke,
    may_suspend,
};
pub use matrix::{MATRIX, Rule, Who};
pub use permission::Permission;
pub use role::Role;
pub use scope::{Grant, IMPLIED, Place, Scope, effective, may_at};
pub use token::{
    AT_LOCATIONS, FEED, FOR_TOKENS, TokenGrant, TokenRefusal, TokenState, may_make, token_may,
};

impl Role {
    /// Whether this role, by itself, allows the action.
    pub fn may(self, permission: Permission) -> bool {
        MATRIX
            .iter()
            .any(|rule| rule.permission == permission && rule.allows(self))
    }
}

impl Permission {
    /// Whether it is about oneself: everybody has it, or every member.
    #[must_use]
    pub fn is_everybodys(self) -> bool {
        let mut rules = MATRIX.iter().filter(|rule| rule.permission == self);
        rules.any(|rule| !matches!(rule.who, Who::Roles(_)))
    }
}

/// Whether any of the roles allows the action. Without a role nobody may do anything.
pub fn may(roles: &[Role], permission: Permission) -> bool {
    roles.iter().any(|role| role.may(permission))
}

/// Everything that the roles allow together, in the order of [`Permission::ALL`].
pub fn permissions(roles: &[Role]) -> Vec<Permission> {
    Permission::ALL
        .iter()
        .copied()
        .filter(|permission| may(roles, *permission))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A permission without a rule would be denied to all: the matrix names each exactly once.
    #[test]
    fn every_permission_has_one_rule() {
        for permission in Permission::ALL {
            let rules = MATRIX
                .iter()
                .filter(|rule| rule.permission == *permission)
                .count();
            assert_eq!(rules, 1, "{permission:?}");
        }
        assert_eq!(MATRIX.len(), Permission::ALL.len());
    }

    #[test]
    fn codes_are_distinct_and_come_back() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(*role));
        }
        for permission in Permission::ALL {
            assert_eq!(Permission::from_code(permission.code()), Some(*permission));
        }
        assert_eq!(Role::from_code("root"), None);
    }

    #[test]
    fn the_workspace_is_for_global_admin_and_mpn_partner_admin_only() {
        for role in Role::ALL {
            let expected = matches!(role, Role::GlobalAdmin | Role::MpnPartnerAdmin);
            assert_eq!(role.may(Permission::SeeWorkspace), expected, "{role:?}");
            assert_eq!(role.may(Permission::BuyOffers), expected, "{role:?}: R03");
        }
    }

    #[test]
    fn locations_and_legal_data_are_for_global_admin_and_account_admin_only() {
        for role in Role::ALL {
            let expected = matches!(role, Role::GlobalAdmin | Role::AccountAdmin);
            assert_eq!(role.may(Permission::AddLocations), expected, "{role:?}");
            assert_eq!(role.may(Permission::ChangeLegalData), expected, "{role:?}");
        }
    }

    #[test]
    fn an_mpn_partner_admin_sees_what_an_executive_report_viewer_sees() {
        for permission in permissions(&[Role::ExecutiveReportViewer]) {
            assert!(Role::MpnPartnerAdmin.may(permission), "R42: {permission:?}");
        }
    }

    #[test]
    fn nobody_may_do_anything_without_a_role() {
        assert!(permissions(&[]).is_empty());
        assert!(may(&[Role::DefaultUser], Permission::LinkOwnCertificates));
        assert!(!may(&[Role::DefaultUser], Permission::ViewScore));
    }

    #[test]
    fn roles_add_up() {
        let both = permissions(&[Role::AccountAdmin, Role::MpnPartnerAdmin]);
        assert!(both.contains(&Permission::AddLocations) && both.contains(&Permission::BuyOffers));
        assert!(!both.contains(&Permission::DeleteAccount));
    }
}
