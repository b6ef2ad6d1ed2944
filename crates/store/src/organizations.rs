//! Organizations: partner global accounts with their locations. One revision covers both.

use chrono::{DateTime, Utc};
use membership_domain::company::{Address, Contact, Verified};
use membership_domain::evidence::Verification;
use membership_domain::id::{LocationId, OrganizationId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::entities::{location, organization};
use crate::key::Key;
use crate::partner_ids::Owner;
use crate::{StoreError, Write, partner_ids};

/// A partner global account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// UUIDv7.
    pub id: OrganizationId,
    /// The PartnerID: unique.
    pub partner_id: String,
    /// Legal name.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Absent until it was entered.
    pub address: Option<Address>,
    /// Absent until it was entered.
    pub contact: Option<Contact>,
    /// How far its verification is.
    pub verification: Verification,
    /// What a change has verified again.
    pub pending: Vec<Verified>,
    /// 1 at first; one more with every change of the account or its locations.
    pub revision: i64,
    /// By the server's clock.
    pub created_at: DateTime<Utc>,
}

/// A partner location account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// UUIDv7.
    pub id: LocationId,
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

/// Adds an organization. A PartnerID that is another's is a [`StoreError::PartnerIdTaken`].
pub async fn insert(write: &Write, new: Organization) -> Result<(), StoreError> {
    let owner = Owner {
        organization: new.id,
        location: None,
    };
    partner_ids::give(write, &new.partner_id, owner).await?;
    organization::Entity::insert(row(new))
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

fn row(organization: Organization) -> organization::ActiveModel {
    let pending: Vec<&str> = organization.pending.iter().map(|one| one.code()).collect();
    let (street, city) = organization
        .address
        .as_ref()
        .map(|one| (one.street.clone(), one.city.clone()))
        .unzip();
    let address = organization.address.unwrap_or_default();
    let (contact_name, contact_email) = organization
        .contact
        .as_ref()
        .map(|one| (one.name.clone(), one.email.clone()))
        .unzip();
    let contact = organization.contact.unwrap_or_default();
    organization::ActiveModel {
        id: Set(Key(organization.id)),
        partner_id: Set(organization.partner_id),
        name: Set(organization.name),
        country: Set(organization.country),
        street: Set(street),
        city: Set(city),
        postal_code: Set(address.postal_code),
        region: Set(address.region),
        contact_name: Set(contact_name),
        contact_email: Set(contact_email),
        contact_phone: Set(contact.phone),
        verification: Set(organization.verification.code().to_owned()),
        pending: Set((!pending.is_empty()).then(|| pending.join(" "))),
        revision: Set(organization.revision),
        created_at: Set(organization.created_at),
        // What has a module of its own is not this one's to write.
        ..organization::ActiveModel::default()
    }
}

/// The organization with this id.
pub async fn by_id(
    db: &impl ConnectionTrait,
    id: OrganizationId,
) -> Result<Option<Organization>, StoreError> {
    let row = organization::Entity::find_by_id(Key(id)).one(db).await?;
    row.map(Organization::try_from).transpose()
}

/// The organization with this id, and its locations.
pub async fn whole(
    db: &impl ConnectionTrait,
    id: OrganizationId,
) -> Result<Option<Whole>, StoreError> {
    let Some(organization) = by_id(db, id).await? else {
        return Ok(None);
    };
    let locations = locations(db, id).await?;
    Ok(Some(Whole {
        organization,
        locations,
    }))
}

/// The organization with this PartnerID, which is its own or one of its locations'.
pub async fn by_partner_id(
    db: &impl ConnectionTrait,
    partner_id: &str,
) -> Result<Option<Organization>, StoreError> {
    match partner_ids::owner(db, partner_id).await? {
        Some(owner) => by_id(db, owner.organization).await,
        None => Ok(None),
    }
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
    rows.into_iter().map(Organization::try_from).collect()
}

/// Several organizations, by name. Unknown ids are left out.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    ids: &[OrganizationId],
) -> Result<Vec<Organization>, StoreError> {
    let rows = organization::Entity::find()
        .filter(organization::Column::Id.is_in(ids.iter().copied().map(Key)))
        .order_by_asc(organization::Column::Name)
        .order_by_asc(organization::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(Organization::try_from).collect()
}

/// An organization's locations in the order of their creation.
pub async fn locations(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Location>, StoreError> {
    let rows = location::Entity::find()
        .filter(location::Column::OrganizationId.eq(Key(organization)))
        .order_by_asc(location::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Location::from).collect())
}

/// Saves an organization as it is to be, if its revision is still the one that was read: else a
/// [`StoreError::Stale`]. Gives the new revision.
pub async fn update(write: &Write, to: Organization) -> Result<i64, StoreError> {
    let (id, expected) = (to.id, to.revision);
    write.locked().remove(&id);
    let row = organization::ActiveModel {
        revision: Set(expected + 1),
        ..row(to)
    };
    let changed = organization::Entity::update_many()
        .set(row)
        .filter(organization::Column::Id.eq(Key(id)))
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

/// Adds a location to an organization as it was read; see [`update`]. Gives the new revision. A
/// PartnerID that is another's is a [`StoreError::PartnerIdTaken`].
pub async fn add_location(
    write: &Write,
    organization: &Organization,
    new: Location,
) -> Result<i64, StoreError> {
    let revision = update(write, organization.clone()).await?;
    let owner = Owner {
        organization: organization.id,
        location: Some(new.id),
    };
    partner_ids::give(write, &new.partner_id, owner).await?;
    location::Entity::insert(place(organization.id, new))
        .exec_without_returning(write.tx())
        .await?;
    Ok(revision)
}

/// Saves a location of an organization as it was read; see [`update`]. Gives the new revision.
pub async fn change_location(
    write: &Write,
    organization: &Organization,
    to: Location,
) -> Result<i64, StoreError> {
    let revision = update(write, organization.clone()).await?;
    location::Entity::update(place(organization.id, to))
        .exec_without_returning(write.tx())
        .await?;
    Ok(revision)
}

/// Removes a location of an organization as it was read; see [`update`]. Its PartnerID is free
/// then. Gives the new revision.
pub async fn remove_location(
    write: &Write,
    organization: &Organization,
    id: LocationId,
) -> Result<i64, StoreError> {
    let revision = update(write, organization.clone()).await?;
    location::Entity::delete_by_id(Key(id))
        .exec(write.tx())
        .await?;
    Ok(revision)
}

fn place(organization: OrganizationId, location: Location) -> location::ActiveModel {
    location::ActiveModel {
        id: Set(Key(location.id)),
        organization_id: Set(Key(organization)),
        partner_id: Set(location.partner_id),
        name: Set(location.name),
        country: Set(location.country),
        address: Set(location.address),
        created_at: Set(location.created_at),
    }
}

/// Holds the organization's row until the end of the write, so that its writers form a queue. Who
/// asks again in the same write is given what is known.
pub async fn lock(write: &Write, id: OrganizationId) -> Result<Organization, StoreError> {
    let known = write.locked().get(&id).cloned();
    if let Some(known) = known {
        return known.try_into();
    }
    let row = organization::Entity::find_by_id(Key(id))
        .lock_exclusive()
        .one(write.tx())
        .await?;
    let row = row.ok_or(StoreError::NotFound("organization"))?;
    write.locked().insert(id, row.clone());
    row.try_into()
}

/// As [`lock`], with the locations, whose writers wait for the same row.
pub async fn lock_whole(write: &Write, id: OrganizationId) -> Result<Whole, StoreError> {
    Ok(Whole {
        organization: lock(write, id).await?,
        locations: locations(write.tx(), id).await?,
    })
}

impl TryFrom<organization::Model> for Organization {
    type Error = StoreError;

    fn try_from(row: organization::Model) -> Result<Self, StoreError> {
        let unreadable = |what, value: &str| StoreError::Unreadable {
            what,
            value: value.to_owned(),
        };
        let verification = Verification::from_code(&row.verification)
            .ok_or_else(|| unreadable("verification state", &row.verification))?;
        let pending = row.pending.as_deref().unwrap_or_default();
        let pending = pending.split_whitespace().map(|code| {
            Verified::from_code(code).ok_or_else(|| unreadable("part of a verification", code))
        });
        let address = row.street.zip(row.city).map(|(street, city)| Address {
            street,
            city,
            postal_code: row.postal_code,
            region: row.region,
        });
        let contact = row.contact_name.zip(row.contact_email);
        let contact = contact.map(|(name, email)| Contact {
            name,
            email,
            phone: row.contact_phone,
        });
        Ok(Self {
            id: row.id.0,
            partner_id: row.partner_id,
            name: row.name,
            country: row.country,
            address,
            contact,
            verification,
            pending: pending.collect::<Result<_, _>>()?,
            revision: row.revision,
            created_at: row.created_at,
        })
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
