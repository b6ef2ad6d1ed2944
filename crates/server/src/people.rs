//! People of an organization: the rules by which roles are given and taken, for every path that
//! does it. All of it happens under the lock of the organization's row, so that two who do it at
//! once are one after the other.

pub mod erase;
pub mod roles;
mod suspend;
#[cfg(test)]
mod tests;

pub use suspend::{Suspending, deactivate, reactivate, remove};

use membership_contract::refusal::Refusal;
use membership_contract::text::en;
use membership_domain::id::{OrganizationId, UserId};
use membership_domain::invitation::InvitationRefusal;
use membership_domain::request::RequestRefusal;
use membership_domain::roles::{GrantRefusal, PROTECTED, Role};
use membership_store::{StoreError, Write, grants};

use crate::http::problem::ApiError;
use crate::write::Overtaken;

/// Why a role was not given or taken.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// The rules of [`membership_domain::roles::may_grant`].
    #[error("{}", en::grant_refused(*.0))]
    Refused(GrantRefusal),
    /// Nobody else would have this role.
    #[error("{}", en::last_holder(*.0))]
    Last(Role),
    /// An invitation whose state does not allow it.
    #[error("{}", en::invitation_decided(.0.0))]
    Invitation(InvitationRefusal),
    /// A request whose state does not allow it.
    #[error("{}", Refusal::RequestDecided(.0.0).detail())]
    Request(RequestRefusal),
    /// A location that is not the organization's.
    #[error("The role names a location that this organization doesn't have.")]
    UnknownLocation,
    /// Somebody who is no member.
    #[error("This person isn't a member of the organization.")]
    NoMember,
    /// Anything else.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<GrantRefusal> for PeopleError {
    fn from(refusal: GrantRefusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<InvitationRefusal> for PeopleError {
    fn from(refusal: InvitationRefusal) -> Self {
        Self::Invitation(refusal)
    }
}

impl From<RequestRefusal> for PeopleError {
    fn from(refusal: RequestRefusal) -> Self {
        Self::Request(refusal)
    }
}

impl From<PeopleError> for ApiError {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::Refused(why) => Refusal::RoleNotGiven(why).into(),
            PeopleError::Last(role) => Refusal::LastHolder(role).into(),
            PeopleError::Invitation(why) => Refusal::InvitationDecided(why.0).into(),
            PeopleError::Request(why) => Refusal::RequestDecided(why.0).into(),
            PeopleError::UnknownLocation | PeopleError::NoMember => Self::not_found(),
            PeopleError::Store(error) => error.into(),
        }
    }
}

impl Overtaken for PeopleError {
    fn is_overtaken(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_retryable())
    }
}

/// Refuses what would leave one of the roles that `user` holds without a holder.
async fn keep_holders(
    write: &Write,
    organization: OrganizationId,
    user: UserId,
    taken: &[Role],
) -> Result<(), PeopleError> {
    for role in taken.iter().filter(|role| PROTECTED.contains(role)) {
        let holders = grants::holders(write.tx(), organization, &[*role]).await?;
        if holders.len() == 1 && holders.contains_key(&user) {
            return Err(PeopleError::Last(*role));
        }
    }
    Ok(())
}
