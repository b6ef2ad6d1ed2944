//! Organizations, and everything that is one's.

pub mod access;
pub mod assessments;
pub mod audit;
pub mod billing;
pub mod bills;
pub mod change;
pub mod evidence;
pub mod imports;
pub mod invitations;
pub mod list;
pub mod lists;
pub mod locations;
pub mod orders;
pub mod overview;
pub mod preview;
pub mod purchasing;
pub mod read;
pub mod requests;
pub mod sign_in_policy;
pub mod tokens;
pub mod users;

use membership_contract::organization::Organization;
use membership_domain::id::OrganizationId;
use membership_store::organizations::{self, Whole};
use membership_store::{StoreError, Write};

use crate::change::Tagged;
use crate::conversions;
use crate::http::etag;

impl Tagged for Whole {
    type Told = Organization;

    async fn lock(write: &Write, organization: OrganizationId) -> Result<Self, StoreError> {
        organizations::lock_whole(write, organization).await
    }

    fn tag(&self) -> String {
        etag::of_revision(self.organization.revision)
    }

    fn told(&self) -> Organization {
        conversions::organization(self.organization.clone(), self.locations.clone())
    }
}
