//! The history of imports: what each file changed, and whether that was undone.

use chrono::{DateTime, Utc};
use membership_domain::evidence::Authority;
use membership_domain::id::{self, ImportId, OrganizationId, UserId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};

use crate::entities::import::{ActiveModel, Column, Entity};
use crate::entities::optional_id;
use crate::key::Key;
use crate::{StoreError, Write};

/// An import, without what it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// UUIDv7: later ones are larger.
    pub id: ImportId,
    /// The file's name.
    pub name: String,
    /// The code of what sort of file it was.
    pub kind: String,
    /// How many lines came to what, as JSON.
    pub counts: String,
    /// Who imported it.
    pub imported_by: UserId,
    /// By the server's clock.
    pub imported_at: DateTime<Utc>,
    /// Who undid it and when, if somebody did.
    pub undone: Option<(UserId, DateTime<Utc>)>,
    /// The weightiest one among the rows that it wrote: undoing it writes these again.
    pub authority: Authority,
}

#[derive(FromQueryResult)]
struct Row {
    id: Key<id::Import>,
    name: String,
    kind: String,
    counts: String,
    imported_by: Key<id::User>,
    imported_at: DateTime<Utc>,
    undone_by: Option<String>,
    undone_at: Option<DateTime<Utc>>,
    authority: String,
}

/// What a page of the history needs: changes can be megabytes each.
const SHORT: [Column; 9] = [
    Column::Id,
    Column::Name,
    Column::Kind,
    Column::Counts,
    Column::ImportedBy,
    Column::ImportedAt,
    Column::UndoneBy,
    Column::UndoneAt,
    Column::Authority,
];

/// Remembers an import with what it changed, as JSON.
pub async fn insert(
    write: &Write,
    organization: OrganizationId,
    import: Import,
    changes: String,
) -> Result<(), StoreError> {
    let (undone_by, undone_at) = import.undone.unzip();
    let row = ActiveModel {
        id: Set(Key(import.id)),
        organization_id: Set(Key(organization)),
        name: Set(import.name),
        kind: Set(import.kind),
        counts: Set(import.counts),
        changes: Set(changes),
        imported_by: Set(Key(import.imported_by)),
        imported_at: Set(import.imported_at),
        undone_by: Set(undone_by.map(|id| id.to_string())),
        undone_at: Set(undone_at),
        authority: Set(import.authority.code().to_owned()),
    };
    Entity::insert(row)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// An organization's imports, newest first: at most `limit`, only those before `before`.
pub async fn of_organization(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    before: Option<ImportId>,
    limit: u64,
) -> Result<Vec<Import>, StoreError> {
    let mut query = Entity::find()
        .select_only()
        .columns(SHORT)
        .filter(Column::OrganizationId.eq(Key(organization)));
    if let Some(before) = before {
        query = query.filter(Column::Id.lt(Key(before)));
    }
    let rows = query
        .order_by_desc(Column::Id)
        .limit(limit)
        .into_model::<Row>()
        .all(db)
        .await?;
    rows.into_iter().map(import).collect()
}

/// One import of an organization, and what it changed as JSON.
pub async fn by_id(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: ImportId,
) -> Result<Option<(Import, String)>, StoreError> {
    let found = Entity::find_by_id(Key(id))
        .filter(Column::OrganizationId.eq(Key(organization)))
        .one(db)
        .await?;
    let Some(model) = found else { return Ok(None) };
    let row = Row {
        id: model.id,
        name: model.name,
        kind: model.kind,
        counts: model.counts,
        imported_by: model.imported_by,
        imported_at: model.imported_at,
        undone_by: model.undone_by,
        undone_at: model.undone_at,
        authority: model.authority,
    };
    Ok(Some((import(row)?, model.changes)))
}

/// Whether an import was undone, as the writer sees it who holds the lock.
pub async fn is_undone(write: &Write, id: ImportId) -> Result<bool, StoreError> {
    let found = Entity::find_by_id(Key(id))
        .filter(Column::UndoneAt.is_not_null())
        .count(write.tx())
        .await?;
    Ok(found > 0)
}

/// Remembers that an import was undone.
pub async fn mark_undone(
    write: &Write,
    id: ImportId,
    by: UserId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(Key(id)),
        undone_by: Set(Some(by.to_string())),
        undone_at: Set(Some(at)),
        ..ActiveModel::default()
    };
    Entity::update(row).exec(write.tx()).await?;
    Ok(())
}

fn import(row: Row) -> Result<Import, StoreError> {
    let undone = optional_id(row.undone_by)?.zip(row.undone_at);
    let authority = Authority::of_code(&row.authority);
    let unreadable = || StoreError::Unreadable {
        what: "authority",
        value: row.authority.clone(),
    };
    Ok(Import {
        id: row.id.0,
        name: row.name,
        kind: row.kind,
        counts: row.counts,
        imported_by: row.imported_by.0,
        imported_at: row.imported_at,
        undone,
        authority: authority.ok_or_else(unreadable)?,
    })
}
