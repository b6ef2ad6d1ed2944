//! What the audit log says about who.

crate::codes! {
    /// What did something.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = AuditActor))]
    Actor {
        /// A person, in a session.
        Person = "person",
        /// A token of an organization.
        Token = "token",
        /// Somebody at the command line, where the program does not know who.
        Operator = "operator",
        /// A job.
        Job = "job",
        /// The server by itself.
        Server = "server",
    }
}
