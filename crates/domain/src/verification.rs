//! What a change of legal data does to an account's verification.

use crate::evidence::Verification;

/// Why legal data cannot be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the account is suspended; only support can change that")]
pub struct Suspended;

/// The state after the legal name, address or country was changed.
///
/// What was accepted or rejected is checked again, and purchases wait for
/// that. Nothing can be changed on a suspended account.
///
/// # Errors
/// [`Suspended`].
pub fn after_legal_change(state: Verification) -> Result<Verification, Suspended> {
    match state {
        Verification::NotStarted => Ok(Verification::NotStarted),
        Verification::Pending | Verification::Accepted | Verification::Rejected => {
            Ok(Verification::Pending)
        }
        Verification::Suspended => Err(Suspended),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_data_is_checked_anew() {
        use Verification::{Accepted, NotStarted, Pending, Rejected};
        for (before, after) in [
            (Accepted, Pending),
            (Rejected, Pending),
            (Pending, Pending),
            (NotStarted, NotStarted),
        ] {
            assert_eq!(after_legal_change(before), Ok(after));
        }
        assert_eq!(after_legal_change(Verification::Suspended), Err(Suspended));
    }
}
