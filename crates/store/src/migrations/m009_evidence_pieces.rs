//! Large lists of evidence in pieces, in place of one text: one row that changes rewrites one piece.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{string, text};

use crate::evidence::{IN_PIECES, cut};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // It may have been interrupted after the table was made.
        manager
            .create_table(
                Table::create()
                    .table("evidence_pieces")
                    .if_not_exists()
                    .col(text("organization_id"))
                    .col(string("part"))
                    .col(string("name"))
                    .col(text("document"))
                    .primary_key(
                        Index::create()
                            .col("organization_id")
                            .col("part")
                            .col("name"),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("evidence_pieces", ("organization_id", "part"))
                            .to("evidence", ("organization_id", "part"))
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        move_all(manager).await?;
        // An older program would find large parts empty.
        super::helpers::needs(manager, self.name()).await
    }
}

/// Cuts every large part that is one text still. It may be interrupted at any step, and done again:
/// the text is what counts until it is gone, and it goes last.
async fn move_all(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let parts = Query::select()
        .columns(["organization_id", "part"])
        .from("evidence")
        .and_where(Expr::col("document").ne(IN_PIECES))
        .to_owned();
    for row in db.query_all(&parts).await? {
        let (organization, part) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        move_part(db, organization, part).await?;
    }
    Ok(())
}

/// One part at a time is read: all of them may be more than fits into memory.
async fn move_part(
    db: &SchemaManagerConnection<'_>,
    organization: String,
    part: String,
) -> Result<(), DbErr> {
    let of_part = || {
        let organization = Expr::col("organization_id").eq(organization.as_str());
        organization.and(Expr::col("part").eq(part.as_str()))
    };
    let text = Query::select()
        .column("document")
        .from("evidence")
        .and_where(of_part())
        .to_owned();
    let Some(row) = db.query_one(&text).await? else {
        return Ok(());
    };
    let text: String = row.try_get_by_index(0)?;
    let pieces = cut(&text, None).map_err(|error| DbErr::Migration(error.to_string()))?;
    let Some(pieces) = pieces else {
        return Ok(());
    };
    let left = Query::delete()
        .from_table("evidence_pieces")
        .and_where(of_part())
        .to_owned();
    db.execute(&left).await?;
    for (name, piece) in pieces {
        let row = Query::insert()
            .into_table("evidence_pieces")
            .columns(["organization_id", "part", "name", "document"])
            .values_panic([
                organization.as_str().into(),
                part.as_str().into(),
                name.into(),
                piece.into(),
            ])
            .to_owned();
        db.execute(&row).await?;
    }
    let gone = Query::update()
        .table("evidence")
        .value("document", IN_PIECES)
        .and_where(of_part())
        .to_owned();
    db.execute(&gone).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
