//! Personal values, beside the entries that have only hashes of them.

use std::collections::HashMap;

use membership_domain::Id;
use membership_domain::id::{EntryId, OrganizationId};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entities::audit_entry;
use crate::entities::audit_personal::{Column, Entity};
use crate::key::Key;
use crate::{StoreError, Write};

/// A value with what it was hashed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Personal {
    /// A pointer into the entry: `/changes/0/after`.
    pub place: String,
    /// The id of the person, or of what stands for one.
    pub whose: Option<String>,
    /// As text.
    pub value: String,
    /// In hexadecimal signs.
    pub salt: String,
}

/// Erases the values of somebody, for good: what the chain has of them can't be told from chance
/// without their salts. Gives how many there were.
pub async fn erase<T>(write: &Write, whose: Id<T>) -> Result<u64, StoreError> {
    let theirs = Column::Whose.eq(whose.to_string());
    let gone = Entity::delete_many().filter(theirs).exec(write.tx());
    Ok(gone.await?.rows_affected)
}

/// The same of those in entries of one organization.
pub async fn erase_in<T>(
    write: &Write,
    organization: OrganizationId,
    whose: Id<T>,
) -> Result<u64, StoreError> {
    let here = Query::select()
        .column(audit_entry::Column::Id)
        .from(audit_entry::Entity)
        .and_where(audit_entry::Column::OrganizationId.eq(organization.to_string()))
        .to_owned();
    let gone = Entity::delete_many()
        .filter(Column::Whose.eq(whose.to_string()))
        .filter(Column::EntryId.in_subquery(here))
        .exec(write.tx());
    Ok(gone.await?.rows_affected)
}

/// The values of these entries that are left.
pub(super) async fn of_entries(
    db: &impl ConnectionTrait,
    ids: &[EntryId],
) -> Result<HashMap<EntryId, Vec<Personal>>, StoreError> {
    let mut found: HashMap<EntryId, Vec<Personal>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let theirs = Column::EntryId.is_in(ids.iter().copied().map(Key));
    for row in Entity::find().filter(theirs).all(db).await? {
        let value = Personal {
            place: row.place,
            whose: row.whose,
            value: row.value,
            salt: row.salt,
        };
        found.entry(row.entry_id.0).or_default().push(value);
    }
    Ok(found)
}
