//! PartnerIDs: one series for organizations and their locations, each given once.

use membership_domain::id::{LocationId, OrganizationId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, Set};

use crate::entities::optional_id;
use crate::entities::partner_id::{ActiveModel, Column, Entity};
use crate::key::Key;
use crate::{StoreError, Write};

/// Whose a PartnerID is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The organization; that of the location where it is a location's.
    pub organization: OrganizationId,
    /// The location, where it is neither the organization's own nor that of a location removed since.
    pub location: Option<LocationId>,
}

/// Whose this PartnerID is, if it is anybody's.
pub async fn owner(
    db: &impl ConnectionTrait,
    partner_id: &str,
) -> Result<Option<Owner>, StoreError> {
    let Some(row) = Entity::find_by_id(partner_id).one(db).await? else {
        return Ok(None);
    };
    Ok(Some(Owner {
        organization: row.organization_id.0,
        location: optional_id(row.location_id)?,
    }))
}

/// Gives it to somebody who is added in the same write. Of two writers at once the second waits for
/// the first, and gets a [`StoreError::PartnerIdTaken`].
pub(crate) async fn give(write: &Write, partner_id: &str, to: Owner) -> Result<(), StoreError> {
    let row = ActiveModel {
        partner_id: Set(partner_id.to_owned()),
        organization_id: Set(Key(to.organization)),
        location_id: Set(to.location.map(|id| id.to_string())),
    };
    // Not an error of the database, which would end PostgreSQL's transaction.
    let free = OnConflict::column(Column::PartnerId)
        .do_nothing()
        .to_owned();
    let given = Entity::insert(row).on_conflict(free);
    match given.exec_without_returning(write.tx()).await? {
        0 => Err(StoreError::PartnerIdTaken(partner_id.to_owned())),
        _ => Ok(()),
    }
}
