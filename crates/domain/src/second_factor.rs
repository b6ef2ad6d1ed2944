//! Who cannot do without a second factor.

use crate::roles::Role;

/// The roles that an organization means when it asks its admins for a second factor: those that
/// change who may do what, money, or what the company is.
pub const ADMINS: &[Role] = &[
    Role::GlobalAdmin,
    Role::UserAdmin,
    Role::AdminAgent,
    Role::BillingAdmin,
    Role::AccountAdmin,
    Role::MpnPartnerAdmin,
];

/// As whom somebody asks.
#[derive(Clone, Copy, Debug)]
pub enum Person<'a> {
    /// One of the program owner's own people.
    Operator,
    /// A member of an organization.
    Member {
        /// The roles there.
        roles: &'a [Role],
        /// Whether the organization asks its admins for a second factor.
        admins_need_it: bool,
    },
}

/// Whether somebody must have a second factor to be let in there.
#[must_use]
pub fn needed(person: Person<'_>) -> bool {
    match person {
        Person::Operator => true,
        Person::Member {
            roles,
            admins_need_it,
        } => admins_need_it && roles.iter().any(|role| ADMINS.contains(role)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_always_and_admins_where_their_organization_says_so() {
        assert!(needed(Person::Operator));
        for role in Role::ALL {
            let needed = |admins_need_it| {
                needed(Person::Member {
                    roles: &[Role::DefaultUser, *role],
                    admins_need_it,
                })
            };
            assert!(!needed(false), "{role:?}");
            assert_eq!(needed(true), ADMINS.contains(role), "{role:?}");
        }
    }
}
