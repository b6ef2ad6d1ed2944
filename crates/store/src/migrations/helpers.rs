//! What migrations share. A released migration never changes, and so what is here does not either:
//! what a new one needs otherwise goes beside it.

use sea_orm_migration::prelude::*;

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
