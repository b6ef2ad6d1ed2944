//! What the signed-in user may do in one organization, and who can help.

use membership_domain::id::OrganizationId;
use membership_domain::roles::{Permission, Role};
use serde::{Deserialize, Serialize};

/// My access: roles, what they allow, and who grants more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Access {
    /// The organization that this is about.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub organization: OrganizationId,
    /// Each role with what it allows.
    pub roles: Vec<RoleAccess>,
    /// Everything that the roles allow together.
    pub permissions: Vec<Permission>,
    /// Each permission that something in the product needs.
    pub each: Vec<PermissionAccess>,
    /// Who can assign roles here, by name.
    pub admins: Vec<Administrator>,
}

/// One permission: through which role the caller has it, or who can give them one that has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PermissionAccess {
    /// Which.
    pub permission: Permission,
    /// The caller's roles that allow it; empty where none does.
    pub through: Vec<Role>,
    /// Where none does: the roles that would, each with those who can give it.
    pub ways: Vec<RoleWay>,
}

/// A role that would help, and who can give it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleWay {
    /// The role.
    pub role: Role,
    /// Who can give it, by name, never the caller: one at least.
    pub givers: Vec<String>,
}

/// One role and what it allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleAccess {
    /// The role.
    pub role: Role,
    /// In the order of [`Permission::ALL`].
    pub permissions: Vec<Permission>,
}

/// A person who can assign roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Administrator {
    /// The person's name.
    pub name: String,
    /// Where to write to.
    pub email: String,
    /// Global admin, Account admin, or both.
    pub roles: Vec<Role>,
}
