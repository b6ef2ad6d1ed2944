//! Evidence: what is known about an organization, by part. A small part is one JSON text, a large
//! list is in pieces, of which a write puts those that differ.
//!
//! Each part has a revision, so that two people can work on two parts. The revision of the whole
//! is the sum of its parts': every write makes it larger.

mod document;
mod json;
mod pieces;
mod write;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use membership_domain::id::OrganizationId;
use sea_orm::sea_query::IntoCondition;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect,
    RelationTrait,
};

use self::document::Content;
pub use self::document::{Change, Document};
pub(crate) use self::pieces::{IN_PIECES, cut};
use crate::entities::evidence::{Column, Entity, Relation};
use crate::entities::{evidence_piece as piece, organization};
use crate::key::Key;
use crate::{StoreError, Write, organizations};

/// All parts of an organization by name, as stored.
pub type Documents = BTreeMap<String, Document>;

/// The revision of the whole.
pub fn revision(documents: &Documents) -> i64 {
    documents.values().map(|document| document.revision).sum()
}

/// The revision of the whole, without its documents.
pub async fn revision_of(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<i64, StoreError> {
    Ok(revisions(db, organization).await?.into_values().sum())
}

/// The revisions of an organization and of its whole evidence, as they are at one moment; nothing
/// where there is no such organization. What is made of evidence is known by both.
pub async fn revisions_with(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Option<(i64, i64)>, StoreError> {
    let to_parts = organization::Entity::belongs_to(Entity)
        .from(organization::Column::Id)
        .to(Column::OrganizationId);
    let rows: Vec<(i64, Option<i64>)> = organization::Entity::find_by_id(Key(organization))
        .select_only()
        .column(organization::Column::Revision)
        .column_as(Column::Revision, "part_revision")
        .join(JoinType::LeftJoin, to_parts.into())
        .into_tuple()
        .all(db)
        .await?;
    let whole = rows.iter().filter_map(|(_, part)| *part).sum();
    Ok(rows.first().map(|(own, _)| (*own, whole)))
}

/// The revision of each part that was ever written, without its document.
async fn revisions(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<BTreeMap<String, i64>, StoreError> {
    let revisions: Vec<(String, i64)> = Entity::find()
        .select_only()
        .column(Column::Part)
        .column(Column::Revision)
        .filter(Column::OrganizationId.eq(Key(organization)))
        .into_tuple()
        .all(db)
        .await?;
    Ok(revisions.into_iter().collect())
}

/// A part's name, revision and text, and the name and text of one of its pieces.
type PartWithPiece = (String, i64, String, Option<String>, Option<String>);

/// All parts of an organization that were ever written, as they are at one moment: they are read in
/// one statement.
pub async fn all(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Documents, StoreError> {
    read(db, Column::OrganizationId.eq(Key(organization))).await
}

/// One part, if it was ever written.
pub async fn part(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    part: &str,
) -> Result<Option<Document>, StoreError> {
    let of = Column::OrganizationId.eq(Key(organization));
    let found = read(db, Condition::all().add(of).add(Column::Part.eq(part))).await?;
    Ok(found.into_values().next())
}

async fn read(
    db: &impl ConnectionTrait,
    which: impl IntoCondition,
) -> Result<Documents, StoreError> {
    let rows: Vec<PartWithPiece> = Entity::find()
        .select_only()
        .column(Column::Part)
        .column(Column::Revision)
        .column(Column::Document)
        .column_as(piece::Column::Name, "piece_name")
        .column_as(piece::Column::Document, "piece_document")
        .join(JoinType::LeftJoin, Relation::Pieces.def())
        .filter(which)
        .into_tuple()
        .all(db)
        .await?;
    let mut documents = Documents::new();
    for (part, revision, whole, name, piece) in rows {
        let document = documents.entry(part).or_insert_with(|| Document {
            revision,
            content: Content::of(whole),
        });
        // Beside a whole text there are pieces only where moving them was interrupted.
        if let (Content::Pieces(pieces), Some((name, piece))) =
            (&mut document.content, name.zip(piece))
        {
            pieces.insert(name, piece);
        }
    }
    Ok(documents)
}

/// What a writer believes to be replacing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The revision of the whole.
    Whole(i64),
    /// The revision of the one part that is written.
    Part(i64),
}

/// Writes what differs in the given parts and leaves the others, if the expected revision is the
/// present one and each part is what its change was made from. Others wait meanwhile, so no document
/// is read.
pub async fn replace(
    write: &Write,
    organization: OrganizationId,
    expected: Expected,
    parts: &BTreeMap<String, Change>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    // The parts may not exist yet, so it is the organization's row that makes writers wait.
    organizations::lock(write, organization).await?;
    let known = revisions(write.tx(), organization).await?;
    let of_part = |part: &String| known.get(part).copied().unwrap_or_default();
    let (expected, found) = match expected {
        Expected::Whole(expected) => (expected, known.values().sum()),
        Expected::Part(expected) => (expected, parts.keys().map(of_part).sum()),
    };
    if expected != found {
        return Err(StoreError::Stale { expected, found });
    }
    for (part, change) in parts {
        let (expected, found) = (change.from, of_part(part));
        if expected != found {
            return Err(StoreError::Stale { expected, found });
        }
        change.put(write.tx(), organization, part, at).await?;
    }
    Ok(())
}
