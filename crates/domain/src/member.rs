//! People of an organization.

crate::codes! {
    /// Whether a person can act for the organization.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    MemberState {
        /// They can.
        Active = "active",
        /// Somebody deactivated them.
        Deactivated = "deactivated",
        /// They are no member any more.
        Removed = "removed",
    }
}
