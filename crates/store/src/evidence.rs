//! Evidence: what is known about an organization, one JSON document per part.
//!
//! Each part has a revision, so that two people can work on two parts. The revision of the whole
//! is the sum of its parts': every write makes it larger.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::value::TextUuid;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use uuid::Uuid;

use crate::entities::evidence::{ActiveModel, Column, Entity};
use crate::{StoreError, Write, organizations};

/// A part as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// 1 at first; one more with every write. A part that was never written has 0.
    pub revision: i64,
    /// JSON.
    pub json: String,
}

/// All parts of an organization by name, as stored.
pub type Documents = BTreeMap<String, Document>;

/// The revision of the whole.
pub fn revision(documents: &Documents) -> i64 {
    documents.values().map(|document| document.revision).sum()
}

/// The revision of the whole, without its documents.
pub async fn revision_of(db: &impl ConnectionTrait, organization: Uuid) -> Result<i64, StoreError> {
    Ok(revisions(db, organization).await?.into_values().sum())
}

/// The revision of each part that was ever written, without its document.
async fn revisions(
    db: &impl ConnectionTrait,
    organization: Uuid,
) -> Result<BTreeMap<String, i64>, StoreError> {
    let revisions: Vec<(String, i64)> = Entity::find()
        .select_only()
        .column(Column::Part)
        .column(Column::Revision)
        .filter(Column::OrganizationId.eq(TextUuid(organization)))
        .into_tuple()
        .all(db)
        .await?;
    Ok(revisions.into_iter().collect())
}

/// All parts of an organization that were ever written.
pub async fn all(db: &impl ConnectionTrait, organization: Uuid) -> Result<Documents, StoreError> {
    let rows = Entity::find()
        .filter(Column::OrganizationId.eq(TextUuid(organization)))
        .all(db)
        .await?;
    let document = |revision, json| Document { revision, json };
    Ok(rows
        .into_iter()
        .map(|row| (row.part, document(row.revision, row.document)))
        .collect())
}

/// The document of one part, if it was ever written.
pub async fn part(
    db: &impl ConnectionTrait,
    organization: Uuid,
    part: &str,
) -> Result<Option<String>, StoreError> {
    let key = (TextUuid(organization), part.to_owned());
    let found = Entity::find_by_id(key).one(db).await?;
    Ok(found.map(|row| row.document))
}

/// What a writer believes to be replacing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The revision of the whole.
    Whole(i64),
    /// The revision of the one part that is written.
    Part(i64),
}

/// Replaces the given parts and leaves the others, if the expected revision is the present one.
/// Gives the parts that were written. Others wait meanwhile, so no document is read.
pub async fn replace(
    write: &Write,
    organization: Uuid,
    expected: Expected,
    parts: BTreeMap<String, String>,
    at: DateTime<Utc>,
) -> Result<Documents, StoreError> {
    // The parts may not exist yet, so it is the organization's row that makes writers wait.
    organizations::lock(write, organization).await?;
    let known = revisions(write.tx(), organization).await?;
    let (expected, found) = match expected {
        Expected::Whole(expected) => (expected, known.values().sum()),
        Expected::Part(expected) => {
            let found = parts.keys().filter_map(|part| known.get(part));
            (expected, found.sum())
        }
    };
    if expected != found {
        return Err(StoreError::Stale { expected, found });
    }
    let mut documents = Documents::new();
    for (part, json) in parts {
        let revision = known.get(&part).copied().unwrap_or_default() + 1;
        let row = ActiveModel {
            organization_id: Set(TextUuid(organization)),
            part: Set(part.clone()),
            revision: Set(revision),
            document: Set(json.clone()),
            updated_at: Set(at),
        };
        if revision == 1 {
            Entity::insert(row)
                .exec_without_returning(write.tx())
                .await?;
        } else {
            Entity::update(row)
                .exec_without_returning(write.tx())
                .await?;
        }
        documents.insert(part, Document { revision, json });
    }
    Ok(documents)
}
