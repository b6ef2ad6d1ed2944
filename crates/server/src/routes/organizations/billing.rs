//! The billing profile.

pub mod read;
pub mod replace;

use membership_domain::id::OrganizationId;
use membership_domain::purchase::profile::BillingProfile;
use membership_store::billing::{self, Linked};
use membership_store::{StoreError, Write, organizations};

use crate::change::Tagged;
use crate::http::etag;

/// The billing profile of an organization, which may not be linked yet.
#[derive(Debug)]
pub struct Billing(pub Option<Linked>);

impl Tagged for Billing {
    type Told = Option<BillingProfile>;

    async fn lock(write: &Write, organization: OrganizationId) -> Result<Self, StoreError> {
        organizations::lock(write, organization).await?;
        Ok(Self(billing::of(write.tx(), organization).await?))
    }

    fn tag(&self) -> String {
        etag::of_revision(self.0.as_ref().map_or(0, |one| one.revision))
    }

    fn told(&self) -> Self::Told {
        self.0.as_ref().map(|one| one.profile.clone())
    }
}
