//! Organizations: partner global accounts with their locations. One revision covers both.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::value::TextUuid;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::entities::{location, organization};
use crate::partner_ids::Owner;
use crate::{StoreError, Write, partner_ids};

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

/// What changes of an organization; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Legal name.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The code of a verification state.
    pub verification: Option<String>,
}

/// Adds an organization. A PartnerID that is another's is a [`StoreError::PartnerIdTaken`].
pub async fn insert(write: &Write, new: Organization) -> Result<(), StoreError> {
    let owner = Owner {
        organization: new.id,
        location: None,
    };
    partner_ids::give(write, &new.partner_id, owner).await?;
    let row = organization::ActiveModel {
        id: Set(TextUuid(new.id)),
        partner_id: Set(new.partner_id),
        name: Set(new.name),
        country: Set(new.country),
        verification: Set(new.verification),
        revision: Set(new.revision),
        created_at: Set(new.created_at),
    };
    organization::Entity::insert(row)
        .exec_without_returning(write.read())
        .await?;
    Ok(())
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

/// Changes company data, if the revision is the expected one. Gives the new revision.
pub async fn update(
    write: &Write,
    id: Uuid,
    expected: i64,
    change: Change,
) -> Result<i64, StoreError> {
    let current = lock(write, id).await?;
    if current.revision != expected {
        return Err(StoreError::Stale {
            expected,
            found: current.revision,
        });
    }
    organization::Entity::update_many()
        .col_expr(
            organization::Column::Name,
            Expr::value(change.name.unwrap_or(current.name)),
        )
        .col_expr(
            organization::Column::Country,
            Expr::value(change.country.unwrap_or(current.country)),
        )
        .col_expr(
            organization::Column::Verification,
            Expr::value(change.verification.unwrap_or(current.verification)),
        )
        .col_expr(organization::Column::Revision, Expr::value(expected + 1))
        .filter(organization::Column::Id.eq(TextUuid(id)))
        .exec(write.read())
        .await?;
    Ok(expected + 1)
}

/// Adds a location, if the organization's revision is the expected one. Gives the new revision. A
/// PartnerID that is another's is a [`StoreError::PartnerIdTaken`].
pub async fn add_location(
    write: &Write,
    organization: Uuid,
    expected: i64,
    new: Location,
) -> Result<i64, StoreError> {
    let revision = update(write, organization, expected, Change::default()).await?;
    let owner = Owner {
        organization,
        location: Some(new.id),
    };
    partner_ids::give(write, &new.partner_id, owner).await?;
    let row = location::ActiveModel {
        id: Set(TextUuid(new.id)),
        organization_id: Set(TextUuid(organization)),
        partner_id: Set(new.partner_id),
        name: Set(new.name),
        country: Set(new.country),
        address: Set(new.address),
        created_at: Set(new.created_at),
    };
    location::Entity::insert(row)
        .exec_without_returning(write.read())
        .await?;
    Ok(revision)
}

/// Holds the organization's row until the end of the write, so that its writers form a queue.
pub async fn lock(write: &Write, id: Uuid) -> Result<Organization, StoreError> {
    let row = organization::Entity::find_by_id(TextUuid(id))
        .lock_exclusive()
        .one(write.read())
        .await?;
    row.map(Organization::from)
        .ok_or(StoreError::NotFound("organization"))
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
