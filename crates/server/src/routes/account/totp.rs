//! Two-step sign-in of oneself.

pub mod begin;
pub mod confirm;
pub mod read;
pub mod recovery_codes;
pub mod remove;
#[cfg(test)]
mod tests;

use membership_contract::account::RecoveryCodes;
use membership_domain::id::UserId;
use membership_store::{Write, second_factors};

use crate::http::problem::Answer;

/// Recovery codes as they are shown and as they are kept.
struct NewCodes {
    shown: Vec<String>,
    hashes: Vec<String>,
}

impl NewCodes {
    fn make() -> Answer<Self> {
        let (shown, hashes) = crate::second_factor::recovery_codes()?.into_iter().unzip();
        Ok(Self { shown, hashes })
    }

    /// In place of those before.
    async fn keep(&self, write: &Write, user: UserId) -> Answer<()> {
        Ok(second_factors::set_recovery_codes(write, user, &self.hashes).await?)
    }

    fn told(self) -> RecoveryCodes {
        RecoveryCodes { codes: self.shown }
    }
}
