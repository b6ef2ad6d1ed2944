//! What migrations share. A released migration never changes, and so what is here does not either:
//! what a new one needs otherwise goes beside it.

use sea_orm_migration::prelude::*;

/// The name of the row in which the tables say which migration a program has to know.
pub const NEEDS: &str = "needs";

/// A foreign key to the `id` of another table; rows go with what they belong to.
pub fn reference(
    table: &'static str,
    column: &'static str,
    to: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, column)
        .to(to, "id")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}

/// An index over one column.
pub fn index(table: &'static str, column: &'static str) -> IndexCreateStatement {
    Index::create()
        .name(format!("{table}_{column}"))
        .table(table)
        .col(column)
        .to_owned()
}

/// Called by a migration after which programs that do not know it would read or write wrongly.
pub async fn needs(manager: &SchemaManager<'_>, migration: &str) -> Result<(), DbErr> {
    let row = Query::insert()
        .into_table("installation")
        .columns(["name", "value"])
        .values_panic([NEEDS.into(), migration.into()])
        .on_conflict(OnConflict::column("name").update_column("value").to_owned())
        .to_owned();
    manager.execute(row).await
}
