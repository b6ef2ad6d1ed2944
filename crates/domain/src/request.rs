//! Requests that wait for somebody's decision: one function that says what each command does in
//! each state.

crate::codes! {
    /// What is asked for.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    RequestKind {
        /// A role, of those in the organization who may give it.
        Role = "role",
        /// That a location is removed, of the program owner.
        LocationRemoval = "location_removal",
    }
}

crate::codes! {
    /// How far a request is.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    RequestState {
        /// It waits for a decision.
        Pending = "pending",
        /// It was approved, and what it asks for is still to be done.
        Approved = "approved",
        /// What it asked for was done.
        CarriedOut = "carried_out",
        /// What it asked for could not be done, and can be tried again.
        Failed = "failed",
        /// It was refused, with a reason.
        Refused = "refused",
        /// Who asked took it back.
        Withdrawn = "withdrawn",
    }
}

/// What is done with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestCommand {
    /// Somebody who may says yes.
    Approve,
    /// Somebody who may says no.
    Refuse,
    /// Who asked takes it back.
    Withdraw,
    /// What it asks for is done.
    CarryOut,
    /// What it asks for could not be done.
    Fail,
}

/// Why a command does nothing: the request's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestRefusal(pub RequestState);

/// The state after a command.
///
/// # Errors
/// The state, where it does not allow the command; nothing changes then.
pub fn after(state: RequestState, command: RequestCommand) -> Result<RequestState, RequestRefusal> {
    use RequestCommand as C;
    use RequestState as S;
    match (state, command) {
        (S::Pending | S::Failed, C::Approve) => Ok(S::Approved),
        (S::Pending | S::Failed, C::Refuse) => Ok(S::Refused),
        (S::Pending, C::Withdraw) => Ok(S::Withdrawn),
        (S::Approved, C::CarryOut) => Ok(S::CarriedOut),
        (S::Approved, C::Fail) => Ok(S::Failed),
        _ => Err(RequestRefusal(state)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RequestCommand as C;
    use RequestState as S;

    #[test]
    fn each_state_allows_what_the_table_says() {
        let allowed = [
            (S::Pending, C::Approve, S::Approved),
            (S::Pending, C::Refuse, S::Refused),
            (S::Pending, C::Withdraw, S::Withdrawn),
            (S::Approved, C::CarryOut, S::CarriedOut),
            (S::Approved, C::Fail, S::Failed),
            (S::Failed, C::Approve, S::Approved),
            (S::Failed, C::Refuse, S::Refused),
        ];
        for state in S::ALL {
            for command in [C::Approve, C::Refuse, C::Withdraw, C::CarryOut, C::Fail] {
                let next = allowed
                    .iter()
                    .find(|(from, by, _)| from == state && *by == command);
                let wanted = next.map_or(Err(RequestRefusal(*state)), |(_, _, next)| Ok(*next));
                assert_eq!(after(*state, command), wanted, "{state:?} {command:?}");
            }
        }
    }
}
