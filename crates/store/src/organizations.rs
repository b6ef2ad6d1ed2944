//! Organizations: partner global accounts with their locations. One revision covers both.

use chrono::{DateTime, Utc};
use sea_orm::value::TextUuid;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::entities::{location, organization};
use crate::{StoreError, Write};

/// A partner global account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// UUIDv7.
    pub id: Uuid,
    /// The PartnerID: unique.
    pub partner_id: String,
    /// Legal name.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The code of a verification state.
    pub verification: String,
    /// 1 at first; one more with every change of the account or its locations.
    pub revision: i64,
    /// By the server's clock.
    pub created_at: DateTime<Utc>,
}

/// A partner location account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// UUIDv7.
    pub id: Uuid,
    /// Its own PartnerID: unique.
    pub partner_id: String,
    /// Name of the business there.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// One line.
    pub address: String,
    /// By the server's clock.
    pub created_at: DateTime<Utc>,
}

/// A partner global account with its locations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// The account, whose revision is that of the whole.
    pub organization: Organization,
    /// In the order of their creation.
    pub locations: Vec<Location>,
}

/// Adds an organization.
pub async fn insert(write: &Write, new: Organization) -> Result<(), StoreError> {
    organization::Entity::insert(row(new))
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

fn row(organization: Organization) -> organization::ActiveModel {
    organization::ActiveModel {
        id: Set(TextUuid(organization.id)),
        partner_id: Set(organization.partner_id),
        name: Set(organization.name),
        country: Set(organization.country),
        verification: Set(organization.verification),
        revision: Set(organization.revision),
        created_at: Set(organization.created_at),
    }
}

/// The organization with this id.
pub async fn by_id(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<Organization>, StoreError> {
    let row = organization::Entity::find_by_id(TextUuid(id))
        .one(db)
        .await?;
    Ok(row.map(Organization::from))
}

/// The organization with this id, and its locations.
pub async fn whole(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Whole>, StoreError> {
    let Some(organization) = by_id(db, id).await? else {
        return Ok(None);
    };
    let locations = locations(db, id).await?;
    Ok(Some(Whole {
        organization,
        locations,
    }))
}

/// The organizations with exactly this name: PartnerIDs are unique, names need not be.
pub async fn by_name(
    db: &impl ConnectionTrait,
    name: &str,
) -> Result<Vec<Organization>, StoreError> {
    let rows = organization::Entity::find()
        .filter(organization::Column::Name.eq(name))
        .order_by_asc(organization::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Organization::from).collect())
}

/// Several organizations, by name. Unknown ids are left out.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<Organization>, StoreError> {
    let rows = organization::Entity::find()
        .filter(organization::Column::Id.is_in(ids.iter().copied().map(TextUuid)))
        .order_by_asc(organization::Column::Name)
        .order_by_asc(organization::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Organization::from).collect())
}

/// An organization's locations in the order of their creation.
pub async fn locations(
    db: &impl ConnectionTrait,
    organization: Uuid,
) -> Result<Vec<Location>, StoreError> {
    let rows = location::Entity::find()
        .filter(location::Column::OrganizationId.eq(TextUuid(organization)))
        .order_by_asc(location::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Location::from).collect())
}

/// Whether an account or a location has this PartnerID.
pub async fn partner_id_is_taken(
    db: &impl ConnectionTrait,
    partner_id: &str,
) -> Result<bool, StoreError> {
    let account = organization::Entity::find()
        .filter(organization::Column::PartnerId.eq(partner_id))
        .one(db)
        .await?;
    let place = location::Entity::find()
        .filter(location::Column::PartnerId.eq(partner_id))
        .one(db)
        .await?;
    Ok(account.is_some() || place.is_some())
}

/// Saves an organization as it is to be, if its revision is still the one that was read: else a
/// [`StoreError::Stale`]. Gives the new revision.
pub async fn update(write: &Write, to: Organization) -> Result<i64, StoreError> {
    let (id, expected) = (to.id, to.revision);
    let row = organization::ActiveModel {
        revision: Set(expected + 1),
        ..row(to)
    };
    let changed = organization::Entity::update_many()
        .set(row)
        .filter(organization::Column::Id.eq(TextUuid(id)))
        .filter(organization::Column::Revision.eq(expected))
        .exec(write.tx())
        .await?;
    match changed.rows_affected {
        0 => {
            let found = lock(write, id).await?.revision;
            Err(StoreError::Stale { expected, found })
        }
        _ => Ok(expected + 1),
    }
}

/// Adds a location to an organization as it was read; see [`update`]. Gives the new revision.
pub async fn add_location(
    write: &Write,
    organization: &Organization,
    new: Location,
) -> Result<i64, StoreError> {
    let revision = update(write, organization.clone()).await?;
    let row = location::ActiveModel {
        id: Set(TextUuid(new.id)),
        organization_id: Set(TextUuid(organization.id)),
        partner_id: Set(new.partner_id),
        name: Set(new.name),
        country: Set(new.country),
        address: Set(new.address),
        created_at: Set(new.created_at),
    };
    location::Entity::insert(row)
        .exec_without_returning(write.tx())
        .await?;
    Ok(revision)
}

/// Holds the organization's row until the end of the write, so that its writers form a queue.
pub async fn lock(write: &Write, id: Uuid) -> Result<Organization, StoreError> {
    let row = organization::Entity::find_by_id(TextUuid(id))
        .lock_exclusive()
        .one(write.tx())
        .await?;
    row.map(Organization::from)
        .ok_or(StoreError::NotFound("organization"))
}

/// As [`lock`], with the locations, whose writers wait for the same row.
pub async fn lock_whole(write: &Write, id: Uuid) -> Result<Whole, StoreError> {
    Ok(Whole {
        organization: lock(write, id).await?,
        locations: locations(write.tx(), id).await?,
    })
}

impl From<organization::Model> for Organization {
    fn from(row: organization::Model) -> Self {
        Self {
            id: row.id.0,
            partner_id: row.partner_id,
            name: row.name,
            country: row.country,
            verification: row.verification,
            revision: row.revision,
            created_at: row.created_at,
        }
    }
}

impl From<location::Model> for Location {
    fn from(row: location::Model) -> Self {
        Self {
            id: row.id.0,
            partner_id: row.partner_id,
            name: row.name,
            country: row.country,
            address: row.address,
            created_at: row.created_at,
        }
    }
}
