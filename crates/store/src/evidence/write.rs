//! Writing a part: its revision, and what differs in its content.

use chrono::{DateTime, Utc};
use membership_domain::id::OrganizationId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use super::document::{Change, Content};
use super::pieces::IN_PIECES;
use crate::StoreError;
use crate::entities::evidence::{ActiveModel, Entity};
use crate::entities::evidence_piece as piece;
use crate::key::Key;

impl Content {
    /// The content of a part with this text, before its pieces are read.
    pub(super) fn of(text: String) -> Self {
        match text.as_str() {
            IN_PIECES => Self::Pieces(Default::default()),
            _ => Self::Whole(text),
        }
    }
}

impl Change {
    /// Writes it. That nobody else does so at the same time, the caller knows.
    pub(super) async fn put(
        &self,
        db: &impl ConnectionTrait,
        organization: OrganizationId,
        part: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let text = match &self.document.content {
            Content::Whole(json) => json.as_str(),
            Content::Pieces(_) => IN_PIECES,
        };
        let row = ActiveModel {
            organization_id: Set(Key(organization)),
            part: Set(part.to_owned()),
            revision: Set(self.document.revision),
            document: Set(text.to_owned()),
            updated_at: Set(at),
        };
        if self.from == 0 {
            Entity::insert(row).exec_without_returning(db).await?;
        } else {
            Entity::update(row).exec_without_returning(db).await?;
        }
        let names = match &self.document.content {
            // None of them, or those that were left where moving them was interrupted.
            Content::Whole(_) => None,
            Content::Pieces(_) => Some(self.gone.as_slice()),
        };
        remove(db, organization, part, names).await?;
        self.put_pieces(db, organization, part).await
    }

    async fn put_pieces(
        &self,
        db: &impl ConnectionTrait,
        organization: OrganizationId,
        part: &str,
    ) -> Result<(), StoreError> {
        let Content::Pieces(pieces) = &self.document.content else {
            return Ok(());
        };
        let there = [
            piece::Column::OrganizationId,
            piece::Column::Part,
            piece::Column::Name,
        ];
        for name in &self.written {
            let row = piece::ActiveModel {
                organization_id: Set(Key(organization)),
                part: Set(part.to_owned()),
                name: Set(name.clone()),
                document: Set(pieces.get(name).cloned().unwrap_or_default()),
            };
            let mut replaced = OnConflict::columns(there);
            replaced.update_column(piece::Column::Document);
            piece::Entity::insert(row)
                .on_conflict(replaced)
                .exec_without_returning(db)
                .await?;
        }
        Ok(())
    }
}

/// Removes pieces by their names, or all of a part.
async fn remove(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    part: &str,
    names: Option<&[String]>,
) -> Result<(), StoreError> {
    if names.is_some_and(<[String]>::is_empty) {
        return Ok(());
    }
    let all = piece::Entity::delete_many()
        .filter(piece::Column::OrganizationId.eq(Key(organization)))
        .filter(piece::Column::Part.eq(part));
    let removed = match names {
        Some(names) => all.filter(piece::Column::Name.is_in(names)),
        None => all,
    };
    removed.exec(db).await?;
    Ok(())
}
